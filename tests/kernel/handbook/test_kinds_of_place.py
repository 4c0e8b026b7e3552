"""A place of two kinds has what belongs to both, and no kind takes out what another asks for."""

from itertools import combinations, product

import pytest
from tests.packs import den_haag
from tests.tiers import either

from sluitend.kernel.handbook.checks_of_plans import values_of
from sluitend.kernel.handbook.planning import Plan, facts_with, plan
from sluitend.kernel.handbook.reading import propose

KNOWN = [("place", "known"), ("territory", "here"), ("people", "yes")]
KINDS = values_of(den_haag().plan_facts["place_kind"], den_haag())[1:]
FORMS = ("arbeidsuitbuiting", "seksuele_uitbuiting", "criminele_uitbuiting", "huishouden", "bedelen")
SOME, EVERY = (
    tuple(product(FORMS[:3], ("yes",), ("bad",))),
    tuple(product(FORMS, ("yes", "perhaps"), ("unknown", "bad"))),
)

PROTECTS = {
    *("others_not_told_there", "private_home", "home_of_in_laws", "family_home_and_silence"),
    *("home_sex_work", "hotel_is_the_employer", "drugs_place", "works_at_clients", "ship_is_no_building"),
    "landlord_is_no_association",
}
"""What a rule takes out though there is a second kind: whoever lives or works there would be pointed out,
the employer would be asked, the police hear of a drug house already, a builder has no doors to close, a
ship is no building, or a company lets the home itself."""


def made(kinds: tuple[str, ...], form: str, forced: str, housing: str) -> Plan:
    """Return the plan of a place of these kinds."""
    pack, said = den_haag(), [("form", form), ("forced", forced), ("housing", housing)]
    return plan(facts_with(pack, [*KNOWN, *said, *(("place_kind", kind) for kind in kinds)]), pack)


@pytest.mark.parametrize("known", either(SOME, EVERY))
def test_nothing_disappears_because_a_place_has_a_second_kind(known: tuple[str, str, str]) -> None:
    alone = {kind: set(made((kind,), *known).by_id) for kind in KINDS}
    lost = []
    for pair in combinations(KINDS, 2):
        both = made(pair, *known)
        by = {each.action.id: each.by.id for each in both.lifted}
        gone = (alone[pair[0]] | alone[pair[1]]) - set(both.by_id)
        lost += [(pair, each, by.get(each)) for each in gone if by.get(each) not in PROTECTS]
    assert lost == []


@pytest.mark.parametrize(
    ("kinds", "has"),
    [
        (("drugs", "home"), {"nursery_police", "lease_ask"}),
        (("yard", "unlicensed"), {"overnight_propose", "exploitation_propose"}),
        (("street", "shared"), {"area_ban_propose", "housing_with_case", "landlord_order"}),
        (("hotel", "online"), {"night_register", "advert_down"}),
    ],
)
def test_a_place_of_two_kinds_has_the_measures_of_both(kinds: tuple[str, ...], has: set[str]) -> None:
    assert has <= set(made(kinds, "criminele_uitbuiting", "yes", "unknown").by_id)


def test_a_report_that_says_two_kinds_is_heard_twice() -> None:
    told = "In een massagesalon werken vrouwen zonder vergunning."
    assert propose([told], (), den_haag())["place_kind"].values == ("unlicensed", "company")
