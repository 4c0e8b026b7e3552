"""Which date a night has, which nights a search has, and what is due when."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.packs import den_haag

from sluitend.journeys.shelter import course, nights
from sluitend.journeys.shelter.course import Happened, was_offered
from sluitend.journeys.shelter.models import Search, SearchNight
from sluitend.journeys.shelter.stepping import Wanted, next_step

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
CLOCK = nights.clock_of(den_haag())
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1))
MOMENTS = st.integers(1_577_836_800, 2_208_988_800).map(lambda each: datetime.fromtimestamp(each, UTC))


def at(day: str, hour: str, *, fold: int = 0) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), AMSTERDAM).replace(fold=fold)


@pytest.mark.parametrize(
    ("moment", "night"),
    [
        (at("2026-11-24", "23:00"), "2026-11-24"),
        (at("2026-11-25", "02:00"), "2026-11-24"),
        (at("2026-11-25", "05:59"), "2026-11-24"),
        (at("2026-11-25", "06:00"), "2026-11-25"),
        # The night of the clock change: 02.30 is there twice, and is one night.
        (at("2026-10-25", "02:30"), "2026-10-24"),
        (at("2026-10-25", "02:30", fold=1), "2026-10-24"),
        # And not there at all in spring.
        (at("2027-03-28", "02:30"), "2027-03-27"),
    ],
)
def test_a_night_has_the_date_of_its_evening(moment: datetime, night: str) -> None:
    assert nights.night_of(moment, CLOCK) == date.fromisoformat(night)


@given(MOMENTS)
def test_the_night_is_today_or_yesterday_and_never_goes_back(moment: datetime) -> None:
    night = nights.night_of(moment, CLOCK)
    assert night in (moment.astimezone(AMSTERDAM).date(), moment.astimezone(AMSTERDAM).date() - nights.DAY)
    assert nights.night_of(moment + timedelta(hours=1), CLOCK) >= night


@given(DAYS, st.integers(min_value=0, max_value=800))
def test_each_night_is_there_once_whatever_the_clock_does(first: date, number: int) -> None:
    found = list(nights.nights_between(first, first + timedelta(days=number)))
    assert len(found) == len(set(found)) == number + 1
    assert nights.missing_nights(first, found[-1], found) == []
    assert nights.missing_nights(first, found[-1], found[1:]) == found[:1]


@given(MOMENTS)
def test_a_bed_is_due_before_the_hour_and_at_once_after_it(moment: datetime) -> None:
    night = nights.night_of(moment, CLOCK)
    due = nights.bed_due(moment, night, CLOCK)
    assert due >= moment
    hour = due.astimezone(AMSTERDAM)
    assert due == moment if nights.after_the_hour(moment, CLOCK) else (hour.hour, hour.date()) == (16, night)


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (at("2026-11-24", "15:59"), at("2026-11-24", "16:00")),
        (at("2026-11-24", "16:00"), at("2026-11-24", "16:00")),
        (at("2026-11-27", "17:30"), at("2026-11-27", "17:30")),
        # Saturday and Sunday: the same clock.
        (at("2026-11-28", "09:00"), at("2026-11-28", "16:00")),
        (at("2026-11-29", "23:00"), at("2026-11-29", "23:00")),
        # After midnight it is still the night of the evening before.
        (at("2026-11-29", "01:00"), at("2026-11-29", "01:00")),
    ],
)
def test_the_clock_is_the_same_every_day(moment: datetime, due: datetime) -> None:
    assert nights.bed_due(moment, nights.night_of(moment, CLOCK), CLOCK) == due


@given(DAYS, st.integers(1, 60), st.integers(-5, 65))
def test_a_stay_has_its_first_night_and_not_its_last_day(starts: date, length: int, offset: int) -> None:
    night = starts + timedelta(days=offset)
    assert nights.in_stay(night, starts, starts + timedelta(days=length)) == (0 <= offset < length)


@given(DAYS, st.integers(-10, 3))
def test_a_night_is_corrected_for_seven_days(tonight: date, offset: int) -> None:
    assert nights.may_be_corrected(tonight + timedelta(days=offset), tonight) == (-7 <= offset <= 0)


def happened(*events: tuple[str, str]) -> list[Happened]:
    return [Happened(what, night) for what, night in events]


@pytest.mark.parametrize(
    ("events", "night", "offered"),
    [
        ((), "2026-11-24", False),
        (((course.OFFERED, "2026-11-24"),), "2026-11-24", True),
        (((course.OFFERED, "2026-11-24"),), "2026-11-23", False),
        (((course.OFFERED, "2026-11-24"), (course.PERSON_NO, "2026-11-24")), "2026-11-24", True),
        (((course.OFFERED, "2026-11-23"), (course.PERSON_NO, "2026-11-23")), "2026-11-24", False),
        # What the provider took back was never offered to the person.
        (((course.OFFERED, "2026-11-24"), (course.PROVIDER_NO, "2026-11-24")), "2026-11-24", False),
    ],
)
def test_a_place_was_offered_for_a_night_or_not(
    events: tuple[tuple[str, str], ...], night: str, offered: bool
) -> None:
    assert was_offered(date.fromisoformat(night), happened(*events), date(2026, 11, 25)) is offered


STATES = [each for each in Search.State if each not in (Search.State.ENDED, Search.State.WITHDRAWN)]
ROWS = st.lists(
    st.tuples(
        st.integers(0, 10),
        st.sampled_from(["", "placed", "bridged", "declined", "nowhere"]),
        st.sampled_from(["", "placed", "bridged", "declined", "nowhere"]),
    ),
    max_size=11,
    unique_by=lambda each: each[0],
)


@given(st.sampled_from(STATES), ROWS, MOMENTS)
def test_an_open_search_has_a_step_whatever_happened(
    state: Search.State, rows: list[tuple[int, str, str]], now: datetime
) -> None:
    tonight = nights.night_of(now, CLOCK)
    search = Search(state=state, starts=tonight, review=tonight + timedelta(days=9), held_until=tonight)
    found = [
        SearchNight(night=tonight - timedelta(days=ago), plan=plan, outcome=outcome)
        for ago, plan, outcome in rows
    ]
    wanted = next_step(search, found, now, CLOCK)
    assert isinstance(wanted, Wanted)
    # Without a bed for tonight it hurries, unless nobody looks or somebody sleeps in a place.
    sleeps = any(each.night == tonight and each.plan in nights.ASLEEP for each in found)
    assert wanted.urgent == (state not in (Search.State.ON_HOLD, Search.State.PLACED) and not sleeps)
    assert wanted.is_there(wanted.what, wanted.due, wanted.urgent)
