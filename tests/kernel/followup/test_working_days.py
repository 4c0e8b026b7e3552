"""Counting working days, also from a day on which nobody works."""

from datetime import date

import pytest

from sluitend.kernel.followup.deadlines import add_working_days

SATURDAY, SUNDAY, MONDAY = date(2026, 12, 19), date(2026, 12, 20), date(2026, 12, 21)


@pytest.mark.parametrize("day", [SATURDAY, SUNDAY, MONDAY])
def test_zero_days_on_is_the_day_itself_or_the_next_working_day(day: date) -> None:
    assert add_working_days(day, 0) == MONDAY


def test_zero_days_on_skips_a_whole_weekend_with_a_holiday() -> None:
    good_friday_week = date(2026, 4, 4)  # the Saturday before Easter: Monday is free too
    assert add_working_days(good_friday_week, 0) == date(2026, 4, 7)
