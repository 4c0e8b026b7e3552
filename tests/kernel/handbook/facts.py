"""Facts of cases to make plans of: every combination of what matters most, and mixes of everything."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from random import Random

from sluitend.kernel.handbook.checks_of_plans import values_of
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Facts, Plan, facts_with

AXES = ("form", "wish", "minor", "danger", "territory", "forced", "place")
PLACES = ("unknown", "known")


def combined(pack: Pack, number: int | None, *, seed: int) -> Iterator[Facts]:
    """Yield the facts of every form, wish, child, danger, territory, force and place, or of some of them."""
    known = [values_of(pack.plan_facts[name], pack) for name in AXES[:-1]]
    rows = list(product(*known, PLACES))
    for values in rows if number is None else Random(seed).sample(rows, number):  # noqa: S311
        yield facts_with(pack, zip(AXES, values, strict=True))


def mixed(pack: Pack, number: int, *, seed: int) -> Iterator[Facts]:
    """Yield random values of all facts, with one form or two."""
    chance = Random(seed)  # noqa: S311
    for _ in range(number):
        given: list[tuple[str, str]] = []
        for fact in pack.plan_facts:
            several = chance.choice((1, 1, 1, 2)) if fact.many else 1
            given += ((fact.id, value) for value in chance.sample(values_of(fact, pack), several))
        yield facts_with(pack, given)


def first_broken(
    promises: Mapping[str, Callable[[Facts, Plan], bool]], plans: Iterable[tuple[Facts, Plan]]
) -> dict[str, Facts]:
    """Return each promise that a plan breaks, with the first facts of which it does."""
    broken: dict[str, Facts] = {}
    for facts, made in plans:
        for words, kept in promises.items():
            if not kept(facts, made):
                broken.setdefault(words, facts)
    return broken
