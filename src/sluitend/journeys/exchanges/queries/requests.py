"""One question to another organisation, opened for whoever may read it: one line in the ledger a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sluitend.journeys.cases import queries as cases
from sluitend.journeys.exchanges import asking, words
from sluitend.journeys.exchanges.journey import REQUEST_FOLLOW, REQUEST_LOOK, REQUEST_READ, REQUEST_TAKE_IN
from sluitend.journeys.exchanges.models import Request
from sluitend.journeys.exchanges.queries.outside import Outside, outside
from sluitend.journeys.exchanges.queries.transfers import SharedPart
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import decide
from sluitend.kernel.flow import phrases
from sluitend.kernel.flow.finding import find
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.reasons import Named, as_named, reasons
from sluitend.kernel.flow.verbs import note
from sluitend.kernel.manifest import Permission
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.envelopes import open_envelope

READABLE = (State.ACCEPTED, State.DONE)


@dataclass(frozen=True)
class Said:
    """Words with who wrote them."""

    text: str
    by: str
    parts: tuple[SharedPart, ...] = ()
    """What goes with them, each under its own title."""


@dataclass(frozen=True)
class RequestFront(Outside):
    """The outside: all that whoever is asked sees before taking it on."""

    kind: str
    kind_words: str
    asker: str
    asker_telephone: str
    asked: str
    asked_telephone: str


@dataclass(frozen=True)
class RequestBody:
    """The question, what came back, and on what ground."""

    question: Said
    asks: tuple[Named, ...]
    """What was asked for, where the question names that."""
    telephone: str
    basis: str
    purpose: str
    further: Said | None
    answer: str
    answer_words: str
    answer_on: date | None
    answer_basis: str
    may_not_reason: str
    reply: Said | None


@dataclass(frozen=True)
class SentRequest:
    """A question as its asker sees it."""

    front: RequestFront
    body: RequestBody
    case_code: str
    reminders: int
    reminded_on: date | None
    recall_reasons: tuple[Named, ...]
    may_recall: bool
    may_remind: bool
    may_ask_further: bool
    must_handle: bool


@dataclass(frozen=True)
class ReceivedRequest:
    """A question as whoever is asked sees it: its words only once it was taken on."""

    front: RequestFront
    body: RequestBody | None
    answers: tuple[Named, ...]
    bases: tuple[Named, ...]
    may_not_reasons: tuple[Named, ...]
    return_reasons: tuple[Named, ...]
    secrecy: bool
    may_accept: bool
    may_answer: bool
    may_return: bool
    may_take_in: bool
    over: bool
    """Whether its term has passed, or its asker ended it: nothing of it is read any more."""


def sent_request(code: str, actor: Actor) -> SentRequest:
    """Return a question that the actor's organisation asked, opened and logged.

    Raises:
        Absent: there is none.
    """
    row = find(Request, code, actor, REQUEST_FOLLOW)
    note(row, actor, REQUEST_FOLLOW, "read")
    pack = row.pack
    return SentRequest(
        front=_front(row, asks=True),
        body=_body(row, actor, REQUEST_FOLLOW),
        case_code=cases.code_of_case(row.case_id, actor) if row.case_id else "",
        reminders=row.reminders,
        reminded_on=row.reminded_on,
        recall_reasons=reasons(pack, words.RECALL, sentences=False),
        may_recall=row.state in (State.SENT, State.ACCEPTED),
        may_remind=row.awaits,
        may_ask_further=asking.may_ask_further(row),
        must_handle=row.closed is None and row.state in (State.DONE, State.RETURNED, State.EXPIRED),
    )


def received_request(code: str, actor: Actor) -> ReceivedRequest:
    """Return a question to the actor's organisation; unopened until that took it on, and after its term.

    Raises:
        Absent: nothing of this code was asked of the actor's organisation.
    """
    row = find(Request, code, actor, REQUEST_LOOK)
    readable = row.state in READABLE and not row.over
    action = REQUEST_READ if readable else REQUEST_LOOK
    note(row, actor, action)
    pack, turn = row.pack, asking.may_answer(row) and readable
    answers = asking.answers_to(row) if turn else ()
    may_take_in = turn and row.kind != Request.Kind.KNOWN
    return ReceivedRequest(
        front=_front(row, asks=False),
        body=_body(row, actor, action) if readable else None,
        answers=tuple(Named(each, words.answer(each, row)) for each in answers),
        bases=asking.answer_bases(pack, actor),
        may_not_reasons=reasons(pack, words.MAY_NOT_SHARE),
        return_reasons=reasons(pack, words.RETURN_REQUEST),
        secrecy=asking.has_secrecy(row),
        may_accept=row.state == State.SENT and not row.over,
        may_answer=turn,
        may_return=row.state == State.SENT or turn,
        may_take_in=may_take_in and decide(actor, REQUEST_TAKE_IN, row.resource()),
        over=row.over and row.state in (State.SENT, *READABLE),
    )


def _front(row: Request, *, asks: bool) -> RequestFront:
    wanted = Organisation.objects.in_bulk([row.organisation_id, row.other])
    asker, asked = wanted[row.organisation_id], wanted[row.other]
    other = asked if asks else asker
    return RequestFront(
        **vars(outside(row, other.name, received=not asks, reasons=words.RETURN_REQUEST)),
        kind=row.kind,
        kind_words=row.label,
        asker=asker.name,
        asker_telephone=asker.telephone,
        asked=asked.name,
        asked_telephone=asked.telephone,
    )


def _body(row: Request, actor: Actor, action: Permission) -> RequestBody:
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=action)
    content, pack = envelope.read(row, "content"), row.pack
    return RequestBody(
        question=Said(content["text"], content["sender"], _parts(content)),
        asks=as_named(pack.parts.named(tuple(content.get("asks", ())))),
        telephone=content["telephone"],
        basis=phrases.basis(pack, row.basis, "") if row.basis else "",
        purpose=phrases.purpose(pack, row.purpose) if row.purpose else "",
        further=_said(envelope.read(row, "further")),
        answer=row.answer,
        answer_words=words.answer(row.answer, row) if row.answer else "",
        answer_on=row.answer_on,
        answer_basis=phrases.basis(pack, row.answer_basis, "") if row.answer_basis else "",
        may_not_reason=phrases.reason(pack, words.MAY_NOT_SHARE, row.may_not_reason)
        if row.may_not_reason
        else "",
        reply=_said(envelope.read(row, "reply")),
    )


def _said(content: dict[str, Any] | None) -> Said | None:
    return Said(content["text"], content["by"], _parts(content)) if content else None


def _parts(content: Mapping[str, Any]) -> tuple[SharedPart, ...]:
    return tuple(
        SharedPart(each.get("id", ""), each["title"], each["text"]) for each in content.get("parts", ())
    )
