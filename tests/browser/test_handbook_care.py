"""Help and shelter in the handbook: whom a professional goes to, and what a coordinator looks after."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.behind import FOCAL
from tests.browser.looking import look
from tests.browser.people import People
from tests.browser.test_handbook_editor import HANDBOOK, MEREL, begin, drop

PAGE = "/handboek/hulp/"
CARE = "zorg@shop.example"


def helps_in(page: Page, municipality: str) -> list[str]:
    """Choose a municipality and return who helps there, in the order of the page."""
    page.goto(PAGE)
    page.get_by_text("Kies een gemeente").click()
    page.get_by_role("link", name=municipality, exact=True).click()
    expect(page.get_by_role("heading", name=re.compile(municipality))).to_be_visible()
    return page.locator("section[aria-labelledby=eerst] dd a[href*='/partners/']").all_inner_texts()


@pytest.mark.statement("S44")
def test_s44_who_coordinates_and_who_supports_stands_there_per_municipality(people: People) -> None:
    page = people.anyone(phone=True)
    page.goto("/handboek/")
    page.get_by_role("link", name=re.compile("^Hulp en opvang")).click()
    look(page, "help and shelter, nobody signed in")
    shop, army = "SHOP, zorgcoördinatie en ondersteuning", "Leger des Heils Hollands Midden"
    assert helps_in(page, "Katwijk") == [shop, army]
    assert helps_in(page, "Delft") == [shop, shop]
    page.locator("summary", has_text="Opvang").first.click()
    expect(page.get_by_text("via CoMensha, als er in de regio niets past")).to_be_visible()
    expect(page.get_by_text("De zorgcoördinatie vraagt CoMensha te bemiddelen.")).to_be_visible()


def test_a_focal_point_finds_a_situation_by_searching_and_it_is_open(people: People) -> None:
    page = people.someone(FOCAL, phone=True)
    page.goto(PAGE)
    look(page, "help and shelter for a focal point")
    page.goto("/handboek/zoeken/")
    page.get_by_role("searchbox").first.fill("volwassene zonder papieren")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("^Volwassene zonder papieren")).click()
    expect(page.get_by_text("Beloof niets over verblijf.")).to_be_visible()
    page.get_by_role("link", name=re.compile("^FairWork")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("FairWork")


@pytest.mark.statement("S40")
def test_s40_a_coordinator_sees_who_pays_and_is_warned_a_year_before_a_contract_ends(people: People) -> None:
    merel = people.someone(MEREL)
    merel.goto(PAGE)
    merel.get_by_text("Wie betaalt, en tot wanneer").click()
    table = merel.get_by_role("table", name="Per soort hulp wie betaalt, hoeveel plekken en het contract")
    row = table.get_by_role("row").filter(has_text="Opvang in de bedenktijd")
    expect(row).to_contain_text("Ministerie van Justitie en Veiligheid")
    expect(row).to_contain_text("50 (2010)")
    expect(row).to_contain_text("niet bekend")
    look(merel, "who pays and until when")

    begin(merel)
    merel.goto(f"{HANDBOOK}regel/care_offers/support_haaglanden/")
    ends = timezone.localdate() + timedelta(days=300)
    merel.get_by_label("Contract tot").fill(ends.isoformat())
    merel.get_by_role("button", name="Bewaar in het concept").click()
    expect(merel.get_by_text("Bewaard in het concept.")).to_be_visible()
    merel.goto(f"{HANDBOOK}aandacht/?alles=1")
    due = merel.get_by_role("row").filter(has_text="Ondersteuning in Haaglanden").first
    expect(due).to_contain_text(str(ends.year))
    drop(merel)


def test_a_care_coordinator_prints_a_consent_and_not_the_one_that_waits_for_a_lawyer(people: People) -> None:
    page = people.someone(CARE, phone=True)
    page.goto(PAGE)
    look(page, "help and shelter for care")
    page.get_by_text("Vertellen om in te grijpen").click()
    expect(page.get_by_text("Deze tekst wacht op een advocaat.")).to_be_visible()
    page.get_by_text("Aanmelden bij CoMensha").click()
    with page.expect_download() as kept:
        page.get_by_role("link", name="Nederlands, English").locator("visible=true").click()
    assert kept.value.suggested_filename == "formulier.pdf"
