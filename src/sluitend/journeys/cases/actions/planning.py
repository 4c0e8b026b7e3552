"""Working with the plan of a case: a fact that is corrected, an action that is begun, done or not done.

Facts that a case keeps for itself (danger, a child, the wish, the forms) are changed where they stand, so
that whatever hears of them hears it here too.
"""

from collections.abc import Collection, Iterable
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.journeys.cases.actions.asking import wished
from sluitend.journeys.cases.actions.glancing import note
from sluitend.journeys.cases.actions.going_on import go_on, plan_in, replan
from sluitend.journeys.cases.actions.postponing import check_due, check_next_look, hurries, tell_colleague
from sluitend.journeys.cases.actions.reasons import check_reason, said_by, sentence_for
from sluitend.journeys.cases.actions.tracks import ensure_track, require_place_may_go, stop_composing
from sluitend.journeys.cases.actions.urgency import correct
from sluitend.journeys.cases.actions.working import OnCase, on_case
from sluitend.journeys.cases.journey import CASE_PLAN, REFER
from sluitend.journeys.cases.models import Case, TimelineEvent, TrackKind, graver, is_minor
from sluitend.journeys.cases.queries.glances import PLACE_KIND
from sluitend.journeys.cases.queries.kept import Given
from sluitend.journeys.cases.queries.kept_plan import (
    ASKED,
    BEGUN,
    DATED,
    DONE,
    GIVEN,
    REFUSED,
    Became,
    Kept,
    composed_on,
    decided,
    kept_plan,
    track_of,
)
from sluitend.journeys.cases.queries.of_today import has_stopped, of_today
from sluitend.journeys.cases.queries.plan_facts import (
    ALARMS,
    ASKED_ELSEWHERE,
    DANGER,
    FLAGS,
    FORM,
    MINOR,
    WISH,
    choices_of,
)
from sluitend.journeys.cases.queries.plan_views import is_sent
from sluitend.journeys.cases.queries.planning import LATER, REFUSALS
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.models import Because
from sluitend.kernel.handbook.changes_of_plans import PlanChange, change_of
from sluitend.kernel.handbook.language import in_dutch, shown
from sluitend.kernel.handbook.planning import Planned
from sluitend.kernel.handbook.plans import CaseFact, PartyKind

HELPERS = frozenset({PartyKind.EMERGENCY, PartyKind.CARE, PartyKind.GUARDIANSHIP})
"""Who helps a person: a colleague looks along when they are not asked."""


def set_fact(
    *, actor: Actor, code: str, fact: str, values: Collection[str], revision: int | None = None
) -> PlanChange:
    """Record what a person says of a fact; the plan follows, and the timeline tells what changed.

    Args:
        fact: id of a fact in the pack.
        values: one of its values; of a fact with many values, each that holds.
        revision: of the case as the person saw it.

    Raises:
        Absent: the handbook does not have the fact.
        DomainError: that is no value of it, or it is answered on another page.
        Conflict: somebody else changed the case.
    """
    with on_case(code, actor, CASE_PLAN, revision=revision, purpose=f"fact.{fact}"[:60]) as it:
        known_fact = it.row.pack.plan_facts.get(fact)
        if known_fact is None:
            raise Absent
        chosen = _checked(known_fact, values, it)
        before, kept = plan_in(it), kept_plan(it.row, it.envelope)
        kept["facts"][fact] = {
            "values": chosen,
            "at": timezone.now().isoformat(),
            "by": str(actor.own_account),
        }
        it.seal("plan", kept)
        _say_where_it_stands(it, fact, chosen)
        change = change_of(before, plan_in(it, kept))
        replan(it)
        with in_dutch():
            it.event(TimelineEvent.What.FACTS, told_fact(known_fact, chosen, it), *_told_of(change))
        return change


def _checked(fact: CaseFact, values: Collection[str], it: OnCase) -> list[str]:
    if fact.id in ASKED_ELSEWHERE:
        raise DomainError(_("Dit beantwoordt u op een andere pagina van deze casus."), "values")
    allowed = [each.id for each in choices_of(fact, it.row.pack)]
    chosen = [each for each in allowed if each in values]
    if fact.many and len(chosen) > 1:
        # A box that was ticked because nothing was known yet says nothing beside one that somebody ticked.
        chosen = [each for each in chosen if each != fact.values[0].id]
    if not chosen or set(values) - set(allowed) or (len(chosen) > 1 and not fact.many):
        raise DomainError(_("Kies een antwoord."), "values")
    return chosen


def _say_where_it_stands(it: OnCase, fact: str, chosen: list[str]) -> None:
    case, value = it.row, chosen[0]
    if fact in (DANGER, MINOR):
        acute = value == "now" if fact == DANGER else case.acute
        minor = value if fact == MINOR else case.minor
        correct(it, because=Because.FACTS, acute=acute, minor=minor, again=value in ALARMS[fact])
    elif fact == WISH:
        it.seal("wish", {**_NO_WORDS, **(it.unsealed("wish") or {}), **wished(it, value)})
    elif fact == PLACE_KIND:
        note(it, {}, kind=" ".join(chosen))
    elif fact == FORM:
        _flag(it, "forms", [each for each in chosen if each in case.pack.forms])
    for flag, (of, yes) in FLAGS.items():
        if of == fact:
            _flag(it, flag, value if not yes else value not in _nothing(it, fact))
    if fact == "child_alone" and is_minor(value):
        # A child from elsewhere is a child.
        correct(it, because=Because.FACTS, acute=case.acute, minor=graver(case.minor, value))


_NO_WORDS = {"wants": "", "wants_not": "", "asked_by": "", "asked_on": ""}


def _nothing(it: OnCase, fact: str) -> tuple[str, ...]:
    return (it.row.pack.plan_facts[fact].values[0].id,)


def _flag(it: OnCase, name: str, value: object) -> None:
    it.seal("facts", {**(it.unsealed("facts") or {}), name: value})


def start_actions(*, actor: Actor, code: str, actions: Collection[str], revision: int | None = None) -> None:
    """Begin actions that end in a referral, in one decision: their tracks wait for them to be sent.

    Raises:
        Absent: one is not in the plan, or sends nothing.
        DomainError: something must come first, the case was not weighed, or who is asked does this no more.
        Conflict: one was begun already, or somebody else changed the case.
    """
    with on_case(code, actor, CASE_PLAN, revision=revision, purpose="start") as it:
        if it.row.state not in (Case.State.ROUTING, Case.State.RUNNING):
            raise DomainError(_("Weeg de casus eerst."))
        kept, pack = kept_plan(it.row, it.envelope), it.row.pack
        for planned in _to_start(it, kept, actions):
            track = track_of(planned.id, pack)
            if track == TrackKind.PLACE:
                require_place_may_go(it.row.id)
            if not composed_on(kept, track, pack):
                # What was begun before is not put off by what is begun now.
                ensure_track(it, track, REFER)
            kept["actions"][planned.id] = as_kept(it, BEGUN)
            with in_dutch():
                it.event(TimelineEvent.What.PLAN, planned.action.says.nl, track=track)
        it.seal("plan", kept)
        go_on(it, kept)


def _to_start(it: OnCase, kept: Kept, actions: Collection[str]) -> list[Planned]:
    plan = plan_in(it).by_id
    found = [plan[each] for each in dict.fromkeys(actions) if each in plan and is_sent(plan[each])]
    today = of_today()
    if not found or len(found) < len(set(actions)):
        raise Absent
    for planned in found:
        if decided(kept, planned.id):
            raise Conflict
        if planned.locks:
            raise DomainError(shown(planned.locks[0].text))
        if not today.can_ask(planned):
            raise DomainError(has_stopped(planned.party.label))
    return found


def finish_action(*, actor: Actor, code: str, action: str, revision: int | None = None) -> None:
    """Record that an action was done.

    Raises:
        Absent: it is not in the plan.
        DomainError: something must come first.
        Conflict: somebody decided about it already, or changed the case.
    """
    with on_case(code, actor, CASE_PLAN, revision=revision, purpose=DONE) as it:
        planned = _open(it, action)
        if planned.locks:
            raise DomainError(shown(planned.locks[0].text))
        _became(it, planned, DONE)


def refuse_action(
    *, actor: Actor, code: str, action: str, reason: str, sentence: str = "", revision: int | None = None
) -> None:
    """Record that an action is not done, and why. Where it was help, a colleague looks along afterwards.

    Raises:
        Absent: it is not in the plan.
        DomainError: the reason is missing.
        Conflict: somebody decided about it already, or changed the case.
    """
    with on_case(code, actor, CASE_PLAN, revision=revision, purpose=REFUSED) as it:
        planned = _open(it, action)
        why = check_reason(it.row.pack, REFUSALS, reason, sentence)
        _became(
            it,
            planned,
            REFUSED,
            reason=why.id,
            sentence=sentence_for(why, sentence) or "",
            told=said_by(why, sentence),
        )
        if planned.party.kind in HELPERS:
            tell_colleague(it.row, actor)


def put_off_action(
    *,
    actor: Actor,
    code: str,
    action: str,
    until: date,
    reason: str,
    sentence: str = "",
    revision: int | None = None,
) -> None:
    """Record that an action can wait until a day, on which it comes back by itself, and why.

    Where there is haste that day lies no further than the handbook's term, and a colleague looks along.

    Raises:
        Absent: it is not in the plan.
        DomainError: the day has passed or lies too far, or the reason is missing.
        Conflict: somebody decided about it already, or changed the case.
    """
    with on_case(code, actor, CASE_PLAN, revision=revision, purpose=DATED) as it:
        planned = _open(it, action)
        why = check_reason(it.row.pack, LATER, reason, sentence)
        check_next_look(it.row, end_of(check_due(until, "until")), "until")
        kept_sentence = sentence_for(why, sentence) or ""
        with in_dutch():
            day = date_format(until, "l j F Y")
        _became(
            it,
            planned,
            DATED,
            reason=why.id,
            sentence=kept_sentence,
            until=until.isoformat(),
            told=f"{day}. {said_by(why, sentence)}",
        )
        if hurries(it.row):
            tell_colleague(it.row, actor)


def take_up_again(*, actor: Actor, code: str, action: str, revision: int | None = None) -> None:
    """Let an action that was done or not, or is being composed, be open again.

    Raises:
        Absent: nobody decided about it.
        Conflict: somebody else changed the case, or a partner has it.
    """
    with on_case(code, actor, CASE_PLAN, revision=revision, purpose="again") as it:
        kept = kept_plan(it.row, it.envelope)
        became = kept["actions"].pop(action, None)
        if became is None:
            raise Absent
        if became["state"] == ASKED:
            raise Conflict
        if given := kept["given"].get(action):
            kept["given"][action] = with_nobody(given)
        it.seal("plan", kept)
        if became["state"] == BEGUN:
            stop_composing(it, kept, action)
        go_on(it, kept)
        with in_dutch():
            it.event(TimelineEvent.What.PLAN, _("Weer open: %(says)s") % {"says": called(it, kept, action)})


def with_nobody(given: Given) -> Given:
    """Return a measure that nobody has any more: its evidence and its question stay."""
    return {**given, "to": "", "to_words": "", "contact": "", "until": "", "result": "", "on": ""}


def _open(it: OnCase, action: str) -> Planned:
    planned = plan_in(it).by_id.get(action)
    if planned is None:
        raise Absent
    if decided(kept_plan(it.row, it.envelope), action):
        raise Conflict
    return planned


def as_kept(
    it: OnCase, state: str, *, reason: str = "", sentence: str = "", code: str = "", until: str = ""
) -> Became:
    """Return what became of an action, as it is sealed with the case."""
    return {
        "state": state,
        "at": timezone.now().isoformat(),
        "by": str(it.actor.account_id or ""),
        "reason": reason,
        "sentence": sentence,
        "code": code,
        "until": until,
    }


def _became(it: OnCase, planned: Planned, state: str, *, told: str = "", **more: str) -> None:
    kept = kept_plan(it.row, it.envelope)
    note_became(it, kept, planned.id, as_kept(it, state, **more), told)


def note_became(it: OnCase, kept: Kept, action: str, became: Became, *told: str) -> None:
    """Keep what became of an action, let the case go on, and say so on the timeline."""
    kept["actions"][action] = became
    it.seal("plan", kept)
    go_on(it, kept)
    with in_dutch():
        said = {
            DONE: _("Klaar: %(says)s"),
            DATED: _("Later: %(says)s"),
            GIVEN: _("Gegeven: %(says)s"),
        }.get(became["state"], _("Niet: %(says)s"))
        it.event(TimelineEvent.What.PLAN, said % {"says": called(it, kept, action).rstrip(".")}, *told)


def called(it: OnCase, kept: Kept, action: str) -> str:
    """Return how an action is called in Dutch, also where the handbook has it no more."""
    found, given = it.row.pack.plan_actions.get(action), kept["given"].get(action)
    return found.says.nl if found else given["says"] if given else action


def told_fact(fact: CaseFact, chosen: list[str], it: OnCase) -> str:
    """Return what the timeline says of a fact."""
    words = {each.id: each.label.nl for each in choices_of(fact, it.row.pack)}
    return f"{fact.label.nl}: {', '.join(words[each] for each in chosen)}"


def in_one_line(says: Iterable[str]) -> str:
    """Return what actions say as one part of a sentence: whoever shows it ends the sentence."""
    return "; ".join(each.removesuffix(".") for each in says)


def _told_of(change: PlanChange) -> Iterable[str]:
    if change.new:
        yield _("Nieuw in het plan: %(actions)s") % {"actions": in_one_line(change.new)}
    if change.gone:
        yield _("Niet meer nodig: %(actions)s") % {"actions": in_one_line(change.gone)}
