"""The handbook on who does what: from a situation to a number, and every partner of the guide."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.behind import FOCAL
from tests.browser.looking import look
from tests.browser.people import People

INTERNAL = {
    "SHOP, zorgcoördinatie en ondersteuning": ("Haaglanden, Hollands Midden", "Doorzetten"),
    "Zorg- en Veiligheidshuis Haaglanden": ("Haaglanden", "Inbrengen"),
    "Zorg- en Veiligheidshuis Hollands Midden": ("Hollands Midden", "Inbrengen"),
    "Politie, AVIM": ("Haaglanden, Hollands Midden", "Doorzetten"),
    "Leger des Heils Hollands Midden": ("Hollands Midden", "Doorzetten"),
    "RIEC Den Haag": ("Haaglanden, Hollands Midden", "Inbrengen"),
    "HEIT": ("Haaglanden, Hollands Midden", "Overleggen"),
    "Nederlandse Arbeidsinspectie": ("Heel Nederland", "Doorzetten"),
}
SEXUAL = {
    "HEIT": ("Haaglanden, Hollands Midden", "Overleggen"),
    "CoMensha": ("Heel Nederland", "Doorzetten"),
    "GGD Haaglanden": ("Haaglanden", "Overleggen"),
    "GGD Hollands Midden": ("Hollands Midden", "Overleggen"),
    "RSIV": ("Haaglanden, Hollands Midden", "Overleggen"),
    "SHOP, zorgcoördinatie en ondersteuning": ("Haaglanden, Hollands Midden", "Doorzetten"),
    "Zorg- en Veiligheidshuis Haaglanden": ("Haaglanden", "Inbrengen"),
    "Zorg- en Veiligheidshuis Hollands Midden": ("Hollands Midden", "Inbrengen"),
}


def read_partners(page: Page, partners: dict[str, tuple[str, str]]) -> None:
    """Open each partner from the list and read area, verb, channel and task."""
    for name, (area, verb) in partners.items():
        page.goto("/handboek/partners/")
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=1, name=name, exact=True)).to_be_visible()
        expect(said(page, "Gebied")).to_have_text(area)
        expect(said(page, "Hoe")).to_contain_text(verb)
        expect(said(page, "Te bereiken per")).not_to_be_empty()
        expect(page.locator("header .sl-lead")).not_to_be_empty()


def said(page: Page, term: str) -> Locator:
    """Return what stands at a term of the partner's page."""
    return page.locator(f"xpath=//dt[normalize-space()='{term}']/following-sibling::dd[1]")


@pytest.mark.statement("S11")
def test_a_focal_point_finds_what_the_partners_of_the_municipality_do(people: People) -> None:
    page = people.someone(FOCAL)
    page.goto("/handboek/partners/")
    look(page, "partners")
    read_partners(page, INTERNAL)


@pytest.mark.statement("S32")
def test_a_professional_finds_what_the_partners_against_sexual_exploitation_do(people: People) -> None:
    page = people.anyone(phone=True)
    page.goto("/handboek/")
    page.get_by_role("link", name="Partners").first.click()
    look(page, "partners on a phone")
    read_partners(page, SEXUAL)
    page.get_by_text("Hier werkt deze partner", exact=True).click()
    page.get_by_text("De kaart als tabel").click()
    expect(page.get_by_role("row", name="Delft")).to_contain_text("nee")
    expect(page.get_by_role("row", name="Gouda")).to_contain_text("ja")
    look(page, "a partner on a phone")


@pytest.mark.statement("S06")
def test_a_focal_point_reads_where_victims_can_go_and_whom_to_ask_there(people: People) -> None:
    page = people.someone(FOCAL)
    for code, task in (
        ("shop", "Zorgcoördinatie"),
        ("leger_des_heils", "ondersteuning"),
        ("comensha", "opvang"),
    ):
        page.goto(f"/handboek/partners/{code}/")
        expect(page.locator("header .sl-lead")).to_contain_text(task)
    look(page, "a partner")
    page.get_by_role("link", name="Wie u daar vindt: de gids").click()
    expect(page.get_by_role("heading", level=1, name="Gids")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_somebody_on_the_street_finds_whom_to_call_and_reports_on(people: People, script: bool) -> None:
    page = people.anyone(phone=True, script=script)
    page.goto("/handboek/wie-bel-ik/")
    page.get_by_role("button", name="Toon wie ik bel").click()
    expect(page.get_by_text("Kies de gemeente, of typ een plaats.").first).to_be_visible()
    page.get_by_label("Iemand is jonger dan 18").check()
    page.get_by_label("Of typ een plaats, adres of postcode").fill("Kerkstraat 1, Wateringen")
    page.get_by_role("button", name="Toon wie ik bel").click()
    expect(page.get_by_role("heading", level=1, name="Bel Veilig Thuis")).to_be_visible()
    assert page.url.endswith("/handboek/wie-bel-ik/")
    assert "Kerkstraat" not in page.content()
    expect(page.locator('a.sl-loud[href="tel:08002000"]')).to_contain_text("Dag en nacht")
    warned = page.locator("p.utrecht-alert").first
    expect(warned).not_to_have_css("padding-top", "0px")
    expect(warned).not_to_have_css("padding-left", "0px")
    if script:
        look(page, "whom to call")
    page.get_by_role("button", name="Wijzig uw antwoorden").click()
    expect(page.get_by_label("Iemand is jonger dan 18")).to_be_checked()
    page.get_by_role("button", name="Toon wie ik bel").click()
    page.get_by_role("button", name="Melden in Westland").click()
    expect(page.get_by_label("In welke gemeente is dat?")).to_have_value("GM1783")


def test_a_focal_point_reads_the_rule_and_checks_a_number_first(people: People) -> None:
    page = people.someone(FOCAL)
    page.goto("/handboek/wie-bel-ik/")
    look(page, "whom do I call")
    page.get_by_label("Een volwassene wil hulp").check()
    page.get_by_label("In welke gemeente is het?").select_option("GM0546")
    page.get_by_role("button", name="Toon wie ik bel").click()
    expect(page.get_by_text("Niet bevestigd. Controleer het nummer eerst.")).to_be_visible()
    expect(page.get_by_text("Kan het niet wachten?")).to_be_visible()
    look(page, "an unconfirmed number")
    page.get_by_role("link", name="Leger des Heils Hollands Midden").click()
    expect(said(page, "Gebied")).to_have_text("Hollands Midden")


@pytest.mark.parametrize("script", [True, False])
def test_a_professional_searches_with_a_typing_error(people: People, script: bool) -> None:
    page = people.anyone(phone=True, script=script)
    page.goto("/handboek/")
    page.get_by_role("searchbox", name="Zoek in het handboek").fill("zorg en veiligheidshuys")
    page.get_by_role("button", name="Zoek", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Zoeken")).to_be_visible()
    assert page.url.endswith("/handboek/zoeken/")
    if script:
        look(page, "found in the handbook")
    page.get_by_role("link", name="Zorg- en Veiligheidshuis Haaglanden").click()
    expect(said(page, "Hoe")).to_contain_text("Inbrengen")
