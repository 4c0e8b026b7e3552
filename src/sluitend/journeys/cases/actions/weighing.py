"""Weighing: three judgements, one outcome."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases.actions.going_on import go_on
from sluitend.journeys.cases.actions.reasons import check_reason, sentence_for, told_by
from sluitend.journeys.cases.actions.urgency import hear
from sluitend.journeys.cases.actions.working import OnCase, on_case
from sluitend.journeys.cases.journey import CASE_WEIGH, CHOOSE_ROUTE, FOLLOW_CASE, LOOK_AGAIN
from sluitend.journeys.cases.models import Answer, Case, TimelineEvent, Weighing, is_minor
from sluitend.journeys.cases.queries.kept_plan import as_kept_plan
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.models import Because
from sluitend.kernel.handbook.handling import Reason
from sluitend.kernel.handbook.language import in_dutch

REASONS_OF = {
    Weighing.Decision.CONTINUE: "weigh_continue",
    Weighing.Decision.HOLD: "weigh_hold",
    Weighing.Decision.CLOSE: "weigh_close",
}
"""Which list of prepared reasons belongs to which decision."""

LONGEST_HOLD_DAYS = 180


def weigh(
    *,
    actor: Actor,
    code: str,
    concrete: str,
    recent: str,
    pattern: str,
    decision: str,
    reason: str,
    sentence: str = "",
    until: date | None = None,
    revision: int | None = None,
) -> None:
    """Record the weighing of a case and what follows from it.

    Args:
        actor: the focal point or deputy.
        code: of the case.
        concrete, recent, pattern: yes, no or unknown.
        decision: continue, hold or close.
        reason: id of a prepared reason for that decision.
        sentence: for "another reason" only.
        until: the day on which a held case is looked at again.
        revision: of the case as the person saw it.

    Raises:
        DomainError: an answer, reason or date is missing.
        Conflict: somebody else weighed or closed it.
    """
    with on_case(code, actor, CASE_WEIGH, revision=revision) as it:
        chosen = _decision(concrete, recent, pattern, decision)
        why = check_reason(it.row.pack, REASONS_OF[chosen], reason, sentence)
        if chosen is Weighing.Decision.HOLD:
            _check_hold(it.row, until, why)
        it.purpose = chosen
        weighing = Weighing(concrete=concrete, recent=recent, pattern=pattern, decision=chosen, reason=why.id)
        it.write(weighing, sentence=sentence_for(why, sentence))
        _follow(it, chosen, until)
        hear(it, because=Because.WEIGHED, **told_by(why))
        with in_dutch():
            it.event(TimelineEvent.What.WEIGHED, chosen.label.lower(), why.label.nl)


def _decision(concrete: str, recent: str, pattern: str, decision: str) -> Weighing.Decision:
    for field, answer in (("concrete", concrete), ("recent", recent), ("pattern", pattern)):
        if answer not in Answer.values:
            raise DomainError(_("Kies een antwoord. “Weet niet” is ook een antwoord."), field)
    if decision not in Weighing.Decision.values:
        raise DomainError(_("Kies wat u besluit."), "decision")
    return Weighing.Decision(decision)


def _check_hold(case: Case, until: date | None, why: Reason) -> None:
    if case.acute or why.acute or why.minor or is_minor(case.minor):
        raise DomainError(
            _("Deze casus is acuut of gaat misschien over een minderjarige. Dan kunt u niet wachten."),
            "decision",
        )
    today = timezone.localdate()
    if until is None or until <= today:
        raise DomainError(_("Kies een dag die nog komt."), "until")
    if (until - today).days > LONGEST_HOLD_DAYS:
        raise DomainError(_("Wacht ten hoogste een half jaar. Kijk daarna opnieuw."), "until")


def _follow(it: OnCase, decision: Weighing.Decision, until: date | None) -> None:
    if decision is Weighing.Decision.HOLD and until is not None:
        it.to(Case.State.ON_HOLD)
        it.row.held_until = until
        it.plan(LOOK_AGAIN, due=end_of(until))
    elif decision is Weighing.Decision.CONTINUE:
        it.to(Case.State.ROUTING)
        it.row.held_until = None
        kept = as_kept_plan(it.unsealed("plan"))
        if kept["actions"]:
            # Its plan was worked on before: here, or where it came from.
            go_on(it, kept)
        else:
            it.plan(CHOOSE_ROUTE)
    else:
        # Closing asks for an outcome and a word to the reporter; until then the case stays open with a step.
        it.plan(FOLLOW_CASE)
