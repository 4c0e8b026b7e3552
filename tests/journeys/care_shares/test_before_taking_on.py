"""Before anybody takes it on: "we cannot do this" and "we ask something first". Nobody reads about whom."""

from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client
from tests.journeys.care_shares.conftest import COORDINATOR, NAME, SUPPORT, TOWN, Desk, made
from tests.journeys.care_shares.test_at_once import at_once, back
from tests.packs import den_haag
from tests.reading import as_read

from sluitend.journeys.care_shares import actions, queries
from sluitend.journeys.care_shares.actions.receiving import ASKS_FIRST, CANNOT
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.handbook.checks_of_care import BEFORE_TAKING_ON, care_findings
from sluitend.kernel.sealing.envelopes import open_envelope
from sluitend.kernel.sealing.errors import NotHeld

type ClientFor = Callable[[str], Client]


def page(browser: Client, code: str) -> str:
    return as_read(browser.get(f"/werk/gedeeld/{code}/").text)


@pytest.mark.django_db
@pytest.mark.parametrize(("what", "email", "never"), [("support", SUPPORT, "Mei"), ("task", TOWN, NAME)])
def test_who_cannot_do_it_says_why_and_read_nothing(
    desk: Desk, client_for: ClientFor, what: str, email: str, never: str
) -> None:
    _share, code = desk.sent(what)
    browser = client_for(email)
    assert "Wij kunnen dit niet" in page(browser, code)
    browser.post(f"/werk/gedeeld/{code}/kan-niet/", {"reason": "full"})
    read = page(browser, code)
    assert "Teruggegeven: Wij hebben nu geen ruimte" in read
    assert "U gaf dit terug. U las niet om wie het gaat." in read
    for gone in (never, "Neem aan en lees", "niet meer nodig", "Wij vragen eerst iets"):
        assert gone not in read
    who = desk.support if what == "support" else desk.town
    with pytest.raises(NotHeld), acting(who):
        open_envelope(desk.row(code, who).envelope_id, actor=who, purpose="care_share.read")
    assert desk.steps(code, who) == set()
    assert "choose_support" in desk.steps(code, desk.coordinator)
    theirs = page(client_for(COORDINATOR), code)
    assert "Wij hebben nu geen ruimte" in theirs
    assert "Beslis wie verder gaat" in theirs
    desk.done(code)
    assert desk.steps(code, desk.coordinator) == set()


@pytest.mark.django_db
def test_a_question_goes_to_care_and_comes_back_with_nothing_lost(desk: Desk, client_for: ClientFor) -> None:
    _share, code = desk.sent("task")
    town, care = client_for(TOWN), client_for(COORDINATOR)
    town.post(f"/werk/gedeeld/{code}/eerst-vragen/", {"question": "who_pays"})
    assert desk.steps(code, desk.town) == {"await_told"}
    assert "answer_question" in desk.steps(code, desk.coordinator)
    assert "Wie betaalt dit?" in page(town, code)
    with pytest.raises(Conflict):
        desk.done(code, "answer_question")
    with pytest.raises(Conflict):
        desk.do(desk.town, actions.ask_first, code=code, question="later")
    assert "Wie betaalt dit?" in page(care, code)
    care.post(f"/werk/gedeeld/{code}/verteld/")
    assert "look_at_share" in desk.steps(code, desk.town)
    assert desk.steps(code, desk.coordinator) == {"await_share"}
    read = page(town, code)
    assert "Beantwoord op" in read
    assert NAME not in read
    with pytest.raises(Conflict):
        desk.do(desk.coordinator, actions.note_told, code=code)
    desk.do(desk.town, actions.ask_first, code=code, question="later")
    desk.do(desk.town, actions.accept, code=code)
    assert NAME in page(town, code)


@pytest.mark.django_db
def test_only_prepared_words_and_only_before_it_is_read(desk: Desk) -> None:
    _share, code = desk.sent()
    with pytest.raises(DomainError, match="Kies een reden"):
        desk.do(desk.support, actions.decline, code=code, reason="andere_reden")
    with pytest.raises(DomainError, match="eerst wilt weten") as refused:
        desk.do(desk.support, actions.ask_first, code=code, question="zomaar")
    assert refused.value.field == "question"
    for other in (desk.town, desk.coordinator):
        with pytest.raises(Absent):
            desk.do(other, actions.decline, code=code, reason="full")
        with pytest.raises(Absent):
            desk.do(other, actions.ask_first, code=code, question="later")
    desk.do(desk.support, actions.accept, code=code)
    with pytest.raises(Conflict):
        desk.do(desk.support, actions.decline, code=code, reason="full")
    with pytest.raises(Conflict):
        desk.do(desk.support, actions.ask_first, code=code, question="later")
    view = desk.do(desk.support, queries.received_share, code=code)
    assert (view.may_decline, view.may_ask) == (False, False)


def test_of_declining_and_taking_back_at_once_nobody_reads_and_taking_back_holds(own_database: str) -> None:
    desk = made()
    for _round in range(4):
        share, code = desk.sent()
        decline, withdraw = at_once(
            partial(desk.do, desk.support, actions.decline, code=code, reason="full"),
            partial(back, desk, share),
        )
        assert withdraw == ""
        assert decline in ("", "Conflict")
        assert desk.row(code).state == ("returned" if decline == "" else "recalled")
        assert desk.do(desk.support, queries.received_share, code=code).body is None


def test_of_taking_on_and_declining_at_once_one_wins(own_database: str) -> None:
    desk = made()
    for _round in range(4):
        _share, code = desk.sent()
        accept, decline = at_once(
            partial(desk.do, desk.support, actions.accept, code=code),
            partial(desk.do, desk.support, actions.decline, code=code, reason="full"),
        )
        assert sorted([accept, decline]) == ["", "Conflict"]
        assert desk.row(code).state == ("accepted" if accept == "" else "returned")


def test_a_handbook_with_answers_to_care_has_both_lists() -> None:
    assert {CANNOT, ASKS_FIRST} == BEFORE_TAKING_ON
    pack = den_haag()
    kept = [each for each in pack.reasons if each.id != CANNOT]
    without = pack.model_copy(update={"reasons": type(pack.reasons)(tuple(kept))})
    assert [each.entry for each in care_findings(without)] == [CANNOT]
