"""Never two owners, never none: whatever two municipalities do with a case, in whatever order, or at once."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connections
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from sluitend.demo import embedded
from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.models import Case
from sluitend.journeys.exchanges import actions
from sluitend.journeys.exchanges.models import Transfer, TransferCase
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.flow.expiring import expire_passed
from tests import samples, tiers
from tests.test_promise import attempt, lost

WORKABLE = """
SELECT count(*) FROM cases_case c WHERE c.closed IS NULL AND NOT EXISTS (
  SELECT 1 FROM followup_nextstep s WHERE s.subject_id = c.transfer AND s.organisation_id = c.organisation_id
    AND s.what = 'transfer_taken' AND s.done IS NULL)
"""
"""How many cases somebody can work on, over all municipalities."""

AT_ODDS = """
SELECT t.code FROM exchanges_transfer t
  JOIN exchanges_transfercase old ON old.transfer_id = t.id AND old.organisation_id = t.organisation_id
  JOIN cases_case c ON c.id = old.case_id
  LEFT JOIN exchanges_transfercase new ON new.transfer_id = t.id AND new.organisation_id = t.recipient_id
  LEFT JOIN cases_case n ON n.id = new.case_id AND n.organisation_id = t.recipient_id
WHERE (t.owner = 'sender' AND (n.id IS NOT NULL OR (c.transfer = t.id AND c.outcome = 'transferred')))
   OR (t.owner = 'recipient' AND (n.id IS NULL OR c.transfer IS DISTINCT FROM t.id))
"""
"""Transfers of which the owner is not the one who has the case."""


@dataclass(frozen=True)
class Sent:
    """A transfer with the people on its two sides."""

    code: str
    sender: Actor
    receiver: Actor


class Matter:
    """One case that may go to and fro between two municipalities, and all that can be tried with it."""

    def __init__(self) -> None:
        self.people = (samples.actor("af@westland.example"), samples.actor("af@denhaag.example"))
        self.cases: list[tuple[Actor, str]] = [(self.people[0], samples.ready_to_hand_over())]
        self.sent: list[Sent] = []

    def send(self, which: int = -1) -> None:
        """Hand over one of the cases, which may be an old one."""
        who, code = self.cases[which]
        other = self.people[1] if who is self.people[0] else self.people[0]
        municipality = "GM0518" if other is self.people[1] else "GM1783"
        self.sent.append(Sent(samples.hand_over(code, who, municipality=municipality), who, other))

    def accept(self, transfer: Sent) -> None:
        """Take over, and make ready what came so that it can go on."""
        with acting(transfer.receiver):
            code = actions.accept_transfer(code=transfer.code, actor=transfer.receiver)
        self.cases.append((transfer.receiver, code))

    def make_ready(self, which: int = -1) -> None:
        """Weigh a case and choose that another municipality takes it over."""
        who, code = self.cases[which]
        samples.weigh(code, who)
        samples.let_go(code, who)

    def add_note(self, which: int = -1) -> None:
        """Work on a case."""
        who, code = self.cases[which]
        with acting(who):
            cases.add_note(actor=who, code=code, text="Bel morgen")

    def give_back(self, transfer: Sent) -> None:
        """Give it back."""
        self._do(transfer.receiver, actions.return_transfer, transfer, reason="too_little")

    def recall(self, transfer: Sent) -> None:
        """Take it back."""
        self._do(transfer.sender, actions.recall_transfer, transfer, reason="mistake")

    def finish(self, transfer: Sent) -> None:
        """Close what went over."""
        self._do(transfer.sender, actions.finish_transfer, transfer)

    def handle(self, transfer: Sent) -> None:
        """Go on with what did not go over."""
        self._do(transfer.sender, actions.handle_ended_transfer, transfer)

    def remind(self, transfer: Sent) -> None:
        """Remind the other."""
        self._do(transfer.sender, actions.remind_transfer, transfer)

    def write(self, transfer: Sent) -> None:
        """Tell the other something."""
        self._do(transfer.sender, actions.write_about_transfer, transfer, text="Nieuws")

    def write_back(self, transfer: Sent) -> None:
        """Answer."""
        self._do(transfer.receiver, actions.write_about_transfer, transfer, text="Vraag")

    def read(self, transfer: Sent) -> None:
        """Read what the other wrote."""
        self._do(transfer.receiver, actions.read_transfer_news, transfer)

    def read_back(self, transfer: Sent) -> None:
        """Read what the other answered."""
        self._do(transfer.sender, actions.read_transfer_news, transfer)

    def expire(self, transfer: Sent) -> None:
        """Let the job run long after."""
        with acting(system_actor(transfer.sender.own_organisation)) as system:
            later = timezone.localdate().replace(year=timezone.localdate().year + 1)
            expire_passed(Transfer, actor=system, today=later)

    def reopen(self, which: int = 0) -> None:
        """Open a case again, as from a tab that stayed open."""
        who, code = self.cases[which]
        with acting(who):
            cases.reopen(actor=who, code=code, reason="andere_reden", sentence="Toch")

    def _do(self, who: Actor, verb: Callable[..., Any], transfer: Sent, **named: Any) -> None:
        with acting(who):
            verb(code=transfer.code, actor=who, **named)


OF_TRANSFER = (
    "accept give_back recall finish handle remind write write_back read read_back expire".split()  # noqa: SIM905
)
OF_CASE = ("send", "make_ready", "add_note", "reopen")


@pytest.fixture
def admin(server: embedded.Server, own_database: str) -> Iterator[psycopg.Connection]:
    """A superuser's connection to the test's own database."""
    with psycopg.connect(server.url("sl_admin", own_database), autocommit=True) as connection:
        yield connection


def workable(admin: psycopg.Connection) -> int:
    """Return how many cases somebody can work on."""
    (number,) = admin.execute(WORKABLE.encode()).fetchone() or (0,)
    return int(number)


def at_odds(admin: psycopg.Connection) -> list[Any]:
    """Return transfers that name an owner who has not got the case."""
    return admin.execute(AT_ODDS.encode()).fetchall()


def test_no_sequence_makes_two_owners_or_none(admin: psycopg.Connection) -> None:  # noqa: C901 - one rule a way to try
    begun: list[Matter] = []

    class Ownership(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.matter = Matter()
            begun.append(self.matter)

        @rule(verb=st.sampled_from(OF_TRANSFER), back=st.integers(1, 3))
        def try_transfer(self, verb: str, back: int) -> None:
            if self.matter.sent:
                transfer = self.matter.sent[-min(back, len(self.matter.sent))]
                attempt(lambda: getattr(self.matter, verb)(transfer))

        @rule()
        def take_the_last(self) -> None:
            if self.matter.sent:
                attempt(lambda: self.matter.accept(self.matter.sent[-1]))

        @rule(verb=st.sampled_from(OF_CASE), back=st.integers(1, 3))
        def try_case(self, verb: str, back: int) -> None:
            which = -min(back, len(self.matter.cases))
            attempt(lambda: getattr(self.matter, verb)(which))

        @rule()
        def hand_the_last_over(self) -> None:
            attempt(self.matter.send)

        @rule()
        def go_over(self) -> None:
            # The whole way at once, so that much is tried on what has gone.
            if attempt(self.matter.send):
                attempt(lambda: self.matter.accept(self.matter.sent[-1]))
                attempt(lambda: self.matter.finish(self.matter.sent[-1]))

        @rule(back=st.integers(1, 3))
        def open_an_old_one(self, back: int) -> None:
            attempt(lambda: self.matter.reopen(-min(back, len(self.matter.cases))))

        @invariant()
        def one_owner(self) -> None:
            assert workable(admin) == len(begun)
            assert at_odds(admin) == []

        @invariant()
        def nothing_lost(self) -> None:
            assert lost(admin) == []

    run_state_machine_as_test(
        Ownership,
        settings=settings(
            max_examples=tiers.either(12, 60),
            stateful_step_count=tiers.either(14, 24),
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_case_can_go_and_come_back(admin: psycopg.Connection) -> None:
    matter = Matter()
    matter.send()
    matter.accept(matter.sent[0])
    matter.finish(matter.sent[0])
    matter.make_ready()
    matter.send()
    matter.accept(matter.sent[1])
    assert workable(admin) == 1
    assert at_odds(admin) == []
    who, code = matter.cases[-1]
    assert who is matter.people[0]
    assert code != matter.cases[0][1]


@pytest.mark.parametrize(
    ("before", "one", "other"),
    [
        ("", "accept", "recall"),
        ("", "accept", "give_back"),
        ("", "accept", "accept"),
        ("", "accept", "expire"),
        ("", "accept", "add_note"),
        ("", "recall", "give_back"),
        ("", "recall", "recall"),
        ("accept", "finish", "finish"),
        ("accept", "finish", "write_back"),
        ("give_back", "handle", "handle"),
    ],
)
def test_two_people_at_once_leave_one_owner(
    admin: psycopg.Connection, before: str, one: str, other: str
) -> None:
    matter = Matter()
    matter.send()
    transfer = matter.sent[0]
    if before:
        getattr(matter, before)(transfer)
    start, broken, done = threading.Barrier(2), list[str](), list[str]()

    def run(name: str) -> None:
        verb = getattr(matter, name)
        start.wait()
        try:
            if attempt(verb if name == "add_note" else lambda: verb(transfer)):
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
    assert workable(admin) == 1
    assert at_odds(admin) == []
    assert lost(admin) == []


def test_each_side_keeps_at_most_one_case_of_a_transfer(own_database: str) -> None:
    matter = Matter()
    matter.send()
    matter.accept(matter.sent[0])
    for who in matter.people:
        with acting(who):
            own = TransferCase.objects.filter(organisation_id=who.own_organisation)
            assert own.count() == 1
            assert Case.objects.filter(pk=own.get().case_id).exists()
