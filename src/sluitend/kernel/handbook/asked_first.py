"""Which facts that nobody knows would change the plan most: a person may know one of them already.

A pure function. It counts actions and weighs nothing: no value of a fact is held to be likelier.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Set

from .checks_of_plans import values_of
from .guidance import Urgency
from .pack import Pack
from .planning import Facts, holds, urgencies
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
    now = _soon(facts, pack, by_hand)
    offered = sorted(among, key=pack.plan_facts.ids.index)
    likely = sorted(offered, key=lambda name: -_said_of(name, facts, pack))[:LIKELY]
    weights = {name: _changing(name, facts, pack, by_hand, now) for name in likely}
    heaviest = sorted(likely, key=lambda name: -weights[name])
    return tuple(name for name in heaviest if weights[name] > 0)[:number]


type _Soon = Set[tuple[str, Urgency]]


def _soon(facts: Facts, pack: Pack, by_hand: Collection[str]) -> _Soon:
    return {each for each in urgencies(facts, pack, by_hand).items() if each[1] is not Urgency.DAYS}


def _changing(name: str, facts: Facts, pack: Pack, by_hand: Collection[str], now: _Soon) -> int:
    """Return how many actions for today come, go or get faster with some value of this fact."""
    changed = (now ^ _soon(each, pack, by_hand) for each in _with_each(name, facts, pack))
    return len({action for each in changed for action, _ in each})


def _said_of(name: str, facts: Facts, pack: Pack) -> int:
    """Return how many actions the rules ask for that begin or end to hold with some value of this fact."""
    asking = [rule for rule in pack.plan_rules if _names(rule, name)]
    held = [holds(rule, facts) for rule in asking]
    turned = {
        rule.id: rule
        for each in _with_each(name, facts, pack)
        for rule, before in zip(asking, held, strict=True)
        if holds(rule, each) != before
    }
    return len({action for rule in turned.values() for action in _asks(rule)})


def _with_each(name: str, facts: Facts, pack: Pack) -> Iterator[Facts]:
    for value in values_of(pack.plan_facts[name], pack):
        if value not in facts[name]:
            yield {**facts, name: frozenset({value})}


def _names(rule: Rule, fact: str) -> bool:
    return any(one.fact == fact for when in rule.when for one in when.all)


def _asks(rule: Rule) -> Iterator[str]:
    yield from (each.action for each in rule.adds if each.urgency is not Urgency.DAYS)
    for aim in (*rule.hastens, *rule.lifts):
        yield from (*aim.actions, *aim.kinds)
