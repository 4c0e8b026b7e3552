"""Whom the plan of a case asks, in each part of the region."""

from tests.packs import den_haag

from sluitend.kernel.handbook.planning import facts_with, plan


def test_who_is_named_acts_in_their_own_part_of_the_region_only() -> None:
    pack = den_haag()
    asked = {
        area: {
            each.party.id
            for each in plan(facts_with(pack, [("wish", "yes"), ("subregion", area)]), pack).actions
        }
        for area in pack.subregions.ids
    }
    assert "leger_des_heils" in asked["hollands_midden"] - asked["haaglanden"]
    assert "care_coordination" in asked["haaglanden"] & asked["hollands_midden"]
