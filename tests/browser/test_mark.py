"""Mark now, finish later: twenty seconds, at most three inputs, nothing to scroll."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People
from tests.browser.reporting import receipt

REPORTER = "melder@westland.example"
HERE = {"latitude": 51.9935, "longitude": 4.2010, "accuracy": 12}
MOST_INPUTS = 3


def everything_is_in_view(page: Page) -> None:
    """Nothing has to be scrolled to mark something on a small phone."""
    assert page.viewport_size == {"width": 360, "height": 740}
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def mark(page: Page) -> Hand:
    """Tick what stands out, let the phone say where, and mark."""
    page.goto("/melden/markeer/")
    assert page.title() == "Notitie"
    everything_is_in_view(page)
    look(page)
    hand = Hand(page)
    hand.choose("Wat valt op?", "Slapen op het werk")
    hand.press("Gebruik de plek waar ik nu ben")
    expect(page.get_by_role("button", name="Uw plek, op 12 meter. Haal weg")).to_be_visible()
    expect(page.get_by_role("textbox", name="Waar?")).to_have_value("")
    everything_is_in_view(page)
    hand.press("Markeer")
    return hand


def test_three_inputs_are_enough_without_an_account(people: People) -> None:
    phone = people.anyone(phone=True, geolocation=HERE, permissions=["geolocation"])
    hand = mark(phone)
    assert hand.inputs <= MOST_INPUTS
    assert hand.texts == 0
    expect(phone.get_by_role("heading", level=1)).to_have_text("Bewaar deze code")
    assert len(receipt(phone)) == 24


def test_a_note_of_a_colleague_comes_back_as_their_own_next_step(people: People) -> None:
    phone = people.someone(REPORTER, phone=True, geolocation=HERE, permissions=["geolocation"])
    hand = mark(phone)
    assert hand.inputs <= MOST_INPUTS
    expect(phone.get_by_role("heading", level=1)).to_have_text("Uw notitie staat klaar")
    look(phone, "marked")
    phone.goto("/werk/")
    phone.get_by_role("main").get_by_role("link", name="Maak").first.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Mogen wij weten wie u bent?")
    look(phone, "finishing a note")


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_the_note_follows_the_light_of_the_phone(people: People, scheme: str) -> None:
    phone = people.anyone(phone=True, color_scheme=scheme)
    phone.goto("/melden/markeer/")
    shade = phone.evaluate(
        "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3)"
        ".reduce((sum, part) => sum + Number(part), 0)"
    )
    assert (shade < 200) == (scheme == "dark")
