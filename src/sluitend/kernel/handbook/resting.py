"""What an action of a plan rests on: the facts without which none of its rules holds."""

from collections.abc import Collection

from .planning import Facts, Planned, all_hold, holds, start_facts
from .plans import When


def rests_on(planned: Planned, facts: Facts, among: Collection[str]) -> tuple[str, ...]:
    """Return which of some facts an action rests on; none where a rule asks for it without them.

    Args:
        planned: an action of the plan of these facts; what a person added rests on none.
        facts: what is known.
        among: ids of the facts that are asked about.
    """
    start = start_facts(planned.pack)
    without = {**facts, **{name: start[name] for name in among}}
    if any(holds(rule, without) for rule in planned.because):
        return ()
    held = [when for rule in planned.because for when in rule.when if all_hold(when, facts)]
    return min((_needs(when, without) for when in held), key=len, default=())


def _needs(when: When, without: Facts) -> tuple[str, ...]:
    """Return the facts of conditions that hold no more without what is asked about."""
    lost = (each.fact for each in when.all if not all_hold(When(all=(each,)), without))
    return tuple(dict.fromkeys(lost))
