"""What a session of the web holds: others wait for it, the worker too.

Injected SQL lifts the time-outs of its own session, and locks a row or a table for as long as it likes. No
page takes as long as that.
"""

from datetime import timedelta

from django.db import connection

LONGEST = timedelta(minutes=5)
"""Far above the time-outs of a page, so that only who lifted those comes there."""
END = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE usename = 'sl_app' AND datname = current_database() AND xact_start < now() - make_interval(secs => %s)
"""


def end_held() -> int:
    """End the sessions of the web with a transaction that takes longer than any page, and return how many.

    For the worker, who may do so as a member of that role.
    """
    with connection.cursor() as cursor:
        cursor.execute(END, [LONGEST.total_seconds()])
        return int(cursor.fetchone()[0])
