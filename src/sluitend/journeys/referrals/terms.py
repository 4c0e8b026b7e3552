"""When the steps of a referral are due, from the handbook."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone

from sluitend.kernel.followup.deadlines import OFFICE_DAYS, add_working_days, term_end
from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.handling import CountsIn, Term, Unit
from sluitend.kernel.handbook.pack import Pack

NIGHT = "night_without_place"
LOOK = "look_at_referral"
READ_ANSWER = "work_track"
ANSWER_PARTNER = "answer_partner"
AFTER_RETURN = "after_return"
SEND = "refer"
REMIND = "remind_partner"
PICKUP = "pickup_expires"
RENEW_PICKUP = "renew_pickup"
ENOUGH_REMINDERS = 2
USUAL = Term(unit=Unit.WORKING_DAYS, amount=5)
USUAL_ANSWER_DAYS = 10
USUAL_ACCESS_DAYS = 91


def due_for(
    pack: Pack,
    deadline_id: str,
    work_days: Iterable[int] = OFFICE_DAYS,
    *,
    acute: bool = False,
    minor: bool = False,
) -> datetime:
    """Return when a step is due whose term stands in the handbook under this id.

    Args:
        work_days: of the one who must do it; they count where the handbook says so.
    """
    deadline = pack.deadlines.get(deadline_id)
    if deadline is None:
        return term_end(USUAL)
    own = deadline.counts_in is CountsIn.OWNER
    return term_end(deadline.term_for(acute=acute, minor=minor), work_days=work_days if own else OFFICE_DAYS)


def answer_by(days: int | None) -> date:
    """Return before which day a partner is asked to answer: so many working days from now."""
    return add_working_days(timezone.localdate(), USUAL_ANSWER_DAYS if days is None else days)


def access_until(days: int | None) -> date:
    """Return the last day on which a partner can read what was shared."""
    return timezone.localdate() + timedelta(days=USUAL_ACCESS_DAYS if days is None else days)


def latest_answer(urgency: str) -> date:
    """Return the last day on which an answer can be asked: what is for now or today is not for next week."""
    return timezone.localdate() if urgency in (Urgency.NOW, Urgency.TODAY) else date.max
