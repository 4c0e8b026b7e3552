"""Hours of a number: what they say at any moment, at night, in a weekend and when the clock changes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.hours import answered
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.recognition import HelpLine, OpenHours

HERE = ZoneInfo("Europe/Amsterdam")
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
WORDS = Text({"nl": "woord", "en": "word"})
CLOCK = st.times().map(lambda each: each.strftime("%H:%M"))
HOURS = st.builds(
    OpenHours,
    days=st.sets(st.sampled_from(EVERY_DAY), min_size=1).map(lambda days: tuple(sorted(days))),
    opens=CLOCK,
    closes=CLOCK,
)


def line(*hours: OpenHours) -> HelpLine:
    """Return a number with these hours."""
    return HelpLine(
        id="a", name=WORDS, number="1", hours=WORDS, audience=WORDS, open=hours, confirmed=True, source=("b",)
    )


def at(words: str) -> datetime:
    """Return a moment on the clock of the region."""
    return datetime.fromisoformat(words).replace(tzinfo=HERE)


OFFICE = line(OpenHours(days=(1, 2, 3, 4, 5), opens="09:00", closes="17:00"))
NIGHT = line(OpenHours(days=(5,), opens="22:00", closes="06:00"))


def test_a_number_without_hours_says_nothing() -> None:
    assert answered(line(), at("2026-11-25T12:00")).now is None


def test_day_and_night_has_no_end(pack: Pack) -> None:
    found = answered(pack.help_lines["112"], at("2026-11-25T02:00"))
    assert (found.now, found.always, found.until, found.opens) == (True, True, None, None)


@pytest.mark.parametrize(
    ("moment", "now", "changes"),
    [
        ("2026-11-25T02:00", False, "2026-11-25T09:00"),
        ("2026-11-25T09:00", True, "2026-11-25T17:00"),
        ("2026-11-25T17:00", False, "2026-11-26T09:00"),
        ("2026-11-27T17:00", False, "2026-11-30T09:00"),
        ("2026-10-25T02:30", False, "2026-10-26T09:00"),
    ],
)
def test_office_hours(moment: str, now: bool, changes: str) -> None:
    found = answered(OFFICE, at(moment))
    assert (found.now, found.until if now else found.opens) == (now, at(changes))


@pytest.mark.parametrize(
    ("moment", "now"),
    [
        ("2026-11-27T21:59", False),
        ("2026-11-27T23:00", True),
        ("2026-11-28T05:59", True),
        ("2026-11-28T06:00", False),
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_began(moment: str, now: bool) -> None:
    assert answered(NIGHT, at(moment)).now is now


@given(
    hours=st.lists(HOURS, min_size=1, max_size=3),
    minutes=st.integers(min_value=0, max_value=366 * 24 * 60),
)
def test_what_it_says_of_a_later_moment_is_what_is_so_then(hours: list[OpenHours], minutes: int) -> None:
    moment = at("2026-01-01T00:00") + timedelta(minutes=minutes)
    found = answered(line(*hours), moment)
    change = found.until if found.now else found.opens
    if change is None:
        assert found.always
        return
    assert change > moment
    assert answered(line(*hours), change).now is not found.now
    assert answered(line(*hours), change - timedelta(minutes=1)).now is found.now
