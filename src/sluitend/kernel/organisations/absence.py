"""Who is away and who stands in, also from another municipality under an agreement.

A stand-in is a role with a first and a last day. Nothing has to run for it to end: whoever asks who may act,
asks for the day itself.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from sluitend.kernel.organisations.models import (
    DOES_CASES,
    STANDS_IN,
    Absence,
    Membership,
    Organisation,
    PoolAgreement,
    PoolMember,
)


@dataclass(frozen=True)
class AbsenceView:
    """Days on which somebody is away."""

    id: UUID
    account_id: UUID
    name: str
    first: date
    last: date
    deputy: str
    now: bool


@dataclass(frozen=True)
class PoolView:
    """An agreement between municipalities, and who has agreed."""

    id: UUID
    reference: str
    since: date
    until: date
    agreed: tuple[str, ...]
    asked: tuple[str, ...]
    own_agreed: bool
    over: bool
    covered: tuple[str, ...]
    """For whom the others stand in all the time: nobody reads there yet."""


def is_away(account_id: UUID, *, organisation_id: UUID, day: date | None = None) -> bool:
    """Return whether somebody is away on a day, today by default."""
    return _on(day).filter(account_id=account_id, organisation_id=organisation_id).exists()


def away_on(organisation_id: UUID, day: date) -> dict[UUID, UUID | None]:
    """Return who is away on a day, each with their own deputy when one was named."""
    rows = _on(day).filter(organisation_id=organisation_id).order_by("last")
    return dict(rows.values_list("account_id", "deputy_id"))


@dataclass(frozen=True)
class Away:
    """That somebody is away from the first day up to and including the last."""

    account_id: UUID
    first: date
    last: date


def away_between(organisation_id: UUID, first: date, last: date) -> list[Away]:
    """Return who is away on one of these days."""
    rows = Absence.objects.filter(organisation_id=organisation_id, first__lte=last, last__gte=first)
    return [Away(*each) for each in rows.values_list("account_id", "first", "last")]


def _on(day: date | None) -> QuerySet[Absence]:
    wanted = day or timezone.localdate()
    return Absence.objects.filter(first__lte=wanted, last__gte=wanted)


def absences(organisation_id: UUID, *, account_id: UUID | None = None) -> list[AbsenceView]:
    """Return absences of now and later, of one person or of everybody."""
    rows = Absence.objects.filter(organisation_id=organisation_id, last__gte=timezone.localdate())
    if account_id:
        rows = rows.filter(account_id=account_id)
    return [
        AbsenceView(
            id=row.id,
            account_id=row.account_id,
            name=row.account.name,
            first=row.first,
            last=row.last,
            deputy=row.deputy.name if row.deputy else "",
            now=row.first <= timezone.localdate(),
        )
        for row in rows.select_related("account", "deputy").order_by("first", "account__name")
    ]


def absence(absence_id: UUID, *, organisation_id: UUID) -> AbsenceView | None:
    """Return one absence of an organisation, of now or later."""
    return next((each for each in absences(organisation_id) if each.id == absence_id), None)


def overlaps(account_id: UUID, *, organisation_id: UUID, first: date, last: date) -> bool:
    """Return whether somebody is away already on one of these days."""
    rows = Absence.objects.filter(account_id=account_id, organisation_id=organisation_id)
    return rows.filter(first__lte=last, last__gte=first).exists()


@dataclass(frozen=True)
class Candidate:
    """Somebody who can stand in; with the name of their municipality when that is another one."""

    account_id: UUID
    name: str
    elsewhere: str


def candidates(organisation_id: UUID, *, but: UUID) -> list[Candidate]:
    """Return who can stand in for somebody: colleagues, and colleagues of the pools that hold today."""
    pool = _partners(organisation_id, timezone.localdate(), timezone.localdate())
    rows = (
        Membership.objects.at_work()
        .filter(
            Q(organisation_id=organisation_id, role__in=STANDS_IN)
            | Q(organisation_id__in=pool, home__isnull=True, role__in=DOES_CASES)
        )
        .exclude(account_id=but)
        .order_by("account__name")
    )
    found: dict[UUID, Candidate] = {}
    for account_id, name, where, town in rows.values_list(
        "account_id", "account__name", "organisation_id", "organisation__name"
    ):
        here = where == organisation_id
        if here or account_id not in found:
            found[account_id] = Candidate(account_id, name, "" if here else town)
    return sorted(found.values(), key=lambda each: (bool(each.elsewhere), each.name))


def _pools(organisation_id: UUID, first: date, last: date) -> QuerySet[PoolAgreement]:
    return PoolAgreement.objects.filter(
        since__lte=first,
        until__gte=last,
        pk__in=PoolMember.objects.filter(organisation_id=organisation_id, agreed_on__isnull=False).values(
            "agreement_id"
        ),
    )


def _partners(organisation_id: UUID, first: date, last: date) -> QuerySet[PoolMember, UUID]:
    return (
        PoolMember.objects.filter(agreement__in=_pools(organisation_id, first, last), agreed_on__isnull=False)
        .exclude(organisation_id=organisation_id)
        .values_list("organisation_id", flat=True)
    )


def stand_in_of(absence_id: UUID) -> UUID | None:
    """Return who stands in from another municipality for somebody who is away."""
    rows = Absence.objects.filter(pk=absence_id, stand_in__accepted_on__isnull=False)
    return rows.values_list("stand_in__account_id", flat=True).first()


def covers() -> list[PoolView]:
    """Return the agreements under which somebody stands in all the time, the newest first."""
    rows = PoolAgreement.objects.filter(members__covered=True).distinct()
    found = rows.prefetch_related("members__organisation").order_by("-since", "reference")
    return [_pool(row, None) for row in found]


def standing_in(pool_id: UUID, *, organisation_id: UUID | None) -> list[tuple[UUID, UUID]]:
    """Return who stands in by an agreement and where; of an organisation, what ends when it leaves."""
    rows = Membership.objects.unended().filter(agreement_id=pool_id, accepted_on__isnull=False)
    if organisation_id:
        rows = rows.filter(Q(organisation_id=organisation_id) | Q(home_id=organisation_id))
    return list(rows.order_by("organisation_id", "account_id").values_list("account_id", "organisation_id"))


def pools(organisation_id: UUID) -> list[PoolView]:
    """Return the agreements in which a municipality takes part or is asked, the newest first."""
    rows = (
        PoolAgreement.objects.filter(members__organisation_id=organisation_id)
        .prefetch_related("members__organisation")
        .order_by("-since", "reference")
    )
    return [_pool(row, organisation_id) for row in rows]


def _pool(row: PoolAgreement, organisation_id: UUID | None) -> PoolView:
    members = sorted(row.members.all(), key=lambda each: each.organisation.name)
    return PoolView(
        id=row.id,
        reference=row.reference,
        since=row.since,
        until=row.until,
        agreed=tuple(each.organisation.name for each in members if each.agreed_on and not each.covered),
        asked=tuple(each.organisation.name for each in members if not each.agreed_on),
        own_agreed=any(each.agreed_on for each in members if each.organisation_id == organisation_id),
        over=row.until < timezone.localdate(),
        covered=tuple(each.organisation.name for each in members if each.covered),
    )


def municipalities(*, but: UUID) -> list[tuple[UUID, str]]:
    """Return the other municipalities by name."""
    rows = Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY).exclude(pk=but)
    return list(rows.order_by("name").values_list("id", "name"))
