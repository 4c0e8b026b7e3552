"""What a session of the web holds: others wait for it, the worker too.

Injected SQL lifts the time-outs of its own session, and locks a row or a table for as long as it likes. No
page takes as long as that. Until it is ended, who waits for it at the desk hears that in words.
"""

from datetime import timedelta

from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

LONGEST = timedelta(minutes=5)
"""Far above the time-outs of a page, so that only who lifted those comes there."""
END = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE usename IN ('sl_app', 'sl_intake') AND datname = current_database()
  AND xact_start < now() - make_interval(secs => %s)
"""


def end_held() -> int:
    """End the sessions of the web with a transaction that takes longer than any page, and return how many.

    For the worker, which may do so as a member of both roles.
    """
    with connection.cursor() as cursor:
        cursor.execute(END, [LONGEST.total_seconds()])
        return int(cursor.fetchone()[0])


def is_held(error: OperationalError) -> bool:
    """Return whether somebody held what this waited for, longer than a page waits."""
    return isinstance(error.__cause__, LockNotAvailable)
