"""The week of Vandaag says who is there on which day, and costs nothing more to ask."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from sluitend.kernel.organisations.models import Role
from sluitend.kernel.organisations.queries import Colleague
from sluitend.surfaces.desk.week import week_of

MONDAY = date(2026, 11, 23)


def colleague(
    name: str, days: tuple[int, ...], *, role: Role = Role.DEPUTY, until: date | None = None
) -> Colleague:
    """Return somebody who works on these days."""
    return Colleague(uuid4(), name, role, days, until)


def test_each_day_names_who_works_then() -> None:
    me, other = colleague("Nora", (2, 4), role=Role.FOCAL_POINT), colleague("Samira", (1, 3, 5))
    week = week_of([me, other, colleague("Baas", (1, 2), role=Role.MANAGER)], me.account_id, MONDAY)
    assert [each.day.isoweekday() for each in week] == [1, 2, 3, 4, 5]
    assert [each.mine for each in week] == [False, True, False, True, False]
    assert [each.names for each in week] == [("Samira",), (), ("Samira",), (), ("Samira",)]


def test_who_is_away_is_not_there_and_comes_back_after_the_last_day() -> None:
    me = colleague("Nora", (1, 2, 3), role=Role.FOCAL_POINT, until=date(2026, 11, 24))
    week = week_of([me], me.account_id, MONDAY)
    assert [each.mine for each in week] == [False, False, True, False, False]
    assert not any(each.names for each in week)


def test_days_on_which_the_office_is_closed_are_left_out() -> None:
    week = week_of([colleague("Nora", (1, 2, 3, 4, 5))], None, date(2026, 12, 24))
    assert [each.day for each in week][:3] == [date(2026, 12, 24), date(2026, 12, 28), date(2026, 12, 29)]


def test_who_holds_two_roles_stands_there_once() -> None:
    one = colleague("Samira", (1,))
    twice = Colleague(one.account_id, one.name, Role.FOCAL_POINT, one.work_days)
    assert week_of([one, twice], None, MONDAY)[0].names == ("Samira",)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("email", "said"),
    [("af@westland.example", "Deze week"), ("manager@westland.example", "Wie is er")],
)
def test_who_works_with_cases_sees_the_week_and_others_their_own_days(
    client_for: Callable[[str], Client], email: str, said: str
) -> None:
    text = client_for(email).get("/werk/").text
    assert f"{said}\n" in text
    assert "Uw werkdagen: " in text
