"""What a reporter reads with the receipt. Runs as intake, which can open a mailbox and select nothing."""

import secrets
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.journeys.reports.content import ACTIVITY
from sluitend.journeys.reports.journey import (
    ANSWER_ADVICE,
    ANSWER_CONSULT,
    READ_REPORT,
    REPORT_MAILBOX,
    TAKE_REQUEST,
    TELL_REPORTER,
    WEIGH,
)
from sluitend.journeys.reports.models import AT_MUNICIPALITY, Anonymity, Kind, MailboxMessage, State
from sluitend.journeys.reports.terms import promised
from sluitend.kernel.access.acting import NOBODY, intake_role
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.sealing import receipts
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_mailbox

IN, OUT = MailboxMessage.Direction.IN, MailboxMessage.Direction.OUT
QUESTION, FEEDBACK = MailboxMessage.Kind.QUESTION, MailboxMessage.Kind.FEEDBACK
COLUMNS = (
    "report, organisation, envelope, seal, code, kind, state, received, decided, anonymity, closed, acute, "
    "moved, message, direction, message_kind, day, sealed, before, before_seal"
)


@dataclass(frozen=True)
class Message:
    """One message of the thread, in plain words."""

    ours: bool
    kind: str
    day: date
    text: str


@dataclass(frozen=True)
class Milestone:
    """One line of "Hoe ver zijn wij?": done on a day, or promised by a day."""

    words: str
    done: bool
    day: date | None


@dataclass(frozen=True)
class OpenedMailbox:
    """A mailbox that a receipt opened, for the actions; pages get a `MailboxView`."""

    lookup: bytes
    report_id: UUID
    organisation_id: UUID
    envelope: OpenEnvelope
    kind: str
    state: str
    received: date
    decided: date | None
    anonymity: str
    closed: bool
    acute: bool
    moved: bool
    messages: tuple[Message, ...]


@dataclass(frozen=True)
class MailboxView:
    """What the reporter sees: no internal state, no name of a partner."""

    tail: str
    kind: str
    received: date
    updated: date
    messages: tuple[Message, ...]
    milestones: tuple[Milestone, ...]
    question: Message | None
    done: bool
    acute: bool
    anonymous: bool
    care: bool = False
    """Whether a care organisation has it: then `sentence` is all that is told of how it stands."""
    sentence: str = ""
    moved: bool = False
    """Whether it came to another door, and is now where it belongs."""


@dataclass(frozen=True)
class PassedOn:
    """What was passed on to care and is not taken over yet, as whoever has the receipt opens it."""

    report_id: UUID
    organisation_id: UUID
    envelope: OpenEnvelope


def mailbox(receipt: str) -> MailboxView | None:
    """Return what a receipt gives to read, or None. Wrong and unknown codes take the same time.

    Args:
        receipt: as somebody typed it.
    """
    require_role(NOBODY, REPORT_MAILBOX)
    with intake_role():
        box = open_box(receipt)
        if box is None:
            return None
        # Without a subject: whose it is needs a key that the public process does not have.
        record(
            actor=NOBODY,
            action=REPORT_MAILBOX,
            activity=ACTIVITY,
            organisation_id=box.organisation_id,
        )
    return _view(receipts.parse_receipt(receipt) or "", box)


def open_passed_on(receipt: str) -> PassedOn | None:
    """Open what waits at care to be taken over, or return None; the caller runs as intake."""
    keys = receipts.mailbox_keys(receipts.parse_receipt(receipt) or _nobodys_receipt())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT report, organisation, envelope, seal FROM mailbox_passed_on(%s)", [keys.lookup]
        )
        found = cursor.fetchone()
    if found is None:
        return None
    report_id, organisation_id, envelope_id, seal = found
    envelope = open_mailbox(
        envelope_id, organisation_id, bytes(seal), private=keys.private, public=keys.public
    )
    return PassedOn(report_id, organisation_id, envelope)


def open_box(receipt: str) -> OpenedMailbox | None:
    """Open a mailbox with its receipt; the caller runs as intake."""
    keys = receipts.mailbox_keys(receipts.parse_receipt(receipt) or _nobodys_receipt())
    private = keys.private  # also when no mailbox is found, so that time tells nothing
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM mailbox_open(%s)", [keys.lookup])  # noqa: S608 - columns are ours
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    if not rows:
        return None
    first = rows[0]
    opened: dict[UUID, OpenEnvelope] = {}

    def envelope_of(envelope_id: UUID, seal: bytes) -> OpenEnvelope:
        if envelope_id not in opened:
            opened[envelope_id] = open_mailbox(
                envelope_id, first["organisation"], bytes(seal), private=private, public=keys.public
            )
        return opened[envelope_id]

    envelope = envelope_of(first["envelope"], first["seal"])
    return OpenedMailbox(
        lookup=keys.lookup,
        report_id=first["report"],
        organisation_id=first["organisation"],
        envelope=envelope,
        kind=first["kind"],
        state=first["state"],
        received=first["received"],
        decided=first["decided"],
        anonymity=first["anonymity"],
        closed=first["closed"],
        acute=first["acute"],
        moved=first["moved"],
        messages=tuple(
            _message(envelope_of(row["before"], row["before_seal"]) if row["before"] else envelope, row)
            for row in rows
            if row["message"]
        ),
    )


@lru_cache(maxsize=1)
def _nobodys_receipt() -> str:
    # What cannot be a code is looked up too, so that it answers as late as a code that nobody has.
    return receipts.parse_receipt("".join(secrets.choice(receipts.ALPHABET) for _ in range(20))) or ""


def _message(envelope: OpenEnvelope, row: dict[str, Any]) -> Message:
    sealed = MailboxMessage(id=row["message"], text=bytes(row["sealed"]))
    text = envelope.read(sealed, "text")
    return Message(ours=row["direction"] == OUT, kind=row["message_kind"], day=row["day"], text=text)


def _view(receipt: str, box: OpenedMailbox) -> MailboxView:
    care = box.kind not in AT_MUNICIPALITY
    return MailboxView(
        tail=receipt[-receipts.GROUP :],
        kind=box.kind,
        received=box.received,
        updated=max([box.received, *filter(None, [box.decided]), *(each.day for each in box.messages)]),
        messages=box.messages,
        milestones=() if care else tuple(_milestones(box)),
        question=_open_question(box),
        done=box.closed,
        acute=box.acute,
        anonymous=box.anonymity == Anonymity.ANONYMOUS,
        care=care,
        sentence=_sentence(box) if care else "",
        moved=box.moved,
    )


def _sentence(box: OpenedMailbox) -> str:
    """Return how a request for help stands, in one of the few sentences that tell nothing of the person."""
    pack = current_release().pack
    if box.closed:
        return said_to_asker(pack, "done")
    if _open_question(box):
        return said_to_asker(pack, "question")
    if box.state != State.NEW:
        return said_to_asker(pack, "busy")
    arrived = said_to_asker(pack, "arrived")
    if box.acute:
        # What was promised hung on the hour, and another day would put it off.
        return arrived
    what = ANSWER_CONSULT if box.kind == Kind.CONSULT else TAKE_REQUEST
    day = date_format(promised(pack, what, box.received), "l j F")
    return " ".join([arrived, _("U hoort van ons uiterlijk %(day)s.") % {"day": day}])


def said_to_asker(pack: Pack, name: str, language: str = "") -> str:
    """Return a sentence for the asker; a handbook of before the form was there has none.

    Args:
        language: in which it is kept; that of the page when left out.
    """
    found = next((each.text for each in pack.request.sentences if each.id == name), None)
    if found is None:
        return _("Wij zijn ermee bezig")
    return found.in_language(language) if language else shown(found)


def _open_question(box: OpenedMailbox) -> Message | None:
    """Return the last question, as long as nothing came in after it."""
    last = next((each for each in reversed(box.messages) if not each.ours or each.kind == QUESTION), None)
    return last if last and last.ours else None


def _milestones(box: OpenedMailbox) -> list[Milestone]:
    pack = current_release().pack
    first_answer = next((each.day for each in box.messages if each.ours), None)
    read = min(filter(None, [first_answer, box.decided]), default=None)
    told = next((each.day for each in reversed(box.messages) if each.kind == FEEDBACK), None)
    asked = next((each.day for each in box.messages if each.kind == QUESTION), None)
    steps = [Milestone(_("Ontvangen"), True, box.received)]
    steps.append(_reached(_("Gelezen"), read, promised(pack, READ_REPORT, box.received, acute=box.acute)))
    if asked:
        steps.append(Milestone(_("Wij vroegen u iets"), True, asked))
    if box.kind != Kind.ADVICE:
        decided = box.decided if box.state != State.NEW else None
        steps.append(_reached(_("Wij kiezen wat er nodig is"), decided, promised(pack, WEIGH, box.received)))
    words = _("U leest ons antwoord") if box.kind == Kind.ADVICE else _("U leest wat er is gedaan")
    answer = ANSWER_ADVICE if box.kind == Kind.ADVICE else TELL_REPORTER
    steps.append(_reached(words, told if box.closed else None, promised(pack, answer, box.received)))
    done = sorted((each for each in steps if each.done), key=lambda each: each.day or box.received)
    return [*done, *(each for each in steps if not each.done)]


def _reached(words: str, day: date | None, by: date) -> Milestone:
    if day is None and by < timezone.localdate():
        return Milestone(words, False, None)
    return Milestone(words, day is not None, day or by)
