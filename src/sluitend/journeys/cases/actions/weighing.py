"""Weighing: three judgements, one outcome."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases.actions.planning import plan_case_step
from sluitend.journeys.cases.actions.reasons import check_reason, sentence_for, told_by
from sluitend.journeys.cases.actions.urgency import URGENCY, hear
from sluitend.journeys.cases.journey import CASE, CASE_WEIGH, CHOOSE_ROUTE, FOLLOW_CASE, LOOK_AGAIN
from sluitend.journeys.cases.models import Answer, Case, TimelineEvent, Weighing, is_minor
from sluitend.journeys.cases.rows import (
    find_open_case,
    note,
    open_case,
    pack_of,
    save_sealed,
    to,
    write_event,
)
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.followup.actions import plan, settle
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
    case = find_open_case(code, actor, CASE_WEIGH, revision=revision)
    chosen = _decision(concrete, recent, pattern, decision)
    why = check_reason(pack_of(case), REASONS_OF[chosen], reason, sentence)
    if chosen is Weighing.Decision.HOLD:
        _check_hold(case, until, why)
    envelope = open_case(case, actor, CASE_WEIGH)
    weighing = Weighing(
        organisation_id=case.organisation_id,
        case=case,
        concrete=concrete,
        recent=recent,
        pattern=pattern,
        decision=chosen,
        reason=why.id,
        at=timezone.now(),
        by_id=actor.own_account,
    )
    envelope.seal(weighing, "sentence", sentence_for(why, sentence))
    weighing.save(force_insert=True)
    _follow(case, chosen, until, actor)
    hear(case, envelope, actor=actor, because=Because.WEIGHED, **told_by(why))
    save_sealed(case, envelope, fields=["state", "held_until", *URGENCY])
    with in_dutch():
        text = f"{chosen.label.lower()}. {why.label.nl}"
    write_event(case, envelope, actor=actor, what=TimelineEvent.What.WEIGHED, text=text)
    note(case, actor=actor, action=CASE_WEIGH, purpose=chosen)
    settle()


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


def _follow(case: Case, decision: Weighing.Decision, until: date | None, actor: Actor) -> None:
    if decision is Weighing.Decision.HOLD and until is not None:
        to(case, Case.State.ON_HOLD)
        case.held_until = until
        plan(row=case, subject_kind=CASE, what=LOOK_AGAIN, due=end_of(until), actor=actor)
    elif decision is Weighing.Decision.CONTINUE:
        to(case, Case.State.ROUTING)
        case.held_until = None
        plan_case_step(case, CHOOSE_ROUTE, actor=actor)
    else:
        # Closing asks for an outcome and a word to the reporter; until then the case stays open with a step.
        plan_case_step(case, FOLLOW_CASE, actor=actor)
