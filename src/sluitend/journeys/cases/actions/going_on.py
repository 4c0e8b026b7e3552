"""What a case does next by its plan: the first action that can be done, or the day on which one returns."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from django.utils import timezone

from sluitend.journeys.cases import terms
from sluitend.journeys.cases.actions.glancing import note
from sluitend.journeys.cases.actions.recalling import ask_about_letters
from sluitend.journeys.cases.actions.working import OnCase
from sluitend.journeys.cases.journey import FOLLOW_CASE, WORK_PLAN
from sluitend.journeys.cases.models import Case, is_minor
from sluitend.journeys.cases.queries.casefile import subjects_of
from sluitend.journeys.cases.queries.glances import WHERE
from sluitend.journeys.cases.queries.kept_plan import ASKED, DATED, GIVEN, Kept, as_kept_plan, decided
from sluitend.journeys.cases.queries.plan_facts import Known, known_of
from sluitend.journeys.cases.queries.plans import plan_of
from sluitend.kernel.followup.actions import Due
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.guidance import Urgency, Wish
from sluitend.kernel.handbook.planning import Plan, Planned


def replan(it: OnCase, *, answered: str = "") -> None:
    """Let a case that is worked by its plan go on by what is known now: the end of each verb that adds to it.

    What was heard of danger or a child stands first already, until somebody has worked on it.

    Args:
        answered: code of the letter by whose answer something is known now.
    """
    kept = as_kept_plan(it.unsealed("plan"))
    if kept["actions"]:
        go_on_unless_heard(it, kept, answered=answered)


def go_on_unless_heard(it: OnCase, kept: Kept, *, answered: str = "") -> None:
    """Let a case go on by its plan, unless danger or a child was heard that nobody worked on yet.

    Args:
        kept: what is kept of the plan by now.
        answered: code of the letter by whose answer something is known now.
    """
    steps = NextStep.objects.filter(pk__in=[it.row.current_step_id], what__in=(WORK_PLAN, FOLLOW_CASE))
    if steps.filter(because="").exists():
        go_on(it, kept, answered=answered)
    elif any(each["state"] == ASKED for each in kept["actions"].values()):
        ask_about_letters(it, kept, plan_in(it, kept), answered=answered)


def go_on(it: OnCase, kept: Kept, *, answered: str = "") -> None:
    """Give a case that was weighed its next step: the first action that can be done, as soon as that asks.

    A case waits only where somebody decided about every action, or something else must come first. What is
    being composed has a step of its own, on its track.
    """
    case = it.row
    if case.state not in (Case.State.ROUTING, Case.State.RUNNING):
        return
    known = known_in(it, kept)
    made = plan_of(known)
    ask_about_letters(it, kept, made, answered=answered)
    open_ones = [each for each in made.actions if not decided(kept, each.id) and not each.locks]
    todo = next(iter(open_ones), None)
    waiting = [
        (each["until"], name)
        for name, each in kept["actions"].items()
        # What somebody has comes back whatever the plan asks; what was put off only where it is asked still.
        if each["state"] == GIVEN or (each["state"] == DATED and name in made.by_id and decided(kept, name))
    ]
    day, coming = min(waiting, default=("", ""))
    first = {each.kind: each.name for each in reversed(known.subjects) if each.kind in WHERE}
    note(it, first, next=todo.id if todo else coming)
    it.part = None  # the line names whatever gets another step
    if case.state != Case.State.RUNNING:
        it.to(Case.State.RUNNING)
    if todo is None and waiting:
        it.plan(WORK_PLAN, due=end_of(date.fromisoformat(day)))
    elif todo is None:
        # What only waits is not put off by what changes nothing.
        if not NextStep.objects.filter(pk__in=[case.current_step_id], what=FOLLOW_CASE).exists():
            it.plan(FOLLOW_CASE)
    else:
        urgent, due = case.acute or todo.urgency is Urgency.NOW, _due(case, todo, open_ones)
        if waiting:
            due = partial(_soonest, due, end_of(max(date.fromisoformat(day), timezone.localdate())))
        it.next_step(WORK_PLAN, due=due, urgent=urgent, minor=is_minor(case.minor))


def _soonest(due: Due, back: datetime, work_days: tuple[int, ...]) -> datetime:
    """Return when a step is due beside which something comes back by itself, whichever is first."""
    return min(due(work_days) if callable(due) else due, back)


def _due(case: Case, planned: Planned, open_ones: Iterable[Planned]) -> Due:
    now, by = timezone.localtime(), planned.action.by
    if by and planned.urgency is not Urgency.DAYS:
        hour, minute = by.split(":")
        return max(now, now.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0))
    # Help stands before what somebody finds out today, and is for today then as well.
    hurries = any(each.urgency is not Urgency.DAYS for each in open_ones)
    return partial(terms.due_for, case.pack, WORK_PLAN, acute=planned.urgency is Urgency.NOW, minor=hurries)


def plan_in(it: OnCase, kept: Kept | None = None) -> Plan:
    """Return the plan of a case on which something is done; for the arguments see `known_in`."""
    return plan_of(known_in(it, kept))


def known_in(it: OnCase, kept: Kept | None = None) -> Known:
    """Return what is known of a case on which something is done.

    Args:
        it: on the case.
        kept: what is kept of the plan by now, where that is not saved yet.
    """
    known = known_of(it.row, it.envelope, subjects_of(it.row, it.envelope))
    wish = (it.unsealed("wish") or {}).get("wish", Wish.UNKNOWN.value)
    now = replace(known, flags=it.unsealed("facts") or {}, wish=wish)
    return replace(now, kept=kept) if kept else now
