"""What stands above the plan to be answered first: nobody said it, and it changes most of today."""

from collections.abc import Sequence

from sluitend.journeys.cases.queries.plan_facts import Known, KnownFact, values_of
from sluitend.kernel.handbook.asked_first import asked_first
from sluitend.kernel.handbook.plans import Shown

MOST = 3
NOT_SO = "no"
"""The first value of a fact that is taken not to be so."""


def ask_first(known: Known, facts: Sequence[KnownFact]) -> Sequence[KnownFact]:
    """Return at most three facts that a person can answer here with one press.

    What a handbook takes to be so until somebody knows better, as that nobody is a diplomat, comes after
    what it leaves open, however much it would change.

    Args:
        known: what the facts are taken from.
        facts: those facts.
    """
    open_ones = {each.id: each for each in facts if _can_be_asked(each)}
    rare = {name for name, each in open_ones.items() if each.fact.values[0].id == NOT_SO}
    chosen: list[str] = []
    for among in (open_ones.keys() - rare, rare):
        if left := MOST - len(chosen):
            values, added = values_of(facts), known.kept["added"]
            chosen += asked_first(values, known.pack, tuple(among), by_hand=added, number=left)
    return [open_ones[name] for name in chosen]


def _can_be_asked(each: KnownFact) -> bool:
    nobody_said = each.unknown and each.said_at is None
    return nobody_said and not each.asked_elsewhere and each.fact.show is not Shown.NEVER
