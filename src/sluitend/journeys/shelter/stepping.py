"""What must be done next about a search, by how it stands and by the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from sluitend.journeys.shelter.journey import (
    AWAIT_MEDIATION,
    AWAIT_PLACE,
    CHILD_GONE,
    CHOOSE_ON,
    FILL_NIGHT,
    FIND_PLACE,
    NO_BED,
    PERSON_GONE,
    REVIEW_STAY,
    SEARCH_AGAIN,
    TELL_MEDIATOR,
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
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.handbook.sheltering import Household
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
    """Return what must be done next: who is gone, a bed for tonight, the night not filled in, then the rest.

    Args:
        search: an open one.
        nights: its rows.
        now: the moment.
        clock: of the handbook.
    """
    tonight = night_of(now, clock)
    if search.gone_since is not None:
        return _gone(search.gone_since, search.household)
    if search.state != State.ON_HOLD and needs_bed(search, nights, tonight):
        return Wanted(NO_BED, bed_due(now, tonight, clock), urgent=True)
    if unfilled := open_nights(nights, tonight):
        return Wanted(FILL_NIGHT, fill_due(unfilled[0], clock))
    if search.late_since is not None:
        return Wanted(TELL_MEDIATOR, end_of(timezone.localdate(search.late_since)))
    return Wanted(*_by_state(search, tonight, clock))


def _gone(since: datetime, household: str) -> Wanted:
    """Return what must be done of who is gone: of a child at once, of a grown-up the same day."""
    if household == Household.CHILD:
        return Wanted(CHILD_GONE, since, urgent=True)
    return Wanted(PERSON_GONE, end_of(timezone.localdate(since)), urgent=True)


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
