"""Who has duty at an organisation: who works on which day, who is on call after hours and in the weekend."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from sluitend.kernel.followup.deadlines import is_working_day
from sluitend.kernel.followup.models import OnCall
from sluitend.kernel.organisations.absence import away_between
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.organisations.queries import Colleague, colleagues

BEGINS = time(8, 0)
"""A duty goes from this hour until the same hour of the next morning: a night has one name."""
WEEK = 7
AHEAD = timedelta(days=366)
"""So far ahead the list shows who is on call."""


@dataclass(frozen=True)
class Duty:
    """A colleague who is on call for some days."""

    id: UUID
    account_id: UUID
    name: str
    first: date
    last: date
    telephone: str


@dataclass(frozen=True)
class DutyDay:
    """Who works on a day, and who is on call from then until the next morning."""

    day: date
    people: tuple[str, ...]
    on_call: tuple[str, ...]


def duty_day(moment: datetime) -> date:
    """Return of which day the duty is at a moment: until the morning that of the day before."""
    local = timezone.localtime(moment)
    return local.date() if local.time() >= BEGINS else local.date() - timedelta(days=1)


def duties(organisation_id: UUID, *, first: date, last: date) -> list[Duty]:
    """Return who is on call on these days and works here, by day. Two statements at most."""
    rows = list(_rows(organisation_id, first, last).order_by("first", "last", "id"))
    here = {each.account_id: each.name for each in colleagues(organisation_id)} if rows else {}
    return [
        Duty(row.id, row.account_id, here[row.account_id], row.first, row.last, row.telephone)
        for row in rows
        if row.account_id in here
    ]


def on_call(organisation_id: UUID, moment: datetime) -> list[Duty]:
    """Return who is on call at a moment; who is away or works here no more is not."""
    day = duty_day(moment)
    found = duties(organisation_id, first=day, last=day)
    away = away_between(organisation_id, day, day) if found else []
    return [each for each in found if not any(one.account_id == each.account_id for one in away)]


def on_duty(
    organisation_id: UUID, moment: datetime, *, roles: Iterable[Role], called: Iterable[Duty] | None = None
) -> list[Colleague]:
    """Return who of some roles has it at a moment: who works that day and is not away, and who is on call.

    Args:
        organisation_id: of which organisation.
        moment: when.
        roles: who of them counts.
        called: who is on call then, if that was asked before.
    """
    day = timezone.localtime(moment).date()
    away = {each.account_id for each in away_between(organisation_id, day, day)}
    people = {each.account_id: each for each in colleagues(organisation_id, roles=roles)}
    if called is None:
        called = on_call(organisation_id, moment)
    on = {each.account_id for each in called}
    return [
        each
        for key, each in people.items()
        if key not in away and (key in on or is_working_day(day, each.work_days))
    ]


def duty_days(organisation_id: UUID, first: date, *, roles: Iterable[Role]) -> list[DutyDay]:
    """Return a week of who works and who is on call; a day without a name has none."""
    last = first + timedelta(days=WEEK - 1)
    people = list({each.account_id: each for each in colleagues(organisation_id, roles=roles)}.values())
    away = away_between(organisation_id, first, last)
    called = duties(organisation_id, first=first, last=last)

    def is_away(account_id: UUID, day: date) -> bool:
        return any(each.account_id == account_id and each.first <= day <= each.last for each in away)

    return [
        DutyDay(
            day,
            tuple(
                each.name
                for each in people
                if is_working_day(day, each.work_days) and not is_away(each.account_id, day)
            ),
            tuple(
                each.name
                for each in called
                if each.first <= day <= each.last and not is_away(each.account_id, day)
            ),
        )
        for day in (first + timedelta(days=number) for number in range(WEEK))
    ]


def _rows(organisation_id: UUID, first: date, last: date) -> QuerySet[OnCall]:
    return OnCall.objects.filter(organisation_id=organisation_id, first__lte=last, last__gte=first)
