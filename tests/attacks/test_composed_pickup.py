"""The public process taken over, with a pick-up that was opened there: what it writes, dates and holds."""

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from psycopg import sql

from sluitend.demo import embedded
from sluitend.journeys.referrals import actions
from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.access import holding
from sluitend.kernel.access.acting import NOBODY, acting
from sluitend.kernel.access.errors import Held
from sluitend.kernel.access.rounds import SomeFailed
from sluitend.kernel.access.views import tried
from sluitend.kernel.flow import jobs as flow
from sluitend.kernel.sealing import pickups
from sluitend.surfaces.desk import jobs as desk
from tests.attacks.everywhere import browser
from tests.journeys.referrals.situations import Ready, make_ready
from tests.journeys.referrals.test_pickup import Waiting, started
from tests.working import as_worker

TURN = sql.SQL("SELECT pickup_turn({})").format(sql.SQL(", ").join([sql.Placeholder()] * 17))
STATE = "SELECT state, turn, answer, return_reason, answer_on, received_on, wait_code FROM referrals_referral"


@pytest.fixture
def thief(server: embedded.Server, own_database: str) -> Iterator[psycopg.Connection]:
    """The role of the public process, with all that it may do in the database."""
    with psycopg.connect(server.url("sl_intake", own_database), autocommit=True) as found:
        yield found


@pytest.fixture
def admin(server: embedded.Server, own_database: str) -> Iterator[psycopg.Connection]:
    """A superuser, to see what came of it."""
    with psycopg.connect(server.url("sl_admin", own_database), autocommit=True) as found:
        yield found


class Opened:
    """A pick-up of which the public process saw link and session, and what its SQL asks for them."""

    def __init__(self, ready: Ready) -> None:
        self.waiting: Waiting = started(ready)
        with acting(NOBODY):
            cookie = actions.open_pickup(link=self.waiting.link, code=self.waiting.told) or ""
        with acting(NOBODY):
            actions.accept_pickup(link=self.waiting.link, cookie=cookie)
        self.keys = pickups.session_keys(self.waiting.link, cookie)

    def turn(self, thief: psycopg.Connection, **changes: object) -> bool:
        """Ask the database for a turn: an ordinary answer, but for these changes."""
        row, today = self.waiting.row(), timezone.localdate()
        asked: dict[str, object] = {
            "k": self.keys.lookup,
            "s": self.keys.session,
            "turn": row.turn,
            "state": "accepted",
            "reason": "",
            "code": "opgepakt",
            "code_on": today,
            "answered": True,
            "received": today,
            "passed": None,
            "outcome": None,
            "message": None,
            "envelope": None,
            "text": None,
            "w": None,
            "waits": False,
            "next_on": None,
        }
        (worked,) = thief.execute(TURN, list((asked | changes).values())).fetchone() or (None,)
        return bool(worked)


@pytest.fixture
def opened(own_database: str) -> Opened:
    """Such a pick-up, taken on by its partner."""
    return Opened(make_ready())


WORDS = "Jan zag het"
OTHERWISE: list[dict[str, object]] = [
    {"code": WORDS},
    {"code": "x" * 61},
    {"code": "x" * 10_000_000},
    {"code": "geen_plek"},  # of another partner
    {"code": None},
    {"code": "wacht"},  # asks to wait, and does not say so
    {"waits": True},
    {"code": "wacht", "waits": True},  # with nothing that says until when
    {"state": "done"},  # with an answer that ends nothing
    {"state": "recalled"},
    {"state": None},
    {"state": "returned", "reason": WORDS},
    {"state": "returned", "reason": ""},
    {"reason": "mistake"},
    {"reason": None},
    {"turn": None},
    {"answered": None},
    {"waits": None},
    {"next_on": "infinity"},
    {"next_on": "2020-01-01"},
    {"next_on": "9999-12-31"},
    {"next_on": "2199-12-31", "state": "done", "code": "afgesloten"},
    {"w": b"short"},
    {"k": b""},
    {"k": b"x" * 32},
    {"k": b"x" * 1_000_000},
    {"s": b"x" * 32},
    {"message": uuid4()},
    {"message": uuid4(), "envelope": uuid4(), "text": b""},
    {"message": uuid4(), "envelope": uuid4(), "text": b"x" * 65_537},
]
DAYS = ("infinity", "-infinity", "9999-12-31", "0044-03-15 BC", "2020-01-01")
DATED = ("code_on", "received", "passed", "outcome")


def test_a_pick_up_page_writes_only_what_the_handbook_knows_and_of_today(
    opened: Opened, thief: psycopg.Connection, admin: psycopg.Connection
) -> None:
    before = admin.execute(STATE).fetchall()
    assert [each for each in OTHERWISE if opened.turn(thief, **each)] == []
    dated = [(name, day) for name in DATED for day in DAYS if opened.turn(thief, **{name: day})]
    assert dated == []
    assert admin.execute(STATE).fetchall() == before
    long_ago = timezone.localdate() - timedelta(days=2)
    assert not opened.turn(thief, code_on=long_ago)
    assert opened.turn(thief)  # nothing but the change was why
    assert opened.waiting.row().answer == "opgepakt"


def test_a_pick_up_page_binds_no_more_than_a_key(opened: Opened, thief: psycopg.Connection) -> None:
    code = opened.waiting.ready.send(channel="pickup", track="person")
    other = started(opened.waiting.ready, code)
    keys, session = pickups.pickup_keys(other.link, other.told), pickups.session_keys(other.link, "x" * 43)
    thief.execute("SELECT pickup_try(%s, %s, %s)", [keys.lookup, keys.proof, session.session])
    thief.execute("SELECT pickup_bind(%s, %s, %s)", [session.lookup, session.session, b"x" * 1_000_000])
    with acting(other.ready.focal_point):
        assert other.pickup().session_sealed is None


def noon(day: date) -> str:
    """Return noon of a day, as the lines of the public have it."""
    return f"{day:%Y-%m-%d} 12:00 Europe/Amsterdam"


def test_a_line_of_the_public_is_of_the_day_on_which_it_is_written(
    thief: psycopg.Connection, admin: psycopg.Connection
) -> None:
    """Whatever the clock of the test is: the database itself says what today is, also around midnight."""
    (organisation,) = admin.execute(
        "SELECT id FROM organisations_organisation WHERE code = 'GM1783'"
    ).fetchone() or (None,)
    put = """INSERT INTO ledger_intake (id, organisation_id, action, activity, purpose, subject_kind, outcome,
      at, trace, span, process, mac) VALUES (gen_random_uuid(), %s, 'report.mailbox', 'meldingen', '', '',
      'ok', %s::timestamptz, repeat('0', 32), repeat('0', 16), 'public', 'made up')"""
    (before, today, after) = admin.execute(
        "SELECT (now() AT TIME ZONE 'Europe/Amsterdam' - interval '1 day 2 minutes')::date, "
        "(now() AT TIME ZONE 'Europe/Amsterdam')::date, "
        "(now() AT TIME ZONE 'Europe/Amsterdam' + interval '1 day 5 minutes')::date"
    ).fetchone() or (None, None, None)
    for day in (before, after, date(2020, 1, 1), date(2099, 1, 1)):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            thief.execute(put, [organisation, noon(day)])
    for moment in ("infinity", "-infinity", f"{today} 13:00 Europe/Amsterdam"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            thief.execute(put, [organisation, moment])
    thief.execute(put, [organisation, noon(today)])


def test_who_holds_a_referral_by_its_pick_up_stops_neither_desk_nor_clock(
    opened: Opened, thief: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row is held by a try that is never committed; the role lifts its own time-outs."""
    waiting, ready = opened.waiting, opened.waiting.ready
    passed = ready.send(channel="phone", track="person")
    with acting(ready.focal_point):
        Referral.objects.update(expires=timezone.localdate() - timedelta(days=1))
    thief.autocommit = False
    for limit in ("lock_timeout", "idle_in_transaction_session_timeout", "statement_timeout"):
        thief.execute(sql.SQL("SET {} = 0").format(sql.Identifier(limit)))
    thief.execute("SELECT pickup_try(%s, %s, %s)", [opened.keys.lookup, b"x" * 32, b"x" * 32])

    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("5s",)  # so long waits who presses a button
        cursor.execute("SET lock_timeout = '50ms'")

    def recall() -> None:
        actions.recall(code=waiting.code, reason="mistake", actor=ready.focal_point)

    def remind() -> None:
        actions.remind(code=waiting.code, actor=ready.focal_point)

    for verb in (recall, remind):
        with acting(ready.focal_point):
            said = tried(verb)
            assert isinstance(said, Held)
            assert "Iemand anders is hier nu mee bezig." in said.message
    # Who looks does not wait, and what runs by the clock goes on with the others.
    assert browser("focal_point").get(f"/werk/doorgezet/{waiting.code}/").status_code == 200
    with as_worker(), suppress(SomeFailed):
        flow.expire.func(timestamp=0)
    assert (ready.row(passed).state, waiting.row().state) == ("expired", "accepted")

    monkeypatch.setattr(holding, "LONGEST", timedelta(0))
    with as_worker():
        desk.release.func(timestamp=0)
    with pytest.raises(psycopg.OperationalError):
        thief.execute("SELECT 1")
    begun = time.monotonic()
    with acting(ready.focal_point):
        assert tried(recall) is None
    assert time.monotonic() - begun < 5
    assert waiting.row().state == "recalled"
