"""The counts of who tries to get in, over real transactions: they end, name nobody, and hold nobody up."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore, Event
from time import sleep
from typing import Any

import psycopg
import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection, connections
from django.test import Client

from sluitend.demo import embedded
from sluitend.kernel.access import guessing
from sluitend.kernel.access.hashing import Argon2WithoutConnection
from sluitend.pooling import options
from sluitend.surfaces import acting
from tests import guesses
from tests.attacks.test_guessing import HELD, WRONG, sign_in_at, tried
from tests.surfaces.desk.test_sign_in import AF

POOL = 2
WALL = 6
MOST_LOOKS = 100
AT_WORK = """
SELECT count(*) FILTER (WHERE state <> 'idle'), count(*) FILTER (WHERE pg_blocking_pids(pid) <> '{}')
  FROM pg_stat_activity WHERE usename = 'sl_app' AND datname = current_database()
"""
"""How many connections of the desk do something, and how many wait for another."""


@pytest.fixture
def admin(server: embedded.Server, own_database: str) -> Iterator[psycopg.Connection]:
    """A superuser in a database of its own."""
    guesses.forget()
    with psycopg.connect(server.url("sl_admin", own_database), autocommit=True) as found:
        yield found


def test_it_is_over_after_five_minutes_also_when_the_clock_was_set_back(admin: psycopg.Connection) -> None:
    for ends in ("now() - interval '1 second'", "now() + interval '1 day'"):
        assert tried(AF, 7)[-1] == HELD
        admin.execute(f"UPDATE access_guess SET ends = {ends}")
        assert tried(AF, 1) == [WRONG]
        admin.execute("DELETE FROM access_guess")


def test_a_try_that_began_before_another_and_is_counted_after_it_wipes_nothing(
    server: embedded.Server, own_database: str, admin: psycopg.Connection
) -> None:
    """Who holds tries open would otherwise set the counts back to nothing, and guess without end."""
    count = "SELECT guess_begin(ARRAY[sha256('one')]::bytea[], '{0}', '{0}', 5, 1, 300)"
    with psycopg.connect(server.url("sl_app", own_database)) as slow:
        slow.execute("SELECT now()")
        admin.execute(count)
        slow.execute(count)
        slow.commit()
    assert admin.execute("SELECT number FROM access_guess").fetchone() == (2,)


def test_the_counts_do_not_say_who_tried(admin: psycopg.Connection) -> None:
    tried(AF, 1, address="127.0.0.1")
    rows = admin.execute("SELECT g.key, to_jsonb(g)::text FROM access_guess g").fetchall()
    assert len(rows) == 3
    assert all(word not in text for word in ("westland", "127.0.0.1") for _key, text in rows)
    names = (f"account:{AF}", "address:127.0.0.1", "all")
    assert not {hashlib.sha256(name.encode()).digest() for name in names} & {bytes(key) for key, _ in rows}


def test_what_is_over_is_deleted_by_the_worker_alone(
    server: embedded.Server, own_database: str, admin: psycopg.Connection
) -> None:
    tried(AF, 1)
    with pytest.raises(Exception, match="permission denied"):
        guessing.forget_past()
    with psycopg.connect(server.url("sl_worker", own_database)) as worker:
        assert worker.execute("SELECT guess_forget()").fetchone() == (0,)
        worker.commit()
        admin.execute("UPDATE access_guess SET ends = now() - interval '1 second'")
        assert worker.execute("SELECT guess_forget()").fetchone() == (3,)


@pytest.fixture
def slow_hashing(monkeypatch: pytest.MonkeyPatch, admin: psycopg.Connection) -> Iterator[Event]:
    """A process with few connections, in which hashing a password takes until the event is set."""
    go_on = Event()
    real = Argon2PasswordHasher.encode

    def slow(self: Any, *arguments: Any, **named: Any) -> str:
        go_on.wait(60)
        return str(real(self, *arguments, **named))

    connections.close_all()
    connections["default"].settings_dict["OPTIONS"] |= {"pool": options(most=POOL)}
    connections["default"].close_pool()  # type: ignore[attr-defined]  # one of before may lead elsewhere
    with monkeypatch.context() as patch:
        patch.setattr(Argon2PasswordHasher, "encode", slow)
        patch.setattr("sluitend.kernel.access.hashing._turns", _Open())
        patch.setattr("django.contrib.auth.hashers.get_hashers", lambda: [Argon2WithoutConnection()])
        yield go_on
        go_on.set()
    connections.close_all()
    connections["default"].close_pool()  # type: ignore[attr-defined]


class _Open:
    """Lets everybody hash at once: what is looked at is what they hold meanwhile."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, *error: object) -> None:
        return None


def _wrong(number: int) -> int:
    try:
        return int(sign_in_at(Client(), f"{number}@westland.example", password="verkeerd").status_code)
    finally:
        connection.close()


def nobody_is_at_work(admin: psycopg.Connection) -> bool:
    """Return whether it comes to that: the last to count may still be giving its connection back."""
    for _each in range(MOST_LOOKS):
        if admin.execute(AT_WORK).fetchone() == (0, 0):
            return True
        sleep(0.1)
    return False


def test_a_wall_of_wrong_sign_ins_holds_no_connection_and_blocks_nobody(
    slow_hashing: Event, admin: psycopg.Connection
) -> None:
    """More at once than there are connections, each in the middle of hashing: a page is answered at once."""
    with ThreadPoolExecutor(WALL) as wall:
        waiting = [wall.submit(_wrong, number) for number in range(WALL)]
        guesses_of = "SELECT coalesce(max(number), 0) FROM access_guess"
        while admin.execute(guesses_of).fetchone() != (WALL,):
            assert not any(each.done() for each in waiting)
        assert nobody_is_at_work(admin)
        assert Client().get("/melden/").status_code == 200
        slow_hashing.set()
        assert [each.result() for each in waiting] == [200] * WALL


def test_whoever_tries_takes_no_more_threads_than_there_are_doors(
    slow_hashing: Event, admin: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acting, "_doors", BoundedSemaphore(1))
    with ThreadPoolExecutor(1) as one:
        first = one.submit(_wrong, 1)
        while admin.execute("SELECT 1 FROM access_guess").fetchone() is None:
            assert not first.done()
        assert _wrong(2) == 503
        slow_hashing.set()
        assert first.result() == 200
