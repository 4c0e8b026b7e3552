"""Danger that a reporter chooses, in whatever form: 112 first, is it now, and then it is read at once."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.journeys.reports.test_pages import ANSWERS, code_in, send
from tests.reading import as_read

from sluitend.journeys.reports import actions, queries
from sluitend.journeys.reports.journey import ANSWER_ADVICE, READ_ANSWER, READ_REPORT
from sluitend.journeys.reports.models import Mark, Report
from sluitend.journeys.reports.slowing import FILING, GUESSING
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.followup.journey import SECOND_EYES
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.queries import current_release

HERE = {"where": "Naaldwijk", "sending": "22222222-2222-4222-8222-222222222222"}
ADVICE = {"municipality": "GM1783", "theme": "doubt", "question": "Moet ik dit melden?"}


@pytest.fixture(autouse=True)
def no_limits() -> None:
    """Let every test begin without a count."""
    FILING.forget()
    GUESSING.forget()


@pytest.fixture
def page(region: Any) -> Client:
    """A browser of somebody who is not signed in."""
    return Client()


def the_report(region: Any) -> queries.ReportView:
    with acting(region.actor("af@westland.example")) as actor:
        row = Report.objects.get()
        return queries.report(row.code, actor)


def asks(response: Any) -> bool:
    """Whether the page came back with the question, 112 before it."""
    page = as_read(response.content.decode())
    return "sl-errors" in page and page.index("tel:112") < page.index('name="acute" value="calling"')


DANGEROUS = [
    {"signals": ["ALG-10"]},
    {"signals": ["ALG-08"]},
    {"minor": "yes"},
    {"minor": "perhaps"},
    {"marks": ["locked_in"]},
]


@pytest.mark.parametrize("chosen", DANGEROUS)
def test_danger_in_the_report_is_asked_and_makes_it_acute(
    page: Client, region: Any, chosen: dict[str, Any]
) -> None:
    asked = send(page, 3, **chosen)
    assert asks(asked)
    assert ANSWERS["saw"] in asked.content.decode()
    assert asks(send(page, 5, "send", **chosen))
    assert b"Mogen wij weten wie u bent?" in send(page, 3, **chosen, acute="calling").content
    assert "op de minuut" in send(page, 4, **chosen, acute="calling").content.decode()
    done = send(page, 5, "send", **chosen, acute="calling").content.decode()
    code_in(done)
    assert "Bel 112" in done
    assert "Uiterlijk" in done
    found = the_report(region)
    assert found.acute
    assert found.anonymity == "anonymous"
    assert found.content.acute == "calling"
    with acting(region.actor("af@westland.example")):
        assert NextStep.objects.get(subject_id=found.id, what=READ_REPORT).urgent


@pytest.mark.parametrize("chosen", DANGEROUS)
def test_danger_that_is_not_now_is_read_in_its_turn(
    page: Client, region: Any, chosen: dict[str, Any]
) -> None:
    done = send(page, 5, "send", **chosen, acute="no").content.decode()
    assert "meteen bericht" not in done
    assert not the_report(region).acute


def test_without_danger_nothing_is_asked(page: Client) -> None:
    assert b"Mogen wij weten wie u bent?" in send(page, 3).content


def test_whoever_called_first_is_not_asked_again(page: Client, region: Any) -> None:
    send(page, 5, "send", signals=["ALG-10"], acute="yes")
    assert the_report(region).acute


def test_every_danger_of_the_handbook_is_asked(region: Any, page: Client) -> None:
    dangerous = [each.id for each in current_release().pack.indicators if each.emergency]
    assert dangerous
    for each in dangerous:
        assert asks(send(page, 3, signals=[each]))


@pytest.mark.parametrize("marks", [["locked_in"], ["wounded"], ["under_18", "afraid"]])
def test_a_mark_asks_too(page: Client, region: Any, marks: list[str]) -> None:
    data = {**HERE, "marks": marks}
    assert asks(page.post("/melden/markeer/", data))
    done = page.post("/melden/markeer/", {**data, "acute": "calling"}).content.decode()
    code_in(done)
    assert "op de minuut" in done
    found = the_report(region)
    assert found.acute
    assert (found.minor == "yes") == ("under_18" in marks)


def test_a_colleague_who_is_signed_in_is_asked_and_files_at_once(
    client_for: Callable[[str], Client], region: Any
) -> None:
    client = client_for("melder@westland.example")
    data = {**HERE, "marks": ["locked_in"]}
    assert asks(client.post("/melden/markeer/", data))
    assert "Bewaar deze code" in client.post("/melden/markeer/", {**data, "acute": "yes"}).content.decode()
    assert the_report(region).acute


def test_a_mark_that_is_not_now_waits_for_its_maker_and_keeps_the_answer(
    client_for: Callable[[str], Client], region: Any
) -> None:
    client = client_for("melder@westland.example")
    data = {**HERE, "marks": ["locked_in"], "acute": "no"}
    assert "Uw notitie staat klaar" in client.post("/melden/markeer/", data).content.decode()
    with acting(region.actor("melder@westland.example")):
        code = Mark.objects.get().code
    assert 'name="acute" value="no"' in as_read(client.get(f"/melden/afmaken/{code}/").text)


def test_a_question_for_advice_asks_too(page: Client, region: Any) -> None:
    data = {**ADVICE, "danger": ["wounded", "under_18"]}
    assert asks(page.post("/overleg/", data))
    code_in(page.post("/overleg/", {**data, "acute": "calling"}).content.decode())
    found = the_report(region)
    assert found.acute
    assert found.minor == "yes"
    assert set(found.danger) == {"Jonger dan 18", "Iemand is gewond"}


def test_a_question_about_a_child_asks_by_its_theme_alone(page: Client, region: Any) -> None:
    data = {**ADVICE, "theme": "minor"}
    assert asks(page.post("/overleg/", data))
    code_in(page.post("/overleg/", {**data, "acute": "no"}).content.decode())
    found = the_report(region)
    assert found.minor == "yes"
    with acting(region.actor("af@westland.example")):
        assert NextStep.objects.get(subject_id=found.id, what=ANSWER_ADVICE).minor


def test_a_child_as_the_theme_travels_to_the_report(page: Client) -> None:
    response = page.post("/overleg/", {**ADVICE, "theme": "minor", "go": "report"})
    assert re.search(r'name="minor" value="yes"[^>]*checked', as_read(response.text))


def test_danger_in_a_question_for_advice_travels_to_the_report(page: Client) -> None:
    response = page.post("/overleg/", {**ADVICE, "danger": ["wounded"], "acute": "calling", "go": "report"})
    assert 'name="marks" value="wounded"' in as_read(response.text)
    assert 'name="acute" value="calling"' in as_read(response.text)


@pytest.fixture
def told(page: Client, region: Any) -> str:
    """The receipt of a report that was swept and is not acute."""
    code = code_in(send(page, 5, "send").content.decode())
    run_waiting(region)
    assert not the_report(region).acute
    return code


def run_waiting(region: Any) -> None:
    """Sweep, as the worker does by its clock."""
    with acting(system_actor(region.organisation("GM1783").id)) as actor:
        actions.sweep(actor)


def test_a_message_of_the_reporter_makes_the_report_acute(page: Client, region: Any, told: str) -> None:
    data = {"code": told, "what": "add", "text": "Nu zit de deur op slot.", "danger": ["locked_in"]}
    asked = page.post("/ontvangst/", data)
    assert asks(asked)
    assert "Nu zit de deur op slot." in asked.content.decode()
    sent = page.post("/ontvangst/", {**data, "acute": "calling"}).content.decode()
    assert "Uw bericht is verstuurd." in sent
    assert "Bel 112" in sent
    run_waiting(region)
    found = the_report(region)
    assert found.acute
    assert "Iemand kan niet weg." in found.messages[-1].text
    assert "Is dit nu? Ja, ik bel 112." in found.messages[-1].text
    with acting(region.actor("af@westland.example")):
        step = NextStep.objects.get(subject_id=found.id, what=READ_ANSWER)
        assert step.urgent
        assert NextStep.objects.filter(subject_id=found.id, what=SECOND_EYES).exists()


def test_a_child_in_a_message_is_a_child_in_the_report(page: Client, region: Any, told: str) -> None:
    data = {"code": told, "what": "add", "text": "Er is een meisje.", "danger": ["under_18"], "acute": "no"}
    page.post("/ontvangst/", data)
    run_waiting(region)
    found = the_report(region)
    assert found.minor == "yes"
    assert not found.acute
