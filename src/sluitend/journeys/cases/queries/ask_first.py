"""What stands above the plan to be answered first: nobody said it, and it changes most of today."""

from collections.abc import Sequence

from sluitend.journeys.cases.queries.plan_facts import Known, KnownFact, values_of
from sluitend.kernel.handbook.asked_first import asked_first
from sluitend.kernel.handbook.plans import Shown


def ask_first(known: Known, facts: Sequence[KnownFact]) -> Sequence[KnownFact]:
    """Return at most three facts that a person can answer here with one press.

    Args:
        known: what the facts are taken from.
        facts: those facts.
    """
    open_ones = {each.id: each for each in facts if _can_be_asked(each)}
    chosen = asked_first(values_of(facts), known.pack, tuple(open_ones), by_hand=known.kept["added"])
    return [open_ones[name] for name in chosen]


def _can_be_asked(each: KnownFact) -> bool:
    nobody_said = each.unknown and each.said_at is None
    return nobody_said and not each.asked_elsewhere and each.fact.show is not Shown.NEVER
