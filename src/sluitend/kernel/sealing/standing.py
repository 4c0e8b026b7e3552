"""Whether this database was put back from a backup and not yet brought up to date with what ended since.

A dump that is restored stands in another database than the one it was taken from. The database therefore
carries the identity of where it stands, written by its owner; when that differs from where it is found, it
was put back. A copy of the files of a whole server keeps its identity. There the signed register tells: it
names what the database does not know as destroyed or ended.
"""

from uuid import UUID

from django.conf import settings
from django.db import connection

from sluitend.kernel.sealing import destruction_file
from sluitend.kernel.sealing.keyfolder import KeyFolder
from sluitend.kernel.sealing.models import Destruction, Ending

_IDENTITY = """
SELECT system_identifier || '/' || (SELECT oid FROM pg_database WHERE datname = current_database())
FROM pg_control_system()
"""


def stands_where_it_was() -> bool:
    """Return whether the database is where its owner last saw it; one that nobody marked yet is new."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT identity = ({_IDENTITY}) FROM sealing_standing")  # noqa: S608 (a constant)
        row = cursor.fetchone()
    return row is None or bool(row[0])


def mark_standing(*, again: bool = False) -> None:
    """Write down where the database stands. For its owner only.

    Args:
        again: also when something else stands there: what `restore` does at its end.
    """
    conflict = "DO UPDATE SET identity = excluded.identity" if again else "DO NOTHING"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO sealing_standing (identity) ({_IDENTITY}) ON CONFLICT (only_row) {conflict}"
        )


def forgotten() -> set[UUID]:
    """Return what the register names as destroyed or ended and this database does not know as such.

    The signatures are for `restore`, which acts on the register; here a glance at each start must be cheap.
    """
    left = destruction_file.named(KeyFolder(settings.SLUITEND_KEYS))
    if left:
        left.difference_update(Destruction.objects.values_list("envelope_id", flat=True).iterator())
    if left:
        left.difference_update(Ending.objects.values_list("id", flat=True).iterator())
    return left
