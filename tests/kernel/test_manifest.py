"""What the apps say of themselves is one text one meaning, and the database knows the same matters."""

import ast
from collections import Counter
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver
from tests.database import ROOT

from sluitend.demo import embedded
from sluitend.kernel import manifest
from sluitend.kernel.manifest import Clockwork, Permission, StepKind, SubjectKind


def words_of[W: (Permission, StepKind, SubjectKind, Clockwork)](what: type[W]) -> list[W]:
    """Return every object of every app, also when two have one text."""
    found = {id(each): each for module in manifest._modules() for each in vars(module).values()}
    return [each for each in found.values() if isinstance(each, what)]


@pytest.mark.parametrize("what", [Permission, StepKind, SubjectKind, Clockwork])
def test_a_text_is_of_one_object(what: Any) -> None:
    assert [text for text, number in Counter(map(str, words_of(what))).items() if number > 1] == []


def test_a_folder_of_a_journey_is_installed_and_has_its_addresses() -> None:
    folders = {file.parent.name for file in (ROOT / "src" / "sluitend" / "journeys").glob("*/__init__.py")}
    namespaces = set(get_resolver().namespace_dict)
    assert folders == {each.label for each in apps.get_app_configs() if ".journeys." in each.name}
    unprefixed = {"administration", "reports"}
    assert folders - namespaces == unprefixed, "their names are older than their folders"


def test_the_database_knows_the_kinds_of_the_apps_and_no_other(
    server: embedded.Server, own_database: str
) -> None:
    with psycopg.connect(server.url("sl_owner", own_database)) as owner:
        rows = owner.execute("SELECT kind FROM followup_kind").fetchall()
    assert {kind for (kind,) in rows} == set(manifest.kinds())


def test_a_line_of_the_ledger_has_one_meaning() -> None:
    own = [text for module in manifest._modules() for text in getattr(module, "LINES", {})]
    assert [text for text in own if text in manifest.permissions()] == []
    assert len(own) == len(set(own))


def test_whatever_is_kept_in_the_ledger_has_words() -> None:
    parsed = [ast.parse(file.read_text()) for file in (ROOT / "src" / "sluitend").rglob("*.py")]
    keywords = [node for tree in parsed for node in ast.walk(tree) if isinstance(node, ast.keyword)]
    kept = {
        str(each.value.value)
        for each in keywords
        if each.arg == "action" and isinstance(each.value, ast.Constant) and "." in str(each.value.value)
    }
    assert len(kept) > 10
    assert kept - set(manifest.lines()) == set()


def test_what_a_step_says_of_a_partner_has_room_for_its_name() -> None:
    steps = manifest.steps().values()
    assert [step for step in steps if step.sentence and "%(partner)s" not in str(step.sentence)] == []


WITHOUT_TERM = {
    "role_ends": "the last day of a role",
    "contract_runs": "a year before the agreed end",
    "ask_contract_end": "half a year after it was noted",
    "decide_contract": "a year before the agreed end",
    "decide_contract_soon": "half a year before the agreed end",
    "await_contract": "on the agreed end",
    "decide_there": "a year before the agreed end",
    "help_stops_here": "half a year before the agreed end",
    "contract_lapsed": "the day after the agreed end",
    "ask_aftercare": "on the day on which the person agreed to be asked",
    "child_route": "today",
    "turns_adult": "thirty days before somebody is 18, then on that day",
    "await_move": "until the day on which an answer is asked",
    "look_at_move": "until the day on which an answer is asked",
    "moving_on": "until the end of the agreement by which the client goes",
    "move_support": "thirty days before who supports the person stops, or at once",
    "ask_age": "half a year after the age was guessed",
    "do_on_day": "the day that somebody chose in the whole file",
    "lawyer_ahead": "so long before the stated end as the handbook says",
    "give_appointment": "today",
    "look_against": "today",
    "tell_person": "on the day that somebody chose to tell the person",
    "remind_otherwise": "today",
    "remind_person": "today",
    "await_told": "until the day on which an answer is asked",
    "await_hotel": "the clock of the handbook: today before its hour, or at once",
    "decide_hotel": "the clock of the handbook: today before its hour, or at once",
    "read_hotel": "at once: it is about tonight",
    "read_late_hotel": "today, or at once while it is about tonight",
    "call_town": "at once: it is about tonight",
    "answer_question": "one working day, as an answer of the handbook that asks nothing else",
    "read_reach": "today: before anybody makes contact",
    "read_contact": "today: before anybody makes contact",
    "tell_reach": "today: before anybody makes contact",
    "await_share": "until the day on which an answer is asked, then until the end of the agreement",
    "look_at_share": "until the day on which an answer is asked",
    "answer_share": "until the day on which an answer is asked, then as the answer of the handbook says",
    "ask_later": "the answer of the handbook that opens it, or the day that was chosen with it",
    "bed_tonight": "the answer of the handbook that opens it, or the day that was chosen with it",
    "check_safe": "the answer of the handbook that opens it, or the day that was chosen with it",
    "turned_out_child": "the answer of the handbook that opens it, or the day that was chosen with it",
    "choose_support": "the answer of the handbook that opens it, or the day that was chosen with it",
    "contact_again": "the answer of the handbook that opens it, or the day that was chosen with it",
    "move_today": "the answer of the handbook that opens it, or the day that was chosen with it",
    "other_safe_way": "the answer of the handbook that opens it, or the day that was chosen with it",
    "read_reply": "the answer of the handbook that opens it, or the day that was chosen with it",
    "review_help": "the answer of the handbook that opens it, or the day that was chosen with it",
    "seek_further": "the answer of the handbook that opens it, or the day that was chosen with it",
    "await_mediation": "the clock of the handbook: tomorrow before its hour",
    "await_place": "until the moment before which an offer is answered",
    "choose_search": "the clock of the handbook: tomorrow before its hour",
    "fill_night": "the clock of the handbook: the next morning",
    "find_place": "the clock of the handbook: tomorrow before its hour",
    "child_gone": "at once: since somebody noted it",
    "person_gone": "the day on which somebody noted it",
    "tell_mediator": "the day on which the offer came",
    "no_bed_tonight": "the clock of the handbook: today before its hour, or at once",
    "review_stay": "five days before the last day of a stay",
    "search_again": "on the day that somebody chose",
    "answer_referral": "until the day on which an answer is asked, then until the end of the access",
    "await_partner": "until the day on which an answer is asked",
    "await_word": "until the day before which a partner says more",
    "await_request": "until the day on which an answer is asked",
    "await_transfer": "until the day on which an answer is asked",
    "carry_out": "on the day for which it is planned",
    "confirm_role": "the house says when, not the handbook",
    "confirm_entry": "half a year after it was confirmed last",
    "check_silent": "half a year after it was looked at last",
    "look_at_clock": "the house says when, not the handbook",
    "nobody_reads": "the house says when, not the handbook",
    "recall_or_leave": "today, or now where there is danger: a partner has what may be wrong by now",
    "unreadable": "the house says when, not the handbook",
    "wait_request_runs": "until the day on which it ends",
    "work_returned": "the house says when, not the handbook",
}
"""Steps of which no handbook says when they are due, and what does."""


def test_a_step_has_a_term_or_is_named_here() -> None:
    assert {text for text, step in manifest.steps().items() if step.term is None} == set(WITHOUT_TERM)


def _guards(patterns: list[URLPattern | URLResolver]) -> Iterator[Permission]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _guards(each.url_patterns)
        elif guard := getattr(each.callback, "guard", None):
            yield guard


def test_a_guard_of_a_page_is_a_permission_of_an_app() -> None:
    assert {id(each) for each in _guards(get_resolver().url_patterns)} <= {
        id(each) for each in manifest.permissions().values()
    }
