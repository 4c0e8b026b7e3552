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
