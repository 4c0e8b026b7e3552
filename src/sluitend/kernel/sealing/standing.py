"""Whether this database was put back from a backup and not yet brought up to date with the destructions.

A dump that is restored stands in another database than the one it was taken from. The database therefore
carries the identity of where it stands, written by its owner; when that differs from where it is found, it
was put back. A copy of the files of a whole server keeps its identity. There the signed register tells: it
names destructions that the database does not know.
"""

import json
from uuid import UUID

from django.conf import settings
from django.db import connection

from sluitend.kernel.sealing.destructions import FILE
from sluitend.kernel.sealing.errors import NoKey
from sluitend.kernel.sealing.keyfolder import KeyFolder
from sluitend.kernel.sealing.models import Destruction

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


def forgotten_destructions() -> set[UUID]:
    """Return the envelopes of the register of destructions that this database does not know as destroyed.

    The signatures are for `replay`, which acts on the register; here a glance at each start must be cheap.
    """
    try:
        lines = KeyFolder(settings.SLUITEND_KEYS).read(FILE).splitlines()
    except NoKey:
        return set()
    named = {UUID(str(json.loads(line)["envelope"])) for line in lines}
    return named - set(Destruction.objects.values_list("envelope_id", flat=True))
