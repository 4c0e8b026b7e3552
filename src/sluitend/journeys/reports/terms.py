"""When a next step about a report is due: the terms of the handbook, in days that leave no clock."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone

from sluitend.journeys.reports.journey import TELL_REPORTER
from sluitend.kernel.followup.deadlines import OFFICE_DAYS, add_working_days, due_in, end_of
from sluitend.kernel.handbook.handling import CountsIn, Term, Unit
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.manifest import StepKind

WORKING_DAY_HOURS = 8
FALLBACK_DAYS = {TELL_REPORTER: 20}
OTHERWISE_DAYS = 2
MARK_TIME = timedelta(hours=2)


def term_of(pack: Pack, step: StepKind, *, acute: bool = False, minor: bool = False) -> Term:
    """Return the handbook's term for a kind of step, or an ordinary one where a handbook has none."""
    deadline = pack.deadlines.get(step)
    if deadline is None:
        return Term(unit=Unit.WORKING_DAYS, amount=FALLBACK_DAYS.get(step, OTHERWISE_DAYS))
    return deadline.term_for(acute=acute, minor=minor)


def due(
    pack: Pack,
    step: StepKind,
    work_days: Iterable[int] = OFFICE_DAYS,
    *,
    acute: bool = False,
    minor: bool = False,
) -> datetime:
    """Return when a step is due: at once when acute, else the end of an office day.

    Args:
        pack: the handbook that holds.
        step: what is to be done.
        work_days: of the one who must do it; they count where the handbook says so.
        acute: danger now; the one case in which a moment is kept.
        minor: somebody is, or may be, younger than eighteen.
    """
    deadline = pack.deadlines.get(step)
    if deadline and deadline.counts_in is CountsIn.EVERYONE:
        work_days = OFFICE_DAYS
    term = term_of(pack, step, acute=acute, minor=minor)
    if term.unit is Unit.AT_ONCE:
        return kept_moment() if acute else due_in(days=0)
    end = due_in(days=_days(term), work_days=work_days)
    # After office hours today has ended; what is acute may keep a moment, so that it does not start out late.
    return max(end, kept_moment()) if acute else end


def kept_moment() -> datetime:
    """Return the finest that is kept of when something came in: the minute, of what is acute only.

    Page, receipt and privacy text say so in words; of all else the day is kept.
    """
    return timezone.now().replace(second=0, microsecond=0)


def promised(pack: Pack, step: StepKind, received: date, *, acute: bool = False) -> date:
    """Return the day by the end of which a reporter may expect a step, counted from the day of the report."""
    return add_working_days(received, promised_days(pack, step, acute=acute))


def promised_days(pack: Pack, step: StepKind, *, acute: bool = False) -> int:
    """Return in how many working days a reporter may expect a step; what is done at once takes one."""
    return max(_days(term_of(pack, step, acute=acute)), 1)


def end_of_mark() -> datetime:
    """Return until when the maker of a mark can finish it: today, two hours at least while the day lasts."""
    now = timezone.localtime()
    latest = now.replace(hour=23, minute=30, second=0, microsecond=0)
    return min(max(end_of(now.date()), now + MARK_TIME), latest)


def _days(term: Term) -> int:
    if term.unit is Unit.WORKING_DAYS or term.unit is Unit.DAYS:
        return term.amount
    if term.unit is Unit.WORKING_HOURS:
        return -(-term.amount // WORKING_DAY_HOURS)
    return 0
