"""What others tell the plan of a case: that something went, what came back, what is asked about its place."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.utils import timezone

from sluitend.journeys.cases.actions.going_on import go_on, go_on_unless_heard, known_in, plan_in, replan
from sluitend.journeys.cases.actions.planning import as_kept, told_fact
from sluitend.journeys.cases.actions.working import OnCase
from sluitend.journeys.cases.journey import CASE_WORK
from sluitend.journeys.cases.models import Case, SubjectToken, TimelineEvent
from sluitend.journeys.cases.queries.kept_plan import ASKED, DONE, Kept, composed, decided, kept_plan
from sluitend.journeys.cases.queries.plan_facts import HOLD, WAITS
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.flow.verbs import doing
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.handbook.plans import FactSet, PlanVerb


def note_asked(it: OnCase, actions: Iterable[str], referral_code: str, parts: Collection[str] = ()) -> None:
    """Note that what these actions ask went to a partner.

    Args:
        parts: of the handbook, that went within what may go.

    Raises:
        Conflict: one of them is not being composed any more: a colleague sent it, or left it.
    """
    kept = kept_plan(it.row, it.envelope)
    known = [each for each in actions if each in it.row.pack.plan_actions]
    if any(each not in composed(kept) for each in known):
        raise Conflict
    if known:
        for action in known:
            kept["actions"][action] = {
                **as_kept(it, ASKED, code=referral_code),
                "went": sorted(set(parts)),
            }
        it.seal("plan", kept)
        go_on(it, kept)


def note_transferred(it: OnCase, transfer_code: str) -> None:
    """Note that another municipality was asked to take the case over; without a code, that it did not."""
    kept, actions = kept_plan(it.row, it.envelope), it.row.pack.plan_actions
    if transfer_code:
        asked = [each.id for each in plan_in(it, kept).actions if each.action.verb is PlanVerb.TRANSFER]
        for action in asked:
            if not decided(kept, action):
                kept["actions"][action] = as_kept(it, ASKED, code=transfer_code)
    else:
        for action, became in list(kept["actions"].items()):
            known = actions.get(action)
            if became["state"] == ASKED and known and known.verb is PlanVerb.TRANSFER:
                del kept["actions"][action]
    it.seal("plan", kept)
    if transfer_code:
        go_on(it, kept)
    else:
        go_on_unless_heard(it, kept)


def note_news(it: OnCase, answer: str, referral_code: str) -> None:
    """Let the plan hear what a partner answered: it sets the facts that the handbook says it sets."""
    pack, kept = it.row.pack, kept_plan(it.row, it.envelope)
    asked = next((name for name, each in kept["actions"].items() if each["code"] == referral_code), None)
    action = pack.plan_actions.get(asked) if asked else None
    kind = pack.plan_parties[action.party].kind if action else None
    sets = [
        each
        for event in pack.plan_events
        if event.feedback == answer and (not event.kinds or kind in event.kinds)
        for each in event.sets
    ]
    _hear(it, kept, sets, answered=referral_code)


def note_answer(it: OnCase, events: Collection[str]) -> None:
    """Let the plan hear what came back to a request for information.

    Args:
        events: ids of news in the handbook.
    """
    found = (each for name in events if (each := it.row.pack.plan_events.get(name)))
    _hear(it, kept_plan(it.row, it.envelope), [each for event in found for each in event.sets])


def _hear(it: OnCase, kept: Kept, sets: Sequence[FactSet], *, answered: str = "") -> None:
    if not sets:
        return
    for each in sets:
        kept["facts"][each.fact] = {"values": [each.value], "at": timezone.now().isoformat(), "by": ""}
    it.seal("plan", kept)
    replan(it, answered=answered)
    with in_dutch():
        told = [told_fact(it.row.pack.plan_facts[each.fact], [each.value], it) for each in sets]
        it.event(TimelineEvent.What.FACTS, *told)


def note_at_place(actor: Actor, tokens: Iterable[UUID], *, told: str, over: bool = False) -> None:
    """Let the open cases about a place go on by what is asked there now. Called by the journey of visits.

    Args:
        actor: the system, acting for the municipality.
        tokens: of what is at the place.
        told: the line for the timeline.
        over: nobody is asked to wait there by it any more.
    """
    about = SubjectToken.objects.filter(organisation_id=actor.own_organisation, token__in=list(tokens))
    mine = Case.objects.filter(
        organisation_id=actor.own_organisation, pk__in=about.values("case_id"), closed__isnull=True
    )
    for case in mine.order_by("opened"):
        with fenced(), doing(OnCase(case, actor, CASE_WORK, purpose="place")) as it:
            if over:
                _forget_wait(it)
            replan(it)
            it.event(TimelineEvent.What.FACTS, told)


def _forget_wait(it: OnCase) -> None:
    """Forget that a partner answered to wait, once nothing asks that of the place any more."""
    kept = kept_plan(it.row, it.envelope)
    said = kept["facts"].get(HOLD)
    if said and said["values"] == [WAITS] and not (said["by"] or "who" in said or known_in(it).holds):
        del kept["facts"][HOLD]
        it.seal("plan", kept)


def note_ended(it: OnCase, referral_code: str, *, answered: bool) -> None:
    """Note that a partner is done with what it was asked; what it never answered is open again."""
    kept = kept_plan(it.row, it.envelope)
    asked = [
        action
        for action, became in kept["actions"].items()
        if became["code"] == referral_code and became["state"] == ASKED
    ]
    for action in asked:
        if answered:
            # Why it stayed while it was out says nothing of what is done.
            kept["actions"][action] = {**kept["actions"][action], "state": DONE, "reason": ""}
        else:
            del kept["actions"][action]
    if asked:
        it.seal("plan", kept)
        if it.row.closed is None:
            go_on_unless_heard(it, kept)
