"""Somewhere to go in one's own language: for who looks for it, and for the network that must see to it."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import look
from tests.browser.people import People


@pytest.mark.statement("S15")
def test_a_visitor_finds_a_point_by_language_and_place_and_the_network_sees_which_language_has_none(
    people: People,
) -> None:
    visitor = people.anyone(phone=True)
    visitor.goto("/handboek/")
    visitor.get_by_role("link", name="Informatiepunten").click()
    visitor.get_by_label("Waar is het?").select_option(label="Westland")
    visitor.get_by_role("button", name="Toon", exact=True).click()
    expect(visitor.locator("#bus_dh")).to_contain_text("Turks")
    expect(visitor.locator("#bus_dh")).to_be_visible()
    expect(visitor.locator("#leger")).to_be_hidden()
    look(visitor, "points near Westland")

    network = people.someone("regio@rsiv.example")
    network.goto("/handboek/")
    network.get_by_role("link", name="Informatiepunten").click()
    network.get_by_text("Talen: waar een punt ze spreekt, en waar niet").click()
    gaps = network.locator(".utrecht-alert--warning").filter(has_text="Talen zonder punt in de regio")
    expect(gaps).to_contain_text("Tigrinya")
    expect(gaps).not_to_contain_text("Turks")
    row = network.get_by_role("row").filter(has=network.get_by_role("rowheader", name="Turks"))
    expect(row).to_contain_text("2 van 9 gemeenten")
    row.get_by_text("Gemeenten zonder punt").click()
    expect(row).to_contain_text("Delft")
    look(network, "points and languages")


def test_a_card_is_chosen_first_and_then_the_language(people: People) -> None:
    page = people.someone("toezicht@westland.example", phone=True)
    page.goto("/handboek/zoeken/")
    page.get_by_role("searchbox").fill("paspoort of ID-kaart zelf")
    page.get_by_role("button", name="Zoek", exact=True).click()
    page.locator('a[href="/handboek/taalkaart/kaart/K05/"]').click()
    expect(page.get_by_text("Heeft u uw paspoort of ID-kaart zelf?")).to_be_visible()
    look(page)
    page.get_by_role("link", name="العربية").click()
    page.wait_for_url("**/handboek/taalkaart/ar/K05/")
    expect(page.locator('.sl-show--other[lang="ar"]')).to_be_visible()
