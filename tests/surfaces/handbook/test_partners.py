"""Partners in the handbook: each on its own page, on the map and on its routes, for who may see it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.database import ROOT
from tests.packs import den_haag
from tests.reading import as_read

from sluitend.kernel.handbook.guidance import Verb
from sluitend.kernel.handbook.loading import load_pack
from sluitend.surfaces.handbook.mapping import EDGE, MARK, chart
from sluitend.surfaces.handbook.views.partners import CHANNELS, VERBS

PACK = den_haag()


@pytest.fixture
def signed_in(region: Any, client_for: Callable[[str], Client]) -> Client:
    """A focal point."""
    return client_for("af@westland.example")


def test_every_verb_and_channel_has_words() -> None:
    assert set(VERBS) == set(Verb)
    assert {channel for each in PACK.partners for channel in each.channels} <= set(CHANNELS)


def test_the_map_has_every_municipality_once_within_its_edges() -> None:
    drawn = chart(PACK)
    assert drawn is not None
    assert sorted(spot.municipality.id for spot in drawn.spots) == sorted(PACK.municipalities.ids)
    assert [spot.number for spot in drawn.spots] == list(range(1, len(PACK.municipalities) + 1))
    assert all(EDGE - 1 <= spot.x <= drawn.width - EDGE + 1 for spot in drawn.spots)
    assert all(EDGE - 1 <= spot.y <= drawn.height - EDGE + 1 for spot in drawn.spots)
    apart = [
        abs(one.x - other.x) + abs(one.y - other.y)
        for one in drawn.spots
        for other in drawn.spots
        if one.number < other.number
    ]
    assert min(apart) > MARK
    north = {spot.municipality.name: spot.y for spot in drawn.spots}
    assert north["Hillegom"] < north["Delft"] < north["Krimpenerwaard"]


def test_the_map_has_the_borders_that_the_handbook_has_and_says_whose() -> None:
    held = load_pack(ROOT / "packs" / "voorbeeld")
    drawn = chart(held)
    assert drawn
    assert len(drawn.outlines) == len(held.municipalities)
    assert drawn.source == held.borders.source
    assert all(0 <= spot.x <= drawn.width and 0 <= spot.y <= drawn.height for spot in drawn.spots)
    assert chart(PACK).outlines == ()  # type: ignore[union-attr]


def test_a_region_without_places_has_no_map() -> None:
    assert chart(PACK.model_copy(update={"places": type(PACK.places)(())})) is None


@pytest.mark.parametrize("partner", PACK.partners.ids)
def test_every_partner_has_a_page_for_who_is_signed_in(signed_in: Client, partner: str) -> None:
    content = as_read(signed_in.get(f"/handboek/partners/{partner}/").text)
    assert PACK.partners[partner].task.nl in content


def test_the_directory_is_named_to_who_may_open_it(region: Any, client_for: Callable[[str], Client]) -> None:
    page = f"/handboek/partners/{PACK.partners.ids[0]}/"
    for email, named in (("af@westland.example", True), ("beheer@westland.example", False)):
        assert ("Wie u daar vindt: de gids" in client_for(email).get(page).text) is named


def test_who_is_not_signed_in_sees_no_unconfirmed_partner(region: Any) -> None:
    listed = Client().get("/handboek/partners/").content.decode()
    for each in PACK.partners:
        answer = Client().get(f"/handboek/partners/{each.id}/")
        assert answer.status_code == (200 if each.confirmed else 404)
        assert (f"/handboek/partners/{each.id}/" in listed) == each.confirmed


def test_a_group_leads_to_the_partner_of_its_subregion(signed_in: Client) -> None:
    label = PACK.plan_actions["care_refer"].says.nl
    for partner, on in (("shop", True), ("ggd_haaglanden", False)):
        content = as_read(signed_in.get(f"/handboek/partners/{partner}/").text)
        assert (f"<strong>{label}</strong>" in content) is on


def test_an_unconfirmed_number_is_for_who_is_signed_in(signed_in: Client) -> None:
    assert "070-361 47 47" in signed_in.get("/handboek/partners/shop/").content.decode()
    assert "070-361 47 47" not in Client().get("/handboek/partners/shop/").content.decode()


def test_a_partner_that_does_not_exist_is_not_there(signed_in: Client) -> None:
    assert signed_in.get("/handboek/partners/nergens/").status_code == 404
