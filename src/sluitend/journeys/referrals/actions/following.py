"""What the sender does after sending: record, remind, answer, recall, close."""

from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases import queries as case_queries
from sluitend.journeys.cases.journey import NIGHT_WITHOUT_PLACE, PARTNER_ASKS, PARTNER_RETURNED
from sluitend.journeys.referrals import jobs, rows, terms, words
from sluitend.journeys.referrals.actions.partner import (
    CODE_FIELDS,
    check_message,
    note_code,
    write_message,
    write_wait,
)
from sluitend.journeys.referrals.channels import channel_of, end_passed
from sluitend.journeys.referrals.journey import (
    ANSWER_REFERRAL,
    AWAIT_PARTNER,
    REFERRAL_NOTE_ANSWER,
    REFERRAL_RECALL,
)
from sluitend.journeys.referrals.models import Referral
from sluitend.journeys.referrals.queries import backgrounds
from sluitend.journeys.referrals.waiting import Wait, asks_to_wait
from sluitend.journeys.reports import actions as reports
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.handbook.recognition import FeedbackCode
from sluitend.kernel.manifest import Permission, StepKind
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.telltale import NOTHING_LOOKED, Looked, words_that_leave

NO_ANSWER = "geen_antwoord"
UNANSWERED_REASONS = "partner_unanswered"
RECALL_REASONS = "recall_referral"
SIDES = ("current_step_id", "closed", "recipient_step_id", "recipient_closed")


def note_sent(*, code: str, on: date, actor: Actor) -> None:
    """Record that the sheet went by the municipality's own secure mail or was told by telephone.

    Raises:
        Http404: no such referral of this organisation.
        DomainError: the day lies in the future or before the referral.
        Conflict: this was recorded already, or it goes by account.
    """
    row = rows.find_sent(code, actor, REFERRAL_NOTE_ANSWER)
    if row.went_on or row.state != Referral.State.SENT or not channel_of(row).by_hand:
        raise Conflict
    _check_day(row, on)
    row.went_on = on
    wait_for(row, actor, end_of(max(row.answer_by, timezone.localdate())))
    rows.save_turn(row, "went_on", *SIDES)
    _settle(row, actor, REFERRAL_NOTE_ANSWER, "went")


def note_answer(*, code: str, answer: str, on: date, wait: Wait | None = None, actor: Actor) -> None:
    """Record what the partner answered by telephone or mail: a code and a day, two choices.

    Raises:
        Http404: no such referral of this organisation.
        DomainError: no such code, a day that cannot be, or how to wait is missing.
        Conflict: it is closed already.
    """
    row = rows.find_sent(code, actor, REFERRAL_NOTE_ANSWER)
    chosen = next((each for each in rows.codes_of(row) if each.id == answer), None)
    if chosen is None:
        raise DomainError(_("Kies wat de partner antwoordde."), field="answer")
    if row.state not in rows.OPEN_STATES or row.closed:
        raise Conflict
    _check_day(row, on)
    if asks_to_wait(chosen):
        write_wait(row, "", wait, actor=actor)
    changed = note_code(row, chosen, on)
    row.went_on = row.went_on or on
    if chosen.closes:
        rows.step_state(row, Referral.State.DONE)
        _close_other_side(row)
    _plan_answered(row, chosen, actor)
    rows.save_turn(row, "state", "went_on", *changed, *SIDES)
    cases.referral_came(
        actor=actor,
        case_id=rows.origin_of(row).case_id,
        referral_id=row.id,
        turn=row.turn,
        text=answer_news(row),
    )
    _settle(row, actor, REFERRAL_NOTE_ANSWER, chosen.id)


def remind(*, code: str, actor: Actor) -> None:
    """Remind the partner, and count it. Who has answered is not reminded.

    Raises:
        Http404: no such referral of this organisation.
        DomainError: a reminder went today already, or the partner has answered.
        Conflict: nothing is awaited any more.
    """
    row = rows.find_sent(code, actor, REFERRAL_NOTE_ANSWER)
    if row.state not in rows.OPEN_STATES or row.went_on is None or row.closed:
        raise Conflict
    if row.answered:
        raise DomainError(_("De partner heeft al geantwoord. Een herinnering is niet nodig."))
    if row.reminded_on == timezone.localdate():
        raise DomainError(_("Er ging vandaag al een herinnering. Morgen kan het weer."))
    count_reminder(row, actor)
    channel_of(row).tell(row)
    _settle(row, actor, REFERRAL_NOTE_ANSWER, "remind")


def count_reminder(row: Referral, actor: Actor) -> None:
    """Count a reminder of today and wait anew. The caller knows that one may be counted."""
    row.reminders += 1
    row.reminded_on = timezone.localdate()
    _go_on_waiting(row, actor, terms.due_for(rows.pack_of(row), terms.REMIND))
    rows.save_turn(row, "reminders", "reminded_on", *SIDES)


def answer_question(
    *,
    code: str,
    text: str,
    actor: Actor,
    looked: Looked = NOTHING_LOOKED,
    acute: bool = False,
    minor: str = "unknown",
) -> None:
    """Answer what the partner asked, and wait on.

    Args:
        code: of the referral.
        text: the answer.
        actor: who answers.
        looked: what was decided on each word that was marked.
        acute, minor: what the partner asked tells of danger, or of a child.

    Raises:
        Http404: no such referral of this organisation.
        DomainError: empty, too long, or a word in it was not looked at.
        Conflict: the partner can no longer read it.
    """
    row = rows.find_sent(code, actor, REFERRAL_NOTE_ANSWER)
    if row.state != Referral.State.ACCEPTED or row.recipient_id is None:
        raise Conflict
    check_message(text)
    left = words_that_leave(text, looked, backgrounds.of_sender(row.code, actor))
    write_message(row, left, actor=actor, reader_id=row.recipient_id)
    hurries = any(rows.hurry(row)) and (rows.only_asked(row) or not row.answered)
    # What hurries at the sender hurries at the partner, also after a question.
    due = (
        end_of(max(row.answer_by, timezone.localdate()))
        if hurries
        else max(end_of(row.answer_by), terms.due_for(rows.pack_of(row), terms.REMIND))
    )
    _go_on_waiting(row, actor, due)
    rows.save_turn(row, *SIDES)
    followup.add_for_other(
        row=row,
        subject_kind=rows.KIND,
        what=ANSWER_REFERRAL,
        due=due,
        actor=actor,
        organisation_id=row.recipient_id,
        owner_role=Role.PARTNER,
        urgent=hurries and row.urgency == Urgency.NOW,
        minor=row.minor,
    )
    if acute or minor != "unknown":
        with in_dutch():
            partner = words.partner(rows.pack_of(row), row.partner)
            told = _("%(code)s: vraag van %(partner)s (gelezen)") % {"code": row.code, "partner": partner}
        _news(row, actor, told, ended=False, acute=acute, minor=minor)
    after_commit(jobs.tell_partner, row.recipient_id)
    _settle(row, actor, REFERRAL_NOTE_ANSWER, "answer_question")


def recall(*, code: str, reason: str, actor: Actor) -> None:
    """End the partner's access. It does not unlearn what was read.

    Raises:
        Http404: no such referral of this organisation.
        DomainError: no reason of the list was chosen.
        Conflict: access has ended already.
    """
    row = rows.find_sent(code, actor, REFERRAL_RECALL)
    _check_reason(row, RECALL_REASONS, reason)
    rows.step_state(row, Referral.State.RECALLED)
    was_open = row.closed is None
    _end_access(row)
    _close(row, actor)
    rows.save_turn(row, "state", "access_ended", *SIDES)
    if was_open:
        with in_dutch():
            told = _("%(code)s teruggehaald") % {"code": row.code}
        _news(row, actor, told, ended=True)
    _settle(row, actor, REFERRAL_RECALL, reason)


def close_without_answer(*, code: str, on: date, reason: str, actor: Actor) -> None:
    """Close because no answer came. It takes two reminders, a day and a reason.

    Raises:
        Http404: no such referral of this organisation.
        DomainError: too few reminders, or a day that cannot be.
        Conflict: there is an answer, or it is closed already.
    """
    row = rows.find_sent(code, actor, REFERRAL_NOTE_ANSWER)
    if row.answered or row.closed or row.state not in rows.OPEN_STATES:
        raise Conflict
    if row.reminders < terms.ENOUGH_REMINDERS:
        raise DomainError(_("Stuur eerst twee herinneringen. Daarna kan “geen antwoord”."), field="on")
    _check_day(row, on)
    if row.reminded_on and on < row.reminded_on:
        raise DomainError(_("Kies de dag van de laatste herinnering of later."), field="on")
    _check_reason(row, UNANSWERED_REASONS, reason)
    rows.step_state(row, Referral.State.DONE)
    row.answer, row.answer_on, row.outcome_on = NO_ANSWER, on, on
    _end_access(row)
    _close(row, actor)
    rows.save_turn(row, "state", "access_ended", *CODE_FIELDS, *SIDES)
    with in_dutch():
        partner = words.partner(rows.pack_of(row), row.partner)
        told = _("%(code)s: geen antwoord van %(partner)s") % {"code": row.code, "partner": partner}
    _news(row, actor, told, ended=True)
    _settle(row, actor, REFERRAL_NOTE_ANSWER, f"{NO_ANSWER}.{reason}")


def handle_answer(*, code: str, tell: str, actor: Actor, acute: bool = False, minor: str = "unknown") -> None:
    """Say that the answer was read, tell the reporter what may be told, and go on or close.

    Args:
        code: of the referral.
        tell: id of the feedback code whose text the reporters of the case get; empty tells them nothing.
        actor: who read it.
        acute, minor: what came back tells of danger, or of a child.

    Raises:
        Http404: no such referral of this organisation.
        DomainError: a text that is not on the list.
        Conflict: there is nothing to handle.
    """
    row = rows.find_sent(code, actor, REFERRAL_NOTE_ANSWER)
    if row.closed or not rows.waits_for_reading(row, actor):
        raise Conflict
    if tell and tell not in rows.pack_of(row).feedback_codes:
        raise DomainError(_("Kies wat de melder hoort."), field="tell")
    ended = row.state in (Referral.State.DONE, Referral.State.RETURNED)
    if ended:
        _close(row, actor)
    else:
        wait_for(
            row,
            actor,
            end_of(row.expires) if row.answered else terms.due_for(rows.pack_of(row), terms.REMIND),
        )
    rows.save_turn(row, *SIDES)
    if tell:
        _tell_reporters(row, tell, actor)
    with in_dutch():
        told = _("%(what)s (gelezen)") % {"what": answer_line(row)}
    _news(row, actor, told, ended=ended, acute=acute, minor=minor)
    _settle(row, actor, REFERRAL_NOTE_ANSWER, "handled")


def expire_passed(*, actor: Actor, today: date) -> int:
    """End the access to everything of the acting organisation whose term has passed; twice is harmless.

    Returns:
        How many were ended.
    """
    passed = Referral.objects.filter(
        organisation_id=actor.own_organisation, expires__lt=today, access_ended__isnull=True
    )
    count = 0
    # Referrals first and links after them, as who answers by a link takes them. What somebody holds can wait.
    for row in passed.order_by("expires").select_for_update(skip_locked=True)[:500]:
        with fenced():
            _expire(row, actor)
            count += 1
    end_passed(actor.own_organisation)
    return count


def _expire(row: Referral, actor: Actor) -> None:
    # What is done keeps its outcome; only the access goes.
    if row.state in (Referral.State.SENT, Referral.State.ACCEPTED):
        rows.step_state(row, Referral.State.EXPIRED)
    _end_access(row)
    if row.closed is None and row.state == Referral.State.EXPIRED:
        due = terms.due_for(rows.pack_of(row), terms.READ_ANSWER)
        _plan(row, actor, AWAIT_PARTNER, due)
    rows.save_turn(row, "state", "access_ended", *SIDES)
    _settle(row, actor, REFERRAL_RECALL, "expired")


@in_dutch()
def answer_line(row: Referral) -> str:
    """Return what a partner answered, in the words of the handbook."""
    pack = rows.pack_of(row)
    if row.state == Referral.State.RETURNED:
        what = words.reason(pack, "return_referral", row.return_reason)
        return _("%(code)s teruggegeven: %(what)s") % {"code": row.code, "what": what}
    return _("%(code)s: %(what)s") % {"code": row.code, "what": words.feedback(pack, row.answer)}


@in_dutch()
def answer_news(row: Referral) -> str:
    """Return who answered what, for the timeline of the case."""
    return f"{words.partner(rows.pack_of(row), row.partner)}. {answer_line(row)}"


def _tell_reporters(row: Referral, tell: str, actor: Actor) -> None:
    case = case_queries.case_for_referral(rows.origin_of(row).case_code, actor)
    for report_id in case.reports:
        reports.tell(report_id, code=tell, actor=actor)


def _news(
    row: Referral, actor: Actor, text: str, *, ended: bool, acute: bool = False, minor: str = "unknown"
) -> None:
    cases.referral_news(
        actor=actor,
        case_id=rows.origin_of(row).case_id,
        referral_id=row.id,
        text=text,
        step=PARTNER_RETURNED if row.state == Referral.State.RETURNED else None,
        ended=ended,
        acute=acute,
        minor=minor,
    )


def _check_reason(row: Referral, list_id: str, reason: str) -> None:
    if reason not in {each.id for each in words.reasons_without_sentence(rows.pack_of(row), list_id)}:
        raise DomainError(_("Kies een reden."), field="reason")


def _check_day(row: Referral, on: date) -> None:
    today = timezone.localdate()
    if on > today:
        raise DomainError(_("Deze dag moet nog komen. Kies vandaag of eerder."), field="on")
    if on < timezone.localtime(row.sent).date() - timedelta(days=1):
        raise DomainError(_("Deze dag ligt voor de doorzetting. Kies een latere dag."), field="on")


def _plan(row: Referral, actor: Actor, what: StepKind, due: followup.Due, *, waits: bool = False) -> None:
    followup.plan(
        row=row,
        subject_kind=rows.KIND,
        what=what,
        due=due,
        actor=actor,
        urgent=row.urgency == Urgency.NOW and not waits,
        minor=row.minor,
        waits_on_other=waits,
    )


def _plan_answered(row: Referral, chosen: FeedbackCode, actor: Actor) -> None:
    what, deadline = rows.step_after(chosen)
    night = what is NIGHT_WITHOUT_PLACE
    followup.plan(
        row=row,
        subject_kind=rows.KIND,
        what=what,
        due=rows.due(row, what, deadline) if night else partial(terms.due_for, rows.pack_of(row), deadline),
        actor=actor,
        # Whoever has the partner on the telephone is there.
        owner_id=actor.account_id if night else None,
        urgent=rows.is_urgent(row, what),
        minor=row.minor,
    )


def wait_for(row: Referral, actor: Actor, due: datetime) -> None:
    """Plan that the partner must answer before `due`; the sender can only wait and remind."""
    _plan(row, actor, AWAIT_PARTNER, due, waits=True)


def _go_on_waiting(row: Referral, actor: Actor, due: datetime) -> None:
    """Wait anew, unless an answer still has to be read: doing something else must not lose that step."""
    if rows.waits_for_reading(row, actor):
        followup.finish_open(subject_id=row.id, actor=actor, what=PARTNER_ASKS)
    else:
        wait_for(row, actor, due)


def _close(row: Referral, actor: Actor) -> None:
    if row.closed is None:
        followup.finish(row=row, actor=actor)


def _close_other_side(row: Referral) -> None:
    # The recipient's own steps are out of reach here; a job that acts for the recipient finishes them.
    if row.recipient_id and row.recipient_closed is None:
        row.recipient_step, row.recipient_closed = None, timezone.now()
        after_commit(jobs.finish_steps, row.id, row.recipient_id)


def _end_access(row: Referral) -> None:
    row.access_ended = row.access_ended or timezone.localdate()
    _close_other_side(row)
    channel_of(row).end(row)


def _settle(row: Referral, actor: Actor, action: Permission, purpose: str = "") -> None:
    rows.note(row, actor=actor, action=action, purpose=purpose)
    followup.settle()


def hold_made(referral_id: UUID, *, turn: int, actor: Actor) -> None:
    """Note that a hold stands for the answer that asked to wait. Called by the journey of holds.

    Args:
        turn: of the referral when it was read; who asked anew meanwhile is heard in the next round.
    """
    Referral.objects.filter(pk=referral_id, organisation_id=actor.own_organisation, turn=turn).update(
        held_on=timezone.localdate()
    )
