"""Working at the desk: the curtain, the keys, the way back, two at once, and the end of a session."""

import re
import time

from playwright.sync_api import Page, expect

from tests.browser.behind import FOCAL, taken_in
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People, sign_in
from tests.browser.planning import PLAN

DEPUTY = "vervanger@westland.example"
TYPED = "Zes bedden achter de ketel"


def focused(page: Page) -> str:
    """Return what has focus: an id, or the words."""
    words: str = page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")
    return words


def test_on_a_desk_the_menu_stands_beside_the_page(people: People) -> None:
    page = people.someone(FOCAL)
    menu = page.get_by_role("navigation", name="Hoofdmenu").first.bounding_box()
    main = page.get_by_role("main").bounding_box()
    assert menu is not None
    assert main is not None
    assert menu["x"] + menu["width"] <= main["x"]
    assert main["y"] <= menu["y"] + 1
    assert menu["width"] + main["width"] >= 1280 - 1


def test_the_curtain_covers_all_and_keeps_text_and_focus(people: People) -> None:
    page = people.someone(FOCAL)
    page.goto("/werk/melding-invoeren/")
    field = page.get_by_label("Wat zag of hoorde uw collega?")
    field.fill(TYPED)
    title = page.title()
    page.keyboard.press("Alt+b")
    curtain = page.get_by_role("dialog", name="Het scherm is afgedekt")
    expect(curtain).to_be_visible()
    assert curtain.bounding_box() == {"x": 0, "y": 0, "width": 1280, "height": 800}
    assert page.title() == title
    look(page, "covered")
    page.keyboard.press("Alt+b")
    expect(curtain).to_be_hidden()
    expect(field).to_have_value(TYPED)
    expect(field).to_be_focused()
    page.get_by_role("button", name="Dek het scherm af").click()
    expect(curtain).to_be_visible()
    curtain.get_by_role("button", name="Verder werken").click()
    expect(curtain).to_be_hidden()


def test_without_script_the_curtain_signs_out(people: People) -> None:
    page = people.someone(DEPUTY, script=False, anew=True)
    page.get_by_role("button", name="Dek het scherm af").click()
    page.goto("/werk/")
    expect(page).to_have_url(re.compile("/inloggen/"))


def test_single_keys_walk_the_rows_and_search(people: People) -> None:
    page = people.someone(FOCAL)
    rows = page.locator(".sl-step__what a")
    for key, row in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(rows.nth(row)).to_be_focused()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Losse toetsen")
    expect(keys.get_by_text("Volgende rij, vorige rij")).to_be_visible()
    page.keyboard.press("Alt+b")
    expect(keys).to_be_hidden()
    page.get_by_role("button", name="Verder werken").click()
    page.keyboard.press("?")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.keyboard.press("/")
    assert focused(page) == "zoek"
    page.keyboard.type("jk/")
    expect(page.locator("#zoek")).to_have_value("jk/")


def test_single_keys_can_be_switched_off(people: People) -> None:
    page = people.someone("af@leiden.example", anew=True)
    page.goto("/werk/account/")
    page.get_by_text("Losse toetsen gebruiken").click()
    Hand(page).press("Bewaar uw voorkeuren")
    page.goto("/werk/")
    page.keyboard.press("/")
    assert focused(page) != "zoek"
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Losse toetsen")).to_have_count(0)


def test_the_letters_after_g_jump_on_a_case(people: People, backstage: Backstage) -> None:
    matter = taken_in(backstage, where="Zwethkade 71, De Lier")
    page = people.someone(FOCAL)
    page.goto(f"/werk/casussen/{matter.case}/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Losse toetsen")).to_contain_text("W Waarnemingen, T Tijdlijn")
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("t")
    expect(page).to_have_url(re.compile(f"/{matter.case}/#tijd$"))


def test_going_back_keeps_what_was_typed(people: People) -> None:
    reporter = people.anyone(phone=True)
    reporter.goto("/melden/")
    hand = Hand(reporter)
    hand.press("Nee, ik wil iets melden")
    saw = reporter.get_by_label("Vertel wat er gebeurde")
    saw.fill(TYPED)
    hand.type("Waar was dat?", "Zwethkade 72, De Lier")
    hand.choose("Wanneer was dat?", "Gisteren")
    hand.choose("Is er iemand jonger dan 18 jaar?", "Misschien")
    hand.press("Verder")
    expect(reporter.get_by_role("heading", level=1)).to_have_text("Herkent u iets hiervan?")
    reporter.go_back()
    expect(saw).to_have_value(TYPED)
    expect(reporter.get_by_role("radio", name="Gisteren")).to_be_checked()
    hand.press("Verder")
    expect(reporter.get_by_role("heading", level=1)).to_have_text("Herkent u iets hiervan?")
    hand.press("Terug")
    expect(saw).to_have_value(TYPED)
    expect(reporter.get_by_role("radio", name="Misschien")).to_be_checked()


def test_two_people_at_once_see_that_somebody_was_first(people: People, backstage: Backstage) -> None:
    matter = taken_in(backstage, where="Zwethkade 73, De Lier")
    first, second = people.someone(FOCAL), people.someone(DEPUTY)
    for page in (first, second):
        page.goto(f"/werk/casussen/{matter.case}/weging/")
        hand = Hand(page)
        hand.choose("Is het concreet?", "Ja")
        hand.choose("Is het recent?", "Ja")
        hand.choose("Hoort het bij een patroon?", "Nee")
        hand.choose("Wat besluit u?", "Doorgaan")
        hand.choose_first("#weigh-continue")
    Hand(first).press("Leg vast en ga verder")
    expect(first.get_by_role("heading", level=1)).to_have_text(PLAN)
    Hand(second).press("Leg vast en ga verder")
    expect(second.get_by_role("alert")).to_contain_text("Iemand anders heeft dit net gewijzigd.")
    expect(second.get_by_role("radiogroup", name="Is het concreet?").get_by_label("Ja")).to_be_checked()
    look(second, "somebody was first")


def test_a_session_that_ends_keeps_what_was_typed(people: People, backstage: Backstage) -> None:
    page = people.someone(DEPUTY, anew=True)
    page.clock.install()
    page.goto("/werk/melding-invoeren/")
    page.get_by_label("Wat zag of hoorde uw collega?").fill(TYPED)
    with page.expect_response("**/melding-invoeren/concept/"):
        page.clock.run_for(6_000)
    page.clock.run_for(28 * 60 * 1000)
    expect(page.get_by_role("alertdialog")).to_be_visible()
    look(page, "the session is about to end")

    rest(backstage, page)
    page.reload()
    expect(page).to_have_url(re.compile("/inloggen/"))
    assert TYPED not in page.content()
    sign_in(page, DEPUTY)
    expect(page).to_have_url(re.compile("/werk/melding-invoeren/$"))
    expect(page.get_by_label("Wat zag of hoorde uw collega?")).to_have_value(TYPED)


def rest(backstage: Backstage, page: Page) -> None:
    """Let the session look as if its owner has been away for an hour."""
    from importlib import import_module

    from django.conf import settings

    from sluitend.surfaces.middleware import ACTIVE

    key = next(each["value"] for each in page.context.cookies() if each["name"] == "sluitend")
    with backstage():
        session = import_module(settings.SESSION_ENGINE).SessionStore(key)
        session[ACTIVE] = int(time.time()) - 3600
        session.save()
