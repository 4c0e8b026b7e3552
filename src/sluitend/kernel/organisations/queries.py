"""Who works where. What is read here says nothing about any matter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from sluitend.kernel.organisations.models import (
    NEEDS_SECOND,
    Absence,
    Account,
    Invitation,
    Membership,
    Organisation,
    Role,
    Subregion,
)
from sluitend.kernel.prepared import Given, Prepared, among

PAGE = 50


@dataclass(frozen=True)
class OrganisationView:
    """An organisation as the directory shows it."""

    id: UUID
    code: str
    name: str
    kind: str
    kind_words: str
    partner_key: str
    mail: str
    telephone: str
    subregions: tuple[str, ...]
    subregion_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class Colleague:
    """Somebody with a role in an organisation."""

    account_id: UUID
    name: str
    role: Role
    work_days: tuple[int, ...]
    away_until: date | None = None
    replaced_by: str = ""
    stands_in: bool = False


@dataclass(frozen=True)
class MembershipView:
    """One role of somebody, with its end."""

    id: UUID
    organisation_id: UUID
    organisation_name: str
    role: str
    role_words: str
    until: date | None
    ended: bool
    since: date | None = None
    home_id: UUID | None = None
    waits_for_second: bool = False
    """Whether a second person must still confirm it."""
    waits_for_person: bool = False
    """Whether the person must still accept it."""
    agreement_id: UUID | None = None
    """Under which agreement somebody stands in."""


@dataclass(frozen=True)
class Person:
    """An account with its roles, for the administrator."""

    id: UUID
    name: str
    email: str
    active: bool
    invited: bool
    home_id: UUID | None
    memberships: tuple[MembershipView, ...]


@dataclass(frozen=True)
class DemonstrationAccount:
    """An account of the demonstration, as the sign-in page lists it."""

    email: str
    organisation: str
    roles: str


def organisations(*, kinds: Iterable[str] = ()) -> list[OrganisationView]:
    """Return all organisations by kind and name, without the platform itself."""
    rows = Organisation.objects.exclude(kind=Organisation.Kind.PLATFORM).prefetch_related("subregions")
    if kinds:
        rows = rows.filter(kind__in=list(kinds))
    return [_organisation(row) for row in rows.order_by("kind", "name")]


def organisation(organisation_id: UUID) -> OrganisationView | None:
    """Return one organisation."""
    row = Organisation.objects.filter(pk=organisation_id).prefetch_related("subregions").first()
    return _organisation(row) if row else None


def _organisation(row: Organisation) -> OrganisationView:
    parts = sorted(row.subregions.all(), key=lambda part: part.name)
    return OrganisationView(
        id=row.id,
        code=row.code,
        name=row.name,
        kind=row.kind,
        kind_words=row.get_kind_display(),
        partner_key=row.partner_key,
        mail=row.mail,
        telephone=row.telephone,
        subregions=tuple(part.name for part in parts),
        subregion_ids=tuple(part.id for part in parts),
    )


def organisation_with(code: str) -> UUID:
    """Return the organisation with this code. It asks the key alone: the public intake may read little.

    Raises:
        Organisation.DoesNotExist: none has it.
    """
    found: list[UUID] = _with_code().column(code=code)
    if not found:
        raise Organisation.DoesNotExist
    return found[0]


@cache
def _with_code() -> Prepared:
    return Prepared(Organisation.objects.order_by().filter(code=Given("code")).values_list("id"))


def code_of(organisation_id: UUID) -> str:
    """Return the code of an organisation."""
    return str(Organisation.objects.values_list("code", flat=True).get(pk=organisation_id))


def telephone_of(code: str) -> str:
    """Return the public number of the organisation with this code; empty when it has none or is not there."""
    return Organisation.objects.filter(code=code).values_list("telephone", flat=True).first() or ""


def telephones_of_partners(codes: Iterable[str]) -> list[str]:
    """Return the public numbers of the partners with these codes, of those that have one."""
    rows = Organisation.objects.filter(kind=Organisation.Kind.PARTNER, code__in=set(codes))
    rows = rows.exclude(telephone="")
    return list(rows.order_by("code").values_list("telephone", flat=True))


def colleagues(organisation_id: UUID, *, roles: Iterable[Role] = ()) -> list[Colleague]:
    """Return who holds a role in an organisation today; somebody with two roles stands in it twice.

    Who never signed in is nobody's colleague yet: what is given or mailed to them reaches no one. Whoever is
    away today stands in it too, with the last day and who stands in.
    """
    asked = _colleagues(tuple(sorted(str(role) for role in roles)))
    return [
        Colleague(account_id, name, Role(role), tuple(work_days), until, by or "", home is not None)
        for account_id, name, role, work_days, until, by, home in asked.rows(
            organisation=organisation_id, today=timezone.localdate()
        )
    ]


@cache
def _colleagues(roles: tuple[str, ...]) -> Prepared:
    own, today = Given("organisation"), Given("today")
    rows = Membership.objects.at_work(today).filter(organisation_id=own)
    if roles:
        rows = rows.filter(role__in=roles)
    away = Absence.objects.filter(
        organisation_id=own, account_id=OuterRef("account_id"), first__lte=today, last__gte=today
    ).order_by("-last")
    rows = rows.annotate(
        away_until=Subquery(away.values("last")[:1]), by=Subquery(away.values("deputy__name")[:1])
    )
    wanted = ("account_id", "account__name", "role", "account__work_days", "away_until", "by", "home_id")
    return Prepared(rows.order_by("account__name").values_list(*wanted))


def mailboxes(ids: Iterable[UUID]) -> list[str]:
    """Return the e-mail addresses of these accounts and organisations; a closed account has none."""
    wanted = list(ids)
    people = Account.objects.filter(pk__in=wanted, is_active=True).values_list("email", flat=True)
    own = Organisation.objects.filter(pk__in=wanted).exclude(mail="").values_list("mail", flat=True)
    return sorted({*people, *own})


def written_to(organisation_id: UUID, roles: Iterable[Role]) -> list[tuple[str, str]]:
    """Return address and language of whoever holds one of these roles today; a closed account has none."""
    members = Membership.objects.valid().filter(
        organisation_id=organisation_id, role__in=list(roles), account__is_active=True
    )
    return list(members.values_list("account__email", "account__language").distinct())


def account_named(email: str) -> UUID | None:
    """Return the account with this e-mail address."""
    return Account.objects.filter(email=email.strip().lower()).values_list("pk", flat=True).first()


def awaits(account_id: UUID, organisation_id: UUID) -> bool:
    """Return whether an organisation keeps an account of somebody who never came in."""
    return Account.objects.filter(pk=account_id, home_id=organisation_id, last_login=None).exists()


def subregions() -> list[tuple[UUID, str]]:
    """Return the parts of the region."""
    return list(Subregion.objects.order_by("name").values_list("pk", "name"))


def names(account_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of colleagues, in one statement; none when there are none to look up."""
    wanted = list(set(account_ids))
    return dict(_names().rows(ids=wanted)) if wanted else {}


@cache
def _names() -> Prepared:
    return Prepared(Account.objects.filter(pk=among("ids")).values_list("pk", "name"))


def organisation_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of organisations, in one statement; none when there are none to look up."""
    wanted = set(ids)
    return dict(Organisation.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def memberships(account_id: UUID) -> list[MembershipView]:
    """Return every role of somebody that holds today."""
    rows = Membership.objects.valid().filter(account_id=account_id).select_related("organisation")
    return [_membership(row) for row in rows.order_by("organisation__name", "role")]


def places_of(account_id: UUID) -> list[UUID]:
    """Return the organisations in which somebody has or ever had a role."""
    rows = Membership.objects.filter(account_id=account_id).order_by("organisation_id")
    return list(rows.values_list("organisation_id", flat=True).distinct())


@dataclass(frozen=True)
class OfferView:
    """A role that does not work yet; to stand in for several under one agreement is one offer."""

    id: UUID
    role: str
    role_words: str
    places: tuple[str, ...]
    stands_in: bool
    until: date | None
    waits_for_person: bool
    waits_for_second: bool


def offers(account_id: UUID) -> list[OfferView]:
    """Return every role of somebody that does not work yet: still to be accepted, or to be confirmed."""
    rows = Membership.objects.unended().filter(account_id=account_id).select_related("organisation")
    found = [_membership(row) for row in rows.order_by("organisation__name", "role")]
    grouped: dict[tuple[UUID, bool], list[MembershipView]] = {}
    for each in found:
        if each.waits_for_person or each.waits_for_second:
            grouped.setdefault((each.agreement_id or each.id, each.waits_for_person), []).append(each)
    return [
        OfferView(
            id=rows[0].id,
            role=rows[0].role,
            role_words=rows[0].role_words,
            places=tuple(each.organisation_name for each in rows),
            stands_in=rows[0].agreement_id is not None,
            until=None if rows[0].agreement_id else rows[0].until,
            waits_for_person=waits,
            waits_for_second=rows[0].waits_for_second,
        )
        for (_which, waits), rows in grouped.items()
    ]


def only_administrator(organisation_id: UUID) -> UUID | None:
    """Return the administrator of an organisation, at home there, whom no colleague can invite anew."""
    rows = Membership.objects.unended().filter(organisation_id=organisation_id, role=Role.ADMINISTRATOR)
    found = list(rows.filter(account__is_active=True).select_related("account")[:2])
    return found[0].account_id if [each.account.home_id for each in found] == [organisation_id] else None


def never_came_in() -> dict[UUID, UUID]:
    """Return of each organisation the only administrator that it was ever given, as long as they stay away.

    Whether that is somebody new or somebody who works elsewhere is told to nobody.
    """
    rows = Membership.objects.unended().filter(role=Role.ADMINISTRATOR, account__is_active=True)
    given: dict[UUID, list[Membership]] = {}
    for row in rows.select_related("account"):
        given.setdefault(row.organisation_id, []).append(row)
    return {
        organisation_id: only.account_id
        for organisation_id, (only, *others) in given.items()
        if not others and (only.accepted_on is None or only.account.last_login is None)
    }


def with_administrator() -> set[UUID]:
    """Return the organisations of which somebody is administrator, or was offered to be."""
    rows = Membership.objects.unended().filter(role=Role.ADMINISTRATOR)
    return set(rows.values_list("organisation_id", flat=True))


def waits_for_second(row: Membership) -> bool:
    """Return whether a role is still to be confirmed."""
    return row.confirmed_by is None and row.role in NEEDS_SECOND


def _membership(row: Membership) -> MembershipView:
    return MembershipView(
        id=row.id,
        organisation_id=row.organisation_id,
        organisation_name=row.organisation.name,
        role=row.role,
        role_words=str(Role(row.role).label),
        until=row.until,
        ended=row.until is not None and row.until < timezone.localdate(),
        since=row.since,
        home_id=row.home_id,
        waits_for_second=waits_for_second(row),
        waits_for_person=row.accepted_on is None,
        agreement_id=row.agreement_id,
    )


def people(
    *,
    organisation_id: UUID,
    named: str = "",
    role: str = "",
    after: UUID | None = None,
    limit: int = PAGE,
) -> list[Person]:
    """Return accounts by name, with their roles.

    Args:
        organisation_id: only who has or had a role there, and only those roles.
        named: part of an e-mail address, or of a name that is shown here; empty for all.
        role: only who has or had this one there; empty for all.
        after: the last one of the page before.
        limit: how many at most.
    """
    rows = _accounts(organisation_id).order_by("name", "id")
    here = Membership.objects.filter(organisation_id=organisation_id, account=OuterRef("pk"))
    if role:
        rows = rows.filter(Exists(here.filter(role=role)))
    if named:
        # The name of whoever was invited here and has an account elsewhere is not for this administrator.
        known = Exists(here.filter(accepted_on__isnull=False))
        rows = rows.filter(Q(known, name__icontains=named) | Q(email__icontains=named))
    if last := _accounts(organisation_id).filter(pk=after).first() if after else None:
        rows = rows.filter(Q(name__gt=last.name) | Q(name=last.name, id__gt=last.id))
    return [_person(row, organisation_id) for row in rows[:limit]]


def person(account_id: UUID, *, organisation_id: UUID) -> Person | None:
    """Return one account with its roles in one organisation."""
    row = _accounts(organisation_id).filter(pk=account_id).first()
    return _person(row, organisation_id) if row else None


def _accounts(organisation_id: UUID) -> QuerySet[Account]:
    waits = Exists(Invitation.objects.filter(account=OuterRef("pk")))
    here = Membership.objects.filter(organisation_id=organisation_id)
    rows = Account.objects.annotate(waits=waits).prefetch_related("memberships__organisation")
    # Not a join: somebody with two roles stands in the list once.
    return rows.filter(pk__in=here.values("account_id"))


def _person(row: Any, organisation_id: UUID) -> Person:
    own = [each for each in row.memberships.all() if each.organisation_id == organisation_id]
    # Of whoever was invited nothing shows that they had an account elsewhere: no name, no sign-in.
    if organisation_id == row.home_id:
        invited = row.last_login is None and row.waits
    else:
        invited = not any(each.accepted_on for each in own)
    return Person(
        id=row.id,
        name=row.email if invited else row.name,
        email=row.email,
        active=row.is_active,
        invited=invited,
        home_id=row.home_id,
        memberships=tuple(_membership(each) for each in own),
    )


def demonstration_accounts() -> list[DemonstrationAccount]:
    """Return every account with what it is for. Only the demonstration shows this."""
    rows = Membership.objects.valid().filter(home=None).select_related("account", "organisation")
    grouped: dict[tuple[str, str], list[str]] = {}
    for row in rows.order_by("organisation__kind", "organisation__name", "role"):
        grouped.setdefault((row.account.email, row.organisation.name), []).append(str(Role(row.role).label))
    return [DemonstrationAccount(email, name, ", ".join(roles)) for (email, name), roles in grouped.items()]
