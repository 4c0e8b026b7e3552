"""What was written, in the ledger: lines of content get their place in the chain together, by one digest.

The database writes a line in `ledger_content` for each change (`sealing.remembering`). Each minute the
worker takes those that wait and writes one digest over them in the ledger, signed and linked as any line.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Iterator
from uuid import UUID

from django.db import connection

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.ledger.actions import is_authentic, record
from sluitend.kernel.ledger.ends import ends_without_line
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.sealing.comparing import Difference, Unlike, differences
from sluitend.kernel.sealing.sealed_rows import tables_of_public

ACTION, ACTIVITY = "content.noted", "logboek"
MOST = 5_000
_GROUPS = """
SELECT c.organisation_id, c.noted, sha256(string_agg(content_line(c), ''::bytea ORDER BY c.id)) = c.noted
FROM ledger_content c WHERE c.noted IS NOT NULL GROUP BY c.organisation_id, c.noted
"""


def note_content(actor: Actor) -> bool:
    """Write in the ledger what was written since, and return whether there was anything.

    What the public sent waits until its day is over: the place of such a line in the chain is a clock.

    Args:
        actor: the system, for one organisation.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT content_take(%s, %s, %s)", [actor.own_organisation, list(tables_of_public()), MOST]
        )
        digest = cursor.fetchone()[0]
    if digest is None:
        return False
    record(actor=actor, action=ACTION, activity=ACTIVITY, purpose=_word(bytes(digest)))
    return True


def content_differences() -> Iterator[Difference]:
    """Give what is not as it was written, and the lines about it that are not as they were noted.

    Runs as the owner of the tables, with all keys.
    """
    yield from differences()
    yield from ends_without_line()
    noted = {
        (event.organisation_id, _digest(event.purpose))
        for event in Event.objects.filter(action=ACTION)
        if is_authentic(event)
    }
    there = set()
    with connection.cursor() as cursor:
        cursor.execute(_GROUPS)
        for organisation_id, digest, whole in cursor.fetchall():
            if whole:
                there.add((organisation_id, bytes(digest)))
    for organisation_id, _each in sorted(noted ^ there):
        yield Difference(Unlike.OTHER_LINE, "ledger_content", UUID(int=0), organisation_id)


def _word(digest: bytes) -> str:
    return urlsafe_b64encode(digest).decode()


def _digest(word: str) -> bytes:
    try:
        return urlsafe_b64decode(word)
    except (Error, ValueError):
        return b""
