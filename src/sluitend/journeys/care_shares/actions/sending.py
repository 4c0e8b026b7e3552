"""What whoever coordinates care does: share by an agreement, follow, stop.

Nothing here asks whether the person agreed: the care file does, which holds the agreement, and nothing else
calls `send` (`tests/journeys/care_shares`).
"""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID, uuid4

from django.utils import timezone

from sluitend.journeys.care_shares.actions.writing import write
from sluitend.journeys.care_shares.content import Anew, Part, Told
from sluitend.journeys.care_shares.journey import (
    ANSWER_QUESTION,
    AWAIT_SHARE,
    CARE_SHARE_CONTACT,
    CARE_SHARE_FOLLOW,
    CARE_SHARE_RECALL,
    CARE_SHARE_SEND,
    LOOK_AT_SHARE,
    READ_CONTACT,
    SHARE_ENDED,
)
from sluitend.journeys.care_shares.models import CareShare
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.codes import with_free_code
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.flow.finding import open_steps
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.unread import still_reads
from sluitend.kernel.flow.verbs import Work, begin, on, verb
from sluitend.kernel.followup.actions import finish_one, finish_open
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.handbook.care import Shared
from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.envelopes import create_envelope
from sluitend.kernel.sealing.receipts import human_code

OF_WAITING = (AWAIT_SHARE, ANSWER_QUESTION)
"""What is over when the other side reads nothing any more; all else is to be done here."""
RUNNING = (State.SENT, State.ACCEPTED, State.DONE)


@dataclass(frozen=True)
class Sending:
    """What goes to whom, by which agreement, until when."""

    kind: Shared
    to: UUID
    reference: UUID
    parts: tuple[Part, ...]
    answer_by: date
    until: date
    task: str = ""
    against: str = ""
    """The ground, where the person did not say yes."""
    minor: bool = False


def send(sending: Sending, *, actor: Actor) -> str:
    """Share something with one organisation, and return its code.

    Raises:
        Refused: the role may not.
        Conflict: it went already by this agreement.
    """
    require_role(actor, CARE_SHARE_SEND)
    if CareShare.objects.filter(reference=sending.reference).exists():
        raise Conflict
    return with_free_code(lambda: _sent(sending, actor), constraint="code")


def tell_contact(reference: UUID, part: Part, *, actor: Actor) -> None:
    """Tell whoever was told how to make contact that this goes otherwise now, where they still read it.

    Who did not take it on yet reads the new words when they do. The words of the step tell nothing.
    """
    row = _running(reference, actor)
    today = timezone.localdate()
    if row is None or row.access_ended is not None or row.expires < today:
        return
    with on(row, actor, CARE_SHARE_CONTACT) as it:
        said = Anew(part.title, part.text, today.isoformat(), id=uuid4().hex)
        write(it, "contact", asdict(said))
        if row.state != State.SENT:
            it.ask(READ_CONTACT, due=end_of(today))


def stop(reference: UUID, *, actor: Actor) -> None:
    """End what was shared by an agreement that is no longer there, where something went by it.

    The person took it back, so it is stopped however it stands: who accepts at that moment is too late.
    """
    row = _running(reference, actor)
    if row is None:
        return
    with on(row, actor, CARE_SHARE_RECALL, purpose="withdrawn") as it:
        _end(it)


def end_on(reference: UUID, last: date, *, actor: Actor) -> None:
    """Let what was shared by an agreement end on an earlier day: whoever gets it stops.

    Nothing is said of why. After that day they open nothing, and it is ended as of any agreement.
    """
    row = _running(reference, actor)
    if row is None or row.access_ended is not None or row.expires <= last:
        return
    with on(row, actor, CARE_SHARE_RECALL, purpose="ends") as it:
        it.row.expires, it.row.answer_by = last, min(it.row.answer_by, last)


def recall(*, code: str, actor: Actor) -> None:
    """Take back what nobody took on yet.

    Raises:
        Absent: nothing of this code was shared by the actor's organisation.
        Conflict: it was taken on, or ended, in the meantime.
    """
    with verb(CareShare, code, actor, CARE_SHARE_RECALL) as it:
        if it.row.state != State.SENT:
            raise Conflict
        _end(it)


def note_reply(*, code: str, step: str, actor: Actor) -> None:
    """Say that one step that an answer opened is done; after the last, wait for more or be done with it.

    Args:
        step: the id of the step. What else is open stays so.

    Raises:
        Absent: nothing of this code was shared by the actor's organisation.
        Conflict: that step is not open.
    """
    with verb(CareShare, code, actor, CARE_SHARE_FOLLOW, purpose="noted") as it:
        row = it.row
        opens = (
            [] if row.asks_first else [each for each in open_steps(row, actor) if each.what != AWAIT_SHARE]
        )
        left = [each for each in opens if str(each.pk) != step]
        if len(left) == len(opens):
            raise Conflict
        finish_one(step_id=UUID(step), actor=actor)
        if left:
            row.current_step = left[0]
        elif row.state == State.ACCEPTED:
            it.plan(AWAIT_SHARE, due=end_of(row.expires))
        else:
            it.close()


def note_told(*, code: str, actor: Actor) -> None:
    """Say that their question was answered by telephone; it is their turn again.

    Raises:
        Absent: nothing of this code was shared by the actor's organisation.
        Conflict: no question waits.
    """
    with verb(CareShare, code, actor, CARE_SHARE_FOLLOW, purpose="told") as it:
        row = it.row
        if not row.asks_first:
            raise Conflict
        row.told_on = timezone.localdate()
        due = end_of(max(row.answer_by, row.told_on))
        it.plan(AWAIT_SHARE, due=due)
        it.ask(LOOK_AT_SHARE, due=due)


def _running(reference: UUID, actor: Actor) -> CareShare | None:
    found = CareShare.objects.filter(
        organisation_id=actor.own_organisation, reference=reference, state__in=RUNNING
    )
    return found.select_for_update(of=("self",)).first()


def _end(it: Work[CareShare]) -> None:
    it.to(State.RECALLED)
    it.end_access()
    if not _still_to_do(it):
        it.close()


def expire(row: CareShare, actor: Actor) -> None:
    """End what the other side reads after the last day; the agreement is to be chosen anew.

    What an answer opened stays to be done: that the agreement is over makes nobody safe.
    """
    with on(row, actor, CARE_SHARE_RECALL, purpose="expired") as it:
        if State.EXPIRED in row.TRANSITIONS.get(row.state, ()):
            it.to(State.EXPIRED)
            if _still_to_do(it):
                still_reads(it, SHARE_ENDED, due=it.due(SHARE_ENDED))
            else:
                it.plan(SHARE_ENDED)
        it.end_access()


def _still_to_do(it: Work[CareShare]) -> bool:
    """Keep what an answer opened where that is not done yet, and wait for nothing more from the other side.

    Returns:
        Whether there is anything. The first of it is the next step from now on.
    """
    left = [each for each in open_steps(it.row, it.actor) if each.what not in OF_WAITING]
    if left:
        for what in OF_WAITING:
            finish_open(subject_id=it.row.id, actor=it.actor, what=what)
        it.row.current_step = left[0]
    return bool(left)


def _sent(sending: Sending, actor: Actor) -> str:
    own = Organisation.objects.get(pk=actor.own_organisation)
    envelope = create_envelope(organisation_id=own.id, recipient_id=sending.to)
    row = CareShare(
        organisation_id=own.id,
        recipient_id=sending.to,
        envelope_id=envelope.id,
        code=human_code("G"),
        kind=sending.kind,
        reference=sending.reference,
        release_number=current_release().number,
        urgency=Urgency.DAYS,
        minor=sending.minor,
        sent=timezone.now(),
        answer_by=sending.answer_by,
        expires=sending.until,
    )
    told = Told(
        sending.parts,
        sending.until.isoformat(),
        task=sending.task,
        against=sending.against,
        sender=actor.name,
        telephone=own.telephone,
    )
    due = end_of(sending.answer_by)
    with begin(row, actor, CARE_SHARE_SEND, purpose=sending.kind) as it:
        envelope.seal(row, "content", told.to_json())
        it.plan(AWAIT_SHARE, due=due)
        it.ask(LOOK_AT_SHARE, due=due)
    return row.code
