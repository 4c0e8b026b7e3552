"""What the pack says a municipality can do: measures, lists and figures."""

from sluitend.kernel.handbook.approach import Carrier
from sluitend.kernel.handbook.pack import Pack


def test_every_heading_of_the_guide_has_a_measure(pack: Pack) -> None:
    assert {measure.heading for measure in pack.measures} == set(pack.headings.ids)


def test_a_small_municipality_starts_with_twelve_measures_that_it_carries_itself(pack: Pack) -> None:
    starters = [measure for measure in pack.measures if measure.starter]
    assert len(starters) == 12
    assert {measure.carried_by for measure in starters} == {Carrier.MUNICIPALITY}


def test_the_region_carries_what_a_municipality_does_not(pack: Pack) -> None:
    carriers = [measure.carried_by for measure in pack.measures]
    assert carriers.count(Carrier.MUNICIPALITY) == 30
    assert carriers.count(Carrier.REGION) == 56


def test_a_claim_of_the_guide_is_not_confirmed_and_stands_beside_something(pack: Pack) -> None:
    for claim in pack.claims:
        assert not claim.confirmed
        assert claim.figures or claim.registers


def test_no_figure_or_list_tells_people_apart_by_where_they_come_from(pack: Pack) -> None:
    words = " ".join(
        text.nl.casefold()
        for texts in (
            *((one.what, one.note) for one in pack.figures),
            *((one.purpose, *one.fields) for one in pack.registers),
        )
        for text in texts
        if text
    )
    for word in ("nationaliteit", "afkomst", "nederlandse slachtoffers", "land van"):
        assert word not in words
