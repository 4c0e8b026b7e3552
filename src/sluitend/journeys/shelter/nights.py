"""Which date a night has, which nights a search has, and what is due when. Nothing here asks the database."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.sheltering import Hour, Night

DAY = timedelta(days=1)
CORRECTED_WITHIN = 7
"""So many days after a night somebody may still say that it was otherwise."""
AHEAD_OF_REVIEW = 5
"""So many days before the end of a stay somebody asks for more, or for another place."""
ASLEEP = frozenset({Night.PLACED, Night.BRIDGED, Night.DECLINED})
"""With one of these as its plan a night needs no bed any more."""


@dataclass(frozen=True)
class Clock:
    """The hours of each day, as the handbook has them."""

    turn: time
    filled: time
    reminded: time
    before: time
    climbed: time


def clock_of(pack: Pack) -> Clock:
    """Return the clock of a handbook that has one."""
    hours = pack.night_hours
    wanted = (Hour.TURN, Hour.FILLED, Hour.REMINDED, Hour.BEFORE, Hour.CLIMBED)
    return Clock(*(hours[each].time for each in wanted))


def night_of(moment: datetime, clock: Clock) -> date:
    """Return the date of the night at a moment: that of its evening, so 02.00 is of the day before.

    The hour that is there twice, or not at all, when the clock changes is of the same one night.
    """
    local = timezone.localtime(moment)
    return local.date() - DAY if local.time() < clock.turn else local.date()


def hour_of(day: date, hour: time) -> datetime:
    """Return the moment of an hour of the clock on a day."""
    return timezone.make_aware(datetime.combine(day, hour))


def nights_between(first: date, last: date) -> Iterator[date]:
    """Yield each night from the first up to and including the last."""
    while first <= last:
        yield first
        first += DAY


def missing_nights(first: date, tonight: date, there: Collection[date]) -> list[date]:
    """Return the nights that a search must have by now and has not."""
    return [each for each in nights_between(first, tonight) if each not in there]


def in_stay(night: date, starts: date | None, review: date | None) -> bool:
    """Tell whether somebody sleeps in a place on this night: from its start, up to its last day."""
    return starts is not None and review is not None and starts <= night < review


def bed_due(now: datetime, night: date, clock: Clock) -> datetime:
    """Return until when a bed for a night is found: its hour, or at once after that."""
    return max(now, hour_of(night, clock.before))


def fill_due(night: date, clock: Clock) -> datetime:
    """Return until when it must be known what a night became: the next morning."""
    return hour_of(night + DAY, clock.filled)


def after_the_hour(now: datetime, clock: Clock) -> bool:
    """Tell whether the hour of tonight has passed."""
    return now >= hour_of(night_of(now, clock), clock.before)


def may_be_corrected(night: date, tonight: date) -> bool:
    """Tell whether a night may still be said to have been otherwise."""
    return tonight - timedelta(days=CORRECTED_WITHIN) <= night <= tonight


def review_due(review: date, clock: Clock) -> datetime:
    """Return when somebody must begin to ask for more of a stay."""
    return hour_of(review - timedelta(days=AHEAD_OF_REVIEW), clock.before)
