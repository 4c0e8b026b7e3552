"""Who plans cannot tell a wait request from another open point: by words, status, statements or absence."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.journeys.visits.situations import GREENHOUSE, Town, days

from sluitend.journeys.visits import actions
from sluitend.journeys.visits.places import Place
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.followup.escalation import tell

PLANNER = "toezicht@westland.example"
LIST, NEW = "/werk/toezicht/", "/werk/toezicht/nieuw/"
FREE = Place(address="Parallelweg 4, De Lier", company="Hal", kvk="90004135", plate="VB-124-X")


@pytest.fixture
def planner(client_for: Callable[[str], Client]) -> Client:
    """The inspector at a desk."""
    return client_for(PLANNER)


def seen(client: Client, path: str, *own: str) -> tuple[int, str]:
    """Return a page as the planner sees it, without tokens that differ each time and without own data."""
    page = client.get(path)
    text = re.sub(r'(name="(?:csrfmiddlewaretoken|draft_page)" value)="[^"]+"', "", page.content.decode())
    for word in own:
        text = text.replace(word, "…")
    return page.status_code, text


def form(place: Place) -> dict[str, str]:
    """Return the form that plans a check."""
    return {**place.as_json(), "kind": "check", "day": days(3).isoformat(), "aim": "Kijken"}


def shape(ask: Callable[[], object]) -> list[str]:
    """Return the statements that something takes, without their values."""
    ask()
    with CaptureQueriesContext(connection) as asked:
        ask()
    values = r"'[^']*'|\"s\d+_x\d+\"|\b\d+\b"
    return [re.sub(values, "?", each["sql"]) for each in asked]


def test_the_pages_of_a_planner_are_the_same_with_and_without_a_wait_request(
    town: Town, planner: Client
) -> None:
    code, free = town.plan(), town.plan(FREE)
    town.release(free)
    paths = [LIST, NEW, f"{LIST}{code}/", f"{LIST}{free}/", "/werk/"]
    before = [seen(planner, path) for path in paths]
    town.note_wait_request()
    town.ask()
    assert [seen(planner, path) for path in paths] == before
    town.catch_up()
    assert [seen(planner, path) for path in paths] == before
    town.pass_wait_requests(days(20))
    assert [seen(planner, path) for path in paths] == before


def test_a_page_of_a_planner_takes_the_same_statements_with_and_without_a_wait_request(
    town: Town, planner: Client
) -> None:
    held, free = town.plan(), town.plan(FREE)
    before = [shape(lambda path=path: planner.get(path)) for path in (LIST, f"{LIST}{held}/")]  # type: ignore[misc]
    town.ask()
    planner.get("/werk/")
    planner.get(LIST)
    for path, statements in zip((LIST, f"{LIST}{held}/"), before, strict=True):
        assert shape(lambda path=path: planner.get(path)) == statements  # type: ignore[misc]
    assert shape(lambda: planner.get(f"{LIST}{free}/")) == before[1]


def test_planning_at_a_held_place_looks_and_costs_the_same(town: Town, planner: Client) -> None:
    town.note_wait_request()
    answers = []
    for place in (GREENHOUSE, FREE):
        answer = planner.post(NEW, form(place))
        answers.append((answer.status_code, answer["Location"], dict(answer.headers).keys()))
        planner.get(LIST)
    assert answers[0] == answers[1]
    held, free = (shape(lambda place=place: planner.post(NEW, form(place))) for place in (GREENHOUSE, FREE))  # type: ignore[misc]
    assert len(held) == len(free)
    assert held == free


def test_a_visit_that_waits_reads_the_same_whatever_is_open(town: Town, planner: Client) -> None:
    town.note_wait_request()
    held, free = town.plan(GREENHOUSE), town.plan(FREE)
    own = (GREENHOUSE.address, GREENHOUSE.company, "90 00 41 27", "90004127", GREENHOUSE.plate, held)
    other = (FREE.address, FREE.company, "90 00 41 35", "90004135", FREE.plate, free)
    assert seen(planner, f"{LIST}{held}/", *own) == seen(planner, f"{LIST}{free}/", *other)
    for path in ("gedaan/", "gezien/"):
        answers = [planner.post(f"{LIST}{code}/{path}").status_code for code in (held, free)]
        assert answers[0] == answers[1]


def test_falling_back_reads_the_same_whether_for_a_wait_request_or_not(town: Town, planner: Client) -> None:
    held, taken = town.plan(), town.plan()
    town.release(held)
    town.release(taken)
    town.do(town.focal_point, actions.take_back, code=taken)
    town.note_wait_request()
    pages = [seen(planner, f"{LIST}{code}/", code) for code in (held, taken)]
    assert pages[0] == pages[1]
    assert "Ga niet" in pages[0][1]
    vandaag = planner.get("/werk/").content.decode()
    assert vandaag.count("Ga niet. Dit is nog niet vrijgegeven") >= 2


def test_asking_the_asker_in_sluitend_shows_nothing_to_a_planner(town: Town, planner: Client) -> None:
    held, free = town.plan(), town.plan(FREE)
    paths = [LIST, f"{LIST}{held}/", f"{LIST}{free}/", "/werk/"]
    wait_request = town.ask()
    town.catch_up()
    before = [seen(planner, path) for path in paths]
    statements = [shape(lambda path=path: planner.get(path)) for path in paths[:3]]  # type: ignore[misc]
    for answer in ("wait", "take_over", "go_ahead"):
        question = town.ask_asker(wait_request, held)
        assert [seen(planner, path) for path in paths] == before
        town.answer(wait_request, question, answer)
        assert [seen(planner, path) for path in paths] == before
    assert [shape(lambda path=path: planner.get(path)) for path in paths[:3]] == statements  # type: ignore[misc]
    town.release(held)
    town.release(free)
    wait_request = town.note_wait_request(FREE)
    question = town.ask_asker(wait_request, free)
    town.answer(wait_request, question, "take_over")
    assert "og niet vrijgegeven" in seen(planner, f"{LIST}{free}/")[1]
    assert "politie" not in seen(planner, f"{LIST}{free}/")[1].lower()


def test_the_mail_to_a_planner_says_nothing(town: Town) -> None:
    tell([str(town.planner.account_id)])
    (message,) = mail.outbox
    assert message.to == [PLANNER]
    assert "wacht" not in f"{message.subject} {message.body}".lower()


@pytest.mark.parametrize("path", ["vrijgeven/", "vrijgeven/wachtverzoeken/", "wachtverzoeken/", "besluit/"])
def test_a_planner_finds_no_page_about_wait_requests(town: Town, planner: Client, path: str) -> None:
    wait_request = town.note_wait_request()
    for address in (f"/werk/{path}", f"/werk/{path}{wait_request}/", f"/werk/{path}W-0000/"):
        assert planner.get(address).status_code == 404


def test_whoever_tries_many_addresses_is_stopped(town: Town) -> None:
    for number in range(1, 41):
        town.plan(Place(address=f"Kwakelweg {number}"))
    with pytest.raises(DomainError):
        town.plan(Place(address="Kwakelweg 41"))
