"""After the day of a wait request its asker is asked in Sluitend too; the answer is the consultation."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.visits.situations import Town, days
from tests.journeys.visits.test_asking_asker import AF, POLICE, steps

from sluitend.demo.clock import at
from sluitend.journeys.visits import actions, queries
from sluitend.journeys.visits.journey import ANSWER_AS_ASKER, CONSULT_ASKER
from sluitend.journeys.visits.models import Consultation, Visit, WaitRequest, WaitRequestQuestion
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import Conflict, DomainError, Refused

type Clients = Callable[[str], Client]
LATER = timedelta(days=15)


@pytest.fixture
def passed(town: Town) -> str:
    """A wait request whose day passed yesterday, at a place where something is planned."""
    with at(timezone.now() - LATER):
        wait_request = town.ask()
        town.plan(ahead=18)
        town.catch_up()
    town.pass_wait_requests(timezone.localdate())
    return wait_request


def planned(town: Town) -> str:
    with acting(town.focal_point):
        return Visit.objects.get().code


def test_a_question_after_the_day_gives_the_asker_a_step_and_ends_nothing(town: Town, passed: str) -> None:
    town.ask_after(passed)
    assert steps(town.police, passed) == [(ANSWER_AS_ASKER, False)]
    assert steps(town.focal_point, passed) == [(CONSULT_ASKER, True)]
    assert town.wait_request(passed).state == WaitRequest.State.PASSED
    with pytest.raises(DomainError):
        town.release(planned(town))
    with pytest.raises(Conflict):
        town.ask_after(passed)


def test_go_ahead_ends_the_wait_request_and_what_is_planned_there_can_be_released(
    town: Town, passed: str
) -> None:
    town.answer(passed, town.ask_after(passed), "go_ahead")
    town.release(planned(town))
    town.catch_up()
    row = town.wait_request(passed)
    assert (row.state, row.closed is not None) == (WaitRequest.State.ENDED, True)
    with acting(town.focal_point):
        said = Consultation.objects.get()
        (line,) = queries.wait_request(passed, town.focal_point).said
    assert (said.visit_id, said.outcome, said.by_id) == (None, "go_ahead", town.police.account_id)
    assert row.ended_by_id == said.pk
    assert (line.in_writing, line.whom, line.remark) == (True, town.police.name, "Zo is het.")
    assert steps(town.police, passed) == steps(town.focal_point, passed) == []


@pytest.mark.parametrize("answer", ["wait", "take_over"])
def test_any_other_answer_leaves_it_binding_with_a_step_to_consult_again(
    town: Town, passed: str, answer: str
) -> None:
    town.answer(passed, town.ask_after(passed), answer)
    town.catch_up()
    row = town.wait_request(passed)
    assert (row.state, row.closed) == (WaitRequest.State.PASSED, None)
    assert steps(town.focal_point, passed) == [(CONSULT_ASKER, False)]
    with acting(town.focal_point):
        assert row.current_step is not None
        due = timezone.localtime(row.current_step.due).date()
    assert answer != "wait" or due == days(5)
    with pytest.raises(DomainError):
        town.release(planned(town))
    town.answer(passed, town.ask_after(passed), "go_ahead")  # asked anew, answered anew
    town.catch_up()
    assert town.wait_request(passed).state == WaitRequest.State.ENDED


def test_two_answers_of_one_moment_are_worked_in_one_after_another(town: Town, passed: str) -> None:
    town.answer(passed, town.ask_after(passed), "wait")
    town.answer(passed, town.ask_after(passed), "go_ahead")
    town.catch_up()
    assert town.wait_request(passed).state == WaitRequest.State.ENDED
    with acting(town.focal_point):
        assert [each.outcome for each in Consultation.objects.order_by("turn")] == ["wait", "go_ahead"]


def test_before_its_day_has_passed_nobody_is_asked_about_the_wait_request_itself(town: Town) -> None:
    wait_request = town.ask()
    town.catch_up()
    with pytest.raises(DomainError, match="nog niet voorbij"):
        town.ask_after(wait_request)


def test_an_asker_without_accounts_is_rung_after_the_day_too(town: Town) -> None:
    with at(timezone.now() - LATER):
        wait_request = town.note_wait_request(partner="om")
    town.pass_wait_requests(timezone.localdate())
    with pytest.raises(DomainError, match="Daar kan niemand inloggen"):
        town.ask_after(wait_request)


def test_only_a_focal_point_asks_and_only_the_asker_answers(town: Town, passed: str) -> None:
    for who in (town.planner, town.manager, town.police, samples.actor("af@denhaag.example")):
        with pytest.raises(Refused):
            town.do(who, actions.ask_after, code=passed)
    question, said = town.ask_after(passed), actions.AskerAnswer("go_ahead")
    for who in (town.focal_point, town.manager, samples.actor("nla@arbeidsinspectie.example")):
        with pytest.raises(Refused):
            town.do(who, actions.answer_as_asker, code=passed, question_id=question, said=said)


def test_a_call_that_was_quicker_ends_the_question(town: Town, passed: str) -> None:
    question = town.ask_after(passed)
    what = actions.Consulted("Rechercheur", timezone.localdate(), "no_answer")
    town.do(town.focal_point, actions.consult_after, code=passed, what=what)
    town.catch_up()
    with pytest.raises(Conflict):
        town.answer(passed, question, "go_ahead")


def test_the_database_lets_one_question_about_a_wait_request_be_open(town: Town, passed: str) -> None:
    first = town.ask_after(passed)
    with acting(town.focal_point):
        row = WaitRequestQuestion.objects.get(pk=first)
    row.pk = uuid4()
    with pytest.raises(IntegrityError, match="wait_question_once_at_a_time"), acting(town.focal_point):
        row.save(force_insert=True)


def test_the_pages_ask_and_answer_after_the_day(town: Town, passed: str, client_for: Clients) -> None:
    focal_point, police = client_for(AF), client_for(POLICE)
    page, back = f"/werk/vrijgeven/wachtverzoeken/{passed}/", f"/werk/wachtverzoeken/{passed}/"
    assert f'action="{page}vraag/"' in focal_point.get(page).text
    too_long = focal_point.post(f"{page}vraag/", {"text": "x" * 601})
    assert too_long.status_code == 422
    assert "sl-errors" in too_long.text
    assert focal_point.post(f"{page}vraag/", {"text": "Mag het weer?"}).status_code == 302
    shown = focal_point.get(page).text
    assert "Er is nog geen antwoord" in shown
    assert f'action="{page}vraag/"' not in shown
    again = focal_point.post(f"{page}vraag/", {"text": "En nu?"})
    assert (again.status_code, "En nu?" in again.text) == (422, True)  # what was typed is given back
    asked = police.get(back).text
    assert "De dag van uw wachtverzoek is voorbij" in asked
    assert "Mag het weer?" in asked
    with acting(town.focal_point):
        question = WaitRequestQuestion.objects.get().pk
    assert police.post(f"{back}antwoord/{question}/", {"answer": "go_ahead"}).status_code == 302
    said = focal_point.get(page).text
    assert "antwoordde in Sluitend" in said
    assert "Afgesloten na overleg" in said
