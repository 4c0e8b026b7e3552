"""Who is away and who stands in, also from another municipality under an agreement.

A stand-in is a role with a first and a last day. Nothing has to run for it to end: whoever asks who may act,
asks for the day itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from sluitend.kernel.organisations import roles
from sluitend.kernel.organisations.actions import yesterday
from sluitend.kernel.organisations.models import (
    DOES_CASES,
    Absence,
    Membership,
    Organisation,
    PoolAgreement,
    PoolMember,
)


class NoStandIn(Exception):
    """Whoever was named may not stand in on these days."""


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
            Q(organisation_id=organisation_id) | Q(organisation_id__in=pool, home__isnull=True),
            role__in=DOES_CASES,
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


def enter(
    account_id: UUID, *, organisation_id: UUID, first: date, last: date, deputy_id: UUID | None, by: UUID
) -> UUID | None:
    """Write down that somebody is away. Returns the role that a deputy of another municipality got for it.

    Whoever agreed for that municipality is the second person to the one who names the deputy. It works once
    the deputy accepted it.

    Raises:
        NoStandIn: the deputy works neither here nor in a pool that holds on all these days.
    """
    stand_in = None
    if deputy_id and not _works_here(deputy_id, organisation_id):
        stand_in = roles.stand_in(deputy_id, first=first, last=last, by=by)
        if stand_in is None:
            raise NoStandIn
    Absence.objects.create(
        account_id=account_id,
        organisation_id=organisation_id,
        first=first,
        last=last,
        deputy_id=deputy_id,
        stand_in_id=stand_in,
    )
    return stand_in


def _works_here(account_id: UUID, organisation_id: UUID) -> bool:
    # A stand-in of now need not be one on those days.
    rows = Membership.objects.at_work().filter(account_id=account_id)
    return rows.filter(organisation_id=organisation_id, role__in=DOES_CASES, home__isnull=True).exists()


def stand_in_of(absence_id: UUID) -> UUID | None:
    """Return who stands in from another municipality for somebody who is away."""
    rows = Absence.objects.filter(pk=absence_id, stand_in__accepted_on__isnull=False)
    return rows.values_list("stand_in__account_id", flat=True).first()


def end(absence_id: UUID) -> None:
    """Let somebody be back today; what a stand-in got for it ended yesterday."""
    row = Absence.objects.select_related("stand_in").get(pk=absence_id)
    if row.stand_in and row.stand_in.until and row.stand_in.until > yesterday():
        row.stand_in.until = yesterday()
        row.stand_in.save(update_fields=["until"])
    if row.first > yesterday():
        row.delete()
        return
    row.last = yesterday()
    row.save(update_fields=["last"])


def propose_pool(
    *, reference: str, since: date, until: date, organisation_ids: Iterable[UUID], own: UUID, account_id: UUID
) -> UUID:
    """Write down an agreement that one's own municipality agrees to, and ask the others."""
    pool = PoolAgreement.objects.create(reference=reference, since=since, until=until)
    PoolMember(
        agreement=pool, organisation_id=own, agreed_by_id=account_id, agreed_on=timezone.localdate()
    ).prove().save(force_insert=True)
    others = set(organisation_ids) - {own}
    PoolMember.objects.bulk_create(
        PoolMember(agreement=pool, organisation_id=each) for each in sorted(others)
    )
    return pool.pk


def propose_cover(
    *,
    reference: str,
    since: date,
    until: date,
    covered: Iterable[UUID],
    standing_in: Iterable[UUID],
    account_id: UUID,
) -> UUID:
    """Write down that some municipalities stand in for others all the time, and ask those that would.

    Args:
        reference: of the agreement as it was signed.
        since, until: how long it holds.
        covered: where nobody reads yet.
        standing_in: who is asked; it holds from when their own administrator agrees.
        account_id: the administrator of the region, who agrees for who is covered.
    """
    pool = PoolAgreement.objects.create(reference=reference, since=since, until=until)
    today = timezone.localdate()
    PoolMember.objects.bulk_create(
        [
            *(
                PoolMember(
                    agreement=pool,
                    organisation_id=each,
                    covered=True,
                    agreed_by_id=account_id,
                    agreed_on=today,
                ).prove()
                for each in covered
            ),
            *(PoolMember(agreement=pool, organisation_id=each) for each in standing_in),
        ]
    )
    return pool.pk


def covers() -> list[PoolView]:
    """Return the agreements under which somebody stands in all the time, the newest first."""
    rows = PoolAgreement.objects.filter(members__covered=True).distinct()
    found = rows.prefetch_related("members__organisation").order_by("-since", "reference")
    return [_pool(row, None) for row in found]


def end_cover(pool_id: UUID) -> bool:
    """End such an agreement today: who stands in by it no longer does. Returns whether it ran."""
    rows = PoolMember.objects.filter(agreement_id=pool_id, covered=True)
    ended = list(rows.values_list("organisation_id", flat=True))
    for each in ended:
        leave_pool(pool_id, organisation_id=each)
    return bool(ended)


def agree_to_pool(pool_id: UUID, *, organisation_id: UUID, account_id: UUID) -> bool:
    """Let a municipality that was asked agree. Returns whether it was still to be done."""
    rows = PoolMember.objects.filter(
        agreement_id=pool_id, organisation_id=organisation_id, agreed_on__isnull=True
    )
    row = rows.select_related("agreement").select_for_update(of=("self",)).first()
    if row is None:
        return False
    row.agreed_by_id, row.agreed_on = account_id, timezone.localdate()
    row.prove().save(update_fields=["agreed_by", "agreed_on", "proof"])
    return True


def standing_in(pool_id: UUID, *, organisation_id: UUID | None) -> list[tuple[UUID, UUID]]:
    """Return who stands in by an agreement and where; of an organisation, what ends when it leaves."""
    rows = Membership.objects.unended().filter(agreement_id=pool_id, accepted_on__isnull=False)
    if organisation_id:
        rows = rows.filter(Q(organisation_id=organisation_id) | Q(home_id=organisation_id))
    return list(rows.order_by("organisation_id", "account_id").values_list("account_id", "organisation_id"))


def leave_pool(pool_id: UUID, *, organisation_id: UUID) -> None:
    """Let a municipality no longer take part: who stands in by it, there or from there, ends now."""
    PoolMember.objects.filter(agreement_id=pool_id, organisation_id=organisation_id).delete()
    rows = Membership.objects.filter(agreement_id=pool_id, until__gt=yesterday())
    rows.filter(Q(organisation_id=organisation_id) | Q(home_id=organisation_id)).update(until=yesterday())


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
