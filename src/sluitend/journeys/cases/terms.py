"""When things are due, from the handbook, in the working days of whoever must do them."""

from datetime import datetime

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup.deadlines import OFFICE_DAYS, term_end
from sluitend.kernel.followup.models import StepKind
from sluitend.kernel.handbook.handling import CountsIn
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.organisations.models import Account

DEADLINE_OF = {
    StepKind.WEIGH: "weigh",
    StepKind.HELD: "review_hold",
    StepKind.CHOOSE_ROUTE: "choose_route",
    StepKind.REFER: "refer",
    StepKind.WORK_TRACK: "work_track",
    StepKind.PARTNER_RETURNED: "after_return",
    StepKind.FOLLOW_CASE: "close_case",
}
"""Under which id the handbook has the term of a step."""


def work_days_of(actor: Actor) -> list[int]:
    """Return the ISO weekdays on which this person works; office days for the system."""
    if actor.work_days is not None:
        return list(actor.work_days)
    account = (
        Account.objects.filter(pk=actor.account_id).only("work_days").first() if actor.account_id else None
    )
    return list(account.work_days) if account else list(OFFICE_DAYS)


def due_for(
    pack: Pack, step: StepKind, *, actor: Actor, acute: bool = False, minor: bool = False
) -> datetime:
    """Return when a step is due.

    Args:
        pack: of the release that the case follows.
        step: what must be done.
        actor: whose working days count, where the handbook counts in those of the owner.
        acute, minor: these go before the ordinary term.
    """
    # A handbook need not have a term of its own for what follows on a return.
    deadline = pack.deadlines.get(DEADLINE_OF[step]) or pack.deadlines[DEADLINE_OF[StepKind.WORK_TRACK]]
    own = deadline.counts_in is CountsIn.OWNER
    term = deadline.term_for(acute=acute, minor=minor)
    return term_end(term, work_days=work_days_of(actor) if own else OFFICE_DAYS)
