"""The first walk on a phone and on a desk, by keyboard, and without script."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import look
from tests.browser.people import People

WHO = ("af@westland.example", "zorg@shop.example", "toezicht@westland.example")

TAKES_FOCUS = """() => [...document.querySelectorAll("[inert] a")].map((link) => {
  link.focus();
  return document.activeElement === link;
})"""


@pytest.mark.parametrize("email", WHO)
def test_every_step_is_fit_for_everybody(people: People, email: str) -> None:
    page = people.someone(email)
    page.goto("/werk/rondleiding/")
    look(page)
    while page.get_by_role("link", name="Volgende").count():
        page.get_by_role("link", name="Volgende").click()
        look(page)
    page.get_by_role("link", name="Naar Vandaag").click()
    assert page.url.endswith("/werk/")


def test_nothing_in_a_picture_can_be_pressed(people: People) -> None:
    page = people.someone(WHO[0])
    page.goto("/werk/rondleiding/")
    assert page.locator("[inert] a").count() == 2
    assert page.evaluate(TAKES_FOCUS) == [False, False]


def test_the_offer_is_fit_for_everybody(people: People) -> None:
    page = people.someone("fg@westland.example")
    page.goto("/werk/")
    expect(page.get_by_text("Nieuw hier?")).to_have_count(1)
    look(page)


def test_the_offer_is_put_away_without_script(people: People) -> None:
    page = people.someone("toezicht@westland.example", phone=True, script=False)
    expect(page.get_by_text("Nieuw hier?")).to_have_count(1)
    page.get_by_role("button", name="Nu niet").click()
    expect(page.get_by_text("Nieuw hier?")).to_have_count(0)
