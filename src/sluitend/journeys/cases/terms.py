"""When things are due, from the handbook, in the working days of whoever must do them."""

from datetime import datetime, timedelta

from django.utils import timezone

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup.deadlines import OFFICE_DAYS, due_in, end_of
from sluitend.kernel.followup.models import StepKind
from sluitend.kernel.handbook.handling import CountsIn, Term, Unit
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

WORKING_HOURS_A_DAY = 8


def work_days_of(actor: Actor) -> list[int]:
    """Return the ISO weekdays on which this person works; office days for the system."""
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
    return due_by(
        deadline.term_for(acute=acute, minor=minor), work_days_of(actor) if own else list(OFFICE_DAYS)
    )


def due_by(term: Term, work_days: list[int]) -> datetime:
    """Return the moment at which a term that starts now has passed."""
    match term.unit:
        case Unit.AT_ONCE:
            return timezone.now()
        case Unit.SAME_DAY:
            return max(timezone.now(), end_of(timezone.localdate()))
        case Unit.WORKING_HOURS:
            return due_in(days=max(1, round(term.amount / WORKING_HOURS_A_DAY)), work_days=work_days)
        case Unit.WORKING_DAYS:
            return due_in(days=term.amount, work_days=work_days)
        case Unit.DAYS:
            return end_of(timezone.localdate() + timedelta(days=term.amount))
