"""What the recipient does: accept, return, ask, feed back.

It changes its own side of the row and writes the sender a step; the sender's own steps are out of its reach.
"""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases.journey import NIGHT_WITHOUT_PLACE, PARTNER_ASKS, PARTNER_RETURNED
from sluitend.journeys.referrals import answers, jobs
from sluitend.journeys.referrals.actions.holding import forget_held, index
from sluitend.journeys.referrals.journey import ANSWER_REFERRAL, READ_REACH, REFERRAL_ACCEPT, REFERRAL_ANSWER
from sluitend.journeys.referrals.models import Referral, ReferralMessage
from sluitend.journeys.referrals.next_word import day_after
from sluitend.journeys.referrals.queries import backgrounds
from sluitend.journeys.referrals.waiting import Wait, asks_to_wait, message_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.reasons import chosen_reason
from sluitend.kernel.flow.unread import still_reads
from sluitend.kernel.flow.verbs import Work, verb
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.handbook.recognition import FeedbackCode
from sluitend.kernel.manifest import StepKind
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope
from sluitend.kernel.telltale import NOTHING_LOOKED, Looked, words_that_leave

RETURN_REASONS = "return_referral"
PASSED_ON = "doorgezet"
TEXT_LENGTH = 2000


def accept(*, code: str, actor: Actor) -> None:
    """Take a referral on: from now on its content can be read. It promises an answer, not an action.

    Raises:
        Absent: nothing of this code was sent to the actor's organisation.
        DomainError: its last day has passed.
        Conflict: it was recalled, returned or accepted in the meantime.
    """
    with verb(Referral, code, actor, REFERRAL_ACCEPT) as it:
        _require_in_time(it.row)
        it.to(State.ACCEPTED)
        it.row.accepted_at, it.row.received_on = timezone.now(), timezone.localdate()
        it.row.taken_by = it.row.taken_by or actor.account_id
        index(it.row, it.envelope.read(it.row, "content")["parts"])
        _plan_own(it)
        _read_reach(it)


def return_(
    *, code: str, reason: str, sentence: str = "", looked: Looked = NOTHING_LOOKED, actor: Actor
) -> None:
    """Give a referral back with a reason. The recipient's seal goes with it: nothing stays.

    Args:
        code: of the referral.
        reason: id of a prepared reason.
        sentence: only kept when the reason asks for one.
        looked: what was decided on each word of it that was marked.
        actor: who gives it back.

    Raises:
        Absent: nothing of this code was sent to the actor's organisation.
        DomainError: no reason of the list was chosen, or its sentence is missing or was not looked at.
        Conflict: the state does not allow it any more.
    """
    with verb(Referral, code, actor, REFERRAL_ANSWER) as it:
        if it.row.state != State.SENT:
            # A colleague may have taken it on meanwhile; whoever has done that answers with a code.
            raise Conflict
        asks = _("Kies een reden. De gemeente weet dan waar het wel hoort.")
        chosen = chosen_reason(it.row.pack, RETURN_REASONS, reason, otherwise=asks)
        if chosen.asks_sentence:
            check_message(sentence, field="sentence")
            left = words_that_leave(sentence, looked, name="sentence")
            write_message(it.row, left, actor=actor, reader_id=it.row.organisation_id)
        _give_back(it, chosen.id)


def ask(*, code: str, text: str, looked: Looked = NOTHING_LOOKED, actor: Actor) -> None:
    """Ask the sender something about an accepted referral.

    Raises:
        Absent: nothing of this code was sent to the actor's organisation.
        DomainError: empty, too long, or a word in it was not looked at; or its last day has passed.
        Conflict: it is not accepted, or access has ended.
    """
    with verb(Referral, code, actor, REFERRAL_ANSWER, purpose="ask") as it:
        row = it.row
        _require_in_time(row)
        if row.state != State.ACCEPTED:
            raise Conflict
        check_message(text)
        left = words_that_leave(text, looked, backgrounds.of_partner_with_account(row, actor))
        write_message(row, left, actor=actor, reader_id=row.organisation_id)
        asked = row.pack.feedback_codes.get(answers.ASKS_BACK)
        if asked and not row.answer:
            note_code(row, asked)
        _plan_own(it, waits=True)
        _tell_sender(it, PARTNER_ASKS)


def feed_back(
    *,
    code: str,
    answer: str,
    text: str = "",
    wait: Wait | None = None,
    next_word: date | None = None,
    looked: Looked = NOTHING_LOOKED,
    actor: Actor,
) -> None:
    """Answer with an agreed code. "We may not say anything" is an answer too.

    Args:
        code: of the referral.
        answer: id of a feedback code that this partner may use.
        text: an explanation; may be empty.
        wait: until when and whom to ring, for an answer that asks to wait.
        next_word: before which day more is said, after an answer that ends nothing; empty takes what the
            handbook proposes.
        looked: what was decided on each word of the explanation that was marked.
        actor: who answers.

    Raises:
        Absent: nothing of this code was sent to the actor's organisation.
        DomainError: no such code for this partner, how to wait is missing, a day that cannot be, the text is
            too long or was not looked at, or its last day has passed.
        Conflict: it is not accepted, or access has ended.
    """
    with verb(Referral, code, actor, REFERRAL_ANSWER) as it:
        row = it.row
        _require_in_time(row)
        chosen = next((each for each in answers.answers_of_partner(row) if each.id == answer), None)
        if chosen is None:
            raise DomainError(_("Kies een antwoord."), field="answer")
        if row.state != State.ACCEPTED:
            raise Conflict
        if chosen.id == answers.NOT_OURS:
            _give_back(it, answers.NOT_OURS)
            return
        it.purpose = chosen.id
        check_length(text)
        left = words_that_leave(text, looked, backgrounds.of_partner_with_account(row, actor))
        if asks_to_wait(chosen):
            write_wait(row, left, wait, actor=actor)
        elif left:
            write_message(row, left, actor=actor, reader_id=row.organisation_id)
        note_code(row, chosen, next_word=day_of(chosen, wait, next_word))
        if chosen.closes:
            it.to(State.DONE)
            it.close()
            _read_reach(it)
        else:
            _plan_own(it)
        _tell_sender(it, answers.step_after(chosen))


def day_of(code: FeedbackCode, wait: Wait | None, next_word: date | None) -> date | None:
    """Return the day that somebody gave with an answer: until when to wait, or of the next word."""
    return wait.until if wait and asks_to_wait(code) else next_word


def note_code(
    row: Referral, code: FeedbackCode, on: date | None = None, *, next_word: date | None = None
) -> None:
    """Set what a code says of the three facts: received, passed on, outcome known, and when more is said.

    What a wait request was made of is set only where it is asked anew: the municipality may be making one of
    the answer before.

    Raises:
        DomainError: the day of the next word cannot be.
    """
    day = on or timezone.localdate()
    row.next_word = day_after(row, code, next_word)
    row.answer, row.answer_on = code.id, day
    row.answered = row.answered or code.answered
    row.received_on = row.received_on or day
    if code.id == PASSED_ON:
        row.passed_on = row.passed_on or day
    if code.closes:
        row.outcome_on = day
    if asks_to_wait(code):
        row.wait_code, row.held_on = code.id, None


def write_message(row: Referral, left: str, *, actor: Actor, reader_id: UUID) -> UUID:
    """Add a message under the envelope of the referral, readable by both; its words were looked at."""
    envelope = open_envelope(row.envelope_id, actor=actor, purpose="referral.message")
    return _add_message(row, envelope, {"text": left}, actor=actor, reader_id=reader_id)


def check_message(text: str, *, field: str = "text") -> None:
    """Refuse what is no message.

    Raises:
        DomainError: empty or too long.
    """
    if not text.strip():
        raise DomainError(_("Schrijf eerst uw bericht."), field=field)
    check_length(text, field=field)


def check_length(text: str, *, field: str = "text") -> None:
    """Refuse what is too long to be a message.

    Raises:
        DomainError: it is.
    """
    if len(text) > TEXT_LENGTH:
        raise DomainError(_("Dit is te lang. Schrijf ten hoogste 2.000 tekens."), field=field)


def write_wait(row: Referral, text: str, wait: Wait | None, *, actor: Actor) -> None:
    """Add what an answer that asks to wait says besides, for the sender; the wait request is made of it.

    Raises:
        DomainError: something is missing or cannot be, with its field.
    """
    check_length(text)
    envelope = open_envelope(row.envelope_id, actor=actor, purpose="referral.message")
    said = message_of(row, envelope.read(row, "content")["parts"], text, wait)
    _add_message(row, envelope, said, actor=actor, reader_id=row.organisation_id)
    jobs.hear_waiting(row.organisation_id)


def _add_message(
    row: Referral, envelope: OpenEnvelope, said: dict[str, Any], *, actor: Actor, reader_id: UUID
) -> UUID:
    message = ReferralMessage(
        id=uuid4(),
        organisation_id=actor.own_organisation,
        recipient_id=reader_id,
        referral=row,
        envelope_id=envelope.id,
        written=timezone.now(),
    )
    envelope.seal(message, "text", {**said, "by": actor.name})
    message.save(force_insert=True)
    return message.id


def _require_in_time(row: Referral) -> None:
    # The job that ends what has passed runs once a day; nobody takes on or answers what it should have ended.
    if row.access_ended is None and row.over:
        raise DomainError(_("De termijn van deze doorzetting is voorbij. Bel de gemeente."))


def _give_back(it: Work[Referral], reason: str) -> None:
    it.purpose = "return"
    it.to(State.RETURNED)
    it.row.return_reason, it.row.answered = reason, True
    it.end_access()
    it.close()
    forget_held(it.row.id, it.actor)
    # What colleagues were typing about it goes too.
    after_commit(jobs.forget_at_partner, it.row.id, it.actor.own_organisation)
    _tell_sender(it, PARTNER_RETURNED)


def _plan_own(it: Work[Referral], *, waits: bool = False) -> None:
    row = it.row
    # Who answered says more on its day; who only asked may take until the end of the access.
    by = row.next_word or (row.expires if row.answered else row.answer_by)
    due = end_of(max(by, timezone.localdate()))
    it.plan(ANSWER_REFERRAL, due=due, waits=waits, urgent=row.acute and not row.answered)


def _read_reach(it: Work[Referral]) -> None:
    # Whoever answers has not read by that how people are reached from now on, and still may make contact.
    if it.row.reach_waits:
        still_reads(it, READ_REACH, due=end_of(timezone.localdate()))


def _tell_sender(it: Work[Referral], what: StepKind) -> None:
    row = it.row
    it.ask(what, due=answers.due(row, what), urgent=answers.is_urgent(row, what), tell=False)
    after_commit(jobs.tell_sender, row.organisation_id)
    if what is NIGHT_WITHOUT_PLACE:
        after_commit(jobs.name_somebody, row.id, row.organisation_id)
