"""What the sender does after sending: record, remind, answer, read."""

from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases import queries as case_queries
from sluitend.journeys.cases.journey import NIGHT_WITHOUT_PLACE
from sluitend.journeys.referrals import answers, words
from sluitend.journeys.referrals.actions import sender
from sluitend.journeys.referrals.actions.partner import (
    check_message,
    day_of,
    note_code,
    write_message,
    write_wait,
)
from sluitend.journeys.referrals.actions.reaching import still_tell
from sluitend.journeys.referrals.actions.telling import answer_line, answer_news, tell_case
from sluitend.journeys.referrals.channels import channel_of
from sluitend.journeys.referrals.journey import (
    ANSWER_REFERRAL,
    AWAIT_PARTNER,
    REFERRAL,
    REFERRAL_NOTE_ANSWER,
)
from sluitend.journeys.referrals.models import Referral
from sluitend.journeys.referrals.next_word import is_late
from sluitend.journeys.referrals.queries import backgrounds
from sluitend.journeys.referrals.queries.found import origin_of
from sluitend.journeys.referrals.waiting import Wait, asks_to_wait
from sluitend.journeys.reports import actions as reports
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.terms import REMIND, due_for
from sluitend.kernel.flow.verbs import Work, verb
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.handbook.recognition import FeedbackCode
from sluitend.kernel.telltale import NOTHING_LOOKED, Looked, words_that_leave


def note_sent(*, code: str, on: date, actor: Actor) -> None:
    """Record that the sheet went by the municipality's own secure mail or was told by telephone.

    Raises:
        Absent: no such referral of this organisation.
        DomainError: the day lies in the future or before the referral.
        Conflict: this was recorded already, or it goes by account.
    """
    with verb(Referral, code, actor, REFERRAL_NOTE_ANSWER, purpose="went") as it:
        row = it.row
        if row.went_on or row.state != State.SENT or not channel_of(row).by_hand:
            raise Conflict
        sender.check_day(row, on)
        row.went_on = on
        it.plan(AWAIT_PARTNER, due=end_of(max(row.answer_by, timezone.localdate())))


def note_answer(
    *,
    code: str,
    answer: str,
    on: date,
    wait: Wait | None = None,
    next_word: date | None = None,
    actor: Actor,
) -> None:
    """Record what the partner answered by telephone or mail: a code and a day, two choices.

    After an answer that ends nothing the partner says more before `next_word`; empty takes what the handbook
    proposes.

    Raises:
        Absent: no such referral of this organisation.
        DomainError: no such code, a day that cannot be, or how to wait is missing.
        Conflict: it is closed already.
    """
    with verb(Referral, code, actor, REFERRAL_NOTE_ANSWER) as it:
        row = it.row
        chosen = next((each for each in answers.codes_of(row) if each.id == answer), None)
        if chosen is None:
            raise DomainError(_("Kies wat de partner antwoordde."), field="answer")
        if row.state not in answers.OPEN_STATES or row.closed:
            raise Conflict
        sender.check_day(row, on)
        it.purpose = chosen.id
        # What the partner said itself and nobody read is heard before what it says now.
        tell_case(row, actor)
        if asks_to_wait(chosen):
            write_wait(row, "", wait, actor=actor)
        note_code(row, chosen, on, next_word=day_of(chosen, wait, next_word))
        row.went_on = row.went_on or on
        if chosen.closes:
            it.to(State.DONE)
            it.close_other()
        _plan_answered(it, chosen)
        cases.referral_came(
            actor=actor,
            case_id=origin_of(row).case_id,
            referral_id=row.id,
            turn=it.turn,
            text=answer_news(row),
            answer=chosen.id,
        )
        sender.end_question(it)


def remind(*, code: str, actor: Actor) -> None:
    """Remind the partner, and count it. Who has answered is reminded of what they would say, from its day on.

    Raises:
        Absent: no such referral of this organisation.
        DomainError: a reminder went today already, or the partner has answered.
        Conflict: nothing is awaited any more.
    """
    with verb(Referral, code, actor, REFERRAL_NOTE_ANSWER, purpose="remind") as it:
        row = it.row
        if row.state not in answers.OPEN_STATES or row.went_on is None or row.closed:
            raise Conflict
        if row.answered and not is_late(row):
            raise DomainError(_("De partner heeft al geantwoord. Een herinnering is niet nodig."))
        count_reminder(it)
        channel_of(row).tell(row)


def count_reminder(it: Work[Referral]) -> None:
    """Count a reminder of today and wait anew.

    Raises:
        DomainError: one went already.
    """
    it.count_reminder()
    sender.go_on_waiting(it, due_for(it.row.pack, REMIND))


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
        Absent: no such referral of this organisation.
        DomainError: empty, too long, or a word in it was not looked at.
        Conflict: the partner can no longer read it.
    """
    with verb(Referral, code, actor, REFERRAL_NOTE_ANSWER, purpose="answer_question") as it:
        row = it.row
        if row.state != State.ACCEPTED or row.recipient_id is None:
            raise Conflict
        check_message(text)
        left = words_that_leave(text, looked, backgrounds.of_sender(row.code, actor))
        write_message(row, left, actor=actor, reader_id=row.recipient_id)
        hurries = any(answers.hurry(row)) and (answers.only_asked(row) or not row.answered)
        # What hurries at the sender hurries at the partner, also after a question.
        due = (
            end_of(max(row.answer_by, timezone.localdate()))
            if hurries
            else max(end_of(row.next_word or row.answer_by), due_for(row.pack, REMIND))
        )
        sender.go_on_waiting(it, due, answered=True)
        it.ask(ANSWER_REFERRAL, due=due, urgent=hurries and row.acute)
        if acute or minor != "unknown":
            with in_dutch():
                partner = words.partner(row.pack, row.partner)
                told = _("%(code)s: vraag van %(partner)s (gelezen)") % {"code": row.code, "partner": partner}
            sender.news(row, actor, told, ended=False, acute=acute, minor=minor)


def handle_answer(
    *,
    code: str,
    tell: str,
    actor: Actor,
    seen: int | None = None,
    acute: bool = False,
    minor: str = "unknown",
) -> None:
    """Say that the answer was read, tell the reporter what may be told, and go on or close.

    Args:
        code: of the referral.
        tell: id of the feedback code whose text the reporters of the case get; empty tells them nothing.
        actor: who read it.
        seen: the turn of the referral as the person saw it.
        acute, minor: what came back tells of danger, or of a child.

    Raises:
        Absent: no such referral of this organisation.
        DomainError: a text that is not on the list.
        Conflict: there is nothing to handle, or more came after it was seen.
    """
    with verb(Referral, code, actor, REFERRAL_NOTE_ANSWER, purpose="handled") as it:
        row = it.row
        if seen not in (None, row.turn) or row.closed or not answers.waits_for_reading(row, actor):
            raise Conflict
        if tell and tell not in row.pack.feedback_codes:
            raise DomainError(_("Kies wat de melder hoort."), field="tell")
        # Whoever reads it before the worker told the case lets the plan hear it.
        tell_case(row, actor)
        ended = row.state in (State.DONE, State.RETURNED)
        if ended:
            it.close()
            if row.state == State.DONE:
                still_tell(it)  # reading an answer is no call to say how somebody is reached
        else:
            sender.end_question(it)
            it.plan(answers.waiting_step(row), due=_waits_until(row))
        if tell:
            _tell_reporters(row, tell, actor)
        with in_dutch():
            told = _("%(what)s (gelezen)") % {"what": answer_line(row)}
        sender.news(row, actor, told, ended=ended, acute=acute, minor=minor)


def _waits_until(row: Referral) -> datetime:
    """Return until when the sender waits for more: the day that the partner gave, while it lies ahead."""
    if not row.answered or is_late(row):
        return due_for(row.pack, REMIND)
    return end_of(row.next_word or row.expires)


def _tell_reporters(row: Referral, tell: str, actor: Actor) -> None:
    case = case_queries.case_for_referral(origin_of(row).case_code, actor)
    for report_id in case.reports:
        reports.tell(report_id, code=tell, actor=actor)


def _plan_answered(it: Work[Referral], chosen: FeedbackCode) -> None:
    row, what = it.row, answers.step_after(chosen)
    night = what is NIGHT_WITHOUT_PLACE
    followup.plan(
        row=row,
        subject_kind=REFERRAL,
        what=what,
        due=answers.due(row, what) if night else partial(due_for, row.pack, what),
        actor=it.actor,
        # Whoever has the partner on the telephone is there.
        owner_id=it.actor.account_id if night else None,
        urgent=answers.is_urgent(row, what),
        minor=row.minor,
    )


def wait_request_made(referral_id: UUID, *, turn: int, actor: Actor) -> None:
    """Note that a wait request stands for the answer that asked to wait. Called by the journey of visits.

    Args:
        turn: of the referral when it was read; who asked anew meanwhile is heard in the next round.
    """
    Referral.objects.filter(pk=referral_id, organisation_id=actor.own_organisation, turn=turn).update(
        held_on=timezone.localdate()
    )
