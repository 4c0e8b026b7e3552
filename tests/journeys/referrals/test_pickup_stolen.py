"""A pick-up and somebody who has the whole database, or who tries at the very same moment."""

import logging
import re
import threading
from collections.abc import Callable

import psycopg
import pytest
from django.core import mail
from django.db import connections
from django.test import Client
from psycopg import sql
from tests.journeys.referrals.situations import make_ready
from tests.journeys.referrals.test_pickup import ADDRESS, Waiting, started
from tests.test_planted import COLUMNS, spellings

from sluitend.demo import embedded
from sluitend.journeys.referrals import actions
from sluitend.journeys.referrals.views import pickup
from sluitend.kernel.access.acting import NOBODY, acting
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.sealing import crypto, pickups
from sluitend.kernel.sealing.errors import SealBroken


@pytest.fixture
def admin(server: embedded.Server, own_database: str) -> psycopg.Connection:
    """A superuser's connection to the test's own database."""
    return psycopg.connect(server.url("sl_admin", own_database), autocommit=True)


@pytest.fixture
def waiting(own_database: str) -> Waiting:
    """A referral that waits to be collected, in a database in which others can work at once."""
    return started(make_ready())


def at_once(*tries: Callable[[], object]) -> list[object]:
    """Do these at the same moment, each on a connection of its own; return what each gave or raised."""
    start, results = threading.Barrier(len(tries)), list[object]([None] * len(tries))

    def one(number: int, do: Callable[[], object]) -> None:
        start.wait()
        try:
            results[number] = do()
        except Conflict as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=each) for each in enumerate(tries)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def tables_with(admin: psycopg.Connection, secret: str) -> list[str]:
    """Return every table of which a row holds this, as text or as bytes."""
    found = []
    for (name,) in admin.execute(COLUMNS).fetchall():
        for spelling in spellings(secret):
            query = sql.SQL("SELECT 1 FROM {table} t WHERE lower(t::text) LIKE %s LIMIT 1").format(
                table=sql.Identifier(name)
            )
            # An underscore of a link would stand for any sign.
            pattern = re.sub(r"([_%\\])", r"\\\1", spelling.lower())
            if admin.execute(query, [f"%{pattern}%"]).fetchone():
                found.append(name)
    return found


def test_no_table_log_or_job_holds_a_secret(
    waiting: Waiting, admin: psycopg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with acting(NOBODY):
        cookie = actions.open_pickup(link=waiting.link, code=waiting.told)
    assert cookie
    secrets = [waiting.told, waiting.told.replace("-", ""), waiting.link, cookie, ADDRESS]
    assert {each: tables_with(admin, each) for each in secrets} == {each: [] for each in secrets}
    assert tables_with(admin, waiting.code) != []
    assert not [each for each in secrets if each in caplog.text]
    assert waiting.told not in str([(message.subject, message.body) for message in mail.outbox])


def test_the_database_with_half_of_the_secrets_opens_nothing(
    waiting: Waiting, admin: psycopg.Connection
) -> None:
    row = admin.execute(
        "SELECT id, content_envelope_id, organisation_id, sealed FROM referrals_pickup"
    ).fetchone()
    assert row
    pickup_id, envelope_id, writer_id, sealed = row

    def opens(key: bytes) -> bool:
        try:
            pickups.unwrap(
                bytes(sealed), key, pickup_id=pickup_id, envelope_id=envelope_id, writer_id=writer_id
            )
        except SealBroken:
            return False
        return True

    assert opens(pickups.pickup_keys(waiting.link, waiting.told).key)
    for link, told in ((waiting.link, pickups.new_code()), (pickups.new_link(), waiting.told)):
        assert not opens(pickups.pickup_keys(link, told).key)
    assert not opens(crypto.new_key())


def test_two_at_once_with_the_right_code_open_it_once(waiting: Waiting) -> None:
    def collect() -> object:
        with acting(NOBODY):
            return actions.open_pickup(link=waiting.link, code=waiting.told)

    assert sorted(each is None for each in at_once(collect, collect, collect)) == [False, True, True]


def test_what_is_sent_twice_at_once_is_worked_once(waiting: Waiting) -> None:
    """The second of a double press has what the first got, also when both are under way."""
    browser, _answer = waiting.opened()
    browser.post(waiting.path, {"act": "accept"})
    sent = {"act": "ask", "text": "Welke ingang?", "sending": pickups.new_session()}

    def press() -> object:
        twin = Client()
        twin.cookies = browser.cookies
        return twin.post(waiting.path, sent)["Location"]

    turn = waiting.row().turn
    assert at_once(press, press) == [f"{waiting.path}?klaar=vraag"] * 2
    assert waiting.row().turn == turn + 1


def test_what_was_worked_a_moment_ago_is_not_worked_again(waiting: Waiting) -> None:
    """A page that looked before its twin was ready comes to the act after it."""
    browser, _answer = waiting.opened()
    browser.post(waiting.path, {"act": "accept"})
    cookie = browser.cookies[pickup.COOKIE].value

    def ask() -> None:
        with acting(NOBODY):
            actions.ask_from_pickup(link=waiting.link, cookie=cookie, text="Welke ingang?", sent=b"x" * 32)

    ask()
    turn = waiting.row().turn
    with pytest.raises(Conflict):
        ask()
    assert waiting.row().turn == turn


def test_wrong_codes_at_once_are_all_counted(waiting: Waiting) -> None:
    def guess() -> object:
        with acting(NOBODY):
            return actions.open_pickup(link=waiting.link, code=pickups.new_code())

    at_once(*[guess] * 4)
    assert waiting.pickup().wrong == 4


def test_a_recall_and_an_answer_at_once_never_both_hold(waiting: Waiting) -> None:
    who = waiting.ready.focal_point
    with acting(NOBODY):
        cookie = actions.open_pickup(link=waiting.link, code=waiting.told) or ""
    with acting(NOBODY):
        actions.accept_pickup(link=waiting.link, cookie=cookie)

    def answer() -> None:
        with acting(NOBODY):
            actions.answer_pickup(link=waiting.link, cookie=cookie, answer="opgepakt")

    def recall() -> None:
        with acting(who):
            actions.recall(code=waiting.code, reason="mistake", actor=who)

    at_once(answer, recall)
    row = waiting.row()
    assert row.state == "recalled"
    with acting(NOBODY), pytest.raises(Conflict):
        actions.answer_pickup(link=waiting.link, cookie=cookie, answer="afgesloten")
