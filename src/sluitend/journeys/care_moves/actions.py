"""The only place where it changes that a client goes to another care organisation. One function a verb.

Nothing here asks whether the person agreed: the care file does, and nothing else calls `send`.
"""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from sluitend.journeys.care_moves.content import Moved, Part
from sluitend.journeys.care_moves.journey import (
    AWAIT_MOVE,
    CARE_MOVE_FOLLOW,
    CARE_MOVE_RECALL,
    CARE_MOVE_SEND,
    CARE_MOVE_TAKE,
    LOOK_AT_MOVE,
    MOVE_BACK,
    MOVE_TAKEN,
    TAKEN_BY,
)
from sluitend.journeys.care_moves.models import TAKEN, CareMove
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.codes import with_free_code
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.flow.finding import open_steps
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.reasons import chosen_reason
from sluitend.kernel.flow.verbs import begin, on, verb
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.envelopes import create_envelope, open_envelope
from sluitend.kernel.sealing.receipts import human_code

CANNOT = "decline_share"
"""List of the handbook: why somebody cannot do it."""
HOLDS = (State.SENT, *TAKEN)

__all__ = [
    "Moved",
    "Part",
    "Sending",
    "accept",
    "give_back",
    "keep_offer",
    "note_read",
    "recall",
    "send",
    "stop",
]


@dataclass(frozen=True)
class Sending:
    """What goes to whom, by which agreement, until when that can be taken over."""

    to: UUID
    reference: UUID
    moved: Moved
    answer_by: date
    until: date
    minor: bool = False


def send(sending: Sending, *, actor: Actor) -> str:
    """Ask another care organisation to take a client over, and return the code of that.

    Raises:
        Refused: the role may not.
        Conflict: it went by this agreement, and was not ended.
    """
    require_role(actor, CARE_MOVE_SEND)
    if CareMove.objects.filter(reference=sending.reference, state__in=HOLDS).exists():
        raise Conflict
    return with_free_code(lambda: _sent(sending, actor), constraint="code")


def accept(*, code: str, actor: Actor) -> str:
    """Take a client over, and return the code of the file that is made of what went along.

    In one transaction they have a file of their own, under their own seal, and no key of what was sent any
    more: from then on it is their client, and the sender's file can only be closed.

    Raises:
        Absent: nothing of this code was sent to the actor's organisation.
        DomainError: its last day has passed.
        Conflict: it was taken back, given back or taken over in the meantime.
    """
    with verb(CareMove, code, actor, CARE_MOVE_TAKE, purpose="accept") as it:
        if it.row.state == State.SENT and it.row.over:
            raise DomainError(_("De laatste dag is voorbij. Bel de zorg."))
        it.to(State.ACCEPTED)
        moved = Moved.from_json(it.envelope.read(it.row, "content"))
        person = {**moved.person, "age_group": "minor"} if it.row.minor else moved.person
        made: str = import_string(TAKEN_BY)(replace(moved, person=person), actor)
        it.row.accepted_at = timezone.now()
        it.end_access()
        it.close()
        it.ask(MOVE_TAKEN)
    return made


def give_back(*, code: str, reason: str, actor: Actor) -> None:
    """Say that the client is not taken over. All stays as it was, and nobody here read who it is.

    Raises:
        Absent: nothing of this code was sent to the actor's organisation.
        DomainError: no reason of the handbook.
        Conflict: it was taken back or taken over in the meantime.
    """
    with verb(CareMove, code, actor, CARE_MOVE_TAKE, purpose="return") as it:
        chosen = chosen_reason(it.row.pack, CANNOT, reason, sentences=False)
        it.to(State.RETURNED)
        it.row.return_reason = chosen.id
        it.end_access()
        it.close()
        it.ask(MOVE_BACK)


def recall(*, code: str, actor: Actor) -> None:
    """Take back what nobody took over yet.

    Raises:
        Absent: nothing of this code was sent by the actor's organisation.
        Conflict: it was taken over, or ended, in the meantime.
    """
    with verb(CareMove, code, actor, CARE_MOVE_RECALL) as it:
        it.to(State.RECALLED)
        it.end_access()
        it.close()


def stop(reference: UUID, *, actor: Actor) -> None:
    """End a move by an agreement that is no longer there, where nobody took over yet."""
    row = _offered(reference, actor)
    if row is None:
        return
    with on(row, actor, CARE_MOVE_RECALL, purpose="withdrawn") as it:
        it.to(State.RECALLED)
        it.end_access()
        it.close()


def keep_offer(reference: UUID, moved: Moved, *, minor: bool, actor: Actor) -> None:
    """Take an offer back where what would go along changed since: nobody takes over what is not so any more.

    Its words are left out: they differ by the language in which they were made.

    Args:
        minor: whether the person is under 18, which goes along whatever was chosen.
    """
    row = _offered(reference, actor)
    if row is None:
        return
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=CARE_MOVE_RECALL)
    if row.minor == minor and Moved.from_json(envelope.read(row, "content")).kept == moved.kept:
        return
    with on(row, actor, CARE_MOVE_RECALL, purpose="changed") as it:
        it.to(State.RECALLED)
        it.end_access()
        it.plan(MOVE_BACK)


def note_read(*, code: str, actor: Actor) -> None:
    """Say that somebody read what became of it.

    Raises:
        Absent: nothing of this code was sent by the actor's organisation.
        Conflict: somebody did already, or there is nothing to read.
    """
    with verb(CareMove, code, actor, CARE_MOVE_FOLLOW, purpose="noted") as it:
        if not open_steps(it.row, actor).filter(what__in=(MOVE_TAKEN, MOVE_BACK)).exists():
            raise Conflict
        if it.row.state == State.ACCEPTED:
            it.to(State.DONE)
        it.close()


def _offered(reference: UUID, actor: Actor) -> CareMove | None:
    rows = CareMove.objects.filter(
        organisation_id=actor.own_organisation, reference=reference, state=State.SENT
    )
    return rows.select_for_update(of=("self",)).first()


def _sent(sending: Sending, actor: Actor) -> str:
    own = Organisation.objects.get(pk=actor.own_organisation)
    envelope = create_envelope(organisation_id=own.id, recipient_id=sending.to)
    row = CareMove(
        organisation_id=own.id,
        recipient_id=sending.to,
        envelope_id=envelope.id,
        code=human_code("W"),
        reference=sending.reference,
        release_number=current_release().number,
        urgency=Urgency.DAYS,
        minor=sending.minor,
        sent=timezone.now(),
        answer_by=sending.answer_by,
        expires=sending.until,
    )
    moved = replace(sending.moved, sender=actor.name, organisation=own.name, telephone=own.telephone)
    due = end_of(sending.answer_by)
    with begin(row, actor, CARE_MOVE_SEND) as it:
        envelope.seal(row, "content", moved.to_json())
        it.plan(AWAIT_MOVE, due=due)
        it.ask(LOOK_AT_MOVE, due=due)
    return row.code
