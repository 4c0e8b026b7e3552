"""A worker that is away or killed, a mail server that says nothing: the queue waits and goes on by itself."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from sluitend.demo import embedded
from tests.faults import web
from tests.faults.town import Town, kill, town, wait_for

SWEPT = "SELECT count(*) FROM reports_report WHERE acute AND swept"
LOST_MAIL = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed' AND queue_name = 'mail'"
WAITING = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND queue_name = 'mail'"


@contextmanager
def silent_server() -> Iterator[tuple[int, list[socket.socket]]]:
    """A mail server that takes every connection and says nothing; yields its port and who came."""
    came: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def take() -> None:
            while True:
                try:
                    came.append(listening.accept()[0])
                except OSError:
                    return

        threading.Thread(target=take, daemon=True).start()
        yield listening.getsockname()[1], came
    for each in came:
        each.close()


@pytest.fixture(scope="module")
def westland(server: embedded.Server, schema_version: str) -> Iterator[Town]:
    """An installation in which the clock sweeps rarely, so that what is acute goes through the queue."""
    with town(server, schema_version, SLUITEND_SWEEP_SECONDS="900") as running:
        yield running


def number(westland: Town, query: str) -> int:
    """Return a number from the database; -1 while that is away."""
    try:
        with westland.admin() as admin:
            (found,) = admin.execute(query.encode()).fetchone() or (0,)
            return int(found)
    except psycopg.OperationalError:
        return -1


def report_acute(westland: Town) -> None:
    """Report what cannot wait, from some address."""
    assert web.report(westland.port, uuid4(), sender=f"10.{uuid4().int % 250}.0.1", acute="yes")


def mailing_to(port: int) -> dict[str, str]:
    """Return the variables of a worker that sends its mail to a server on this port."""
    return {"SLUITEND_MODE": "test", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(port)}


def test_what_is_acute_waits_for_a_worker_that_is_away_and_goes_on_by_itself(westland: Town) -> None:
    before = number(westland, SWEPT)
    report_acute(westland)
    assert westland.is_ready()
    assert web.status_of(westland.port, "/inloggen/") == 200
    assert number(westland, SWEPT) == before
    with westland.worker():
        wait_for(lambda: number(westland, SWEPT) == before + 1, "the worker does what waited")


def test_a_worker_outlives_its_database(westland: Town) -> None:
    before = number(westland, SWEPT)
    with westland.worker() as worker:
        report_acute(westland)
        wait_for(lambda: number(westland, SWEPT) == before + 1, "the worker works")
        killed = westland.postmaster()
        wait_for(lambda: kill(westland.postmaster()), "a database to kill")
        wait_for(lambda: westland.postmaster() not in (killed, 0), "another database")
        wait_for(westland.is_ready, "the database is back")
        report_acute(westland)
        wait_for(lambda: number(westland, SWEPT) == before + 2, "the worker works again")
        assert worker.poll() is None


def test_whoever_calls_into_the_queue_stops_no_worker(westland: Town) -> None:
    """Every role of the database may call; a call in a wrong form ended the worker of the library."""
    before = number(westland, SWEPT)
    with psycopg.connect(westland.server.url("sl_intake"), autocommit=True) as thief, westland.worker():
        report_acute(westland)
        wait_for(lambda: number(westland, SWEPT) == before + 1, "the worker works")
        with westland.admin() as admin:
            at_work = admin.execute("SELECT id FROM procrastinate_workers ORDER BY id").fetchall()
        for queue in ("any_queue_v1", "queue_v1#default", "queue_v1#mail"):
            thief.execute(sql.SQL("NOTIFY {}, 'x'").format(sql.Identifier(f"procrastinate_{queue}")))
        report_acute(westland)
        wait_for(lambda: number(westland, SWEPT) == before + 2, "the worker goes on")
        with westland.admin() as admin:
            assert admin.execute("SELECT id FROM procrastinate_workers ORDER BY id").fetchall() == at_work


def test_a_mail_server_that_says_nothing_holds_up_no_sweep_and_loses_no_mail(westland: Town) -> None:
    before = number(westland, SWEPT)
    with silent_server() as (port, came), westland.worker(**mailing_to(port)):
        report_acute(westland)
        report_acute(westland)
        wait_for(lambda: len(came) >= 2, "every place for mail hangs")
        report_acute(westland)
        wait_for(lambda: number(westland, SWEPT) == before + 3, "what is acute goes on")
        assert number(westland, LOST_MAIL) == 0
    assert number(westland, LOST_MAIL) == 0
    assert number(westland, WAITING) > 0


def test_what_a_killed_worker_had_in_hands_is_taken_up_by_the_next(westland: Town) -> None:
    doing = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'"
    with silent_server() as (port, came), westland.worker(**mailing_to(port)) as worker:
        report_acute(westland)
        wait_for(lambda: came, "a mail is being sent")
        assert kill(worker.pid)
        worker.wait()
    assert number(westland, doing) > 0
    with westland.admin() as admin:
        admin.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '10 minutes'")
    with westland.worker():
        wait_for(lambda: number(westland, doing) == 0, "the mail is sent after all")
