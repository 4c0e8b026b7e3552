"""How the connections of a process come back after the database was away.

The library waits ever longer between two attempts, and after a while makes none until somebody new comes:
who waits already is refused in the end although the database is long back. So we use what it offers instead.
"""

import select
import time
from typing import Any

from psycopg import Connection
from psycopg_pool import ConnectionPool

RETRY_SECONDS = 0.1


def try_again(pool: "ConnectionPool[Any]") -> None:
    """Connect once more after a moment, as long as somebody waits; the pool calls it when it gave up."""
    time.sleep(RETRY_SECONDS)
    if pool.get_stats().get("requests_waiting", 0):
        pool.check()


def still_works(connection: "Connection[Any]") -> None:
    """Ask whether a connection that lay in the pool works; if not, trust none that lies there.

    A line on which nothing came in is not asked: a server that stops, or is killed, closes it or says so
    first, and asking each time costs every page a round trip. Tried one by one, each that broke makes who
    asked wait twice as long as the one before.

    Raises:
        psycopg.Error: it does not work.
    """
    from django.db import connection as ours

    try:
        if not _silent(connection):
            ConnectionPool.check_connection(connection)
    except Exception:
        ours.pool.drain()  # type: ignore[attr-defined]
        raise


def _silent(connection: "Connection[Any]") -> bool:
    line = select.poll()
    line.register(connection.fileno(), select.POLLIN)
    return not line.poll(0)


def options(*, most: int) -> dict[str, Any]:
    """Return what the pool of a process is made with.

    Args:
        most: connections at once.
    """
    return {
        "min_size": 1,
        "max_size": most,
        "timeout": 10,
        # Not the library's waiting between attempts: it gives up at once, and `try_again` is called.
        "reconnect_timeout": 0,
        "reconnect_failed": try_again,
        "check": still_works,
    }
