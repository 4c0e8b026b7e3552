"""Choosing what to do: a row says where and what is new, a list is narrowed by links, several are ticked."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.behind import FOCAL
from tests.browser.looking import look
from tests.browser.people import People

ADDRESSES = (
    "/werk/",
    "/werk/?werk=lezen",
    "/werk/?werk=bellen",
    "/werk/casussen/?haast=ja&volgorde=oud",
    "/werk/binnen/?soort=help",
    "/werk/doorgezet/?toon=alle&spoor=place",
    "/werk/uitwisselen/?van=ons",
    "/werk/toezicht/?toon=open",
    "/werk/vrijgeven/?soort=check&volgorde=laat",
    "/werk/vrijgeven/wachtverzoeken/?toon=klaar",
)


@pytest.mark.parametrize("phone", [True, False])
def test_vandaag_and_each_list_as_narrowed_are_fit_for_everybody(people: People, phone: bool) -> None:
    page = people.someone(FOCAL, phone=phone)
    for address in ADDRESSES:
        page.goto(address)
        look(page, address)


def test_on_a_phone_the_first_row_has_its_button_on_the_first_screen(people: People) -> None:
    page = people.someone(FOCAL, phone=True)
    button = page.locator(".sl-steps--first .utrecht-button--primary-action").bounding_box()
    assert button is not None
    assert button["y"] + button["height"] <= 740
    expect(page.locator(".utrecht-button--primary-action.sl-step__act")).to_have_count(1)


def test_with_little_time_one_kind_of_work_stands_there(people: People) -> None:
    page = people.someone(FOCAL, script=False)
    every = page.locator(".sl-step:visible").count()
    page.get_by_role("link", name="Lezen", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?werk=lezen$"))
    page.wait_for_load_state()
    read = page.locator(".sl-step:visible").count()
    assert 0 < read < every
    page.get_by_role("link", name="Toon alles").click()
    expect(page.locator(".sl-step:visible")).to_have_count(every)


def test_several_cases_are_given_to_somebody_at_once(people: People) -> None:
    page = people.someone(FOCAL)
    page.goto("/werk/casussen/?volgorde=oud")
    codes = page.locator("tbody .sl-code").all_text_contents()[:2]
    for code in codes:
        page.get_by_label(f"Kies {code}").check()
    page.get_by_role("button", name="Geef wat u aanvinkt aan iemand").click()
    look(page, "several")
    page.get_by_label("Wie pakt dit op?").select_option(label="Samira Haddou")
    page.get_by_role("button", name="Wijs toe").click()
    expect(page.get_by_text(f"Toegewezen: {', '.join(codes)}.")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_what_is_sought_in_a_list_goes_along_with_another_choice_and_stands_in_no_address(
    people: People, script: bool
) -> None:
    page = people.someone(FOCAL, script=script)
    page.goto("/werk/casussen/")
    code = page.locator("tbody .sl-code").last.inner_text()
    field = page.get_by_label("Zoek in deze lijst")
    field.fill(code)
    field.press("Enter")
    expect(page.locator("tbody .sl-code")).to_have_text([code])
    if script:  # axe waits for ever where no script runs
        look(page, "sought in a list")
    page.get_by_role("button", name="Gesloten", exact=True).click()
    expect(page.get_by_text("Hier is niets gevonden.")).to_be_visible()
    expect(field).to_have_value(code)
    if script:
        look(page, "nothing found in a list")
    assert code not in page.url
    page.get_by_role("link", name="Toon de hele lijst").click()
    expect(field).to_have_value("")
