"""Who has which role and who gave it, who may confirm one, and who could before."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from sluitend.kernel.organisations.models import FOUNDED, Account, Membership, Role
from sluitend.kernel.organisations.queries import waits_for_second

TO_CONFIRM = """
SELECT m.id, role_confirm_from(m.id) FROM organisations_membership m, role_confirmers(m.id) c
WHERE (m.confirmed_by IS NULL OR m.longer_on IS NOT NULL) AND role_needs_second(m.role)
  AND (m.until IS NULL OR m.until >= %s)
  AND c.account = %s AND c.organisation = %s
"""
FORMER = "SELECT f.* FROM unnest(%s::uuid[]) place, role_former(place) f"
TOLD_FOR = timedelta(days=90)
"""How long after their role ended somebody still hears that another is let in there."""


@dataclass(frozen=True)
class Confirmer:
    """Somebody who may confirm a role, and for which organisation they do so."""

    account_id: UUID
    organisation_id: UUID


def confirmers(membership_id: UUID) -> list[Confirmer]:
    """Return who may confirm a role; nobody of one that is confirmed, has ended, or asks for no second."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT account, organisation FROM role_confirmers(%s)", [membership_id])
        return [Confirmer(*row) for row in cursor.fetchall()]


def confirm_from(membership_id: UUID) -> date:
    """Return from which day a role may be confirmed: later where all who could confirm went."""
    return date.fromisoformat(str(asked("role_confirm_from(%s)", membership_id)))


@dataclass(frozen=True)
class Former:
    """A role of somebody who could confirm in an organisation, and how it ended."""

    account_id: UUID
    organisation_id: UUID
    name: str
    email: str
    role_words: str
    ended_on: date | None
    """Nothing for one that runs, of somebody whom the inviter let in."""
    ended_by: str

    @property
    def recent(self) -> bool:
        """Whether they are still to hear of what happens there."""
        return self.ended_on is None or self.ended_on >= timezone.localdate() - TOLD_FOR


def former(organisation_ids: Collection[UUID]) -> list[Former]:
    """Return all who ever could confirm in these organisations. Two statements."""
    rows = Membership.objects.raw(FORMER, [list(organisation_ids)])
    found = sorted(rows, key=lambda row: (row.role, row.pk))
    who = {each for row in found for each in (row.account_id, row.ended_by) if each}
    people = Account.objects.in_bulk(who)
    return [
        Former(
            account_id=row.account_id,
            organisation_id=row.organisation_id,
            name=people[row.account_id].name,
            email=people[row.account_id].email,
            role_words=str(Role(row.role).label),
            ended_on=row.ended_on or (row.until if row.until and row.until < timezone.localdate() else None),
            ended_by=people[row.ended_by].name if row.ended_by in people else "",
        )
        for row in found
    ]


@dataclass(frozen=True)
class RoleRow:
    """One role of somebody, with who gave it."""

    id: UUID
    name: str
    email: str
    active: bool
    role_words: str
    organisation_name: str
    home_name: str
    """Where a stand-in works."""
    since: date | None
    until: date | None
    offered_on: date | None
    offered_by: str
    confirmed_on: date | None
    confirmed_by: str
    founded: bool
    """Whether it was there before a second person was asked for."""
    accepted_on: date | None
    waits_for_second: bool
    waits_for_person: bool
    last_signed_in: datetime | None
    given: bool
    """Whether one of our processes wrote it; nobody acts in a role that is not."""
    organisation_id: UUID
    longer_on: date | None = None
    """When it was offered for longer, while it works; that waits for a second person."""
    longer_by: str = ""
    longer_until: date | None = None
    confirm_from: date | None = None
    """The day from which it may be confirmed, when that is not at once."""
    former: tuple[Former, ...] = ()
    """Who could confirm there before, when none of them is left to do it."""

    @property
    def asked_until(self) -> date | None:
        """The last day for which a second person is asked."""
        return self.longer_until if self.longer_on else self.until

    @property
    def too_early(self) -> bool:
        """Whether it may not be confirmed yet."""
        return self.confirm_from is not None and self.confirm_from > timezone.localdate()


def given_in(organisation_id: UUID, *, ended_since: date) -> list[RoleRow]:
    """Return every role in an organisation that has not ended, or ended since a day. Two statements."""
    rows = Membership.objects.filter(organisation_id=organisation_id).exclude(until__lt=ended_since)
    return _rows(
        list(rows.select_related("account", "organisation", "home").order_by("account__name", "role"))
    )


def to_confirm(account_id: UUID, organisation_id: UUID) -> list[RoleRow]:
    """Return every role that somebody who acts for an organisation may confirm.

    Three statements; two more when those who could confirm in the organisation of one of them are gone.
    """
    with connection.cursor() as cursor:
        cursor.execute(TO_CONFIRM, [timezone.localdate(), account_id, organisation_id])
        found = dict(cursor.fetchall())
    rows = Membership.objects.filter(pk__in=found).select_related("account", "organisation", "home")
    waiting = rows.order_by("offered_on", "account__name", "role") if found else ()
    given = _rows([row for row in waiting if row.given and (row.longer_on is None or row.longer_given)])
    gone = {row.organisation_id for row in given if found[row.id] != (row.longer_on or row.offered_on)}
    before = former(gone) if gone else []
    return [
        replace(
            row,
            confirm_from=found[row.id],
            former=tuple(each for each in before if each.organisation_id == row.organisation_id),
        )
        if row.organisation_id in gone
        else row
        for row in given
    ]


def _rows(rows: list[Membership]) -> list[RoleRow]:
    who = {each for row in rows for each in (row.invited_by, row.confirmed_by, row.longer_by) if each}
    names = dict(Account.objects.filter(pk__in=who).values_list("pk", "name")) if who else {}
    return [
        RoleRow(
            id=row.id,
            name=row.account.name,
            email=row.account.email,
            active=row.account.is_active,
            role_words=str(Role(row.role).label),
            organisation_name=row.organisation.name,
            home_name=row.home.name if row.home else "",
            since=row.since,
            until=row.until,
            offered_on=row.offered_on,
            offered_by=names.get(row.invited_by, "") if row.invited_by else "",
            confirmed_on=row.confirmed_on,
            confirmed_by=names.get(row.confirmed_by, "") if row.confirmed_by else "",
            founded=row.confirmed_by == FOUNDED,
            accepted_on=row.accepted_on,
            waits_for_second=waits_for_second(row),
            waits_for_person=row.accepted_on is None,
            last_signed_in=row.account.last_login,
            given=row.given,
            organisation_id=row.organisation_id,
            longer_on=row.longer_on,
            longer_by=names.get(row.longer_by, "") if row.longer_by else "",
            longer_until=row.longer_until,
        )
        for row in rows
    ]


def asked(call: str, *values: Any) -> Any:
    """Return what a function of the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {call}", list(values))
        row = cursor.fetchone()
    return row[0] if row else None
