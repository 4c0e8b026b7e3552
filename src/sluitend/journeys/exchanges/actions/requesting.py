"""What whoever asks does: ask, ask further after a hit, remind, recall, and read what came back."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.exchanges import asking, inquiring, leaving, offers, words
from sluitend.journeys.exchanges.asking import Question
from sluitend.journeys.exchanges.inquiring import FurtherChoice, InquiryChoice, InquiryOffer
from sluitend.journeys.exchanges.journey import (
    ANSWER_REQUEST,
    AWAIT_REQUEST,
    LOOK_AT_REQUEST,
    QUESTION_SEND,
    REQUEST_FOLLOW,
    REQUEST_RECALL,
    REQUEST_SEND,
)
from sluitend.journeys.exchanges.models import Request
from sluitend.journeys.exchanges.parts import OfferedPart
from sluitend.journeys.exchanges.queries.addressees import ask_offer
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.codes import with_free_code
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.flow import terms
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.reasons import chosen_reason, typed
from sluitend.kernel.flow.verbs import begin, verb
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.manifest import Permission
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.envelopes import create_envelope
from sluitend.kernel.sealing.receipts import human_code
from sluitend.kernel.telltale import words_that_leave

type Content = Mapping[str, object]
PREFIX = "V"
AREA_LENGTH = 120
FURTHER_LENGTH = 600


def send_request(*, question: Question, actor: Actor) -> str:
    """Ask a municipality something for a partner. Nothing answers by itself: a person there decides.

    Args:
        question: what is asked of whom; every rule is checked again here.
        actor: who asks.

    Returns:
        The code of the request.

    Raises:
        DomainError: something in the question is not allowed, with its field.
    """
    require_role(actor, QUESTION_SEND)
    offer = ask_offer(actor)
    asked = asking.check_question(offer, question)
    text = words_that_leave(question.text, question.looked)

    def send() -> str:
        row = Request(
            recipient_id=asked.id,
            kind=question.kind,
            release_number=offer.release_number,
            urgency=Urgency.NOW if question.acute else Urgency.DAYS,
            minor=question.minor,
            area=asked.name[:AREA_LENGTH],
            answer_by=question.answer_by,
        )
        return _send(row, {"text": text}, actor, QUESTION_SEND).code

    return with_free_code(send, constraint="code")


def send_inquiry(*, case_code: str, to: str, about: str, choice: InquiryChoice, actor: Actor) -> str:
    """Ask another organisation what it knows about a case, by a request for information of the handbook.

    Args:
        case_code: of the actor's own case.
        to: code of the organisation.
        about: id of the request in the handbook.
        choice: what the person chose; every rule is checked again here.
        actor: who asks.

    Returns:
        The code of the request.

    Raises:
        Absent: no such case, or that cannot be asked of this organisation.
        DomainError: something in the choice is not allowed, with its field.
    """
    require_role(actor, REQUEST_SEND)
    offer = inquiring.inquiry_offer(case_code, to, about, actor)
    inquiring.require_fitting(offer, choice)
    parts, text = leaving.require_meant(offer, choice, choice.text, timezone.localdate())
    content: Content = {"text": text, "parts": _as_sent(parts), "asks": sorted(choice.asks)}
    return with_free_code(lambda: _inquire(offer, choice, content, actor), constraint="code")


def ask_further(*, code: str, choice: FurtherChoice, actor: Actor) -> None:
    """After a hit, ask for what there is, with the reason why that is needed and what may go now.

    Raises:
        Absent: no such request of this organisation, or there is no hit to ask about.
        DomainError: no reason, too long, a word in it was not looked at, or something must be done first.
        Conflict: there is none any more.
    """
    offer = inquiring.further_offer(code, actor)
    with verb(Request, code, actor, REQUEST_FOLLOW, purpose="further") as it:
        if not asking.may_ask_further(it.row):
            raise Conflict
        offers.require_free(offer.hindrances)
        typed(choice.why, "why", missing=_("Schrijf waarom u meer nodig hebt."), longest=FURTHER_LENGTH)
        parts, why = leaving.require_meant(offer, choice, choice.why, timezone.localdate())
        it.envelope.seal(it.row, "further", {"text": why, "by": actor.name, "parts": _as_sent(parts)})
        it.row.answer = Request.Answer.ASKED
        it.plan(AWAIT_REQUEST, due=it.due(ANSWER_REQUEST))
        it.row.recipient_step = it.ask(ANSWER_REQUEST)


def remind_request(*, code: str, actor: Actor) -> None:
    """Remind whoever was asked, and count it.

    Raises:
        Absent: no such request of this organisation.
        DomainError: a reminder went today already.
        Conflict: nothing is awaited any more.
    """
    with verb(Request, code, actor, REQUEST_FOLLOW, purpose="remind") as it:
        if not it.row.awaits:
            raise Conflict
        it.remind(AWAIT_REQUEST)


def recall_request(*, code: str, reason: str, actor: Actor) -> None:
    """Take a question back: the other can no longer read it.

    Raises:
        Absent: no such request of this organisation.
        DomainError: no reason of the list was chosen.
        Conflict: it was answered, returned or recalled in the meantime.
    """
    with verb(Request, code, actor, REQUEST_RECALL) as it:
        it.purpose = chosen_reason(it.row.pack, words.RECALL, reason, sentences=False).id
        it.to(State.RECALLED)
        it.end_access()
        it.close()


def handle_request(*, code: str, actor: Actor) -> None:
    """Say that an answer, a return or an expiry was read: the question is done. A hit alone may be enough.

    Raises:
        Absent: no such request of this organisation.
        Conflict: there is nothing to handle.
    """
    with verb(Request, code, actor, REQUEST_FOLLOW, purpose="handled") as it:
        if it.row.closed is not None:
            raise Conflict
        if it.row.state == State.ACCEPTED and it.row.answer == Request.Answer.HIT:
            it.to(State.DONE)
            it.close_other()
        elif it.row.state not in (State.DONE, State.RETURNED, State.EXPIRED):
            raise Conflict
        it.close()


def _as_sent(parts: Iterable[OfferedPart]) -> list[dict[str, str]]:
    return [{"row": each.id, "id": each.part, "title": each.title, "text": each.text} for each in parts]


def _inquire(offer: InquiryOffer, choice: InquiryChoice, content: Content, actor: Actor) -> str:
    row = Request(
        recipient_id=offer.addressee.id,
        kind=Request.Kind.KNOWN,
        case_id=offer.case_id,
        about=offer.about,
        release_number=offer.release_number,
        urgency=Urgency.NOW if offer.acute else Urgency.DAYS,
        minor=offer.minor,
        area=offer.area,
        basis=choice.basis,
        purpose=choice.purpose,
        answer_by=choice.answer_by,
    )
    _send(row, content, actor, REQUEST_SEND)
    label = row.inquiry.label.nl if row.inquiry else ""
    told = f"{row.code}: {label} {offer.addressee.name}"
    cases.inquiry_told(actor=actor, case_id=offer.case_id, text=told)
    return row.code


@in_dutch()
def hear_answer(request_id: UUID, actor: Actor) -> None:
    """Let the case hear what came back to a request for information; twice is harmless.

    Args:
        actor: the system, acting for whoever asked.
    """
    row = Request.objects.get(pk=request_id, organisation_id=actor.own_organisation)
    if row.case_id is None or row.inquiry is None:
        return
    who = Organisation.objects.get(pk=row.other).name
    cases.inquiry_told(
        actor=actor,
        case_id=row.case_id,
        text=f"{row.code}: {who}: {words.answer(row.answer, row)}",
        events=[each.event for each in row.inquiry.hears if each.answer == row.answer],
    )


def _send(row: Request, content: Content, actor: Actor, right: Permission) -> Request:
    own = Organisation.objects.get(pk=actor.own_organisation)
    envelope = create_envelope(organisation_id=own.id, recipient_id=row.recipient_id)
    row.organisation_id, row.envelope_id, row.code = own.id, envelope.id, human_code(PREFIX)
    row.sent, row.expires = timezone.now(), terms.expires_after(row.answer_by)
    with begin(row, actor, right, purpose=row.purpose) as it:
        envelope.seal(row, "content", {**content, "sender": actor.name, "telephone": own.telephone})
        it.plan(AWAIT_REQUEST, due=end_of(row.answer_by))
        it.ask(LOOK_AT_REQUEST, due=min(it.due(LOOK_AT_REQUEST), end_of(row.answer_by)))
    return row
