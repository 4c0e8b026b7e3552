"""The week of Vandaag says who is there on which day, and how much is planned then."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from tests.journeys.visits.situations import make_town

from sluitend.journeys.visits.queries import PlannedOn
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


def test_a_day_on_which_something_is_planned_stands_there_also_where_the_office_is_shut() -> None:
    saturday = MONDAY + timedelta(days=5)
    planned = {MONDAY: PlannedOn(2, 1), saturday: PlannedOn(1, 0)}
    week = week_of([colleague("Nora", (1, 2, 3, 4, 5))], None, MONDAY, planned)
    assert [each.planned for each in week] == [planned[MONDAY], None, None, None, None, planned[saturday]]
    assert week[-1].names == ()


@pytest.mark.django_db
def test_what_is_planned_this_week_stands_on_today_with_what_waits_and_nobody_else_reads_it(
    client_for: Callable[[str], Client],
) -> None:
    town = make_town()
    first = town.plan(ahead=1)
    town.plan(ahead=1)
    town.release(first)
    text = client_for("af@westland.example").get("/werk/").text
    assert "2 gepland" in text
    assert "1 wacht op vrijgeven" in text
    assert "2 gepland" not in client_for("manager@westland.example").get("/werk/").text
    assert "2 gepland" not in client_for("af@denhaag.example").get("/werk/").text
    assert timezone.localdate() + timedelta(days=1) == town.visit(first).day


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
