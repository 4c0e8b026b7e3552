"""Terms in working days: the organisation's, or a person's own."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays
from django.utils import timezone

from sluitend.kernel.handbook.handling import RetentionTerm, Term, Unit

END_OF_DAY = time(17, 0)
OFFICE_DAYS = (1, 2, 3, 4, 5)
HOURS_A_DAY = 8


@lru_cache(maxsize=8)
def _holidays(year: int) -> frozenset[date]:
    # Liberation day is a day off in five-year steps only; the library follows that.
    return frozenset(holidays.country_holidays("NL", years=year))


def is_working_day(day: date, work_days: Iterable[int] = OFFICE_DAYS) -> bool:
    """Return whether somebody with these ISO weekdays works on this day; Dutch public holidays are free."""
    return day.isoweekday() in tuple(work_days) and day not in _holidays(day.year)


def add_working_days(day: date, number: int, work_days: Iterable[int] = OFFICE_DAYS) -> date:
    """Return the day that lies `number` working days after `day`.

    Args:
        day: where counting starts; it does not count itself.
        number: zero gives the day itself when it is a working day, else the next one.
        work_days: ISO weekdays of the person; an empty list counts as Monday to Friday.
    """
    days = tuple(work_days) or OFFICE_DAYS
    while not is_working_day(day, days):
        day += timedelta(days=1)
    for _ in range(number):
        day += timedelta(days=1)
        while not is_working_day(day, days):
            day += timedelta(days=1)
    return day


def working_days_between(start: date, end: date, work_days: Iterable[int] = OFFICE_DAYS) -> int:
    """Return how many working days lie after `start` up to and including `end`."""
    days = tuple(work_days) or OFFICE_DAYS
    span = (end - start).days
    return sum(is_working_day(start + timedelta(days=step), days) for step in range(1, span + 1))


def news_due(*, acute: bool) -> datetime:
    """Return until when danger (`acute`) or a child that is new must be looked at, before any other term."""
    return term_end(Term(unit=Unit.AT_ONCE if acute else Unit.SAME_DAY))


def end_of(day: date, closes: str | None = None) -> datetime:
    """Return the end of an office day, the only clock that an anonymous report's step may show.

    Args:
        closes: the time before which the handbook wants it done, where that is earlier.
    """
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(closes) if closes else END_OF_DAY))


def due_in(
    *, days: int = 0, hours: int = 0, work_days: Iterable[int] = OFFICE_DAYS, own_limit: bool = True
) -> datetime:
    """Return when something is due.

    Args:
        days: working days; the end of that office day.
        hours: when given, a plain clock from now, for what is acute.
        work_days: of the owner. In somebody's own days a term is at most twice the normal one (domain brief
            10.4).
        own_limit: keep that maximum.
    """
    if hours:
        return timezone.now() + timedelta(hours=hours)
    today = timezone.localdate()
    own = add_working_days(today, days, work_days)
    if own_limit:
        own = min(own, add_working_days(today, max(2 * days, 1)))
    return end_of(own)


def term_end(term: Term, *, work_days: Iterable[int] = OFFICE_DAYS) -> datetime:
    """Return the moment at which a term of the handbook that starts now has passed.

    Args:
        term: working hours count as whole working days, so that no due date tells when something came in.
        work_days: of whoever must do it.
    """
    match term.unit:
        case Unit.AT_ONCE:
            return timezone.now()
        case Unit.SAME_DAY:
            return max(timezone.now(), end_of(timezone.localdate(), term.closes))
        case Unit.WORKING_HOURS:
            return due_in(days=max(1, round(term.amount / HOURS_A_DAY)), work_days=work_days)
        case Unit.WORKING_DAYS:
            return due_in(days=term.amount, work_days=work_days)
        case Unit.DAYS:
            return end_of(timezone.localdate() + timedelta(days=term.amount))


def retention_day(term: RetentionTerm, start: date) -> date:
    """Return the last day on which something is kept."""
    if term.days is not None:
        return start + timedelta(days=term.days)
    months = start.year * 12 + start.month - 1 + (term.months or 0)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
