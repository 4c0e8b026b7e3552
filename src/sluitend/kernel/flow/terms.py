"""When the steps of a matter are due, from the handbook."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from sluitend.kernel.followup.deadlines import OFFICE_DAYS, add_working_days, term_end
from sluitend.kernel.handbook.handling import CountsIn, Term, Unit
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.manifest import StepKind

REMIND = "remind_partner"
USUAL = Term(unit=Unit.WORKING_DAYS, amount=5)
USUAL_ANSWER_DAYS = 5
DAYS_AFTER_ANSWER = 10


def due_for(
    pack: Pack,
    what: str,
    work_days: Iterable[int] = OFFICE_DAYS,
    *,
    acute: bool = False,
    minor: bool = False,
) -> datetime:
    """Return when something is due, by its term in the handbook.

    Args:
        what: a step, or the id of a term.
        work_days: of the one who must do it; they count where the handbook says so.

    Raises:
        TypeError: the step has no term: whoever plans it says when.
    """
    term = what.term if isinstance(what, StepKind) else what
    if term is None:
        raise TypeError(f"{what} has no term in a handbook")
    deadline = pack.deadlines.get(term)
    if deadline is None:  # only a handbook of before the step was there
        return term_end(USUAL)
    own = deadline.counts_in is CountsIn.OWNER
    return term_end(deadline.term_for(acute=acute, minor=minor), work_days=work_days if own else OFFICE_DAYS)


def answer_by(days: int | None) -> date:
    """Return before which day an answer is asked: so many working days from now."""
    return add_working_days(timezone.localdate(), USUAL_ANSWER_DAYS if days is None else days)


def expires_after(day: date) -> date:
    """Return the last day on which something without an answer can still be taken: then it comes back."""
    return add_working_days(day, DAYS_AFTER_ANSWER)
