"""How the sender ends a referral, or the day does: recall, close without an answer, expire."""

from datetime import date

from django.utils.translation import gettext as _

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.journey import PARTNER_ANSWERED, PARTNER_ASKS, RECALL_OR_LEAVE
from sluitend.journeys.referrals import answers, terms, words
from sluitend.journeys.referrals.actions import sender
from sluitend.journeys.referrals.actions.telling import tell_case
from sluitend.journeys.referrals.channels import end_passed
from sluitend.journeys.referrals.journey import REFERRAL_LET_STAND, REFERRAL_NOTE_ANSWER, REFERRAL_RECALL
from sluitend.journeys.referrals.models import Referral
from sluitend.journeys.referrals.queries.found import origin_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.flow.finding import has_open
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.reasons import chosen_reason
from sluitend.kernel.flow.terms import due_for
from sluitend.kernel.flow.verbs import on, verb
from sluitend.kernel.followup.actions import finish_open
from sluitend.kernel.handbook.language import in_dutch

UNANSWERED_REASONS = "partner_unanswered"
RECALL_REASONS = "recall_referral"
STAYS_REASONS = "plan_refuse"
"""Why what the plan asks no more is not taken back: as of anything that is not done."""

BY_PLAN = "plan"
"""The reason of what is taken back because the plan asks it no more: nobody need pick one."""


def recall(*, code: str, reason: str, actor: Actor) -> None:
    """End the partner's access. It does not unlearn what was read.

    Args:
        code: of the referral.
        reason: id of a prepared reason, or `BY_PLAN`.
        actor: who takes it back.

    Raises:
        Absent: no such referral of this organisation.
        DomainError: no reason of the list was chosen.
        Conflict: access has ended already, or the plan asks it again.
    """
    with verb(Referral, code, actor, REFERRAL_RECALL) as it:
        row = it.row
        if reason == BY_PLAN:
            _require_proposed(row, actor)
            it.purpose = BY_PLAN
        else:
            it.purpose = chosen_reason(row.pack, RECALL_REASONS, reason, sentences=False).id
        # What the partner said just now and nobody read is not lost with it.
        tell_case(row, actor)
        it.to(State.RECALLED)
        was_open = row.closed is None
        sender.end(it)
        if was_open:
            with in_dutch():
                told = _("%(code)s teruggehaald") % {"code": row.code}
            sender.news(row, actor, told, ended=True)


def let_stand(*, code: str, reason: str, actor: Actor) -> None:
    """Leave with its partner what the plan asks no more, and say why.

    Args:
        code: of the referral.
        reason: id of a prepared reason.
        actor: who decides so.

    Raises:
        Absent: no such referral of this organisation.
        DomainError: no reason of the list was chosen.
        Conflict: the plan asks it again, or somebody decided about it already.
    """
    with verb(Referral, code, actor, REFERRAL_LET_STAND) as it:
        row = it.row
        _require_proposed(row, actor)
        chosen = chosen_reason(row.pack, STAYS_REASONS, reason, sentences=False)
        it.purpose = chosen.id
        finish_open(subject_id=row.id, actor=actor, what=RECALL_OR_LEAVE)
        cases.letter_left(actor=actor, case_id=origin_of(row).case_id, referral_code=row.code, reason=chosen)


def _require_proposed(row: Referral, actor: Actor) -> None:
    if not has_open(row, actor, RECALL_OR_LEAVE):
        raise Conflict


def close_without_answer(*, code: str, on: date, reason: str, actor: Actor) -> None:
    """Close because no answer came. It takes two reminders, a day and a reason.

    Raises:
        Absent: no such referral of this organisation.
        DomainError: too few reminders, or a day that cannot be.
        Conflict: there is an answer, or it is closed already.
    """
    with verb(Referral, code, actor, REFERRAL_NOTE_ANSWER, purpose=f"{answers.NO_ANSWER}.{reason}") as it:
        row = it.row
        if row.answered or row.closed or row.state not in answers.OPEN_STATES:
            raise Conflict
        if row.reminders < terms.ENOUGH_REMINDERS:
            raise DomainError(_("Stuur eerst twee herinneringen. Daarna kan “geen antwoord”."), field="on")
        sender.check_day(row, on)
        if row.reminded_on and on < row.reminded_on:
            raise DomainError(_("Kies de dag van de laatste herinnering of later."), field="on")
        chosen_reason(row.pack, UNANSWERED_REASONS, reason, sentences=False)
        it.to(State.DONE)
        row.answer, row.answer_on, row.outcome_on = answers.NO_ANSWER, on, on
        sender.end(it)
        with in_dutch():
            partner = words.partner(row.pack, row.partner)
            told = _("%(code)s: geen antwoord van %(partner)s") % {"code": row.code, "partner": partner}
        sender.news(row, actor, told, ended=True)


def stop_waiting(*, code: str, actor: Actor) -> None:
    """End a referral on which the partner answered without ending it: it may say nothing, or says no more.

    Raises:
        Absent: no such referral of this organisation.
        DomainError: what the partner asked was not answered.
        Conflict: there is no answer, one still has to be read, or it is closed already.
    """
    with verb(Referral, code, actor, REFERRAL_NOTE_ANSWER, purpose="stopped") as it:
        row = it.row
        if not answers.may_stop_waiting(row) or answers.waits_for_reading(row, actor):
            raise Conflict
        if has_open(row, actor, PARTNER_ASKS):
            raise DomainError(_("Beantwoord eerst wat de partner vroeg."))
        it.to(State.DONE)
        sender.end(it)
        with in_dutch():
            partner = words.partner(row.pack, row.partner)
            told = _("%(code)s: wij wachten niet verder op %(partner)s") % {
                "code": row.code,
                "partner": partner,
            }
        sender.news(row, actor, told, ended=True)


def end_links(*, actor: Actor) -> int:
    """End every pick-up of the acting organisation that nobody collected in time, and every session over.

    Returns:
        How many there were.
    """
    return end_passed(actor.own_organisation)


def expire(row: Referral, actor: Actor) -> None:
    """End the access to a referral, by whatever way: who waits for an answer asks for it by telephone."""
    with on(row, actor, REFERRAL_RECALL, purpose="expired") as it:
        # What is done keeps its outcome; only the access goes.
        if row.state in (State.SENT, State.ACCEPTED):
            it.to(State.EXPIRED)
        sender.end_access(it)
        cases.letter_back(actor=actor, case_id=origin_of(row).case_id, referral_id=row.id)
        if row.closed is None and row.state == State.EXPIRED:
            sender.go_on_waiting(it, due_for(row.pack, PARTNER_ANSWERED), waits=False)
