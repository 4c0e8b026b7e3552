"""When a partner says more: an answer that counts and ends nothing has a day for the next word.

Both sides read that day. The partner's own step is due on it, and whoever asked waits for it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.journeys.referrals import terms
from sluitend.journeys.referrals.answers import ASKS_BACK, codes_of
from sluitend.journeys.referrals.models import Referral
from sluitend.journeys.referrals.waiting import asks_to_wait
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.handbook.recognition import FeedbackCode


@dataclass(frozen=True)
class NextOffer:
    """Which answers ask for that day, and until when it may lie."""

    codes: tuple[str, ...]
    last: date


def offer(row: Referral) -> NextOffer:
    """Return what a form must know to ask for that day."""
    return NextOffer(tuple(each.id for each in codes_of(row) if asks_day(each)), bounds(row)[1])


def has_next(code: FeedbackCode) -> bool:
    """Return whether more is to come after this answer; who only asks something waits for the sender."""
    return code.answered and not code.closes and code.id != ASKS_BACK


def asks_day(code: FeedbackCode) -> bool:
    """Return whether a form asks for that day: who asks to wait says until when already."""
    return has_next(code) and not asks_to_wait(code)


def bounds(row: Referral) -> tuple[date, date]:
    """Return the first and the last day on which the next word can be promised: while it can be read."""
    today = timezone.localdate()
    last = row.expires if row.expires > today else terms.access_until()
    return today + timedelta(days=1), last


def proposed(row: Referral, code: FeedbackCode) -> date:
    """Return the day that the handbook proposes after this answer."""
    first, last = bounds(row)
    return min(max(terms.answer_by(code.next_days), first), last)


def day_after(row: Referral, code: FeedbackCode, day: date | None) -> date | None:
    """Return the day of the next word after this answer; None when nothing more is to come.

    Args:
        row: the referral, as it was before the answer.
        code: the answer.
        day: what was filled in; empty takes what the handbook proposes.

    Raises:
        DomainError: it does not lie ahead, or too far.
    """
    if not has_next(code):
        return None if code.closes else row.next_word
    first, last = bounds(row)
    if day is None:
        return proposed(row, code)
    if asks_to_wait(code):
        return min(day, last)
    if not first <= day <= last:
        raise DomainError(
            _("Kies een dag na vandaag, ten hoogste %(day)s.") % {"day": date_format(last, "j F Y")},
            "next_word",
        )
    return day


def is_late(row: Referral) -> bool:
    """Return whether the day on which a partner would say more has passed."""
    return row.next_word is not None and row.next_word < timezone.localdate()
