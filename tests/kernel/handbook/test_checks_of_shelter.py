"""Looking for a place in a handbook: four states, each hour in order, no bridge for a child alone."""

from typing import Any

import pytest
from tests.kernel.handbook.changing import changed, with_one_more, without
from tests.packs import den_haag

from sluitend.kernel.handbook.checks_of_shelter import shelter_findings
from sluitend.kernel.handbook.entries import Entries
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.sheltering import Household

PACK = den_haag()


def said(pack: Pack) -> list[tuple[str, str]]:
    return [(each.part, each.wrong[0]) for each in shelter_findings(pack)]


def test_the_region_keeps_them() -> None:
    assert said(PACK) == []


@pytest.mark.parametrize(
    ("part", "entry", "fields", "message"),
    [
        (
            "shelter_kinds",
            "bridge",
            {"households": ["adult", "child"]},
            "een kind alleen wordt niet overbrugd",
        ),
        ("night_hours", "before", {"at": "17:00"}, "de uren staan niet op volgorde"),
    ],
)
def test_what_breaks_a_rule_is_refused(part: str, entry: str, fields: dict[str, Any], message: str) -> None:
    assert said(changed(PACK, part, entry, **fields)) == [(part, message)]


def test_there_is_no_fifth_state_and_none_is_missing() -> None:
    assert said(with_one_more(PACK, "night_states", "placed", id="lost")) == [
        ("night_states", "'lost' kent niemand")
    ]
    assert said(without(PACK, "night_states", "nowhere")) == [("night_states", "'nowhere' ontbreekt")]


def test_an_hour_that_is_missing_is_named() -> None:
    assert said(without(PACK, "night_hours", "before")) == [("night_hours", "'before' ontbreekt")]


def test_how_long_an_address_is_kept_is_said() -> None:
    assert said(without(PACK, "retention", "shelter_address")) == [
        ("retention", "'shelter_address' ontbreekt")
    ]


def test_everybody_has_a_kind_of_place() -> None:
    adults = [each for each in PACK.shelter_kinds if Household.CHILD not in each.households]
    found = said(PACK.model_copy(update={"shelter_kinds": Entries(tuple(adults))}))
    assert found == [("shelter_kinds", "geen soort plek is voor 'child'")]


def test_the_parts_belong_together_and_may_all_be_left_out() -> None:
    names = ("shelter_kinds", "shelter_refusals", "night_states", "night_hours", "night_ladder")
    assert ("night_ladder", "'night_ladder' ontbreekt") in said(
        PACK.model_copy(update={"night_ladder": Entries(())})
    )
    assert said(PACK.model_copy(update=dict.fromkeys(names, Entries(())))) == []
