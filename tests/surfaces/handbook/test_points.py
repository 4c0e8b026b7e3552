"""Which language is spoken at which information point, and where at none."""

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from tests.packs import den_haag

from sluitend.kernel.handbook.entries import Entries
from sluitend.kernel.handbook.pack import Pack
from sluitend.surfaces.handbook.reading import Reading
from sluitend.surfaces.handbook.views.points import _spoken

PACK = den_haag()
ADDRESS = "/handboek/informatiepunten/"
TODAY = date(2026, 11, 26)


def held(pack: Pack = PACK, *, professional: bool = True) -> Reading:
    return Reading(pack, 1, professional, TODAY)


@pytest.mark.parametrize("professional", [True, False])
def test_a_language_reaches_the_municipalities_of_the_points_that_speak_it(professional: bool) -> None:
    # No municipality of this pack is confirmed; that it is there, everybody knows.
    found = _spoken(held(professional=professional), PACK.languages["tr"], PACK.points)
    north, south = found.reaches
    assert (north.subregion.id, south.subregion.id) == ("haaglanden", "hollands_midden")
    assert [each.id for each in north.points] == ["bus_dh"]
    assert [each.name for each in north.reached] == ["'s-Gravenhage", "Westland"]
    assert north.whole == len([each for each in PACK.municipalities if each.subregion == "haaglanden"])
    assert "Delft" in [each.name for each in north.missed]
    assert not south.points
    assert not south.reached
    assert not found.nowhere


def test_a_point_that_is_tied_to_no_municipality_is_for_the_whole_country() -> None:
    found = _spoken(held(), PACK.languages["pl"], PACK.points)
    assert "barka" in [each.id for each in found.everywhere]
    assert "barka" not in [point.id for reach in found.reaches for point in reach.points]


def test_a_language_that_no_point_is_known_to_speak_is_nowhere() -> None:
    assert _spoken(held(), PACK.languages["ti"], PACK.points).nowhere
    assert not _spoken(held(), PACK.languages["bg"], PACK.points).nowhere


def test_a_point_elsewhere_that_is_an_example_reaches_nobody(region: Any) -> None:
    content = Client().get(ADDRESS).content.decode()
    assert PACK.points["mobiel_brabant"].label.nl not in content


@pytest.mark.parametrize("email", ["", "af@westland.example"])
def test_the_page_names_every_language_without_a_point(
    region: Any, client_for: Callable[[str], Client], email: str
) -> None:
    content = unescape((client_for(email) if email else Client()).get(ADDRESS).content.decode())
    gaps = content.split("Talen zonder punt in de regio")[1].split("</section>")[0]
    for language in ("Tigrinya", "Vietnamees", "Arabisch"):
        assert language in gaps
    assert "Pools" not in gaps
    assert ("IDHEM" in content) == bool(email)


def test_the_points_of_a_municipality_come_first_and_the_others_are_folded(region: Any) -> None:
    whole = Client().get(ADDRESS).content.decode()
    assert "voor andere gemeenten" not in whole
    chosen = unescape(Client().get(f"{ADDRESS}?gemeente=GM0503").content.decode())
    assert "Punten voor Delft" in chosen
    near, _, elsewhere = chosen.partition("voor andere gemeenten")
    assert 'id="shop"' in near
    assert 'id="leger"' in elsewhere
    assert 'id="leger"' not in near


def test_a_region_without_points_says_so(region: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = PACK.model_copy(update={"points": Entries(())})
    monkeypatch.setattr("sluitend.surfaces.handbook.views.points.reading", lambda _request: held(bare))
    assert "Deze regio heeft nog geen punt ingevuld." in Client().get(ADDRESS).content.decode()
