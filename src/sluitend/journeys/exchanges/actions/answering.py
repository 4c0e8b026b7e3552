"""What whoever is asked does: read, say that there is something or nothing, share, refuse, return, take in.

Nothing here happens by itself. To share takes a legal basis; "nothing" and "we may not" take one press.
"""

from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.exchanges import asking, jobs, leaving, rows, terms, words
from sluitend.journeys.exchanges.actions.requesting import SIDES, State, add_step_for_other, role_of
from sluitend.journeys.exchanges.journey import (
    ANSWER_REQUEST,
    REQUEST,
    REQUEST_ANSWER,
    REQUEST_ANSWERED,
    REQUEST_RETURNED,
    REQUEST_TAKE_IN,
)
from sluitend.journeys.exchanges.models import Request
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports import queries as report_queries
from sluitend.journeys.reports.content import IdentityContent, ReportContent
from sluitend.journeys.reports.models import Anonymity, Channel, Minor
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.manifest import StepKind
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.envelopes import drop_seal, open_envelope
from sluitend.kernel.telltale import NOTHING_LOOKED, Looked, words_that_leave

Answer = Request.Answer
REPLY_LENGTH = 2000
SENTENCE_LENGTH = 600


def accept_request(*, code: str, actor: Actor) -> None:
    """Take a question on and read it. It promises an answer, and that may be that nothing can be said.

    Raises:
        Http404: nothing of this code was asked of the actor's organisation.
        DomainError: its term has passed.
        Conflict: it was recalled, returned or accepted in the meantime.
    """
    row = rows.find_received(Request, code, actor, REQUEST_ANSWER)
    _require_in_time(row)
    rows.step_state(row, State.ACCEPTED)
    row.accepted_at = timezone.now()
    _plan_own(row, actor)
    rows.save_turn(row, "state", "accepted_at", *SIDES)
    _settle(row, actor, "accept")


def answer_request(
    *,
    code: str,
    answer: str,
    actor: Actor,
    text: str = "",
    basis: str = "",
    reason: str = "",
    sentence: str = "",
    looked: Looked = NOTHING_LOOKED,
) -> None:
    """Answer a question.

    Args:
        code: of the request.
        answer: `hit` (only that there is something), `details`, `nothing` or `may_not`.
        actor: who answers.
        text: what is shared, for `details`.
        basis: on what legal basis of the actor's own organisation, for `details`.
        reason: id of a prepared reason, for `may_not`.
        sentence: only kept when that reason asks for one.
        looked: what was decided on each word that was marked.

    Raises:
        Http404: nothing of this code was asked of the actor's organisation.
        DomainError: the answer does not fit the question, or something in it is missing or not looked at.
        Conflict: it was answered, recalled or returned in the meantime.
    """
    row = rows.find_received(Request, code, actor, REQUEST_ANSWER)
    _require_in_time(row)
    if not may_answer(row):
        raise Conflict
    if answer not in answers_to(row):
        raise DomainError(_("Kies een antwoord."), "answer")
    if answer == Answer.DETAILS:
        _share(row, text, basis, looked, actor)
    elif answer == Answer.MAY_NOT:
        _refuse(row, reason, sentence, looked, actor)
    row.answer, row.answer_on = answer, timezone.localdate()
    if answer == Answer.HIT:
        # Whether more is asked is for the other to say.
        _plan_own(row, actor, waits=True)
    else:
        rows.step_state(row, State.DONE)
        _close_own(row, actor)
    rows.save_turn(row, "state", "answer", "answer_on", "answer_basis", "may_not_reason", "reply", *SIDES)
    _tell_asker(row, REQUEST_ANSWERED, actor)
    _settle(row, actor, answer)


def return_request(
    *, code: str, reason: str, sentence: str = "", looked: Looked = NOTHING_LOOKED, actor: Actor
) -> None:
    """Give a question back with a reason. The seal goes with it: nothing stays.

    Raises:
        Http404: nothing of this code was asked of the actor's organisation.
        DomainError: no reason of the list was chosen, or its sentence is missing or was not looked at.
        Conflict: the state does not allow it any more.
    """
    row = rows.find_received(Request, code, actor, REQUEST_ANSWER)
    chosen = rows.pack_of(row).reason_list(words.RETURN_REQUEST).reason(reason)
    if chosen is None:
        raise DomainError(_("Kies een reden. De ander weet dan waar het wel hoort."), "reason")
    rows.step_state(row, State.RETURNED)
    if chosen.asks_sentence:
        _reply(row, words_that_leave(_sentence(sentence), looked, name="sentence"), actor)
    row.return_reason, row.access_ended = chosen.id, timezone.localdate()
    _close_own(row, actor)
    rows.save_turn(row, "state", "return_reason", "access_ended", "reply", *SIDES)
    drop_seal(row.envelope_id, holder_id=rows.recipient_of(row))
    _tell_asker(row, REQUEST_RETURNED, actor)
    _settle(row, actor, "return")


def take_in_request(*, code: str, actor: Actor) -> str:
    """Make a report of what a partner asked or told, and answer with the code to follow it by.

    Returns:
        The code of the report, which stands in the inbox with a step.

    Raises:
        Http404: nothing of this code was asked of the actor's organisation.
        Conflict: it did not come from a partner, or has been answered.
    """
    row = rows.find_received(Request, code, actor, REQUEST_TAKE_IN)
    _require_in_time(row)
    if row.kind == Request.Kind.HELD or not may_answer(row):
        raise Conflict
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=REQUEST_TAKE_IN)
    content = envelope.read(row, "content")
    asker = Organisation.objects.get(pk=row.organisation_id)
    filed = reports.enter_for_colleague(
        reports.Filing(
            organisation_id=actor.own_organisation,
            content=ReportContent(saw=content["text"]),
            anonymity=Anonymity.NAMED,
            acute=row.urgency == "now",
            minor=Minor.PERHAPS if row.minor else Minor.UNKNOWN,
            channel=Channel.PARTNER,
            identity=IdentityContent(
                name=content["sender"], phone=content["telephone"], organisation=asker.name
            ),
            sending=uuid4(),
        ),
        actor=actor,
    )
    row.answer, row.answer_on = Answer.TAKEN_IN, timezone.localdate()
    with in_dutch():
        told = _("Wij namen dit op als melding. Volg die met deze code: %(receipt)s") % {
            "receipt": filed.receipt
        }
    envelope.seal(row, "reply", {"text": told, "by": actor.name})
    rows.step_state(row, State.DONE)
    _close_own(row, actor)
    rows.save_turn(row, "state", "answer", "answer_on", "reply", *SIDES)
    _tell_asker(row, REQUEST_ANSWERED, actor)
    rows.note(row, actor=actor, action=REQUEST_TAKE_IN)
    followup.settle()
    return report_queries.report_by_id(filed.report_id, actor).code


def answers_to(row: Request) -> tuple[str, ...]:
    """Return what can be answered now. To what somebody holds: first only whether there is something."""
    if row.kind == Request.Kind.HELD and row.answer == Answer.NONE:
        return (Answer.HIT, Answer.NOTHING, Answer.MAY_NOT)
    if row.kind == Request.Kind.HELD:
        return (Answer.DETAILS, Answer.MAY_NOT)
    return (Answer.DETAILS, Answer.NOTHING, Answer.MAY_NOT)


def may_answer(row: Request) -> bool:
    """Return whether it is the turn of whoever is asked."""
    return row.state == State.ACCEPTED and row.answer in (Answer.NONE, Answer.ASKED)


def _share(row: Request, text: str, basis: str, looked: Looked, actor: Actor) -> None:
    if not text.strip():
        raise DomainError(_("Schrijf uw antwoord."), "text")
    if len(text) > REPLY_LENGTH:
        raise DomainError(_("Dit is te lang. Schrijf ten hoogste 2.000 tekens."), "text")
    if basis not in {each.id for each in asking.answer_bases(rows.pack_of(row), actor)}:
        raise DomainError(_("Kies op welke grondslag u dit deelt."), "basis")
    row.answer_basis = basis
    background = leaving.background_of_question(row.code, actor)
    _reply(row, words_that_leave(text, looked, background), actor)


def _refuse(row: Request, reason: str, sentence: str, looked: Looked, actor: Actor) -> None:
    chosen = rows.pack_of(row).reason_list(words.MAY_NOT_SHARE).reason(reason)
    if chosen is None:
        raise DomainError(_("Kies een reden. “Ook de reden mogen wij niet zeggen” kan ook."), "reason")
    if chosen.asks_sentence:
        background = leaving.background_of_question(row.code, actor)
        _reply(row, words_that_leave(_sentence(sentence), looked, background, name="sentence"), actor)
    row.may_not_reason = chosen.id


def _sentence(sentence: str) -> str:
    if not sentence.strip():
        raise DomainError(_("Schrijf in één zin waarom."), "sentence")
    if len(sentence) > SENTENCE_LENGTH:
        raise DomainError(_("Dit is te lang. Schrijf ten hoogste 600 tekens."), "sentence")
    return sentence


def _reply(row: Request, text: str, actor: Actor) -> None:
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=REQUEST_ANSWER)
    envelope.seal(row, "reply", {"text": text, "by": actor.name})


def _require_in_time(row: Request) -> None:
    # The job that ends what has passed runs once a day; nobody answers what it should have ended.
    if row.expires < timezone.localdate() and row.access_ended is None:
        raise DomainError(_("De termijn van deze vraag is voorbij. Bel de ander."))


def _plan_own(row: Request, actor: Actor, *, waits: bool = False) -> None:
    due = terms.due_for(rows.pack_of(row), ANSWER_REQUEST, acute=row.urgency == "now", minor=row.minor)
    followup.plan(
        row=row,
        subject_kind=REQUEST,
        what=ANSWER_REQUEST,
        due=end_of(row.expires) if waits else min(due, end_of(max(row.answer_by, timezone.localdate()))),
        actor=actor,
        owner_role=role_of(actor.own_organisation),
        urgent=row.urgency == "now" and not waits,
        minor=row.minor,
        waits_on_other=waits,
        step_field="recipient_step",
        organisation_id=actor.own_organisation,
    )


def _close_own(row: Request, actor: Actor) -> None:
    followup.finish(row=row, actor=actor, step_field="recipient_step", closed_field="recipient_closed")


def _tell_asker(row: Request, what: StepKind, actor: Actor) -> None:
    add_step_for_other(row, what, actor)
    after_commit(jobs.tell, row.organisation_id)


def _settle(row: Request, actor: Actor, purpose: str) -> None:
    rows.note(row, actor=actor, action=REQUEST_ANSWER, purpose=purpose)
    followup.settle()
