"""Which facts that nobody knows would change the plan most: a person may know one of them already.

A pure function. It counts actions and weighs nothing: no value of a fact is held to be likelier.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from .checks_of_plans import values_of
from .guidance import Urgency
from .pack import Pack
from .planning import Facts, holding, holds, urgencies
from .plans import Rule

LIKELY = 5
"""So many facts are tried, those of which the rules say most: each value takes time."""


def asked_first(
    facts: Facts, pack: Pack, among: Collection[str], *, by_hand: Collection[str] = (), number: int = 3
) -> tuple[str, ...]:
    """Return the facts that change most of what is for now and today, the heaviest first.

    What counts is how many of these actions come, go or get faster with some value that the fact can have.
    A fact that changes none of them is left out.

    Args:
        facts: what is known.
        pack: the handbook.
        among: the ids of the facts of which nothing is known and that a person can answer.
        by_hand: ids of actions that a person added.
        number: how many to return at most.
    """
    held, naming = {rule.id: rule for rule in holding(facts, pack)}, _naming(pack)
    looks = {name: _looks(name, facts, pack, naming[name], held) for name in among}
    offered = sorted(among, key=pack.plan_facts.ids.index)
    likely = sorted(offered, key=lambda name: -_said_of(looks[name]))[:LIKELY]
    now = _soon(_Look(facts, {}), pack, by_hand, held)
    weights = {name: _changing(looks[name], pack, by_hand, held, now) for name in likely}
    heaviest = sorted(likely, key=lambda name: -weights[name])
    return tuple(name for name in heaviest if weights[name] > 0)[:number]


type _Soon = Set[tuple[str, Urgency]]
type _Rules = Mapping[str, Rule]


class _Look(NamedTuple):
    """The facts with another value of one of them, and the rules that begin or end to hold by it."""

    facts: Facts
    turned: _Rules


def _naming(pack: Pack) -> Mapping[str, Sequence[Rule]]:
    """Return of each fact the rules that name it: another value of it turns no other rule."""
    naming: dict[str, list[Rule]] = {name: [] for name in pack.plan_facts.ids}
    for rule in pack.plan_rules:
        for name in {one.fact for when in rule.when for one in when.all}:
            naming[name].append(rule)
    return naming


def _looks(name: str, facts: Facts, pack: Pack, naming: Iterable[Rule], held: _Rules) -> Sequence[_Look]:
    others = (value for value in values_of(pack.plan_facts[name], pack) if value not in facts[name])
    changed = ({**facts, name: frozenset({value})} for value in others)
    return [
        _Look(each, {rule.id: rule for rule in naming if holds(rule, each) != (rule.id in held)})
        for each in changed
    ]


def _soon(look: _Look, pack: Pack, by_hand: Collection[str], held: _Rules) -> _Soon:
    rules = {**held, **look.turned}
    hold_then = tuple(rules[each] for each in held.keys() ^ look.turned.keys())
    every = urgencies(look.facts, pack, by_hand, rules=hold_then)
    return {each for each in every.items() if each[1] is not Urgency.DAYS}


def _changing(looks: Iterable[_Look], pack: Pack, by_hand: Collection[str], held: _Rules, now: _Soon) -> int:
    """Return how many actions for today come, go or get faster with some value of this fact."""
    changed = (now ^ _soon(each, pack, by_hand, held) for each in looks)
    return len({action for each in changed for action, _ in each})


def _said_of(looks: Iterable[_Look]) -> int:
    """Return how many actions the rules ask for that begin or end to hold with some value of this fact."""
    turned = {name: rule for each in looks for name, rule in each.turned.items()}
    return len({action for rule in turned.values() for action in _asks(rule)})


def _asks(rule: Rule) -> Iterator[str]:
    yield from (each.action for each in rule.adds if each.urgency is not Urgency.DAYS)
    for aim in (*rule.hastens, *rule.lifts):
        yield from (*aim.actions, *aim.kinds)
