"""Help is asked without an account, on a phone; care coordination takes it on; whoever asked reads that."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.behind import sweep
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People
from tests.browser.reporting import come_back, nothing, receipt

COORDINATOR = "zorg@shop.example"
SAW = "Zij werkt zes dagen in de keuken en mag niet alleen naar buiten."


def ask_for_help(page: Page, at_each: Callable[[Page, str], None] = nothing) -> str:
    """Ask for help from the front page on and return the receipt."""
    hand = Hand(page)
    page.goto("/")
    page.get_by_role("link", name="Ik zoek hulp voor iemand anders").click()
    at_each(page, "danger")
    hand.choose("Is er nu direct gevaar?", "Nee")
    hand.choose("Wilt u advies, of hulp voor iemand?", "Ik wil hulp voor iemand")
    hand.choose("Heeft de persoon vannacht een veilige plek om te slapen?", "Ja")
    hand.press("Verder")
    at_each(page, "person")
    hand.choose("Is de persoon jonger dan 18?", "Nee")
    hand.choose("Weet de persoon dat u dit vraagt? Wat wil zij of hij?", "De persoon weet het en wil hulp")
    hand.choose("Waar zei de persoon ja op?", "U mag bellen")
    hand.choose("Waar zei de persoon ja op?", "U mag de voornaam weten")
    hand.press("Verder")
    at_each(page, "reach")
    hand.type("Hoe wil de persoon genoemd worden?", "Mei")
    hand.choose("Hoe kunnen wij de persoon veilig bereiken?", "Bellen")
    hand.type("Nummer of adres", "06 12 34 56 78")
    hand.choose("Op welke dagen?", "Op werkdagen")
    page.get_by_label("Vanaf hoe laat?").fill("10:00")
    page.get_by_label("Tot hoe laat?").fill("12:00")
    hand.choose("Kan iemand meelezen, meeluisteren of de persoon volgen?", "Nee")
    hand.type("In welke taal praat de persoon het liefst?", "Mandarijn")
    hand.press("Verder")
    at_each(page, "where")
    page.get_by_label("In welke gemeente is de persoon nu?").select_option("GM0518")
    hand.choose("Is er vandaag een dokter nodig?", "Nee")
    hand.type("Wat zag of hoorde u?", SAW)
    hand.press("Verder")
    at_each(page, "who")
    hand.type("Uw naam", "Loes de Vries")
    hand.type("Uw telefoonnummer", "070 765 43 21")
    hand.choose("Mogen wij tegen de persoon zeggen dat u belde?", "Nee")
    hand.press("Verstuur")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bewaar deze code")
    at_each(page, "receipt")
    return receipt(page)


def asked(desk: Page) -> set[str]:
    """The addresses of the requests for help that stand on the list of care coordination."""
    desk.goto("/werk/zorg/")
    rows = desk.get_by_role("link", name="Hulpvraag aan de zorg, Haaglanden").all()
    return {row.get_attribute("href") or "" for row in rows}


def test_help_is_asked_on_a_phone_and_taken_on(people: People, backstage: Backstage) -> None:
    desk = people.someone(COORDINATOR)
    there = asked(desk)
    page = people.anyone(phone=True)
    code = ask_for_help(page, lambda shown, _state: look(shown))
    assert page.url.endswith("/hulp-vragen/")
    assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0
    sweep(backstage, "shop")
    (new,) = asked(desk) - there
    look(desk)
    expect(desk.get_by_text(re.compile(r"\bMei\b"))).to_have_count(0)
    desk.goto(new)
    look(desk)
    expect(desk.get_by_role("heading", name="Zo bereikt u de persoon veilig")).to_be_visible()
    expect(desk.get_by_text("Op werkdagen van 10:00 tot 12:00.")).to_be_visible()
    Hand(desk).press("Neem aan")
    expect(desk.get_by_text("Zoek contact met de persoon, volgens de regel")).to_be_visible()
    look(desk)
    come_back(page, code)
    expect(page.get_by_role("heading", level=1)).to_have_text("De hulp is met uw vraag bezig.")
    look(page)


@pytest.mark.parametrize("who", ["af@westland.example", "avim@politie.example"])
def test_elsewhere_the_list_does_not_exist(people: People, who: str) -> None:
    page = people.someone(who)
    answer = page.goto("/werk/zorg/")
    assert answer is not None
    assert answer.status == 404
