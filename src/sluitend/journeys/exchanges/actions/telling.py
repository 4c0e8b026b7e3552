"""What the two municipalities tell each other after a case went over.

The sender stays the door for the reporter: what the reporter adds comes there, and goes on from there.
"""

from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases.journey import TRANSFER_FOLLOW
from sluitend.journeys.exchanges.journey import TRANSFER_NEWS, TRANSFER_READ
from sluitend.journeys.exchanges.models import TAKEN, Transfer, TransferMessage
from sluitend.journeys.exchanges.queries.backgrounds import background_of_transfer
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.flow.finding import has_open, sends
from sluitend.kernel.flow.reasons import typed
from sluitend.kernel.flow.terms import due_for
from sluitend.kernel.flow.unread import have_read
from sluitend.kernel.flow.verbs import verb
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.sealing.envelopes import open_envelope
from sluitend.kernel.telltale import NOTHING_LOOKED, Looked, words_that_leave

MESSAGE_LENGTH = 2000


def write_about_transfer(
    *, code: str, text: str, looked: Looked = NOTHING_LOOKED, reach: bool = False, actor: Actor
) -> None:
    """Tell the other municipality something about a case that went over; it gets a step to read it.

    Args:
        reach: whether it says how somebody is reached from now on: that is read today, before any contact.

    Raises:
        Absent: no transfer of this code concerns the actor's organisation.
        DomainError: empty, too long, or a word in it was not looked at.
        Conflict: the case did not go over, or the other one has no account.
    """
    side = TRANSFER_FOLLOW if sends(Transfer, code, actor) else TRANSFER_READ
    with verb(Transfer, code, actor, side, purpose="message") as it:
        if it.row.state not in TAKEN or it.row.recipient_id is None:
            raise Conflict
        said = typed(text, "text", missing=_("Schrijf eerst uw bericht."), longest=MESSAGE_LENGTH)
        left = words_that_leave(said, looked, background_of_transfer(code, actor))
        due = due_for(it.row.pack, TRANSFER_NEWS, minor=it.row.minor)
        if reach:
            with in_dutch():
                left = _("Lees dit voordat u contact zoekt.") + f"\n{left}"
            due = min(due, end_of(timezone.localdate()))
        add_message(it.row, left, actor=actor)
        it.ask(TRANSFER_NEWS, due=due, urgent=False)


def read_transfer_news(*, code: str, actor: Actor, seen: int | None = None) -> None:
    """Say that what the other municipality wrote was read.

    Args:
        code: of the transfer.
        actor: who read it.
        seen: the turn of the transfer as the person saw it.

    Raises:
        Absent: no transfer of this code concerns the actor's organisation.
        Conflict: there is nothing to read, or more came after it was seen.
    """
    side = TRANSFER_FOLLOW if sends(Transfer, code, actor) else TRANSFER_READ
    with verb(Transfer, code, actor, side, purpose="read_message") as it:
        if seen not in (None, it.row.turn) or not has_open(it.row, actor, TRANSFER_NEWS):
            raise Conflict
        # What waits beside it, such as closing the case, is still to be done.
        have_read(it, TRANSFER_NEWS)


def add_message(row: Transfer, left: str, *, actor: Actor, reach: str | None = None) -> None:
    """Add a message under the envelope of a transfer, readable by both; its words were looked at.

    Args:
        reach: how people are reached from now on, where that is what it tells.
    """
    sends = row.organisation_id == actor.own_organisation
    envelope = open_envelope(row.envelope_id, actor=actor, purpose="transfer.message")
    message = TransferMessage(
        id=uuid4(),
        organisation_id=actor.own_organisation,
        recipient_id=row.other if sends else row.organisation_id,
        transfer=row,
        envelope_id=envelope.id,
        written=timezone.now(),
    )
    said = {"text": left, "by": actor.name}
    envelope.seal(message, "text", said if reach is None else {**said, "reach": reach})
    message.save(force_insert=True)
