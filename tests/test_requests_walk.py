"""A question to another organisation: whatever the two do with it, nobody loses it.

It stays the asker's; the other reads it as long as it may, and no longer; words never go without a ground.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connections
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from sluitend.demo import embedded
from sluitend.journeys.exchanges import actions, asking
from sluitend.journeys.exchanges.inquiring import FurtherChoice
from sluitend.journeys.exchanges.models import Request
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.flow.expiring import expire_passed
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Organisation
from tests import samples, tiers
from tests.test_ownership import workable
from tests.test_promise import attempt, lost

AT_ODDS = """
SELECT r.code, r.state FROM exchanges_request r
WHERE NOT EXISTS (SELECT 1 FROM sealing_seal s
                  WHERE s.envelope_id = r.envelope_id AND s.holder_id = r.organisation_id)
   OR (r.access_ended IS NULL) <> EXISTS (SELECT 1 FROM sealing_seal s
                  WHERE s.envelope_id = r.envelope_id AND s.holder_id = r.recipient_id)
   OR (r.access_ended IS NOT NULL AND r.recipient_closed IS NULL)
   OR (r.state IN ('returned', 'recalled', 'expired') AND r.access_ended IS NULL)
   OR (r.state = 'done' AND (r.answer = '' OR r.recipient_closed IS NULL))
   OR (r.answer = 'details' AND r.answer_basis = '')
"""
"""Questions that the wrong one can read, or nobody, or of which words went without a ground."""

LEFT_OPEN = """
SELECT count(*) FROM followup_nextstep s JOIN exchanges_request r ON r.id = s.subject_id
WHERE s.done IS NULL AND s.organisation_id = r.organisation_id AND r.closed IS NOT NULL
"""
"""Steps of an asker about a question that is dealt with."""

WAYS = [
    ("af@westland.example", "af@denhaag.example", "GM0518", "known"),
    ("af@westland.example", "nla@arbeidsinspectie.example", "arbeidsinspectie", "known"),
    ("nla@arbeidsinspectie.example", "af@westland.example", "GM1783", "question"),
    ("nla@arbeidsinspectie.example", "af@westland.example", "GM1783", "signal"),
]
"""Who asks whom what: between municipalities, to a partner, and by one."""


SAID = {"text": "Wij zagen het", "text_facts": "Wij zagen het", "text_danger": "Wij zagen het"}
"""Beside each thing that was asked for, and where somebody asked in words."""


@dataclass(frozen=True)
class Asked:
    """A question with the people on its two sides."""

    code: str
    asker: Actor
    asked: Actor


class Questions:
    """Questions that may be tried with everything that the two sides can do."""

    def __init__(self) -> None:
        self.sent: list[Asked] = []
        who = samples.actor(WAYS[0][0])
        report, _receipt = samples.file_report(Organisation.objects.get(pk=who.own_organisation))
        self.case = samples.take_in(report, who)
        """About which a municipality asks."""

    def ask(self, way: int) -> None:
        """Ask something in one of the ways."""
        asker, asked, to, kind = WAYS[way]
        one, other = samples.actor(asker), samples.actor(asked)
        code = (
            samples.inquire(one, to, case=self.case) if kind == "known" else samples.ask(one, to, kind=kind)
        )
        self.sent.append(Asked(code, one, other))

    def accept(self, it: Asked) -> None:
        """Take it on."""
        self._do(it.asked, actions.accept_request, it)

    def give_back(self, it: Asked) -> None:
        """Give it back with a reason."""
        self._do(it.asked, actions.return_request, it, reason="not_ours")

    def hit(self, it: Asked) -> None:
        """Say that there is something."""
        self._do(it.asked, actions.answer_request, it, answer="hit")

    def nothing(self, it: Asked) -> None:
        """Say that there is nothing."""
        self._do(it.asked, actions.answer_request, it, answer="nothing")

    def may_not(self, it: Asked) -> None:
        """Say that nothing can be said."""
        self._do(it.asked, actions.answer_request, it, answer="may_not", reason="not_said")

    def tell(self, it: Asked) -> None:
        """Share on a ground."""
        ground = asking.answer_bases(current_release().pack, it.asked)[0].id
        self._do(it.asked, actions.answer_request, it, answer="details", texts=SAID, basis=ground)

    def tell_without_ground(self, it: Asked) -> None:
        """Try to share on no ground."""
        self._do(it.asked, actions.answer_request, it, answer="details", texts=SAID)

    def take_in(self, it: Asked) -> None:
        """Make a report of it."""
        self._do(it.asked, actions.take_in_request, it)

    def further(self, it: Asked) -> None:
        """Ask for more after a hit."""
        more = FurtherChoice(why="Er komt een controle", parts=frozenset())
        self._do(it.asker, actions.ask_further, it, choice=more)

    def remind(self, it: Asked) -> None:
        """Remind the other."""
        self._do(it.asker, actions.remind_request, it)

    def recall(self, it: Asked) -> None:
        """Take it back."""
        self._do(it.asker, actions.recall_request, it, reason="changed")

    def handle(self, it: Asked) -> None:
        """Say that the answer was read."""
        self._do(it.asker, actions.handle_request, it)

    def expire(self, it: Asked) -> None:
        """Let the job run long after."""
        with acting(system_actor(it.asker.own_organisation)) as system:
            expire_passed(Request, actor=system, today=timezone.localdate() + timedelta(days=400))

    def _do(self, who: Actor, verb: Callable[..., Any], it: Asked, **named: Any) -> None:
        with acting(who):
            verb(code=it.code, actor=who, **named)


VERBS = (
    *("accept", "give_back", "hit", "nothing", "may_not", "tell", "tell_without_ground", "take_in"),
    *("further", "remind", "recall", "handle", "expire"),
)


@pytest.fixture
def admin(server: embedded.Server, own_database: str) -> Iterator[psycopg.Connection]:
    """A superuser's connection to the test's own database."""
    with psycopg.connect(server.url("sl_admin", own_database), autocommit=True) as connection:
        yield connection


def wrong(admin: psycopg.Connection) -> list[Any]:
    """Return what is not as it should be, seen by a superuser."""
    (left,) = admin.execute(LEFT_OPEN.encode()).fetchone() or (0,)
    return [
        *lost(admin),
        *admin.execute(AT_ODDS.encode()).fetchall(),
        *([("left open", left)] if left else []),
    ]


def test_no_sequence_loses_a_question_or_lets_too_many_read_it(admin: psycopg.Connection) -> None:
    class Walk(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.questions = Questions()
            self.before = workable(admin)

        @rule(way=st.integers(0, len(WAYS) - 1))
        def ask(self, way: int) -> None:
            attempt(lambda: self.questions.ask(way))

        @rule(verb=st.sampled_from(VERBS), back=st.integers(1, 3))
        def try_it(self, verb: str, back: int) -> None:
            if self.questions.sent:
                it = self.questions.sent[-min(back, len(self.questions.sent))]
                attempt(lambda: getattr(self.questions, verb)(it))

        @rule(way=st.integers(0, len(WAYS) - 1), verb=st.sampled_from(VERBS))
        def ask_and_take_on(self, way: int, verb: str) -> None:
            # Most of what can be tried begins here, so that much is tried on what was taken on.
            if attempt(lambda: self.questions.ask(way)):
                attempt(lambda: self.questions.accept(self.questions.sent[-1]))
                attempt(lambda: getattr(self.questions, verb)(self.questions.sent[-1]))

        @invariant()
        def nothing_wrong(self) -> None:
            assert wrong(admin) == []
            assert workable(admin) == self.before

    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=tiers.either(10, 60),
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize(
    ("before", "one", "other"),
    [
        ("", "accept", "accept"),
        ("", "accept", "recall"),
        ("", "accept", "give_back"),
        ("", "give_back", "expire"),
        ("accept", "nothing", "recall"),
        ("accept", "hit", "may_not"),
        ("accept", "tell", "expire"),
        ("accept hit", "further", "handle"),
        ("accept hit further", "tell", "recall"),
        ("accept nothing", "handle", "handle"),
    ],
)
def test_of_two_at_once_nothing_is_lost(admin: psycopg.Connection, before: str, one: str, other: str) -> None:
    questions = Questions()
    questions.ask(2 if "tell" in (one, other) and "hit" not in before else 0)
    it = questions.sent[0]
    for name in before.split():
        assert attempt(partial(getattr(questions, name), it)), name
    start, broken, done = threading.Barrier(2), list[str](), list[str]()

    def run(name: str) -> None:
        start.wait()
        try:
            if attempt(lambda: getattr(questions, name)(it)):
                done.append(name)
        except DatabaseError as error:  # somebody would have seen an error page
            broken.append(f"{name}: {error}")
        connections.close_all()

    threads = [threading.Thread(target=run, args=(name,)) for name in (one, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    assert done
    if one == other:
        assert len(done) == 1
    assert wrong(admin) == []
