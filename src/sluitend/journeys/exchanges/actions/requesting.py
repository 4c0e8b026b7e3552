"""What whoever asks does: ask, ask further after a hit, remind, recall, and read what came back."""

from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.exchanges import asking, words
from sluitend.journeys.exchanges.asking import Addressee, AskOffer, Question
from sluitend.journeys.exchanges.journey import (
    ANSWER_REQUEST,
    AWAIT_REQUEST,
    LOOK_AT_REQUEST,
    REQUEST_FOLLOW,
    REQUEST_RECALL,
    REQUEST_SEND,
)
from sluitend.journeys.exchanges.models import Request
from sluitend.journeys.exchanges.queries.addressees import ask_offer
from sluitend.journeys.exchanges.queries.backgrounds import background_of_question
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.codes import with_free_code
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.flow import terms
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.reasons import chosen_reason, typed
from sluitend.kernel.flow.verbs import begin, verb
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.envelopes import create_envelope
from sluitend.kernel.sealing.receipts import human_code
from sluitend.kernel.telltale import NOTHING_LOOKED, Looked, words_that_leave

PREFIX = "V"
FURTHER_LENGTH = 600


def send_request(*, question: Question, actor: Actor) -> str:
    """Ask another organisation something. Nothing answers by itself: a person there decides.

    Args:
        question: what is asked of whom; every rule is checked again here.
        actor: who asks.

    Returns:
        The code of the request.

    Raises:
        DomainError: something in the question is not allowed, with its field.
    """
    require_role(actor, REQUEST_SEND)
    offer = ask_offer(actor)
    asked = asking.check_question(offer, question)
    question = replace(question, text=words_that_leave(question.text, question.looked))
    return with_free_code(lambda: _send(offer, question, asked, actor), constraint="code")


def ask_further(*, code: str, why: str, looked: Looked = NOTHING_LOOKED, actor: Actor) -> None:
    """After a hit, ask for what there is, with the reason why that is needed.

    Raises:
        Absent: no such request of this organisation.
        DomainError: no reason, too long, or a word in it was not looked at.
        Conflict: there is no hit to ask about.
    """
    with verb(Request, code, actor, REQUEST_FOLLOW, purpose="further") as it:
        if it.row.state != State.ACCEPTED or it.row.answer != Request.Answer.HIT:
            raise Conflict
        text = typed(why, "why", missing=_("Schrijf waarom u meer nodig hebt."), longest=FURTHER_LENGTH)
        left = words_that_leave(text, looked, background_of_question(code, actor), name="why")
        it.envelope.seal(it.row, "further", {"text": left, "by": actor.name})
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


def _send(offer: AskOffer, question: Question, asked: Addressee, actor: Actor) -> str:
    envelope = create_envelope(organisation_id=actor.own_organisation, recipient_id=asked.id)
    own = Organisation.objects.get(pk=actor.own_organisation)
    row = Request(
        organisation_id=actor.own_organisation,
        recipient_id=asked.id,
        envelope_id=envelope.id,
        code=human_code(PREFIX),
        kind=question.kind,
        release_number=offer.release_number,
        urgency="now" if question.acute else "days",
        minor=question.minor,
        area=(own.name if not asked.is_municipality else asked.name)[:120],
        basis=question.basis,
        purpose=question.purpose,
        sent=timezone.now(),
        answer_by=question.answer_by,
        expires=terms.expires_after(question.answer_by),
    )
    content = {"text": question.text, "sender": actor.name, "telephone": own.telephone}
    with begin(row, actor, REQUEST_SEND, purpose=question.purpose) as it:
        envelope.seal(row, "content", content)
        it.plan(AWAIT_REQUEST, due=end_of(row.answer_by))
        it.ask(LOOK_AT_REQUEST, due=min(it.due(LOOK_AT_REQUEST), end_of(row.answer_by)))
    return row.code
