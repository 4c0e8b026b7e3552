"""Connections come back when the database does, for whoever waits already too."""

import os
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg import Connection, OperationalError
from psycopg.conninfo import make_conninfo
from psycopg_pool import ConnectionPool
from tests.faults.town import wait_for

from sluitend import pooling

ATTEMPTS = 5
"""More than the library makes before it waits for somebody new."""


@dataclass
class Database:
    """The database of the tests, which can be away for one pool."""

    address: str
    away: bool = False
    asked: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def where(self) -> str:
        """Give the address, or nothing to connect to."""
        with self.lock:
            self.asked += 1
        if self.away:
            raise OperationalError("away")
        return self.address


@pytest.fixture
def database(db: None) -> Database:
    """Where the tests work."""
    own = connection.settings_dict
    return Database(
        make_conninfo(dbname=own["NAME"], user=own["USER"], password=own["PASSWORD"], host=own["HOST"])
    )


@pytest.fixture
def pool(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator["ConnectionPool[Connection[Any]]"]:
    """A pool as a web process has it, not open yet."""
    settings = pooling.options(most=4)
    pool = ConnectionPool(database.where, kwargs={"autocommit": True}, open=False, **settings)
    monkeypatch.setattr(DatabaseWrapper, "pool", pool)
    yield pool
    pool.close()


def test_who_waits_while_the_database_is_away_is_served_when_it_is_back(
    database: Database, pool: "ConnectionPool[Connection[Any]]"
) -> None:
    database.away = True
    pool.open()
    with ThreadPoolExecutor() as people:
        waiting = people.submit(pool.getconn, 60)
        wait_for(lambda: database.asked > ATTEMPTS, "the pool keeps trying")
        database.away = False
        served = waiting.result()
    assert served.execute("SELECT 1").fetchone() == (1,)
    pool.putconn(served)


def break_off(connection: "Connection[Any]") -> None:
    """Break a line as a server does that is killed: it is closed, and nobody said so."""
    with socket.socket(fileno=os.dup(connection.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)


def test_one_broken_connection_makes_the_others_suspect(
    pool: "ConnectionPool[Connection[Any]]", monkeypatch: pytest.MonkeyPatch
) -> None:
    pool.open()
    lent = [pool.getconn(60) for _ in range(3)]
    for each in lent:
        pool.putconn(each)
        break_off(each)
    looked: list[object] = []
    check = ConnectionPool.check_connection

    def look(found: "Connection[Any]") -> None:
        looked.append(found)
        check(found)

    monkeypatch.setattr(ConnectionPool, "check_connection", staticmethod(look))
    again = pool.getconn(60)
    assert again.execute("SELECT 1").fetchone() == (1,)
    assert len(looked) == 1  # that broke; a new one says nothing, and so needs no asking
    pool.putconn(again)


def test_a_connection_on_which_nothing_came_in_is_not_asked(
    pool: "ConnectionPool[Connection[Any]]", monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[object] = []
    monkeypatch.setattr(ConnectionPool, "check_connection", staticmethod(looked.append))
    pool.open()
    pool.putconn(pool.getconn(60))
    again = pool.getconn(60)
    assert looked == []
    pool.putconn(again)
