"""What the two municipalities tell each other after a case went over.

The sender stays the door for the reporter: what the reporter adds comes there, and goes on from there.
"""

from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases.journey import TRANSFER_FOLLOW
from sluitend.journeys.exchanges import jobs, leaving, rows, terms
from sluitend.journeys.exchanges.journey import TRANSFER, TRANSFER_NEWS, TRANSFER_READ
from sluitend.journeys.exchanges.models import Exchange, Transfer, TransferMessage
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.manifest import Permission
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.sealing.envelopes import open_envelope
from sluitend.kernel.telltale import NOTHING_LOOKED, Looked, words_that_leave

MESSAGE_LENGTH = 2000
OWN_SIDE = {True: ("current_step_id", "closed"), False: ("recipient_step_id", "recipient_closed")}
TAKEN = (Exchange.State.ACCEPTED, Exchange.State.DONE)


def write_about_transfer(*, code: str, text: str, looked: Looked = NOTHING_LOOKED, actor: Actor) -> None:
    """Tell the other municipality something about a case that went over; it gets a step to read it.

    Raises:
        Http404: no transfer of this code concerns the actor's organisation.
        DomainError: empty, too long, or a word in it was not looked at.
        Conflict: the case did not go over, or the other one has no account.
    """
    row, sends = _find(code, actor, for_sender=TRANSFER_FOLLOW, for_recipient=TRANSFER_READ)
    if row.state not in TAKEN or row.recipient_id is None:
        raise Conflict
    check_message(text, longest=MESSAGE_LENGTH)
    left = words_that_leave(text, looked, leaving.background_of_transfer(code, actor))
    add_message(row, left, actor=actor)
    other = row.recipient_id if sends else row.organisation_id
    step = followup.add_for_other(
        row=row,
        subject_kind=TRANSFER,
        what=TRANSFER_NEWS,
        due=terms.due_for(rows.pack_of(row), TRANSFER_NEWS, minor=row.minor),
        actor=actor,
        organisation_id=other,
        owner_role=Role.FOCAL_POINT,
        minor=row.minor,
    )
    _open_other_side(row, step.id, sends=sends)
    after_commit(jobs.tell, other)
    rows.note(
        row,
        actor=actor,
        action=TRANSFER_FOLLOW if sends else TRANSFER_READ,
        purpose="message",
    )
    followup.settle()


def read_transfer_news(*, code: str, actor: Actor) -> None:
    """Say that what the other municipality wrote was read.

    Raises:
        Http404: no transfer of this code concerns the actor's organisation.
        Conflict: there is nothing to read.
    """
    row, sends = _find(code, actor, for_sender=TRANSFER_FOLLOW, for_recipient=TRANSFER_READ)
    if not rows.has_open(row, actor, TRANSFER_NEWS):
        raise Conflict
    step, closed = OWN_SIDE[sends]
    if sends and row.state == Exchange.State.ACCEPTED:
        # Closing the case is still to be done: only the message is dealt with.
        followup.finish_open(subject_id=row.id, actor=actor, what=TRANSFER_NEWS)
    else:
        followup.finish(row=row, actor=actor, step_field=step.removesuffix("_id"), closed_field=closed)
    rows.save_turn(row, step, closed)
    rows.note(
        row,
        actor=actor,
        action=TRANSFER_FOLLOW if sends else TRANSFER_READ,
        purpose="read_message",
    )
    followup.settle()


def check_message(text: str, *, longest: int, field: str = "text") -> None:
    """Refuse what is no message.

    Raises:
        DomainError: empty or too long.
    """
    if not text.strip():
        raise DomainError(_("Schrijf eerst uw bericht."), field=field)
    if len(text) > longest:
        raise DomainError(
            _("Dit is te lang. Schrijf ten hoogste %(n)d tekens.") % {"n": longest}, field=field
        )


def add_message(row: Transfer, left: str, *, actor: Actor) -> None:
    """Add a message under the envelope of a transfer, readable by both; its words were looked at."""
    sends = row.organisation_id == actor.own_organisation
    envelope = open_envelope(row.envelope_id, actor=actor, purpose="transfer.message")
    message = TransferMessage(
        id=uuid4(),
        organisation_id=actor.own_organisation,
        recipient_id=rows.recipient_of(row) if sends else row.organisation_id,
        transfer=row,
        envelope_id=envelope.id,
        written=timezone.now(),
    )
    envelope.seal(message, "text", {"text": left, "by": actor.name})
    message.save(force_insert=True)


def _find(
    code: str, actor: Actor, *, for_sender: Permission, for_recipient: Permission
) -> tuple[Transfer, bool]:
    if Transfer.objects.filter(code=code, organisation_id=actor.own_organisation).exists():
        return rows.find_sent(Transfer, code, actor, for_sender), True
    return rows.find_received(Transfer, code, actor, for_recipient), False


def _open_other_side(row: Transfer, step_id: UUID, *, sends: bool) -> None:
    """Open the side of the reader again with the new step, where it was closed."""
    step, closed = OWN_SIDE[not sends]
    if getattr(row, closed) is None:
        rows.save_turn(row)
        return
    setattr(row, step, step_id)
    setattr(row, closed, None)
    rows.save_turn(row, step, closed)
