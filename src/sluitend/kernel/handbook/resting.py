"""What an action of a plan rests on: the facts without which no rule asks for it."""

from collections.abc import Collection

from .planning import Facts, Planned, all_hold
from .plans import Rule


def rests_on(planned: Planned, facts: Facts, among: Collection[str]) -> tuple[str, ...]:
    """Return which of some facts an action rests on; none where a rule asks for it without them.

    Args:
        planned: an action of the plan of these facts; what a person added rests on none.
        facts: what is known.
        among: ids of the facts that are asked about.
    """
    ways = [way for rule in planned.because for way in _ways(rule, facts, among)]
    return min(ways, key=len, default=())


def _ways(rule: Rule, facts: Facts, among: Collection[str]) -> list[tuple[str, ...]]:
    """Return, for each way in which a rule holds, the facts among these that it looks at."""
    if not rule.when:
        return [()]
    held = (when for when in rule.when if all_hold(when, facts))
    return [tuple(dict.fromkeys(each.fact for each in when.all if each.fact in among)) for when in held]
