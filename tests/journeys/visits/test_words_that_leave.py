"""What is written about a wait request is read elsewhere: each name in it is looked at, in the action."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.visits.situations import GREENHOUSE, Town, days, wanted_at

from sluitend.demo.clock import at
from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.drafts import NewSubject
from sluitend.journeys.visits import actions, leaving, queries
from sluitend.journeys.visits.actions import AskerAnswer
from sluitend.journeys.visits.places import Place
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.telltale import GO, LEFT_OUT, OUT
from sluitend.kernel.telltale.leaving import looks_in

type Clients = Callable[[str], Client]
NAMES = "Toen kwam Oksana erbij."
WITHOUT = f"Toen kwam {LEFT_OUT} erbij."
ABOUT = "Het busje VB-123-X van KvK 90004127 staat er."
SMALL = "daar werkt sinds kort ook nowakowska."
"""A name in small letters: nothing but a case tells that it is one."""
SHED = Place(address="Veilingweg 3, De Lier")
"""Where no case is, but for those that are made here."""
REPORTED = f"dat weet ik van jo ver{samples.PLANT}."
ASKED = re.compile(r'name="(look_[0-9a-f]{20})"')


def answers(words: dict[str, str], what: str) -> dict[str, str]:
    """Return the same answer to everything that is marked, with what the wait request is about known."""
    return {look.key: what for look in looks_in(words, leaving.told(GREENHOUSE, "Recherche"))}


def waits(verb: Callable[..., object], /, *more: Any, **named: Any) -> None:
    """Require that it is refused until the name was looked at."""
    with pytest.raises(DomainError, match="Bekijk nog 1 woord"):
        verb(*more, **named)


def read(town: Town, wait_request: str) -> tuple[str, str]:
    """Return the reason of a wait request, as the municipality and as the asker read it."""
    with acting(town.focal_point) as who:
        there = queries.wait_request(wait_request, who).sentence
    with acting(town.police) as who:
        return there, queries.asked_wait_request(wait_request, who).sentence


def test_the_reason_of_a_wait_request_waits_and_loses_what_was_left_out(town: Town) -> None:
    wanted = replace(wanted_at(GREENHOUSE, 9), sentence=NAMES)
    ask = {"municipality_id": town.organisation_id}
    waits(town.do, town.police, actions.ask, **ask, wanted=wanted)
    waits(town.do, town.focal_point, actions.note_wait_request, partner="avim", wanted=wanted)
    looked = answers({"sentence": NAMES}, OUT)
    code = town.do(town.police, actions.ask, **ask, wanted=replace(wanted, looked=looked))
    assert read(town, code) == (WITHOUT, WITHOUT)
    again = {"code": code, "until": days(9), "ground": "investigation", "sentence": NAMES}
    waits(town.do, town.police, actions.ask_anew, **again)
    new = town.do(town.police, actions.ask_anew, **again, looked=answers({"sentence": NAMES}, GO))
    assert read(town, new) == (NAMES, NAMES)


def test_why_a_wait_request_is_lifted_waits_too(town: Town) -> None:
    wait_request = town.ask()
    waits(town.do, town.police, actions.lift, code=wait_request, reason="asker_done", sentence=NAMES)
    looked = answers({"sentence": NAMES}, OUT)
    town.do(town.police, actions.lift, code=wait_request, reason="asker_done", sentence=NAMES, looked=looked)
    with acting(town.focal_point) as who:
        assert WITHOUT in queries.wait_request(wait_request, who).lifted


def test_what_a_wait_request_is_about_is_not_asked_again(town: Town) -> None:
    wanted = replace(wanted_at(GREENHOUSE, 9), sentence=ABOUT)
    wait_request = town.do(town.police, actions.ask, municipality_id=town.organisation_id, wanted=wanted)
    visit = town.plan()
    town.catch_up()
    town.do(town.focal_point, actions.ask_asker, code=wait_request, visit_code=visit, text=ABOUT)
    said = AskerAnswer("go_ahead", text=ABOUT)
    town.do(
        town.police,
        actions.answer_as_asker,
        code=wait_request,
        question_id=question_of(town, wait_request),
        said=said,
    )
    with pytest.raises(DomainError, match="Bekijk nog"):
        town.do(
            town.police, actions.lift, code=wait_request, reason="asker_done", sentence="Busje XX-999-X ook."
        )


def test_a_question_about_a_visit_and_its_answer_wait(town: Town) -> None:
    wait_request, visit = town.ask(), town.plan()
    town.catch_up()
    ask = {"code": wait_request, "visit_code": visit, "text": NAMES}
    waits(town.do, town.focal_point, actions.ask_asker, **ask)
    town.do(town.focal_point, actions.ask_asker, **ask, looked=answers({"text": NAMES}, OUT))
    with acting(town.police) as who:
        (question,) = queries.asked_wait_request(wait_request, who).questions
    assert question.text == WITHOUT
    answer = {"code": wait_request, "question_id": question.id}
    said = AskerAnswer("go_ahead", text=NAMES)
    waits(town.do, town.police, actions.answer_as_asker, **answer, said=said)
    said = replace(said, looked=answers({"text": NAMES}, OUT))
    town.do(town.police, actions.answer_as_asker, **answer, said=said)
    town.catch_up()
    with acting(town.focal_point) as who:
        (line,) = queries.visit(visit, who).wait_requests
    assert line.said
    assert line.said.remark == WITHOUT


def test_a_question_after_the_day_waits_and_its_answer_may_say_what_was_asked(town: Town) -> None:
    with at(timezone.now() - timedelta(days=15)):
        wait_request = town.ask()
        town.catch_up()
    town.pass_wait_requests(timezone.localdate())
    waits(town.do, town.focal_point, actions.ask_after, code=wait_request, text=NAMES)
    looked = answers({"text": NAMES}, GO)
    town.do(town.focal_point, actions.ask_after, code=wait_request, text=NAMES, looked=looked)
    said = AskerAnswer("go_ahead", text="Oksana is weg.")
    town.do(
        town.police,
        actions.answer_as_asker,
        code=wait_request,
        question_id=question_of(town, wait_request),
        said=said,
    )


def question_of(town: Town, wait_request: str) -> UUID:
    """Return the question about a wait request."""
    with acting(town.police) as who:
        return queries.asked_wait_request(wait_request, who).questions[0].id


def test_the_pages_ask_about_each_name_and_keep_what_was_typed(town: Town, client_for: Clients) -> None:
    police, focal_point = client_for("avim@politie.example"), client_for("af@westland.example")
    wait_request, visit = town.ask(), town.plan()
    town.catch_up()
    of_wait_request = f"/werk/wachtverzoeken/{wait_request}/"
    place = {**GREENHOUSE.as_json(), "until": days(9), "ground": "investigation", "telephone": "070 1"}
    both = {"sentence": NAMES, "ground": "investigation", "until": days(9)}
    asks = f"/werk/vrijgeven/{visit}/vraag/{wait_request}/"
    assert_asks(focal_point, "/werk/vrijgeven/wachtverzoeken/nieuw/", {**place, **both, "partner": "avim"})
    assert_asks(
        police, "/werk/wachtverzoeken/nieuw/", {**place, **both, "municipality": str(town.organisation_id)}
    )
    assert_asks(focal_point, asks, {"text": NAMES})
    answer = f"{of_wait_request}antwoord/{question_of(town, wait_request)}/"
    assert_asks(police, answer, {"text": NAMES.replace("Oksana", "Irina"), "answer": "go_ahead"})
    assert_asks(police, f"{of_wait_request}opnieuw/", both)


def test_the_page_that_lifts_asks_too(town: Town, client_for: Clients) -> None:
    wait_request, sent = town.ask(), {"reason": "asker_done", "sentence": NAMES}
    assert_asks(client_for("avim@politie.example"), f"/werk/wachtverzoeken/{wait_request}/opheffen/", sent)


def assert_asks(client: Client, address: str, sent: dict[str, Any]) -> None:
    """Require that a page asks about the one name, keeps what was typed, and goes on once answered."""
    back = client.post(address, sent)
    assert back.status_code == 422, (address, back.status_code)
    assert str(sent.get("text") or sent["sentence"]) in back.text
    (name,) = set(ASKED.findall(back.text))
    assert client.post(address, sent | {name: OUT}).status_code == 302, address


def case_that_knows(town: Town, *, place: bool) -> str:
    """Return a case in which she is known, at the place of the visits or at none."""
    code, _receipt = samples.file_report(Organisation.objects.get(pk=town.organisation_id))
    case = samples.take_in(code, town.focal_point)
    who = NewSubject("person", "Oksana", identifiers=(("name_birth", "Oksana Nowakowska|1999-05-03"),))
    there = NewSubject("place", "Kas", identifiers=(("address", SHED.address),))
    for subject in (who, there) if place else (who,):
        town.do(town.focal_point, cases.add_subject, code=case, new=subject)
    return case


def asks_about(town: Town, visit: str) -> dict[str, str]:
    """Return a question about a visit, with the wait request that binds it."""
    wait_request = town.ask(SHED)
    town.catch_up()
    return {"code": wait_request, "visit_code": visit}


def test_what_no_case_knows_is_not_asked_about_in_a_question(town: Town) -> None:
    case_that_knows(town, place=False)
    ask = asks_about(town, town.plan(SHED))
    town.do(town.focal_point, actions.ask_asker, **ask, text=SMALL + REPORTED)


@pytest.mark.parametrize("named", [True, False], ids=["its own case", "a case at its place"])
def test_a_question_is_held_against_the_cases_of_its_visit(town: Town, named: bool) -> None:
    case = case_that_knows(town, place=not named)
    if named:
        plan = actions.Plan(kind="check", day=days(3), place=SHED, case_code=case)
        visit = town.do(town.focal_point, actions.plan_visit, plan=plan)
    else:
        visit = town.plan(SHED)
    ask = asks_about(town, visit)
    waits(town.do, town.focal_point, actions.ask_asker, **ask, text=SMALL)
    with acting(town.focal_point) as who:
        background = leaving.background_of_question(ask["code"], visit, who)
        (name,) = looks_in({"text": SMALL}, background)
        reporter = {each.key: GO for each in looks_in({"text": REPORTED}, background)}
    assert name.known
    # Who reported goes to nobody, whoever says that it may.
    with pytest.raises(DomainError, match="mag niet mee"):
        town.do(town.focal_point, actions.ask_asker, **ask, text=REPORTED, looked=reporter)
    town.do(town.focal_point, actions.ask_asker, **ask, text=SMALL, looked={name.key: OUT})
    with acting(town.police) as who:
        (question,) = queries.asked_wait_request(ask["code"], who).questions
    assert question.text == f"daar werkt sinds kort ook {LEFT_OUT}."


def test_a_question_after_the_day_is_held_against_the_cases_at_the_place(town: Town) -> None:
    with at(timezone.now() - timedelta(days=15)):
        wait_request = town.ask(SHED)
        town.catch_up()
    town.pass_wait_requests(timezone.localdate())
    case_that_knows(town, place=True)
    waits(town.do, town.focal_point, actions.ask_after, code=wait_request, text=SMALL)


def test_what_is_written_down_for_an_asker_is_held_against_the_cases_at_the_place(town: Town) -> None:
    wanted = replace(wanted_at(SHED, 9), sentence=SMALL)
    case_that_knows(town, place=True)
    waits(town.do, town.focal_point, actions.note_wait_request, partner="avim", wanted=wanted)
    # Whoever asks with an account of their own has no case; it is not told what ours knows.
    town.do(town.police, actions.ask, municipality_id=town.organisation_id, wanted=wanted)


def test_the_pages_ask_about_what_the_case_knows(town: Town, client_for: Clients) -> None:
    focal_point = client_for("af@westland.example")
    case_that_knows(town, place=True)
    ask = asks_about(town, town.plan(SHED))
    assert_asks(focal_point, f"/werk/vrijgeven/{ask['visit_code']}/vraag/{ask['code']}/", {"text": SMALL})
    place = {**SHED.as_json(), "until": days(9), "ground": "investigation", "telephone": "070 1"}
    noted = {**place, "sentence": SMALL, "partner": "avim"}
    assert_asks(focal_point, "/werk/vrijgeven/wachtverzoeken/nieuw/", noted)
