"""Reports in the words of many reporters: what is heard in them, and that nothing else is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.packs import den_haag

from sluitend.kernel.handbook.reading import propose

TOLD = Path(__file__).with_name("told_by_others.tsv")
HEARD_AT_LEAST = 410
"""So many of the facts that these reports tell are heard. It may rise, and falls only with a reason."""

STILL_HEARD_WRONGLY = frozenset(
    {
        ("Ik werk 24 uur in de week in een supermarkt", "pay"),
        ("Mijn zoontje van vijf durft niet in het diepe.", "forced"),
        ("In onze winkel is gisteren een man betrapt", "people"),
    }
)
"""What is heard in a report that says no such thing, with how it begins: for who mends it."""

type Facts = dict[str, set[str]]


def reports() -> Iterator[tuple[str, Facts, Facts]]:
    """Yield what was told, what it says, and what it may be heard to say as well."""
    for line in TOLD.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        words, told = line.split("\t")
        said: Facts = {}
        also: Facts = {}
        for each in words.split():
            fact, _, value = each.partition("=")
            (also if fact.startswith("~") else said).setdefault(fact.removeprefix("~"), set()).add(value)
        yield told, said, also


REPORTS = list(reports())


def heard(told: str) -> Facts:
    """Return what the handbook hears in a report, by fact."""
    return {fact: set(each.values) for fact, each in propose([told], (), den_haag()).items()}


def less(fact: str, said: set[str]) -> set[str]:
    """Return the values that say the same less gravely: perhaps force where there is force."""
    order = den_haag().plan_facts[fact].protective
    known = [order.index(each) for each in said if each in order]
    return set(order[min(known) :]) if known else set()


@pytest.mark.parametrize(("told", "said", "also"), REPORTS, ids=[each[0][:30] for each in REPORTS])
def test_nothing_is_heard_that_was_not_told(told: str, said: Facts, also: Facts) -> None:
    for fact, values in heard(told).items():
        meant = said.get(fact, set())
        if not values <= meant | also.get(fact, set()) | less(fact, meant):
            assert any(told.startswith(start) and fact == of for start, of in STILL_HEARD_WRONGLY), fact


def test_what_is_still_heard_wrongly_is_heard() -> None:
    for start, fact in STILL_HEARD_WRONGLY:
        (told,) = (told for told, _, _ in REPORTS if told.startswith(start))
        assert fact in heard(told)


def test_most_of_what_many_reporters_tell_is_heard() -> None:
    found = 0
    for told, said, also in REPORTS:
        known = heard(told)
        for fact, values in said.items():
            found += bool(known.get(fact, set()) & (values | also.get(fact, set())))
    assert found >= HEARD_AT_LEAST
