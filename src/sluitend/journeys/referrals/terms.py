"""When the steps of a referral are due, from the handbook."""

from datetime import date, timedelta

from django.utils import timezone

from sluitend.kernel.followup.deadlines import add_working_days
from sluitend.kernel.handbook.guidance import Urgency

PICKUP = "pickup_expires"
ENOUGH_REMINDERS = 2
USUAL_ANSWER_DAYS = 10
ACCESS_DAYS = 91


def answer_by(days: int | None) -> date:
    """Return before which day a partner is asked to answer: so many working days from now."""
    return add_working_days(timezone.localdate(), USUAL_ANSWER_DAYS if days is None else days)


def access_until() -> date:
    """Return the last day on which a partner can read what was shared."""
    return timezone.localdate() + timedelta(days=ACCESS_DAYS)


def latest_answer(urgency: str) -> date:
    """Return the last day on which an answer can be asked: what is for now or today is not for next week."""
    return timezone.localdate() if urgency in (Urgency.NOW, Urgency.TODAY) else date.max
