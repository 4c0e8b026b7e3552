"""What must be done next about a search, by how it stands and by the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from sluitend.journeys.shelter.journey import (
    AWAIT_MEDIATION,
    AWAIT_PLACE,
    CHOOSE_ON,
    FILL_NIGHT,
    FIND_PLACE,
    NO_BED,
    REVIEW_STAY,
    SEARCH_AGAIN,
)
from sluitend.journeys.shelter.models import Search, SearchNight
from sluitend.journeys.shelter.nights import (
    Clock,
    bed_due,
    fill_due,
    hour_of,
    in_stay,
    night_of,
    review_due,
)
from sluitend.kernel.manifest import StepKind

State = Search.State


@dataclass(frozen=True)
class Wanted:
    """The next step of a search, and until when."""

    what: StepKind
    due: datetime
    urgent: bool = False

    def is_there(self, what: str, due: datetime, urgent: bool) -> bool:
        """Tell whether the step that is open already is this one.

        A bed for tonight stays the same step all day: it climbs from its own hour.
        """
        same = due == self.due or (
            self.what == NO_BED and timezone.localtime(due).date() == timezone.localtime(self.due).date()
        )
        return what == self.what and urgent == self.urgent and same


def next_step(search: Search, nights: Sequence[SearchNight], now: datetime, clock: Clock) -> Wanted:
    """Return what must be done next: a bed for tonight, then the night that is not filled in, then the rest.

    Args:
        search: an open one.
        nights: its rows.
        now: the moment.
        clock: of the handbook.
    """
    tonight = night_of(now, clock)
    if search.state != State.ON_HOLD and needs_bed(search, nights, tonight):
        return Wanted(NO_BED, bed_due(now, tonight, clock), urgent=True)
    if unfilled := open_nights(nights, tonight):
        return Wanted(FILL_NIGHT, fill_due(unfilled[0], clock))
    return Wanted(*_by_state(search, tonight, clock))


def _by_state(search: Search, tonight: date, clock: Clock) -> tuple[StepKind, datetime]:
    tomorrow = hour_of(tonight + timedelta(days=1), clock.before)
    match search.state:
        case State.OFFERED:
            found = (AWAIT_PLACE, search.answer_by or tomorrow)
        case State.MEDIATION:
            found = (AWAIT_MEDIATION, tomorrow)
        case State.REFUSED | State.DECLINED | State.EXPIRED:
            found = (CHOOSE_ON, tomorrow)
        case State.ON_HOLD:
            found = (SEARCH_AGAIN, hour_of(search.held_until or tonight, clock.before))
        case State.PLACED:
            found = (REVIEW_STAY, review_due(search.review or tonight, clock))
        case _:
            found = (FIND_PLACE, tomorrow)
    return found


def needs_bed(search: Search, nights: Sequence[SearchNight], tonight: date) -> bool:
    """Tell whether nobody knows yet where somebody sleeps tonight."""
    if search.state == State.PLACED and in_stay(tonight, search.starts, search.review):
        return False
    return not any(each.night == tonight and each.sleeps for each in nights)


def open_nights(nights: Sequence[SearchNight], tonight: date) -> list[date]:
    """Return the nights that are over and not filled in, the oldest first."""
    return sorted(each.night for each in nights if each.night < tonight and not each.outcome)
