"""No signal gets lost: whatever people do, in whatever order, every open subject has an open next step."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sluitend.demo import embedded
from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.models import Case, Track
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.referrals.models import Pickup, Referral
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import NOBODY, Actor, acting, system_actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.flow.expiring import expire_passed
from sluitend.kernel.flow.models import kinds
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing import pickups
from sluitend.kernel.sealing.comparing import unlike_sql
from sluitend.kernel.sealing.envelopes import open_envelope
from sluitend.kernel.sealing.sealed_rows import sealed_kinds
from tests import samples, tiers
from tests.attacks.forging import found_by_verify

REFUSALS = (DomainError, PermissionDenied)
SIDES = [("reports_report", "current_step_id", "closed"), ("reports_mark", "current_step_id", "closed")]
SIDES += [("cases_case", "current_step_id", "closed"), ("cases_track", "current_step_id", "closed")]
SIDES += [("visits_visit", "current_step_id", "closed"), ("visits_waitrequest", "current_step_id", "closed")]
SIDES += [
    ("care_files_carefile", "current_step_id", "closed"),
    ("shelter_search", "current_step_id", "closed"),
]
SIDES += [("visits_waitrequestquestion", "recipient_step_id", "recipient_closed")]
SIDES += [
    (model._meta.db_table, step, closed)
    for model in kinds().values()
    for step, closed in (("current_step_id", "closed"), ("recipient_step_id", "recipient_closed"))
]


def lost(admin: psycopg.Connection) -> list[tuple[str, int]]:
    """Return every kind of subject of which a row is open without an open step, seen by a superuser."""
    found = []
    for table, step, closed in SIDES:
        query = f"SELECT count(*) FROM {table} t LEFT JOIN followup_nextstep s ON s.id = t.{step} WHERE t.{closed} IS NULL AND (s.id IS NULL OR s.done IS NOT NULL)"  # noqa: E501
        (number,) = admin.execute(query.encode()).fetchone() or (0,)
        if number:
            found.append((f"{table}.{step}", number))
    return found


def unlike(admin: psycopg.Connection) -> list[str]:
    """Return every row that is not as its last line says, seen by a superuser."""
    return [
        f"{kind.table} {row}"
        for kind in sealed_kinds()
        if kind.remembered
        for row in admin.execute(unlike_sql(kind).encode()).fetchall()
    ]


class Matter:
    """One report and what becomes of it, and everything that somebody could try with it."""

    def __init__(self) -> None:
        self.who = samples.actor("af@westland.example")
        self.colleague = samples.actor("vervanger@westland.example")
        self.partner = samples.actor("nla@arbeidsinspectie.example")
        self.report, self.receipt = samples.file_report(Organisation.objects.get(code="GM1783"))
        self.case = ""
        self.referral = ""
        self.link = self.told = self.cookie = ""

    def report_id(self) -> Any:
        """Return the id of the report."""
        with acting(self.who):
            return Report.objects.get(code=self.report).id

    def verbs(self) -> dict[str, Callable[[], Any]]:
        """Return everything that can be tried, each in a transaction of its own."""
        return {
            "take_in": self.take_in,
            "close_report": lambda: self._as(
                self.who, reports.close, self.report_id(), outcome="not_in_scope"
            ),
            "pass_on": lambda: self._as(
                self.who, reports.pass_on, self.report_id(), department=self._department()
            ),
            "ask": lambda: self._as(self.who, reports.ask, self.report_id(), text="Waar was dat?"),
            "answer": self.answer,
            "read_answer": lambda: self._as(self.who, reports.read_answer, self.report_id()),
            "tell": lambda: self._as(self.who, reports.tell, self.report_id(), code="opgepakt"),
            "second_eyes": lambda: self._as(self.colleague, reports.second_eyes, self.report_id()),
            "weigh": lambda: samples.weigh(self.case, self.who),
            "weigh_close": lambda: self._case(
                cases.weigh,
                concrete="no",
                recent="no",
                pattern="no",
                decision="close",
                reason="andere_reden",
                sentence="Niets",
            ),
            "open_person": lambda: self._case(cases.open_track, track="person"),
            "open_place": lambda: self._case(cases.open_track, track="place"),
            "close_person": lambda: self._case(
                cases.close_track, track="person", outcome="no_person", reason="andere_reden", sentence="Weg"
            ),
            "close_place": lambda: self._case(
                cases.close_track, track="place", outcome="no_place", reason="andere_reden", sentence="Leeg"
            ),
            "route": lambda: samples.compose(self.case, self.who),
            "refer": self.refer,
            "accept": lambda: self._as(self.partner, referrals.accept, code=self.referral),
            "return": lambda: self._as(
                self.partner,
                referrals.return_,
                code=self.referral,
                reason="andere_reden",
                sentence="Niet van ons",
            ),
            "feed_back": lambda: self._as(
                self.partner, referrals.feed_back, code=self.referral, answer="mag_niets_zeggen"
            ),
            "stop_waiting": lambda: self._as(self.who, referrals.stop_waiting, code=self.referral),
            "partner_asks": lambda: self._as(self.partner, referrals.ask, code=self.referral, text="Wie?"),
            "answer_partner": lambda: self._as(
                self.who, referrals.answer_question, code=self.referral, text="Niemand"
            ),
            "recall": lambda: self._as(
                self.who, referrals.recall, code=self.referral, reason=self._reason("recall_referral")
            ),
            "handle_answer": lambda: self._as(self.who, referrals.handle_answer, code=self.referral, tell=""),
            "close_case": lambda: self._case(
                cases.close_case,
                outcome=self._outcome(),
                tell="outcome",
                reason="andere_reden",
                sentence="Klaar",
            ),
            "reopen": lambda: self._case(cases.reopen, reason="andere_reden", sentence="Toch"),
            **self.verbs_of_pickup(),
        }

    def verbs_of_pickup(self) -> dict[str, Callable[[], Any]]:
        """Return what can be tried with a partner that collects the referral by link and code."""
        return {
            "refer_by_link": lambda: self.refer(channel="pickup"),
            "make_link": self.make_link,
            "open_link": self.open_link,
            "wrong_code": lambda: self._public(
                referrals.open_pickup, link=self.link, code=pickups.new_code()
            ),
            "lock_link": self.lock_link,
            "pickup_accept": lambda: self._collected(referrals.accept_pickup),
            "pickup_return": lambda: self._collected(referrals.return_pickup, reason="not_ours"),
            "pickup_ask": lambda: self._collected(referrals.ask_from_pickup, text="Welke ingang?"),
            "pickup_feed_back": lambda: self._collected(referrals.answer_pickup, answer="opgepakt"),
            "pickup_done": lambda: self._collected(referrals.answer_pickup, answer="afgesloten"),
            "expire": self.expire,
        }

    def take_in(self) -> None:
        """Make a case."""
        self.case = samples.take_in(self.report, self.who)

    def refer(self, *, channel: str = "account") -> None:
        """Send a referral."""
        self.referral = samples.refer(self.case, self.who, channel=channel)
        self.link = self.told = self.cookie = ""

    def make_link(self) -> None:
        """Make link and code, and read the link as the mail has it."""
        with acting(self.who):
            self.told = referrals.start_pickup(
                code=self.referral, address="balie@partner.example", actor=self.who
            )
            pickup = Pickup.objects.filter(referral__code=self.referral).latest("made")
            envelope = open_envelope(pickup.envelope_id, actor=self.who, purpose="test")
            self.link = envelope.read(pickup, "delivery")["link"]

    def open_link(self) -> None:
        """Open the page with link and code, in one browser."""
        with acting(NOBODY):
            cookie = referrals.open_pickup(link=self.link, code=self.told)
        if cookie is None:
            raise DomainError("The code opened nothing.")
        self.cookie = cookie

    def lock_link(self) -> None:
        """Type five wrong codes."""
        for _number in range(5):
            self._public(referrals.open_pickup, link=self.link, code=pickups.new_code())

    def expire(self) -> None:
        """Let the job run long after."""
        with acting(system_actor(self.who.own_organisation)) as system:
            expire_passed(Referral, actor=system, today=timezone.localdate() + timedelta(days=400))
            referrals.end_links(actor=system)

    def answer(self) -> None:
        """Let the reporter add something, and the sweep bring it."""
        with acting(NOBODY):
            reports.add_to_report(receipt=self.receipt, text="Ik weet nog iets")
        with acting(system_actor(self.who.organisation_id)) as system:  # type: ignore[arg-type]
            reports.sweep(system)

    def _collected(self, verb: Callable[..., Any], **named: Any) -> None:
        self._public(verb, link=self.link, cookie=self.cookie, **named)

    def _public(self, verb: Callable[..., Any], **named: Any) -> None:
        with acting(NOBODY):
            verb(**named)

    def _as(self, actor: Actor, verb: Callable[..., Any], *args: Any, **named: Any) -> None:
        with acting(actor):
            verb(*args, actor=actor, **named)

    def _case(self, verb: Callable[..., Any], **named: Any) -> None:
        with acting(self.who):
            verb(actor=self.who, code=self.case, **named)

    @staticmethod
    def _department() -> str:
        return next(iter(current_release().pack.departments)).id

    @staticmethod
    def _outcome() -> str:
        return next(outcome.id for outcome in current_release().pack.outcomes if "case" in outcome.closes)

    @staticmethod
    def _reason(name: str) -> str:
        return current_release().pack.reason_list(name).reasons[0].id


VERBS = [
    "take_in",
    "close_report",
    "pass_on",
    "ask",
    "answer",
    "read_answer",
    "tell",
    "second_eyes",
    "weigh",
    "weigh_close",
    "open_person",
    "open_place",
    "close_person",
    "close_place",
    "route",
    "refer",
    "accept",
    "return",
    "feed_back",
    "partner_asks",
    "answer_partner",
    "recall",
    "handle_answer",
    "stop_waiting",
    "close_case",
    "reopen",
]
BY_LINK = [
    "refer_by_link",
    "make_link",
    "open_link",
    "wrong_code",
    "lock_link",
    "pickup_accept",
    "pickup_return",
    "pickup_ask",
    "pickup_feed_back",
    "pickup_done",
    "expire",
    "recall",
    "answer_partner",
    "handle_answer",
    "stop_waiting",
    "close_place",
]


@pytest.fixture
def admin(server: embedded.Server, own_database: str) -> psycopg.Connection:
    """A superuser's connection to the test's own database."""
    return psycopg.connect(server.url("sl_admin", own_database), autocommit=True)


def attempt(verb: Callable[[], Any]) -> bool:
    """Try something; a refusal is an answer too. Returns whether it was done."""
    try:
        verb()
    except REFUSALS:
        return False
    return True


def test_no_sequence_of_actions_loses_anything(admin: psycopg.Connection) -> None:
    @settings(max_examples=tiers.either(25, 120), deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.sampled_from(VERBS), min_size=4, max_size=22))
    def play(names: list[str]) -> None:
        matter = Matter()
        verbs = matter.verbs()
        for name in names:
            attempt(verbs[name])
        assert lost(admin) == []
        assert unlike(admin) == []

    play()


def test_whatever_ends_was_ended_by_somebody(
    server: embedded.Server, own_database: str, admin: psycopg.Connection
) -> None:
    @settings(max_examples=tiers.either(8, 40), deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.sampled_from(VERBS), min_size=6, max_size=22))
    def play(names: list[str]) -> None:
        matter = Matter()
        verbs = matter.verbs()
        for name in names:
            attempt(verbs[name])
        assert not found_by_verify(server, own_database)

    play()


def test_no_sequence_on_the_pickup_page_loses_anything(admin: psycopg.Connection) -> None:
    @settings(max_examples=tiers.either(15, 60), deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(st.sampled_from(BY_LINK), min_size=2, max_size=10),
        st.lists(st.sampled_from(BY_LINK), max_size=8),
    )
    def play(before: list[str], after: list[str]) -> None:
        # The way to an open page once, so that much is tried on one that was taken on.
        matter = Matter()
        verbs = matter.verbs()
        for name in ("take_in", "weigh", "route", *before, "refer_by_link", "make_link", "open_link", *after):
            attempt(verbs[name])
            assert lost(admin) == [], name
            assert unlike(admin) == [], name

    play()


LIFE = [
    "second_eyes",
    "take_in",
    "ask",
    "answer",
    "read_answer",
    "weigh",
    "route",
    "refer",
    "accept",
    "feed_back",
    "handle_answer",
    "stop_waiting",
    "close_place",
    "close_case",
]


def test_a_whole_life_is_possible(admin: psycopg.Connection) -> None:
    matter = Matter()
    verbs = matter.verbs()
    done = {name: attempt(verbs[name]) for name in LIFE}
    assert [name for name, good in done.items() if not good] == []
    assert lost(admin) == []
    assert unlike(admin) == []
    with acting(matter.who):
        assert Case.objects.get(code=matter.case).closed is not None


@pytest.mark.parametrize(
    ("names", "state"),
    [
        ("refer_by_link", "sent"),
        ("refer_by_link make_link wrong_code open_link pickup_accept", "accepted"),
        ("refer_by_link make_link lock_link make_link open_link pickup_accept pickup_ask", "accepted"),
        ("refer_by_link make_link open_link pickup_return", "returned"),
        ("refer_by_link make_link open_link pickup_accept pickup_feed_back pickup_done", "done"),
        ("refer_by_link make_link open_link pickup_accept recall", "recalled"),
        ("refer_by_link make_link open_link pickup_accept expire", "expired"),
    ],
)
def test_every_state_is_reached_by_way_of_the_pickup_page(
    admin: psycopg.Connection, names: str, state: str
) -> None:
    matter = Matter()
    verbs = matter.verbs()
    for name in ("take_in", "weigh", "route", *names.split()):
        assert attempt(verbs[name]), name
    with acting(matter.who):
        assert Referral.objects.get(code=matter.referral).state == state
    assert lost(admin) == []
    assert unlike(admin) == []


PICKED_UP = "take_in weigh route refer_by_link make_link open_link"


@pytest.mark.parametrize(
    ("before", "one", "other"),
    [
        ("", "take_in", "close_report"),
        ("", "take_in", "take_in"),
        ("", "pass_on", "ask"),
        ("ask", "answer", "close_report"),
        ("take_in weigh route refer", "accept", "recall"),
        ("take_in weigh route refer", "return", "recall"),
        ("take_in weigh route refer accept", "feed_back", "recall"),
        ("take_in weigh open_person", "close_person", "close_person"),
        ("take_in", "weigh", "weigh_close"),
        (PICKED_UP, "pickup_accept", "pickup_return"),
        (PICKED_UP, "pickup_accept", "recall"),
        (f"{PICKED_UP} pickup_accept", "pickup_done", "recall"),
        (f"{PICKED_UP} pickup_accept", "pickup_feed_back", "expire"),
        (PICKED_UP.removesuffix(" open_link"), "open_link", "lock_link"),
        (PICKED_UP.removesuffix(" open_link"), "open_link", "recall"),
    ],
)
def test_two_people_at_once_lose_nothing(
    admin: psycopg.Connection, before: str, one: str, other: str
) -> None:
    matter = Matter()
    verbs = matter.verbs()
    for name in before.split():
        assert attempt(verbs[name]), name
    start = threading.Barrier(2)

    broken: list[str] = []

    def run(name: str) -> None:
        start.wait()
        try:
            attempt(verbs[name])
        except DatabaseError as error:  # somebody would have seen an error page
            broken.append(f"{name}: {error}")
        connections.close_all()

    threads = [threading.Thread(target=run, args=(name,)) for name in (one, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    assert lost(admin) == []
    assert unlike(admin) == []


def test_the_database_refuses_when_the_code_is_bypassed(own_database: str) -> None:
    matter = Matter()
    with pytest.raises(IntegrityError), acting(matter.who):
        NextStep.objects.filter(subject_id=Report.objects.get(code=matter.report).id).update(
            done="2026-01-01T12:00Z"
        )
    with pytest.raises(IntegrityError), acting(matter.who):
        Report.objects.filter(code=matter.report).update(current_step=None)
    matter.take_in()
    with pytest.raises(IntegrityError), acting(matter.who):
        Case.objects.filter(code=matter.case).update(current_step=None)
    with pytest.raises(ProgrammingError), acting(matter.who), connection.cursor() as cursor:
        cursor.execute("DELETE FROM followup_nextstep")
    assert Track.objects.count() == Referral.objects.count() == 0
    assert not transaction.get_connection().in_atomic_block
