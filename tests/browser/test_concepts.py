"""What a word of the work means is a press away: with the keyboard, without script, and fit for everybody."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import look
from tests.browser.people import People

PAGES = (
    (
        "af@westland.example",
        "/werk/vrijgeven/wachtverzoeken/",
        "wachtverzoek",
        "Iemand vraagt om bij een adres",
    ),
    ("zorg@shop.example", "/werk/zorg/", "hulpvraag", "Iemand vraagt hulp voor een persoon."),
    ("nla@arbeidsinspectie.example", "/werk/signaal/", "signaal", "Iets wat u kunt zien of horen"),
)


@pytest.mark.parametrize(("email", "address", "word", "meaning"), PAGES)
def test_a_word_opens_with_the_keyboard(
    people: People, email: str, address: str, word: str, meaning: str
) -> None:
    page = people.someone(email)
    page.goto(address)
    expect(page.get_by_text(meaning)).to_be_hidden()
    page.get_by_text(f'Wat betekent "{word}"?').focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(meaning)).to_be_visible()
    look(page)


def test_a_word_opens_without_script(people: People) -> None:
    email, address, word, meaning = PAGES[0]
    page = people.someone(email, phone=True, script=False)
    page.goto(address)
    page.get_by_text(f'Wat betekent "{word}"?').click()
    expect(page.get_by_text(meaning)).to_be_visible()


def test_the_plan_explains_the_words_that_stand_in_it(people: People) -> None:
    page = people.someone("af@westland.example")
    page.goto("/werk/casussen/C-9T3F/plan/")
    page.get_by_text("Woorden op deze pagina").click()
    expect(page.locator("details[open] dt").first).to_be_visible()
    look(page)
