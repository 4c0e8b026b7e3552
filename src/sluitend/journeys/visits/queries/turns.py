"""Who changed a planned visit or a wait request last, and who has it open now: for focal points.

Whoever plans reads never by whom something waits. An asker reads what became of its own wait request.
"""

from datetime import datetime
from uuid import UUID

from sluitend.journeys.visits.journey import VISIT_RELEASE, WAIT_REQUEST_LIST
from sluitend.journeys.visits.models import Visit, WaitRequest, WaitRequestQuestion
from sluitend.journeys.visits.queries import rows
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup import turns
from sluitend.kernel.organisations.queries import names


def last_turn(subject: str, code: str, actor: Actor) -> turns.Turn | None:
    """Return who changed it last.

    Raises:
        Absent: the actor's municipality has none of this code.
    """
    return turns.last_turn(_row(subject, code, actor), actor)


def asked_turn(code: str, actor: Actor) -> turns.Turn | None:
    """Return who changed a wait request last that the actor's organisation asked.

    Raises:
        Absent: it asked none of this code.
    """
    return turns.last_turn(rows.find_asked(code, actor), actor)


def answer_turn(question_id: UUID, actor: Actor) -> turns.Turn | None:
    """Return who of the actor's organisation answered a question, when and what."""
    row = WaitRequestQuestion.objects.filter(pk=question_id, asker_id=actor.own_organisation).first()
    if row is None or row.answered_by_id is None:
        return None
    name = names([row.answered_by_id])[row.answered_by_id]
    own = row.answered_by_id == actor.account_id
    return turns.Turn(name, row.answered_at, row.get_answer_display(), own)


def presence(subject: str, code: str, actor: Actor, *, since: datetime, writes: bool) -> turns.Present:
    """Say that this person has it open, and return who else of their organisation has.

    Raises:
        Absent: the actor's municipality has none of this code.
        Refused: the role may not see it.
    """
    return turns.presence(_row(subject, code, actor), actor, since=since, writes=writes)


def _row(subject: str, code: str, actor: Actor) -> Visit | WaitRequest:
    if subject == "planned":
        return rows.find_visit(code, actor, VISIT_RELEASE)
    return rows.find_wait_request(code, actor, WAIT_REQUEST_LIST)
