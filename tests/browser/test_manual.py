"""The manual on a phone: short until a fold is opened; a link to a fold opens it, with script and without."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import look
from tests.browser.people import People

FOCAL = "af@westland.example"
FOLD = "aandachtsfunctionaris-en-vervanger-doorzetten"
PART = "aandachtsfunctionaris-en-vervanger"
THREE_SCREENS = 2400


def test_the_longest_part_fits_in_three_screens_of_a_phone(people: People) -> None:
    page = people.someone(FOCAL, phone=True)
    page.goto("/werk/hulp/")
    expect(page.locator(f"#{PART}")).to_be_visible()
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollHeight") <= THREE_SCREENS
    look(page)


@pytest.mark.parametrize("script", [True, False])
def test_a_link_to_a_fold_opens_it(people: People, script: bool) -> None:
    page = people.someone(FOCAL, phone=True, script=script)
    page.goto("/werk/hulp/")
    expect(page.locator(f"#{FOLD}")).to_be_hidden()
    page.goto(f"/werk/hulp/#{FOLD}")
    expect(page.locator(f"#{FOLD}")).to_be_visible()
    page.get_by_text("Doorzetten", exact=True).click()
    expect(page.locator(f"#{FOLD}")).to_be_hidden()


def test_a_link_to_another_role_opens_all_that_stands_around_it(people: People) -> None:
    page = people.someone(FOCAL, phone=True)
    page.goto("/werk/hulp/#beheerder-huisstijl")
    expect(page.locator("#beheerder-huisstijl")).to_be_visible()


def test_the_open_part_stands_on_paper_as_a_whole_and_no_other(people: People) -> None:
    page = people.someone(FOCAL)
    page.goto("/werk/hulp/")
    expect(page.locator(f"#{FOLD}")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(f"#{FOLD}")).to_be_visible()
    expect(page.locator("#beheerder-huisstijl")).to_be_hidden()
