"""How the sender ends a referral, or the day does: recall, close without an answer, expire."""

from datetime import date

from django.utils.translation import gettext as _

from sluitend.journeys.referrals import rows, terms, words
from sluitend.journeys.referrals.actions import sender
from sluitend.journeys.referrals.actions.partner import CODE_FIELDS
from sluitend.journeys.referrals.channels import end_passed
from sluitend.journeys.referrals.journey import AWAIT_PARTNER, REFERRAL_NOTE_ANSWER, REFERRAL_RECALL
from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.handbook.language import in_dutch

NO_ANSWER = "geen_antwoord"
UNANSWERED_REASONS = "partner_unanswered"
RECALL_REASONS = "recall_referral"


def recall(*, code: str, reason: str, actor: Actor) -> None:
    """End the partner's access. It does not unlearn what was read.

    Raises:
        Absent: no such referral of this organisation.
        DomainError: no reason of the list was chosen.
        Conflict: access has ended already.
    """
    row = rows.find_sent(code, actor, REFERRAL_RECALL)
    _check_reason(row, RECALL_REASONS, reason)
    rows.step_state(row, Referral.State.RECALLED)
    was_open = row.closed is None
    sender.end_access(row)
    sender.close(row, actor)
    rows.save_turn(row, "state", "access_ended", *sender.SIDES)
    if was_open:
        with in_dutch():
            told = _("%(code)s teruggehaald") % {"code": row.code}
        sender.news(row, actor, told, ended=True)
    sender.settle(row, actor, REFERRAL_RECALL, reason)


def close_without_answer(*, code: str, on: date, reason: str, actor: Actor) -> None:
    """Close because no answer came. It takes two reminders, a day and a reason.

    Raises:
        Absent: no such referral of this organisation.
        DomainError: too few reminders, or a day that cannot be.
        Conflict: there is an answer, or it is closed already.
    """
    row = rows.find_sent(code, actor, REFERRAL_NOTE_ANSWER)
    if row.answered or row.closed or row.state not in rows.OPEN_STATES:
        raise Conflict
    if row.reminders < terms.ENOUGH_REMINDERS:
        raise DomainError(_("Stuur eerst twee herinneringen. Daarna kan “geen antwoord”."), field="on")
    sender.check_day(row, on)
    if row.reminded_on and on < row.reminded_on:
        raise DomainError(_("Kies de dag van de laatste herinnering of later."), field="on")
    _check_reason(row, UNANSWERED_REASONS, reason)
    rows.step_state(row, Referral.State.DONE)
    row.answer, row.answer_on, row.outcome_on = NO_ANSWER, on, on
    sender.end_access(row)
    sender.close(row, actor)
    rows.save_turn(row, "state", "access_ended", *CODE_FIELDS, *sender.SIDES)
    with in_dutch():
        partner = words.partner(rows.pack_of(row), row.partner)
        told = _("%(code)s: geen antwoord van %(partner)s") % {"code": row.code, "partner": partner}
    sender.news(row, actor, told, ended=True)
    sender.settle(row, actor, REFERRAL_NOTE_ANSWER, f"{NO_ANSWER}.{reason}")


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
    sender.end_access(row)
    if row.closed is None and row.state == Referral.State.EXPIRED:
        due = terms.due_for(rows.pack_of(row), terms.READ_ANSWER)
        sender.plan(row, actor, AWAIT_PARTNER, due)
    rows.save_turn(row, "state", "access_ended", *sender.SIDES)
    sender.settle(row, actor, REFERRAL_RECALL, "expired")


def _check_reason(row: Referral, list_id: str, reason: str) -> None:
    if reason not in {each.id for each in words.reasons_without_sentence(rows.pack_of(row), list_id)}:
        raise DomainError(_("Kies een reden."), field="reason")
