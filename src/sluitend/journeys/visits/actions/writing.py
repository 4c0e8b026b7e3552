"""Verbs of visits and wait requests: the lock before any row, with a turn or without one, and an end."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from sluitend.journeys.visits import terms
from sluitend.journeys.visits.models import Visit, WaitRequest
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.flow.verbs import OnTurns
from sluitend.kernel.followup.actions import finish
from sluitend.kernel.sealing.receipts import human_code

CODE_TRIES = 20


@dataclass
class Beside[Row: (Visit, WaitRequest)](OnTurns[Row]):
    """A verb about a visit or a wait request that leaves the row as it is, and so takes no turn."""

    @contextmanager
    def saving(self) -> Iterator[None]:
        """Save nothing: what is written stands in rows of its own."""
        yield


def lock(organisation_id: UUID) -> None:
    """Let one at a time release, hold or consult in a municipality, until the transaction ends.

    Taken before any row, and again by the database itself: who comes second sees what the first one did.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('visits'), hashtext(%s))", [str(organisation_id)]
        )


def new_code(letter: str, taken: QuerySet[Visit] | QuerySet[WaitRequest]) -> str:
    """Return a random code that is not taken among what the actor sees."""
    for number in range(CODE_TRIES):
        code = human_code(letter, symbols=4 if number < CODE_TRIES // 2 else 5)
        if not taken.filter(code=code).exists():
            return code
    raise Conflict


def close(row: Visit | WaitRequest, actor: Actor) -> None:
    """End a visit or a wait request: no step any more, and a day until which it is kept."""
    finish(row=row, actor=actor)
    row.retention_until = terms.kept_until(
        terms.KEEP_VISIT if isinstance(row, Visit) else terms.KEEP_WAIT_REQUEST
    )
