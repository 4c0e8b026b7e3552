"""The picture of a case in a browser: at a desk, on a phone, by keyboard, from right to left and on paper."""

from itertools import count

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.behind import FOCAL, taken_in
from tests.browser.conftest import Backstage
from tests.browser.looking import look
from tests.browser.people import People
from tests.browser.watching import sideways

PLATES = (f"ZZ-{number}-ZZ" for number in count(10))
OF_ITS_OWN = {"phone": "", "account": "", "kvk": ""}


@pytest.fixture
def case(backstage: Backstage) -> str:
    """A case of which the plate stands in an earlier case too, at another place."""
    plate = next(PLATES)
    other = {**OF_ITS_OWN, "plate": plate, "company": f"Hotel {plate}"}
    taken_in(backstage, **other, where=f"Havenkade {plate[3:5]}, Naaldwijk")
    here = {**OF_ITS_OWN, "plate": plate, "company": f"Kwekerij Zon {plate}"}
    return taken_in(backstage, **here, where=f"Lierpad {plate[3:5]}, De Lier").case


def test_what_belongs_together_is_seen_answered_and_followed(people: People, case: str) -> None:
    page = people.someone(FOCAL)
    page.goto(f"/werk/casussen/{case}/")
    page.get_by_role("navigation", name="Op deze pagina").get_by_role("link", name="Beeld").click()
    look(page, "a picture with a question")
    asked = page.get_by_role("region", name="Hoort dit bij elkaar?")
    expect(asked).to_contain_text("Zelfde kenteken")
    table = page.get_by_role("table", name="Dezelfde lijnen in een tabel")
    proposed = table.get_by_role("row").filter(has_text="zelfde kenteken")
    expect(proposed).to_contain_text("nog niet bevestigd")
    asked.get_by_role("button", name="Ja, hoort bij elkaar").click()
    expect(page.get_by_role("region", name="Hoort dit bij elkaar?")).to_have_count(0)
    expect(proposed).to_contain_text("bevestigd door Noor de Bruin")
    expect(page.get_by_role("img", name="Tijdlijn over de casussen")).to_be_visible()
    look(page, "a picture over two cases")

    page.get_by_role("link", name="Leg vast wat bij elkaar hoort").click()
    page.get_by_text("Gezien of gehoord").click()
    page.get_by_label("Tekst").fill("heeft de sleutel")
    page.get_by_text("Kwekerij Zon").click()
    page.get_by_text("De Lier").click()
    look(page, "what belongs together is written down")
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_role("navigation", name="Op deze pagina")).to_be_visible()
    page.goto(f"/werk/casussen/{case}/beeld/")
    expect(table.get_by_role("row").filter(has_text="heeft de sleutel")).to_contain_text("Noor de Bruin")


def test_on_a_phone_the_picture_scrolls_in_its_own_box(people: People, case: str) -> None:
    page = people.someone(FOCAL, phone=True)
    page.goto(f"/werk/casussen/{case}/beeld/")
    assert sideways(page) == []
    box = page.get_by_role("region", name="Beeld, schuif opzij")
    box.focus()
    for _press in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("box => box.scrollLeft > 0", arg=box.element_handle())
    assert page.evaluate("window.scrollX") == 0
    expect(page.get_by_role("img", name="Tijdlijn over")).to_be_hidden()


def test_who_reads_by_keyboard_goes_from_one_to_the_next_in_reading_order(people: People, case: str) -> None:
    page = people.someone(FOCAL, script=False)
    page.goto(f"/werk/casussen/{case}/beeld/")
    nodes = links(page)
    names = [each.get_attribute("aria-label") or "" for each in nodes.all()]
    kinds = ("Persoon", "Plaats", "Bedrijf", "Voertuig", "Casus")
    assert all(kind in name for kind, name in zip(kinds, names, strict=True))
    page.get_by_role("region", name="Beeld, schuif opzij").focus()
    for name in names:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == name
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/werk/casussen/{case}/#b-*")
    expect(page.locator(":target")).to_contain_text("ZZ-")


def test_from_right_to_left_and_on_paper_it_stays_where_it_is(people: People, case: str) -> None:
    page = people.someone(FOCAL)
    page.goto(f"/werk/casussen/{case}/beeld/")
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert sideways(page) == []
    left = [each.bounding_box() for each in links(page).all()]
    person, place, company = (each["x"] for each in left[:3] if each)
    assert person < place < company
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Ja, hoort bij elkaar")).to_be_hidden()
    expect(links(page).first).to_be_visible()
    assert sideways(page) == []


def links(page: Page) -> Locator:
    """Return who and what is drawn."""
    return page.locator(".sl-web__link")
