"""Who releases from a list that was searched or chosen is back in that list; no address holds the words."""

from collections.abc import Callable

from django.test import Client
from tests.journeys.visits.situations import Town, days

from sluitend.journeys.visits.models import Visit
from sluitend.journeys.visits.places import Place

FOCAL, LIST, ACT = "af@westland.example", "/werk/vrijgeven/", "/werk/vrijgeven/samen/"


def test_releasing_from_a_searched_list_leads_back_to_it(
    town: Town, client_for: Callable[[str], Client]
) -> None:
    desk = client_for(FOCAL)
    sought, other = (town.plan(Place(address=f"Heel ergens anders {each}")) for each in (1, 2))
    found = desk.post(LIST, {"q": sought}).text
    assert f'<input type="hidden" name="q" value="{sought}">' in found
    answer = desk.post(ACT, {"q": sought, "visit": [sought]})
    assert (answer.status_code, answer["Location"]) == (307, LIST)
    back = desk.post(answer["Location"], {"q": sought, "visit": [sought]}).text
    assert "1 vrijgegeven." in back
    assert f"U ziet alleen wat past bij “{sought}”." in back
    assert other not in back
    assert town.visit(other).state == Visit.State.PLANNED


def test_releasing_from_a_list_as_it_was_chosen_keeps_the_choice(
    town: Town, client_for: Callable[[str], Client]
) -> None:
    code = town.plan(Place(address="Heel ergens anders 1"))
    answer = client_for(FOCAL).post(f"{ACT}?toon=eigen", {"visit": [code]})
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}?toon=eigen")


def test_who_opened_one_visit_sees_on_its_page_what_became_of_it(
    town: Town, client_for: Callable[[str], Client]
) -> None:
    desk, code = client_for(FOCAL), town.plan(Place(address="Heel ergens anders 1"))
    answer = desk.post(f"{LIST}{code}/vrij/")
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}{code}/")
    page = desk.get(answer["Location"]).text
    assert "Vrijgegeven. De planner ziet dat" in page
    assert "Laat weer wachten" in page


def test_who_opened_one_visit_in_the_list_goes_on_in_the_list_as_it_was_chosen(
    town: Town, client_for: Callable[[str], Client]
) -> None:
    desk, code = client_for(FOCAL), town.plan(Place(address="Heel ergens anders 1"))
    opened = f"{LIST}{code}/?volgorde=laat&amp;uit=lijst"
    assert f'href="{opened}"' in desk.get(f"{LIST}?volgorde=laat").text
    page = desk.get(opened.replace("&amp;", "&")).text
    assert f'action="{LIST}{code}/vrij/?volgorde=laat&amp;uit=lijst"' in page
    answer = desk.post(f"{LIST}{code}/vrij/?volgorde=laat&uit=lijst")
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}?volgorde=laat")


def test_a_consultation_on_the_way_keeps_the_list_that_it_was_opened_in(
    town: Town, client_for: Callable[[str], Client]
) -> None:
    bound, code = town.note_wait_request(), town.plan()
    said = {"whom": "Rechercheur", "asked_on": days(0).isoformat(), "outcome": "go_ahead"}
    answer = client_for(FOCAL).post(f"{LIST}{code}/overleg/{bound}/?uit=lijst", said)
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}{code}/?uit=lijst")
