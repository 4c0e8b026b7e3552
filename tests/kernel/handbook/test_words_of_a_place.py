"""A sentence of one kind of place stands at no other: no rooms in a laundry, no van in a shop."""

import re
from collections.abc import Iterator

import pytest
from tests.kernel.handbook.facts import mixed
from tests.tiers import SEED, either

from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Plan, plan

WHEELS = frozenset({"vehicle", "cab", "yard"})
FITS: dict[str, frozenset[str]] = {
    r"\bhotel|boeking|\bgast(en)?\b|receptie|nachtregister|bijgebouw": frozenset({"hotel"}),
    r"kermis|\bmarkt|standplaats|evenement": frozenset({"event"}),
    r"kwekerij|drugs": frozenset({"drugs"}),
    r"keuken|koelcel": frozenset({"unknown", "company", "unlicensed", "catering", "hotel"}),
    r"caravan|container|wegslepen|een voertuig is morgen weg": WHEELS,
    r"cabine|chauffeur": frozenset({"cab", "yard"}),
    r"horeca|alcohol": frozenset({"catering"}),
    r"\bklant": frozenset({"clients", "street", "online"}),
    r"\bkas(sen)?\b|gewas|tuinder|oogst": frozenset(),
}
"""Words, and the kinds of place at which somebody can read them."""

OF_NO_PLACE = {"adverts"}
"""Who looks at an advert poses as no client, wherever the place is."""


def sentences(made: Plan) -> Iterator[tuple[str, str]]:
    """Yield whatever a person reads in a plan, with the id of what says it."""
    for each in made.actions:
        action = each.action
        for text in (action.says, action.stop, *action.evidence, *action.aloud):
            yield each.id, text.nl
        yield from ((word.id, word.text.nl) for word in each.warnings)
        yield from ((rule.id, rule.because.nl) for rule in each.because)
    yield from ((each.by.id, each.by.because.nl) for each in made.lifted)


@pytest.fixture(scope="module")
def read(pack: Pack) -> list[tuple[frozenset[str], set[tuple[str, str]]]]:
    """What is read in many plans, with their kinds of place."""
    cases = mixed(pack, either(1000, 10_000), seed=SEED)
    return [(facts["place_kind"], set(sentences(plan(facts, pack)))) for facts in cases]


@pytest.mark.parametrize("words", FITS)
def test_words_of_one_kind_of_place_stand_at_no_other(
    read: list[tuple[frozenset[str], set[tuple[str, str]]]], words: str
) -> None:
    heard = re.compile(words, re.IGNORECASE)
    wrong = {
        (who, tuple(sorted(kinds)))
        for kinds, said in read
        if kinds.isdisjoint(FITS[words])
        for who, text in said
        if who not in OF_NO_PLACE and heard.search(text)
    }
    assert wrong == set()
