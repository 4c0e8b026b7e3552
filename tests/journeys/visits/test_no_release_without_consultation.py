"""No sequence of actions releases a visit, check or letter where one asked to wait, without a consultation.

What counts as allowed is worked out here again, from what was pressed, without a token, query or rule of the
product.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connections
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests import tiers
from tests.journeys.visits.situations import Town, consulted, days, make_town

from sluitend.demo import embedded
from sluitend.demo.clock import at
from sluitend.journeys.visits import actions, queries
from sluitend.journeys.visits.places import Place
from sluitend.kernel.access.errors import Conflict, DomainError

REFUSALS = (DomainError, PermissionDenied)
PLACES = (
    (Place(address="Kwakelweg 12, De Lier"), frozenset({"door"})),
    (Place(address="KWAKELWG. 12a", plate="VB-123-X"), frozenset({"door", "plate"})),
    (Place(address="Elders 3", kvk="90.00.41.27"), frozenset({"company", "elsewhere"})),
    (Place(kvk="90004127", plate="vb123x"), frozenset({"company", "plate"})),
)
OUTCOMES = ("go_ahead", "wait", "together", "take_over", "no_answer")
ANSWERS = ("go_ahead", "wait", "take_over")
NUMBER = st.integers(0, 7)
EMPTY = (
    "TRUNCATE visits_visit, visits_visittoken, "
    "visits_waitrequest, visits_waitrequesttoken, visits_consultation, visits_waitrequestquestion"
)
CANNOT_WAIT = ("", "", "", "help", "legal_term")


@dataclass
class Held:
    """A wait request as the test knows it: since when, until when in presses, and for what."""

    about: frozenset[str]
    until: date
    since: int
    known: bool = True
    ended: int | None = None


@dataclass
class Going:
    """A visit as the test knows it: where, and what was said about it, with the press at which."""

    about: frozenset[str]
    day: date
    done: int | None = None
    said: list[tuple[int, str, bool]] = field(default_factory=list)


def may_go(visit: Going, wait_request: Held, code: str, moment: int) -> bool:
    """Return whether this wait request let the visit go at a press, by what was recorded until then."""
    binds = wait_request.since < moment and (wait_request.ended is None or wait_request.ended > moment)
    if not binds or not visit.about & wait_request.about:
        return True
    last = [allows for when, about, allows in visit.said if about == code and when < moment]
    return bool(last) and last[-1]


class Presses(RuleBasedStateMachine):
    """Everything that planner, focal point, asker, manager and clock can do, in any order."""

    town: Town
    admin: psycopg.Connection

    @initialize()
    def begin(self) -> None:
        """Start with a town in which something is planned at each place and nobody asked to wait."""
        self.admin.execute(EMPTY)
        self.presses, self.now = 0, timezone.now()
        self.wait_requests: dict[str, Held] = {}
        self.visits: dict[str, Going] = {}
        self.questions: list[tuple[str, str, UUID]] = []
        self.after: list[tuple[str, UUID]] = []
        for where in PLACES:
            self.plan_at(where, "check", ahead=0)

    def press(self, button: Callable[[], Any]) -> Any:
        """Press a button; a refusal is an answer too. Returns what came, or False."""
        self.presses += 1
        try:
            with at(self.now):
                return button() or True
        except REFUSALS:
            return False

    def _wait_request(self, number: int) -> str:
        return self._one_of(list(self.wait_requests), number)

    def _visit(self, number: int) -> str:
        return self._one_of(list(self.visits), number)

    @staticmethod
    def _one_of(codes: list[str], number: int) -> str:
        # Codes are random, so that a play that is repeated must not draw from them.
        return codes[number % len(codes)] if codes else ""

    def _today(self) -> date:
        return timezone.localtime(self.now).date()

    @rule(
        where=st.sampled_from(PLACES),
        kind=st.sampled_from(("visit", "letter", "permit", "branch")),
        ahead=st.sampled_from((0, 0, 3)),
    )
    def plan(self, where: tuple[Place, frozenset[str]], kind: str, ahead: int) -> None:
        self.plan_at(where, kind, ahead)

    def plan_at(self, where: tuple[Place, frozenset[str]], kind: str, ahead: int) -> None:
        """Plan something."""
        if code := self.press(lambda: self.town.plan(where[0], kind=kind, ahead=ahead)):
            self.visits[code] = Going(where[1], self._today() + timedelta(days=ahead))

    @rule(
        where=st.sampled_from(PLACES),
        until=st.sampled_from((1, 3, 14)),
        who=st.sampled_from(("avim", "arbeidsinspectie", "")),
    )
    def note_wait_request(self, where: tuple[Place, frozenset[str]], until: int, who: str) -> None:
        if code := self.press(lambda: self.town.note_wait_request(where[0], until=until, partner=who)):
            self.wait_requests[code] = Held(where[1], self._today() + timedelta(days=until), self.presses)

    @rule(where=st.sampled_from(PLACES), until=st.sampled_from((1, 14)))
    def ask(self, where: tuple[Place, frozenset[str]], until: int) -> None:
        if code := self.press(lambda: self.town.ask(where[0], until=until)):
            ends = self._today() + timedelta(days=until)
            self.wait_requests[code] = Held(where[1], ends, self.presses, known=False)

    @rule()
    def catch_up(self) -> None:
        self.press(self.town.catch_up)
        for wait_request in self.wait_requests.values():
            wait_request.known = True

    @rule(where=st.sampled_from(PLACES), until=st.sampled_from((1, 14)))
    def ask_and_look(self, where: tuple[Place, frozenset[str]], until: int) -> None:
        # The window between asking and the job that makes the tokens.
        self.ask(where, until)
        self.look()

    @rule()
    def look(self) -> None:
        """Let the planner look: whatever she reads as released may go, whoever asked a moment ago."""
        town = self.town
        self.press(lambda: town.do(town.planner, actions.heed))
        for wait_request in self.wait_requests.values():
            wait_request.known = True
        for row in self.press(lambda: town.do(town.planner, queries.own_visits).rows) or ():
            visit = self.visits[row.code]
            assert row.state != "released" or all(
                may_go(visit, wait_request, name, self.presses + 1)
                for name, wait_request in self.wait_requests.items()
            )

    @rule(number=st.sampled_from((1, 2, 5)), job=st.booleans())
    def days_pass(self, number: int, job: bool) -> None:
        self.now += timedelta(days=number)
        if job:
            self.press(lambda: self.town.pass_wait_requests(self._today()))

    @rule(
        wait_request_number=NUMBER,
        visit_number=NUMBER,
        outcome=st.sampled_from(OUTCOMES),
        cannot_wait=st.sampled_from(CANNOT_WAIT),
    )
    def consult(self, wait_request_number: int, visit_number: int, outcome: str, cannot_wait: str) -> None:
        wait_request = self._wait_request(wait_request_number)
        about = self.wait_requests[wait_request].about if wait_request else frozenset()
        there = [code for code, going in self.visits.items() if going.about & about]
        visit = self._one_of(there, visit_number) or self._visit(visit_number)
        if self.press(lambda: self.town.consult(wait_request, visit, outcome, cannot_wait=cannot_wait)):
            after = self._today() > self.wait_requests[wait_request].until
            allows = outcome == "go_ahead" or bool(cannot_wait) or (outcome == "no_answer" and after)
            self.visits[visit].said.append((self.presses, wait_request, allows))

    @rule(wait_request_number=NUMBER, visit_number=NUMBER)
    def ask_asker(self, wait_request_number: int, visit_number: int) -> None:
        wait_request = self._wait_request(wait_request_number)
        about = self.wait_requests[wait_request].about if wait_request else frozenset()
        there = [code for code, going in self.visits.items() if going.about & about]
        visit = self._one_of(there, visit_number) or self._visit(visit_number)
        if question := self.press(lambda: self.town.ask_asker(wait_request, visit)):
            self.questions.append((wait_request, visit, question))

    @rule(number=NUMBER, answer=st.sampled_from(ANSWERS), caught_up=st.booleans())
    def answer_as_asker(self, number: int, answer: str, caught_up: bool) -> None:
        if not self.questions:
            return
        wait_request, visit, question = self.questions[number % len(self.questions)]
        if self.press(lambda: self.town.answer(wait_request, question, answer)):
            # What is released falls back at the next press or look; nothing is released before that.
            self.visits[visit].said.append((self.presses, wait_request, answer == "go_ahead"))
            self.wait_requests[wait_request].known = False
        if caught_up:
            self.catch_up()

    @rule(number=NUMBER)
    def ask_after(self, number: int) -> None:
        wait_request = self._wait_request(number)
        if question := self.press(lambda: self.town.ask_after(wait_request)):
            assert self._today() > self.wait_requests[wait_request].until
            self.after.append((wait_request, question))

    @rule(number=NUMBER, answer=st.sampled_from(ANSWERS), caught_up=st.booleans())
    def answer_after(self, number: int, answer: str, caught_up: bool) -> None:
        if not self.after:
            return
        wait_request, question = self.after[number % len(self.after)]
        if self.press(lambda: self.town.answer(wait_request, question, answer)) and answer == "go_ahead":
            self.wait_requests[wait_request].ended = self.presses
        if caught_up:
            self.catch_up()

    @rule(number=NUMBER, outcome=st.sampled_from(OUTCOMES))
    def consult_after(self, number: int, outcome: str) -> None:
        wait_request, town = self._wait_request(number), self.town
        done = self.press(
            lambda: town.do(
                town.focal_point, actions.consult_after, code=wait_request, what=consulted(outcome)
            )
        )
        if done and outcome in ("go_ahead", "no_answer"):
            assert self._today() > self.wait_requests[wait_request].until
            self.wait_requests[wait_request].ended = self.presses

    @rule(number=NUMBER, who=st.sampled_from(("asker", "telephone", "mayor", "focal", "planner")))
    def lift(self, number: int, who: str) -> None:
        wait_request, town = self._wait_request(number), self.town
        verbs: dict[str, tuple[Any, Any, dict[str, str]]] = {
            "asker": (town.police, actions.lift, {}),
            "telephone": (town.focal_point, actions.note_lift, {"whom": "Rechercheur"}),
            "mayor": (town.manager, actions.lift_for_mayor, {"sentence": "Kinderen"}),
            "focal": (town.focal_point, actions.lift_for_mayor, {"sentence": "Het duurt lang"}),
            "planner": (town.planner, actions.note_lift, {"whom": "Ik"}),
        }
        actor, verb, more = verbs[who]
        if self.press(lambda: town.do(actor, verb, code=wait_request, reason="asker_done", **more)):
            assert who not in ("focal", "planner")
            self.wait_requests[wait_request].ended = self.presses

    @rule(number=NUMBER)
    def ask_anew(self, number: int) -> None:
        wait_request, town = self._wait_request(number), self.town
        new = self.press(
            lambda: town.do(town.police, actions.ask_anew, code=wait_request, until=days(9), ground="safety")
        )
        if new:
            old = self.wait_requests[wait_request]
            old.ended = self.presses
            self.wait_requests[new] = Held(
                old.about, self._today() + timedelta(days=9), self.presses, known=False
            )

    @rule(number=NUMBER, who=st.sampled_from(("focal_point", "focal_point", "focal_point", "planner")))
    def release(self, number: int, who: str) -> None:
        visit, town = self._visit(number), self.town
        done = self.press(lambda: town.do(getattr(town, who), actions.release, code=visit, beside_case=True))
        assert not done or who == "focal_point"

    @rule(number=NUMBER)
    def carry_out(self, number: int) -> None:
        visit, town = self._visit(number), self.town
        if self.press(lambda: town.do(town.planner, actions.carry_out, code=visit)):
            assert self.visits[visit].day <= self._today()
            self.visits[visit].done = self.presses

    @rule(number=NUMBER, verb=st.sampled_from(("take_back", "withdraw", "hear")))
    def other(self, number: int, verb: str) -> None:
        visit, town = self._visit(number), self.town
        presses: dict[str, Callable[[], Any]] = {
            "take_back": lambda: town.do(town.focal_point, actions.take_back, code=visit),
            "withdraw": lambda: town.do(town.planner, actions.withdraw, code=visit, reason="other_day"),
            "hear": lambda: town.do(town.planner, actions.hear, code=visit),
        }
        self.press(presses[verb])

    @invariant()
    def nothing_goes_where_somebody_must_be_asked_first(self) -> None:
        """Hold every visit that may go, or went, against every wait request of that moment."""
        found = self.admin.execute("SELECT code, state FROM visits_visit WHERE state IN ('released', 'done')")
        for code, state in found.fetchall():
            visit = self.visits.get(code)
            if visit is None:
                continue
            assert (state == "done") == (visit.done is not None)
            moment = visit.done if visit.done is not None else self.presses + 1
            for name, wait_request in self.wait_requests.items():
                # What an asker asked a moment ago binds what is still to be pressed, not yet what was.
                assert may_go(visit, wait_request, name, moment) or (
                    visit.done is None and not wait_request.known
                )

    @invariant()
    def nothing_is_lost(self) -> None:
        """Every open visit and wait request has an open step."""
        for table in ("visits_visit", "visits_waitrequest"):
            query = (
                f"SELECT count(*) FROM {table} t LEFT JOIN followup_nextstep s ON s.id = t.current_step_id "
                "WHERE t.closed IS NULL AND (s.id IS NULL OR s.done IS NOT NULL)"
            )
            assert self.admin.execute(query.encode()).fetchone() == (0,)


@pytest.fixture
def admin(server: embedded.Server, own_database: str) -> psycopg.Connection:
    """A superuser's connection to the test's own database."""
    return psycopg.connect(server.url("sl_admin", own_database), autocommit=True)


def test_no_sequence_of_presses_goes_where_somebody_must_be_asked_first(admin: psycopg.Connection) -> None:
    class Play(Presses):
        town = make_town()

    Play.admin = admin
    run_state_machine_as_test(
        Play,
        settings=settings(
            max_examples=tiers.either(40, 150),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_whole_life_is_possible(own_database: str) -> None:
    town = make_town()
    wait_request, code = town.ask(), town.plan(ahead=0)
    town.catch_up()
    town.consult(wait_request, code, "wait")
    town.consult(wait_request, code, "go_ahead")
    town.release(code)
    town.do(town.planner, actions.carry_out, code=code)
    town.do(town.police, actions.lift, code=wait_request, reason="asker_done")
    town.catch_up()
    assert town.visit(code).closed is not None
    assert town.wait_request(wait_request).closed is not None


@pytest.mark.parametrize("race", ["note", "ask", "consult", "carry_out"])
def test_a_wait_request_and_a_release_in_the_same_instant(own_database: str, race: str) -> None:
    town = make_town()
    code = town.plan(ahead=0)
    wait_request = town.note_wait_request(partner="") if race == "consult" else ""
    if wait_request:
        town.consult(wait_request, code, "go_ahead")
    if race == "carry_out":
        town.release(code)
    one: dict[str, Callable[[], Any]] = {
        "note": town.note_wait_request,
        "carry_out": town.note_wait_request,
        "ask": town.ask,
        "consult": lambda: town.consult(wait_request, code, "wait"),
    }
    other: Callable[[], Any] = lambda: town.release(code)  # noqa: E731
    if race == "carry_out":
        other = lambda: town.do(town.planner, actions.carry_out, code=code)  # noqa: E731
    broken = at_once(one[race], other)
    assert broken == []
    town.catch_up()
    state = town.visit(code).state
    assert state in (("planned", "done") if race == "carry_out" else ("planned",))
    assert state != "done" or town.visit(code).done_at is not None


def at_once(*buttons: Callable[[], Any]) -> list[str]:
    """Press buttons in the same instant, and return what was broken rather than refused."""
    start = threading.Barrier(len(buttons))
    broken: list[str] = []

    def run(button: Callable[[], Any]) -> None:
        start.wait()
        try:
            button()
        except (DomainError, Conflict):
            pass
        except DatabaseError as error:
            broken.append(str(error))
        connections.close_all()

    threads = [threading.Thread(target=run, args=(button,)) for button in buttons]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return broken
