"""The week of Vandaag: who of those who work with reports and cases is there, and what is planned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sluitend.journeys.visits.queries import PlannedOn
from sluitend.kernel.followup.deadlines import is_working_day
from sluitend.kernel.manifest import FOCAL
from sluitend.kernel.organisations.queries import Colleague

DAYS = 5


@dataclass(frozen=True)
class DayOfWeek:
    """A day on which the office is open or something is planned, and who is there."""

    day: date
    mine: bool
    names: tuple[str, ...]
    planned: PlannedOn | None = None


def week_of(
    people: Sequence[Colleague],
    account_id: UUID | None,
    today: date,
    planned: Mapping[date, PlannedOn] | None = None,
) -> list[DayOfWeek]:
    """Return the next days on which the office is open, today with them, and who is there.

    Args:
        people: of the organisation; who is away is not there until after the last day of that.
        account_id: who looks.
        today: the day.
        planned: what is planned on which day; one on which the office is shut stands there too.
    """
    ahead = planned or {}
    here = {each.account_id: each for each in people if each.role in FOCAL}
    return [
        DayOfWeek(
            day,
            mine=account_id in here and _is_there(here[account_id], day),
            names=tuple(
                each.name for key, each in here.items() if key != account_id and _is_there(each, day)
            ),
            planned=ahead.get(day),
        )
        for day in sorted({*open_days(today), *ahead})
    ]


def open_days(today: date) -> list[date]:
    """Return the next days on which the office is open, today with them."""
    ahead = (today + timedelta(days=number) for number in range(DAYS + 10))
    return [day for day in ahead if is_working_day(day)][:DAYS]


def _is_there(who: Colleague, day: date) -> bool:
    away = who.away_until is not None and day <= who.away_until
    return is_working_day(day, who.work_days) and not away
