"""Several visits are released in one act, each by itself, and only where nothing is open at that moment."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests import samples
from tests.journeys.visits.situations import Town, make_town
from tests.journeys.visits.test_no_release_without_consultation import at_once
from tests.outcomes import outcome

from sluitend.journeys.visits import actions
from sluitend.journeys.visits.models import Visit
from sluitend.journeys.visits.places import Place
from sluitend.kernel.access.errors import Absent, DomainError, Refused
from sluitend.kernel.organisations.models import Organisation

type Clients = Callable[[str], Client]
PLANNED, RELEASED = Visit.State.PLANNED, Visit.State.RELEASED
FOCAL, ACT = "af@westland.example", "/werk/vrijgeven/samen/"


def street(town: Town, number: int, **more: Any) -> list[str]:
    """Plan checks at so many houses."""
    return [town.plan(Place(address=f"Heel ergens anders {each}"), **more) for each in range(1, number + 1)]


def together(town: Town, codes: list[str]) -> actions.Together:
    """Let the focal point release these in one act."""
    return town.do(town.focal_point, actions.release_together, codes=codes)


def test_each_is_a_release_of_its_own_with_its_own_line(town: Town) -> None:
    codes = street(town, 3)
    came = outcome(town.focal_point, actions.release_together, codes=[*codes, codes[0]])
    assert came.lines == (("visit.release", "released"),) * 3
    assert {town.visit(each).state for each in codes} == {RELEASED}
    assert sorted(step.what for step in came.steps) == ["carry_out"] * 3


def test_where_something_opened_between_the_list_and_the_act_it_stays_and_is_told(
    town: Town, client_for: Clients
) -> None:
    desk = client_for(FOCAL)
    held, free = town.plan(), town.plan(Place(address="Heel ergens anders 1"))
    page = desk.get("/werk/vrijgeven/?kies=alles").text
    assert f'value="{held}"' in page
    assert f'value="{free}"' in page
    town.ask()  # nobody caught up with it yet
    told = desk.post(ACT, {"visit": [held, free]}, follow=True).text
    assert "1 vrijgegeven." in told
    assert f"{held}: Overleg eerst met wie om wachten vroeg" in told
    assert [town.visit(each).state for each in (held, free)] == [PLANNED, RELEASED]
    assert f'value="{held}"' not in desk.get("/werk/vrijgeven/").text


def test_what_is_open_by_anything_else_is_not_released_in_one_act(town: Town) -> None:
    report, _receipt = samples.file_report(Organisation.objects.get(code="GM1783"))
    samples.take_in(report, town.focal_point)
    friendly = town.plan(Place(address="Tuinderspad 12a"), kind="visit")
    gated = town.plan(Place(address="Tuinderspad 12a"), ahead=20)
    twice = Place(address="Heel ergens anders 1")
    first, second = town.plan(twice), town.plan(twice)
    came = together(town, [friendly, gated, first, second])
    assert came.released == ()
    assert len(came.stayed) == 3
    assert {town.visit(each).state for each in (friendly, gated, first, second)} == {PLANNED}


def test_who_was_second_is_told_and_the_rest_goes(town: Town) -> None:
    first, second = street(town, 2)
    town.release(first)
    came = together(town, [first, second])
    assert came.released == (second,)
    assert list(came.stayed.values()) == [(first,)]


def test_nothing_too_much_or_of_another_is_refused_whole(town: Town) -> None:
    codes = street(town, 2)
    for wrong in ([], [f"G-{number}" for number in range(51)]):
        with pytest.raises(DomainError):
            together(town, wrong)
    with pytest.raises(Absent):
        together(town, [codes[0], "G-NONE"])
    assert town.visit(codes[0]).state == PLANNED
    with pytest.raises(Refused):
        town.do(town.planner, actions.release_together, codes=codes)
    elsewhere = samples.actor("af@denhaag.example")
    with pytest.raises(Absent):
        town.do(elsewhere, actions.release_together, codes=codes)


def test_all_that_is_chosen_at_once_fits_in_one_act(
    town: Town, client_for: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    street(town, 3)
    town.plan()
    town.note_wait_request()
    desk = client_for(FOCAL)
    assert desk.get("/werk/vrijgeven/").text.count("checked") == 0
    page = desk.get("/werk/vrijgeven/?kies=alles")
    assert page.text.count("checked") == len(page.context["clear"]) == 3
    monkeypatch.setattr(actions, "MOST_AT_ONCE", 2)
    assert desk.get("/werk/vrijgeven/?kies=alles").text.count("checked") == 2


@pytest.mark.parametrize("race", ["note", "ask", "release"])
def test_an_act_and_a_wait_request_or_a_colleague_in_the_same_instant(own_database: str, race: str) -> None:
    town = make_town()
    held, free = town.plan(), town.plan(Place(address="Heel ergens anders 1"))
    others: dict[str, Callable[[], Any]] = {
        "note": town.note_wait_request,
        "ask": town.ask,
        "release": lambda: town.release(held),
    }
    assert at_once(lambda: together(town, [free, held]), others[race]) == []
    town.catch_up()
    assert town.visit(held).state == (RELEASED if race == "release" else PLANNED)
    # While nobody heard what was asked that instant, nothing goes.
    assert race == "ask" or town.visit(free).state == RELEASED
