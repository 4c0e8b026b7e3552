"""When things are due, from the handbook, in the working days of whoever must do them."""

from collections.abc import Iterable
from datetime import datetime

from sluitend.journeys.cases.journey import WORK_TRACK
from sluitend.kernel.followup.deadlines import OFFICE_DAYS, news_due, term_end
from sluitend.kernel.followup.journey import SECOND_EYES
from sluitend.kernel.handbook.handling import CountsIn, Term, Unit
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.manifest import StepKind


def due_for(
    pack: Pack,
    step: StepKind,
    work_days: Iterable[int],
    *,
    acute: bool = False,
    minor: bool = False,
    news: bool = False,
) -> datetime:
    """Return when a step is due.

    Args:
        pack: of the release that the case follows.
        step: what must be done.
        work_days: of the owner; they count where the handbook says so.
        acute, minor: these go before the ordinary term.
        news: danger or a child is new: that goes before any term, also one that otherwise does not hurry.
    """
    # A handbook of before a step was there has no term for it.
    deadline = pack.deadlines.get(step.term or "") or pack.deadlines[WORK_TRACK]
    if news and (acute or minor):
        return news_due(acute=acute)
    own = deadline.counts_in is CountsIn.OWNER
    term = deadline.term_for(acute=acute, minor=minor)
    return term_end(term, work_days=work_days if own else OFFICE_DAYS)


def second_eyes(pack: Pack, *, acute: bool) -> datetime:
    """Return when a colleague should have looked along."""
    deadline = pack.deadlines.get(SECOND_EYES)
    term = deadline.term_for(acute=acute, minor=True) if deadline else Term(unit=Unit.SAME_DAY)
    return term_end(term, work_days=OFFICE_DAYS)
