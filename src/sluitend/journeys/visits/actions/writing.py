"""Taking a turn on a visit or a wait request: the lock before any row, and what every verb then does."""

from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from sluitend.journeys.visits import terms
from sluitend.journeys.visits.models import Visit, WaitRequest
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.followup.actions import finish
from sluitend.kernel.followup.turns import stamp
from sluitend.kernel.sealing.receipts import human_code

CODE_TRIES = 20
CLOSED = ("current_step", "closed", "retention_until")


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


def to(row: Visit | WaitRequest, state: str) -> None:
    """Move a row to another state.

    Raises:
        Conflict: that step is not allowed from where it is now, so somebody else was first.
    """
    if state not in row.TRANSITIONS[row.state]:
        raise Conflict
    row.state = state


def save_turn(row: Visit | WaitRequest, *fields: str) -> None:
    """Write `fields` if nobody took a turn since the row was read.

    Raises:
        Conflict: somebody did.
    """
    values = {name: getattr(row, name) for name in fields}
    changed = type(row).objects.filter(pk=row.pk, turn=row.turn).update(**values, **stamp())
    if not changed:
        raise Conflict
    row.turn += 1


def close(row: Visit | WaitRequest, actor: Actor) -> None:
    """End a visit or a wait request: no step any more, and a day until which it is kept.

    The caller saves `CLOSED`.
    """
    finish(row=row, actor=actor)
    row.retention_until = terms.kept_until(
        terms.KEEP_VISIT if isinstance(row, Visit) else terms.KEEP_WAIT_REQUEST
    )
