"""What whoever asks does: ask, ask further after a hit, remind, recall, and read what came back."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.exchanges import asking, jobs, leaving, rows, terms, words
from sluitend.journeys.exchanges.asking import Addressee, AskOffer, Question
from sluitend.journeys.exchanges.journey import (
    ANSWER_REQUEST,
    AWAIT_REQUEST,
    LOOK_AT_REQUEST,
    REQUEST,
    REQUEST_FOLLOW,
    REQUEST_RECALL,
    REQUEST_RETURNED,
    REQUEST_SEND,
)
from sluitend.journeys.exchanges.models import Exchange, Request
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.codes import with_free_code
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.manifest import Permission, StepKind
from sluitend.kernel.organisations.models import Organisation, Role
from sluitend.kernel.sealing.envelopes import create_envelope, drop_seal, open_envelope
from sluitend.kernel.sealing.receipts import human_code
from sluitend.kernel.telltale import NOTHING_LOOKED, Looked, words_that_leave

State = Exchange.State
PREFIX = "V"
FURTHER_LENGTH = 600
SIDES = ("current_step_id", "closed", "recipient_step_id", "recipient_closed")


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
    offer = asking.ask_offer(actor)
    asked = asking.check_question(offer, question)
    question = replace(question, text=words_that_leave(question.text, question.looked))
    row = with_free_code(lambda: _write(offer, question, asked, actor), constraint="code")
    _settle(row, actor, REQUEST_SEND, question.purpose)
    after_commit(jobs.tell, asked.id)
    return row.code


def ask_further(*, code: str, why: str, looked: Looked = NOTHING_LOOKED, actor: Actor) -> None:
    """After a hit, ask for what there is, with the reason why that is needed.

    Raises:
        Http404: no such request of this organisation.
        DomainError: no reason, too long, or a word in it was not looked at.
        Conflict: there is no hit to ask about.
    """
    row = rows.find_sent(Request, code, actor, REQUEST_FOLLOW)
    if row.state != State.ACCEPTED or row.answer != Request.Answer.HIT:
        raise Conflict
    if not why.strip():
        raise DomainError(_("Schrijf waarom u meer nodig hebt."), "why")
    if len(why) > FURTHER_LENGTH:
        raise DomainError(_("Dit is te lang. Schrijf ten hoogste 600 tekens."), "why")
    left = words_that_leave(why, looked, leaving.background_of_question(code, actor), name="why")
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=REQUEST_FOLLOW)
    envelope.seal(row, "further", {"text": left, "by": actor.name})
    row.answer = Request.Answer.ASKED
    due = terms.due_for(rows.pack_of(row), ANSWER_REQUEST, acute=row.urgency == "now", minor=row.minor)
    _await(row, actor, due)
    step = add_step_for_other(row, ANSWER_REQUEST, actor, due=due)
    row.recipient_step, row.recipient_closed = step, None
    rows.save_turn(row, "answer", "further", *SIDES)
    _settle(row, actor, REQUEST_FOLLOW, "further")
    after_commit(jobs.tell, rows.recipient_of(row))


def remind_request(*, code: str, actor: Actor) -> None:
    """Remind whoever was asked, and count it.

    Raises:
        Http404: no such request of this organisation.
        DomainError: a reminder went today already.
        Conflict: nothing is awaited any more.
    """
    row = rows.find_sent(Request, code, actor, REQUEST_FOLLOW)
    if not awaits(row):
        raise Conflict
    if row.reminded_on == timezone.localdate():
        raise DomainError(_("Er ging vandaag al een herinnering. Morgen kan het weer."))
    row.reminders, row.reminded_on = row.reminders + 1, timezone.localdate()
    _await(row, actor, terms.due_for(rows.pack_of(row), terms.REMIND))
    rows.save_turn(row, "reminders", "reminded_on", *SIDES)
    after_commit(jobs.tell, rows.recipient_of(row))
    _settle(row, actor, REQUEST_FOLLOW, "remind")


def recall_request(*, code: str, reason: str, actor: Actor) -> None:
    """Take a question back: the other can no longer read it.

    Raises:
        Http404: no such request of this organisation.
        DomainError: no reason of the list was chosen.
        Conflict: it was answered, returned or recalled in the meantime.
    """
    row = rows.find_sent(Request, code, actor, REQUEST_RECALL)
    known = {each.id for each in words.reasons_without_sentence(rows.pack_of(row), words.RECALL)}
    if reason not in known:
        raise DomainError(_("Kies een reden."), field="reason")
    rows.step_state(row, State.RECALLED)
    _end_access(row)
    followup.finish(row=row, actor=actor)
    rows.save_turn(row, "state", "access_ended", *SIDES)
    _settle(row, actor, REQUEST_RECALL, reason)


def handle_request(*, code: str, actor: Actor) -> None:
    """Say that an answer, a return or an expiry was read: the question is done. A hit alone may be enough.

    Raises:
        Http404: no such request of this organisation.
        Conflict: there is nothing to handle.
    """
    row = rows.find_sent(Request, code, actor, REQUEST_FOLLOW)
    if row.closed is not None:
        raise Conflict
    if row.state == State.ACCEPTED and row.answer == Request.Answer.HIT:
        rows.step_state(row, State.DONE)
        _close_other_side(row)
    elif row.state not in (State.DONE, State.RETURNED, State.EXPIRED):
        raise Conflict
    followup.finish(row=row, actor=actor)
    rows.save_turn(row, "state", *SIDES)
    _settle(row, actor, REQUEST_FOLLOW, "handled")


def expire_requests(*, actor: Actor, today: date) -> int:
    """End the access to everything that the acting organisation asked and whose term has passed.

    What was not answered comes back with a step; twice is harmless.

    Returns:
        How many were ended.
    """
    passed = Request.objects.select_for_update(of=("self",)).filter(
        organisation_id=actor.own_organisation, expires__lt=today, access_ended__isnull=True
    )
    count = 0
    for row in passed.order_by("expires")[:500]:
        with fenced():
            if row.state in (State.SENT, State.ACCEPTED):
                rows.step_state(row, State.EXPIRED)
                plan_own(row, REQUEST_RETURNED, actor)
            _end_access(row)
            rows.save_turn(row, "state", "access_ended", *SIDES)
            _settle(row, actor, REQUEST_RECALL, "expired")
            count += 1
    return count


def awaits(row: Request) -> bool:
    """Return whether it is the other's turn."""
    if row.state == State.SENT:
        return True
    return row.state == State.ACCEPTED and row.answer in (Request.Answer.NONE, Request.Answer.ASKED)


def role_of(organisation_id: UUID) -> Role | None:
    """Return whose a step is in an organisation: a partner's, or (None) whoever has it in a municipality."""
    kind = Organisation.objects.values_list("kind", flat=True).get(pk=organisation_id)
    return Role.PARTNER if kind == Organisation.Kind.PARTNER else None


def plan_own(
    row: Request, what: StepKind, actor: Actor, *, due: datetime | None = None, waits: bool = False
) -> None:
    """Give the asker's side its next step; the caller saves the row."""
    acute = row.urgency == "now"
    followup.plan(
        row=row,
        subject_kind=REQUEST,
        what=what,
        due=due or terms.due_for(rows.pack_of(row), what, acute=acute, minor=row.minor),
        actor=actor,
        owner_role=role_of(row.organisation_id),
        urgent=acute and not waits,
        minor=row.minor,
        waits_on_other=waits,
    )


def add_step_for_other(
    row: Request, what: StepKind, actor: Actor, *, due: datetime | None = None
) -> NextStep:
    """Write the next step of the other side and return it."""
    other = rows.recipient_of(row)
    if other == actor.own_organisation:
        other = row.organisation_id
    acute = row.urgency == "now"
    return followup.add_for_other(
        row=row,
        subject_kind=REQUEST,
        what=what,
        due=due or terms.due_for(rows.pack_of(row), what, acute=acute, minor=row.minor),
        actor=actor,
        organisation_id=other,
        owner_role=role_of(other) or Role.FOCAL_POINT,
        urgent=acute,
        minor=row.minor,
    )


def _write(offer: AskOffer, question: Question, asked: Addressee, actor: Actor) -> Request:
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
    envelope.seal(row, "content", {"text": question.text, "sender": actor.name, "telephone": own.telephone})
    _await(row, actor, end_of(row.answer_by))
    due = terms.due_for(rows.pack_of(row), LOOK_AT_REQUEST, acute=question.acute, minor=row.minor)
    row.recipient_step = add_step_for_other(row, LOOK_AT_REQUEST, actor, due=min(due, end_of(row.answer_by)))
    row.save(force_insert=True)
    return row


def _await(row: Request, actor: Actor, due: datetime) -> None:
    plan_own(row, AWAIT_REQUEST, actor, due=due, waits=True)


def _end_access(row: Request) -> None:
    row.access_ended = row.access_ended or timezone.localdate()
    drop_seal(row.envelope_id, holder_id=rows.recipient_of(row))
    _close_other_side(row)


def _close_other_side(row: Request) -> None:
    # The other's own steps are out of reach here; a job that acts for it finishes them.
    if row.recipient_closed is None:
        row.recipient_step, row.recipient_closed = None, timezone.now()
        after_commit(jobs.finish_request_steps, row.id, rows.recipient_of(row))


def _settle(row: Request, actor: Actor, action: Permission, purpose: str) -> None:
    rows.note(row, actor=actor, action=action, purpose=purpose)
    followup.settle()
