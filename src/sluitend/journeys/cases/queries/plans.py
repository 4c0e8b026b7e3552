"""The plan that follows from what is known, and what a newer release of the handbook would change in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from django.utils.translation import gettext as _

from sluitend.journeys.cases.models import Case
from sluitend.journeys.cases.queries.kept_plan import ASKED, DONE, Kept
from sluitend.journeys.cases.queries.plan_facts import (
    Known,
    KnownFact,
    choices_of,
    facts_of,
    known_of,
    values_of,
)
from sluitend.journeys.cases.queries.shapes import SubjectView
from sluitend.kernel.handbook.approach import Holder
from sluitend.kernel.handbook.changes_of_plans import NOTHING, PlanChange, change_of
from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Plan, Planned, alone, parts_that_wait, plan
from sluitend.kernel.handbook.plans import PlanVerb, Task
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.sealing.envelopes import OpenEnvelope


@dataclass(frozen=True)
class Newer:
    """A newer release than the one a case is judged by, and what it would change."""

    number: int
    change: PlanChange
    lost: tuple[str, ...]
    """What somebody said or decided that the newer release has no word for: it stays on the timeline."""
    has_plan: bool = True
    """Whether the handbook of the case has rules for a plan at all."""

    @property
    def told(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What it changes, as people read it: what to know first, then the actions."""
        lost = _("Kent deze uitgave niet meer. Op de tijdlijn blijft het staan")
        return (*self.change.told, *([(lost, self.lost)] if self.lost else []))


def plan_of(known: Known, facts: Sequence[KnownFact] | None = None) -> Plan:
    """Return the plan of a case.

    Args:
        known: what the facts are taken from.
        facts: those facts, where they were taken already.
    """
    values = values_of(facts_of(known) if facts is None else facts)
    return plan(values, known.pack, _done(known), known.kept["added"])


def parts_that_wait_in(
    case: Case, envelope: OpenEnvelope, subjects: Sequence[SubjectView]
) -> dict[str, Text]:
    """Return the parts of a case that go to nobody but who helps yet, each with what must come first."""
    known = known_of(case, envelope, subjects)
    facts = facts_of(known)
    return parts_that_wait(values_of(facts), known.pack, plan_of(known, facts), _done(known))


def _done(known: Known) -> set[str]:
    return {name for name, each in known.kept["actions"].items() if each["state"] in (ASKED, DONE)}


def transfer_of(known: Known) -> Planned | None:
    """Return how a case goes to another municipality: as its plan asks, or as the handbook lets it."""
    planned = (each for each in plan_of(known).actions if each.action.verb is PlanVerb.TRANSFER)
    named = (each.id for each in known.pack.plan_actions if each.verb is PlanVerb.TRANSFER)
    other = (alone(values_of(facts_of(known)), known.pack, each) for each in named)
    return next(chain(planned, other), None)


def newer_for(known: Known) -> Newer | None:
    """Return the newest release where that is not the one of the case, and what it would change in its plan.

    Args:
        known: what the facts of the case are taken from.
    """
    newest, case = current_release(), known.case
    if newest.number <= case.release_number or not newest.pack.plan_rules:
        return None
    before = plan_of(known) if known.pack.plan_rules else NOTHING
    after = plan_of(replace(known, pack=newest.pack))
    lost = _lost(known.kept, known.pack, newest.pack)
    return Newer(newest.number, change_of(before, after), lost, bool(known.pack.plan_rules))


def _lost(kept: Kept, before: Pack, after: Pack) -> tuple[str, ...]:
    actions = (
        shown(before.plan_actions[each].says)
        for each in dict.fromkeys([*kept["actions"], *kept["added"]])
        if each in before.plan_actions and each not in after.plan_actions
    )
    facts = (
        shown(fact.label)
        for name, said in kept["facts"].items()
        if (fact := before.plan_facts.get(name)) and not _is_known(name, said["values"], after)
    )
    return (*actions, *facts)


def _is_known(name: str, values: Iterable[str], pack: Pack) -> bool:
    fact = pack.plan_facts.get(name)
    return fact is not None and set(values) <= {each.id for each in choices_of(fact, pack)}


BODIES: Mapping[Holder, tuple[str, str]] = {
    Holder.MAYOR: ("burgemeester", "mayor"),
    Holder.COLLEGE: ("college", "municipal executive"),
    Holder.COUNCIL: ("gemeenteraad", "municipal council"),
    Holder.OTHER: ("ander orgaan", "another body"),
}


def with_body(task: Task) -> Text:
    """Return a task with the body whose task it is, and the article where that is known."""
    words = {}
    for place, (language, either) in enumerate((("nl", " of "), ("en", " or "))):
        bodies = either.join(BODIES[each][place] for each in task.holders)
        named = ", ".join(filter(None, [bodies, task.article.in_language(language) if task.article else ""]))
        words[language] = f"{task.label.in_language(language)} ({named})"
    return Text(words)
