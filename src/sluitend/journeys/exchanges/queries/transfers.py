"""One transfer, opened for whoever may read it: one line in the ledger a person."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from sluitend.journeys.cases import queries as cases
from sluitend.journeys.cases.journey import TRANSFER_FOLLOW
from sluitend.journeys.exchanges import words
from sluitend.journeys.exchanges.journey import TRANSFER_LOOK, TRANSFER_NEWS, TRANSFER_READ
from sluitend.journeys.exchanges.models import TAKEN, Transfer, TransferMessage
from sluitend.journeys.exchanges.queries.files import SharedFile, shared_files
from sluitend.journeys.exchanges.queries.outside import Outside, outside
from sluitend.journeys.exchanges.queries.own_cases import case_of, own_case
from sluitend.journeys.exchanges.queries.reached import in_words, told_since
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.flow import phrases
from sluitend.kernel.flow.finding import find, has_open
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.reasons import Named, reasons
from sluitend.kernel.flow.verbs import note
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.guidance import CONTACT
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope


@dataclass(frozen=True)
class SharedPart:
    """A part of the case as it was copied."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Message:
    """A message between the two, as the thread shows it."""

    text: str
    meta: str
    own: bool


@dataclass(frozen=True)
class Content:
    """What is in the envelope."""

    explanation: str
    sender: str
    telephone: str
    parts: tuple[SharedPart, ...]
    files: tuple[SharedFile, ...]
    basis: str
    purpose: str


@dataclass(frozen=True)
class FrontView(Outside):
    """The outside: all that a municipality sees before it accepts."""

    sender: str
    sender_code: str
    sender_telephone: str
    recipient: str
    recipient_telephone: str


@dataclass(frozen=True)
class SentTransfer:
    """A transfer as the municipality that hands over sees it."""

    front: FrontView
    case_code: str
    content: Content
    messages: tuple[Message, ...]
    by_account: bool
    channel: str
    reminders: int
    reminded_on: date | None
    accepted_at: datetime | None
    accepted_by: str
    changes: int
    """How often the case changed after this was sent."""
    open_referrals: tuple[str, ...]
    recall_reasons: tuple[Named, ...]
    return_reasons: tuple[Named, ...]
    may_decide_on_paper: bool
    may_recall: bool
    must_finish: bool
    must_handle: bool
    may_write: bool
    has_news: bool
    turn: int
    """The turn up to which this tells of it."""


@dataclass(frozen=True)
class ReceivedTransfer:
    """A transfer as the municipality that is asked sees it: its content only once it accepted."""

    front: FrontView
    content: Content | None
    messages: tuple[Message, ...]
    case_code: str
    return_reasons: tuple[Named, ...]
    may_decide: bool
    may_write: bool
    has_news: bool
    turn: int
    """The turn up to which this tells of it."""


def sent_transfer(code: str, actor: Actor) -> SentTransfer:
    """Return a transfer that the actor's organisation sent, opened and logged.

    Raises:
        Absent: there is none.
    """
    row = find(Transfer, code, actor, TRANSFER_FOLLOW)
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=TRANSFER_FOLLOW)
    note(row, actor, TRANSFER_FOLLOW, "read")
    own, pack = case_of(row, actor), row.pack
    paper = row.channel != Transfer.Channel.ACCOUNT
    under_way = row.state == State.SENT
    return SentTransfer(
        front=_front(row, sends=True),
        case_code=own.case_code,
        content=_content(row, envelope, on_paper=paper and _changed_on_paper(row, actor)),
        messages=_messages(row, envelope, actor),
        by_account=not paper,
        channel=str(Transfer.Channel(row.channel).label),
        reminders=row.reminders,
        reminded_on=row.reminded_on,
        accepted_at=row.accepted_at,
        accepted_by=(envelope.read(row, "accepted_by") or {}).get("name", ""),
        changes=cases.changes_since(own.case_id, row.sent, actor) if row.state != State.DONE else 0,
        open_referrals=cases.open_referrals(own.case_id, actor) if row.state in (*TAKEN, State.SENT) else (),
        recall_reasons=reasons(pack, words.RECALL, sentences=False),
        return_reasons=reasons(pack, words.RETURN_TRANSFER, sentences=False),
        may_decide_on_paper=paper and under_way,
        may_recall=under_way,
        must_finish=row.state == State.ACCEPTED,
        must_handle=row.closed is None and row.state in (State.RETURNED, State.EXPIRED),
        may_write=row.state in TAKEN and not paper,
        has_news=has_open(row, actor, TRANSFER_NEWS),
        turn=row.turn,
    )


def received_transfer(code: str, actor: Actor) -> ReceivedTransfer:
    """Return a transfer that was sent to the actor's organisation; unopened until that accepted.

    Raises:
        Absent: nothing of this code was sent to the actor's organisation.
    """
    row = find(Transfer, code, actor, TRANSFER_LOOK)
    taken = row.state in TAKEN
    action = TRANSFER_READ if taken else TRANSFER_LOOK
    note(row, actor, action)
    own = own_case(row, actor)
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=action) if taken else None
    return ReceivedTransfer(
        front=_front(row, sends=False),
        content=_content(row, envelope) if envelope else None,
        messages=_messages(row, envelope, actor) if envelope else (),
        case_code=own.case_code if own else "",
        return_reasons=reasons(row.pack, words.RETURN_TRANSFER),
        may_decide=row.state == State.SENT,
        may_write=taken,
        has_news=has_open(row, actor, TRANSFER_NEWS),
        turn=row.turn,
    )


def _front(row: Transfer, *, sends: bool) -> FrontView:
    sender = Organisation.objects.get(pk=row.organisation_id)
    recipient = Organisation.objects.get(code=row.municipality)
    other = recipient if sends else sender
    seen = outside(row, other.name, received=not sends, reasons=words.RETURN_TRANSFER)
    return FrontView(
        **vars(seen),
        sender=sender.name,
        sender_code=sender.code,
        sender_telephone=sender.telephone,
        recipient=recipient.name,
        recipient_telephone=recipient.telephone,
    )


def _changed_on_paper(row: Transfer, actor: Actor) -> bool:
    """Tell whether somebody was asked to call who has it on paper: people are reached otherwise since."""
    steps = NextStep.objects.filter(organisation_id=actor.own_organisation, subject_id=row.id)
    return row.state == State.SENT and steps.filter(what=TRANSFER_NEWS).exists()


def _content(row: Transfer, envelope: OpenEnvelope, *, on_paper: bool = False) -> Content:
    content, pack, reach = envelope.read(row, "content"), row.pack, told_since(row, envelope)
    words = None if reach is None else in_words(reach)
    if on_paper:
        words = _("Dit is veranderd. Zoek geen contact en bel de gemeente.")
    now = {} if words is None else {CONTACT: words}
    return Content(
        explanation=content["explanation"],
        sender=content["sender"],
        telephone=content["telephone"],
        parts=tuple(
            SharedPart(part["id"], part["title"], now.get(part["id"], part["text"]))
            for part in content["parts"]
        ),
        files=shared_files(row, envelope),
        basis=phrases.basis(pack, row.basis, content["task"]),
        purpose=phrases.purpose(pack, row.purpose),
    )


def _messages(row: Transfer, envelope: OpenEnvelope, actor: Actor) -> tuple[Message, ...]:
    found = TransferMessage.objects.filter(transfer_id=row.id).order_by("written", "id")
    return tuple(_message(each, envelope, actor) for each in found)


def _message(message: TransferMessage, envelope: OpenEnvelope, actor: Actor) -> Message:
    text = envelope.read(message, "text")
    own = message.organisation_id == actor.own_organisation
    return Message(text["text"], f"{text['by']}, {phrases.moment(message.written)}", own)
