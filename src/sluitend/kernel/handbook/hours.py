"""Whether a number is answered at a moment, and when it is answered next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .recognition import HelpLine, OpenHours

# A week and a day: whoever opens once a week opens within it.
DAYS_AHEAD = 8


@dataclass(frozen=True)
class Answered:
    """What the hours of a number say of one moment.

    `now` is None when the handbook has no hours. `until` is when it closes, `opens` when it opens next; a
    number that is answered day and night has neither.
    """

    now: bool | None
    always: bool = False
    until: datetime | None = None
    opens: datetime | None = None


def answered(line: HelpLine, moment: datetime) -> Answered:
    """Return what the hours of a number say of a moment.

    Args:
        line: the number; its hours are times on the clock of whoever answers.
        moment: with the time zone of that clock, so that a night with a change of the clock counts well.
    """
    if not line.open:
        return Answered(now=None)
    spans = _joined(sorted(_spans(line.open, moment)))
    for begin, end in spans:
        if begin <= moment < end:
            always = end - moment > timedelta(days=DAYS_AHEAD - 1)
            return Answered(now=True, always=always, until=None if always else end)
    return Answered(now=False, opens=next((begin for begin, _end in spans if begin > moment), None))


def _spans(hours: tuple[OpenHours, ...], moment: datetime) -> Iterator[tuple[datetime, datetime]]:
    for shift in range(-1, DAYS_AHEAD + 1):
        day = moment.date() + timedelta(days=shift)
        for each in hours:
            if day.isoweekday() in each.days:
                yield _span(each, day, moment)


def _span(hours: OpenHours, day: date, moment: datetime) -> tuple[datetime, datetime]:
    opens, closes = time.fromisoformat(hours.opens), time.fromisoformat(hours.closes)
    last = day if closes > opens else day + timedelta(days=1)
    return (
        datetime.combine(day, opens, moment.tzinfo),
        datetime.combine(last, closes, moment.tzinfo),
    )


def _joined(spans: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    joined: list[tuple[datetime, datetime]] = []
    for begin, end in spans:
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined
