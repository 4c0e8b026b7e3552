"""The rules of a plan, tried: on the sample cases of the pack, and on each answer to "whom do I call?"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from itertools import chain, combinations

from .guidance import Urgency
from .pack import Pack
from .planning import SUBREGION, Facts, Plan, Planned, facts_with, plan
from .plans import ActionHas, Expected, FactSet, Sample, SampleStep
from .problems import Finding, Words
from .promises_of_plans import broken, broken_in_public
from .reading import propose

_REMEDY: Words = (
    "herstel de regels of wat gelezen wordt, of wat dit voorbeeld verwacht",
    "mend the rules or what is read, or what this sample expects",
)

_FOR_ANYBODY: Words = (
    "laat een regel hier bevestigde hulp toevoegen die iedereen mag zien",
    "let a rule add confirmed help here that anybody may see",
)


@dataclass(frozen=True)
class Trial:
    """Facts to try the rules on, with what is done by then, the news, and the plan that must come of it."""

    field: str
    facts: Facts
    done: Set[str]
    expect: Expected
    event: str | None = None


def sample_findings(pack: Pack) -> Iterator[Finding]:
    """Yield what differs in a sample from what it must be: what is read in it, its plan, that after news."""
    for sample in pack.plan_samples:
        for field, wrong in chain(_read(sample, pack), _tried(sample, pack)):
            yield Finding("plan_samples", sample.id, wrong, _REMEDY, field)


def answer_findings(pack: Pack) -> Iterator[Finding]:
    """Yield what is wrong for who asks whom to call, with one answer or two."""
    for number in (1, 2):
        for chosen in combinations(pack.plan_answers, number):
            names = " + ".join(answer.id for answer in chosen)
            given = [pair for answer in chosen for pair in _pairs(answer.sets)]
            for dutch, english in sorted(_wrong_in_public(given, pack)):
                wrong = (f"{names}: {dutch}", f"{names}: {english}")
                yield Finding("plan_answers", chosen[0].id, wrong, _FOR_ANYBODY, "sets")


def _wrong_in_public(given: list[tuple[str, str]], pack: Pack) -> set[Words]:
    """Return what is wrong in any part of the region, for not every party works everywhere."""
    areas = pack.plan_facts.get(SUBREGION)
    everywhere = [[(SUBREGION, area.id)] for area in areas.values] if areas else [[]]
    asked = [facts_with(pack, [*given, *area]) for area in everywhere]
    return {wrong for facts in asked for wrong in broken_in_public(facts, plan(facts, pack))}


def _read(sample: Sample, pack: Pack) -> Iterator[tuple[str, Words]]:
    facts = facts_with(pack, _pairs(sample.facts))
    proposals = propose([sample.text.nl], sample.indicators, pack)
    for name in sample.read:
        if name not in proposals:
            yield "read", (f"de melding zegt niets over '{name}'", f"the report says nothing of '{name}'")
    for name, proposal in proposals.items():
        said = ", ".join(proposal.values)
        if name not in sample.corrected and not facts[name].issuperset(proposal.values):
            yield (
                "facts",
                (
                    f"de melding zegt '{name}: {said}', en dit voorbeeld iets anders",
                    f"the report says '{name}: {said}', and this sample something else",
                ),
            )


def _tried(sample: Sample, pack: Pack) -> Iterator[tuple[str, Words]]:
    for trial in trials(sample, pack):
        made = plan(trial.facts, pack)
        after = plan(trial.facts, pack, trial.done) if trial.done else made
        for wrong in chain(
            broken(trial.facts, made, pack),
            _differences(trial.expect, after),
            _too_slow(trial.event, made, pack),
        ):
            yield trial.field, wrong


def trials(sample: Sample, pack: Pack) -> Iterator[Trial]:
    """Yield the facts of a sample, and those after each piece of its news."""
    facts = facts_with(pack, _pairs(sample.facts))
    yield Trial("expect", facts, frozenset(sample.done), sample.expect)
    for number, step in enumerate(sample.then):
        facts = facts_with(pack, _news(step, pack), on=facts)
        yield Trial(f"then.{number}.expect", facts, frozenset(step.done), step.expect, step.event)


def _pairs(sets: tuple[FactSet, ...]) -> list[tuple[str, str]]:
    return [(each.fact, each.value) for each in sets]


def _news(step: SampleStep, pack: Pack) -> list[tuple[str, str]]:
    event = pack.plan_events[step.event].sets if step.event else ()
    return _pairs((*event, *step.sets))


def _too_slow(event: str | None, made: Plan, pack: Pack) -> Iterator[Words]:
    if event is None:
        return
    order = tuple(Urgency)
    wanted = pack.plan_events[event].step
    if all(order.index(each.urgency) > order.index(wanted) for each in made.actions):
        yield (
            f"na '{event}' is niets zo snel als '{wanted}'",
            f"after '{event}' nothing is as fast as '{wanted}'",
        )


def _differences(expect: Expected, made: Plan) -> Iterator[Words]:
    yield from _actions(expect, made)
    for named, of, dutch, english in _CONTENTS:
        for wanted in named(expect):
            for missing in _missing(wanted, made, of):
                yield (
                    f"actie '{wanted.action}' {dutch.format(missing)}",
                    f"action '{wanted.action}' {english.format(missing)}",
                )
    for kept in expect.must_not_share:
        each = made.by_id.get(kept.action)
        for part in sorted(set(kept.ids) & set(each.may)) if each else ():
            yield (
                f"actie '{kept.action}' mag '{part}' delen, en dat mag hier niet",
                f"action '{kept.action}' may share '{part}', which must not be",
            )


def _actions(expect: Expected, made: Plan) -> Iterator[Words]:
    for wanted in expect.actions:
        each = made.by_id.get(wanted.action)
        if each is None:
            yield (
                f"actie '{wanted.action}' ontbreekt in het plan",
                f"action '{wanted.action}' is not in the plan",
            )
        elif each.urgency is not wanted.urgency:
            yield (
                f"actie '{wanted.action}' is '{each.urgency}', verwacht was '{wanted.urgency}'",
                f"action '{wanted.action}' is '{each.urgency}', expected was '{wanted.urgency}'",
            )
    for name in expect.absent:
        if name in made.by_id:
            yield f"actie '{name}' hoort niet in het plan", f"action '{name}' does not belong in the plan"
    for name in expect.open:
        if name in made.by_id and made.by_id[name].locks:
            locks = ", ".join(lock.id for lock in made.by_id[name].locks)
            yield f"actie '{name}' wacht nog op {locks}", f"action '{name}' still waits for {locks}"
    first = next((each.id for each in made.actions), "")
    if expect.first and first != expect.first:
        yield (
            f"vooraan staat '{first}', verwacht was '{expect.first}'",
            f"'{first}' stands first, expected was '{expect.first}'",
        )


def _missing(wanted: ActionHas, made: Plan, of: Callable[[Planned], Set[str]]) -> list[str]:
    each = made.by_id.get(wanted.action)
    return sorted(set(wanted.ids) - (of(each) if each else set()))


# What of an action a sample expects: what it names, what there is, and what is said of one that is missing.
_CONTENTS: tuple[
    tuple[Callable[[Expected], tuple[ActionHas, ...]], Callable[[Planned], Set[str]], str, str], ...
] = (
    (
        lambda expect: expect.warnings,
        lambda each: {one.id for one in each.warnings},
        "mist de waarschuwing '{}'",
        "lacks the warning '{}'",
    ),
    (
        lambda expect: expect.may_share,
        lambda each: set(each.may),
        "mag '{}' niet delen",
        "may not share '{}'",
    ),
    (
        lambda expect: expect.locked,
        lambda each: {one.id for one in each.locks},
        "wacht niet op '{}'",
        "does not wait for '{}'",
    ),
    (
        lambda expect: expect.because,
        lambda each: {one.id for one in each.because},
        "staat er niet door regel '{}'",
        "is not there by rule '{}'",
    ),
)
