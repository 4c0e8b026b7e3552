"""What tries were counted, as no process of the web can ask, and having them forgotten."""

from itertools import count

from django.core.cache import cache
from django.db import connection, transaction

from sluitend.kernel.access import guessing

FAR, MOST = 2**31 - 1, 3_000
_eras = count(1)
_named = guessing._key


def forget() -> None:
    """Let everything that was counted be of another time: from now on it stands under other names."""
    era = next(_eras)
    guessing._key = lambda name: _named(f"{name}/{era}")
    cache.clear()


def strain(name: str, number: int) -> None:
    """Let so many wrong tries have been counted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(guess_begin(ARRAY[%s]::bytea[], '{0}', '{0}', %s, %s, %s)) "
            "FROM generate_series(1, %s)",
            [guessing._key(name), FAR, FAR, guessing.SECONDS, number],
        )


def counted(*names: str) -> list[int]:
    """Return how many wrong tries stand under each name: as many as there are limits that it passed."""
    return [_number(name) for name in names]


def _number(name: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT most FROM generate_series(1, %s) most "
            "WHERE guess_begin(ARRAY[%s]::bytea[], '{0}', '{0}', most, most, %s) LIMIT 1",
            [MOST, guessing._key(name), guessing.SECONDS],
        )
        found = int(cursor.fetchone()[0])
        transaction.set_rollback(True)
    return found - 1
