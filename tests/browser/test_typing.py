"""What somebody types at the desk is kept by script, comes back after signing in, and can be begun anew."""

import time

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, expect

from sluitend.surfaces.middleware import ACTIVE
from sluitend.surfaces.sessions import SessionStore
from tests.browser.conftest import Backstage
from tests.browser.looking import look
from tests.browser.people import MILLISECONDS, People, sign_in

AF = "af@westland.example"
TYPED = "Bel maandag met de huismeester"


@pytest.fixture
def page(people: People) -> Page:
    """The focal point, on the form for a note of their newest open case."""
    page = people.someone(AF, anew=True)
    open_note(page)
    return page


def open_note(page: Page) -> None:
    page.goto("/werk/casussen/")
    page.locator("table a").first.click()
    page.get_by_role("link", name="Notitie").click()
    expect(page.get_by_label("Notitie")).to_be_visible()
    # What another test left there is put back by itself, and may meet what is typed in that moment.
    page.wait_for_load_state("networkidle")
    left = page.get_by_role("button", name="Gooi weg")
    if left.is_visible():
        left.click()
        expect(left).to_be_hidden()
        expect(page.get_by_label("Notitie")).to_have_value("")


def keep(page: Page) -> None:
    """Wait until what was typed was kept."""
    expect(page.get_by_text("Uw tekst is bewaard om")).to_be_visible(timeout=MILLISECONDS)


def test_what_was_typed_stands_there_again_and_can_be_begun_anew(page: Page) -> None:
    page.get_by_label("Notitie").fill(TYPED)
    page.get_by_text("Persoonsspoor", exact=True).click()
    keep(page)
    page.reload()
    expect(page.get_by_text("Wij hebben bewaard wat u typte")).to_be_visible()
    expect(page.get_by_label("Notitie")).to_have_value(TYPED)
    expect(page.get_by_label("Persoonsspoor")).to_be_checked()
    look(page)
    page.get_by_role("button", name="Gooi weg").click()
    expect(page.get_by_label("Notitie")).to_have_value("")
    expect(page.get_by_text("Wij hebben bewaard wat u typte")).to_be_hidden()
    page.reload()
    expect(page.get_by_label("Notitie")).to_have_value("")


def test_what_was_typed_before_the_script_came_is_kept_too(page: Page) -> None:
    held: list[Route] = []
    page.route("**/*.js", lambda route: held.append(route))  # noqa: PLW0108 - it must be a Python function
    page.goto(page.url, wait_until="commit")
    page.get_by_label("Notitie").fill(TYPED)
    while not held:
        page.wait_for_timeout(20)
    for each in held:
        each.continue_()
    keep(page)


def test_what_was_sent_does_not_come_back(page: Page) -> None:
    form = page.url
    page.get_by_label("Notitie").fill(TYPED)
    keep(page)
    page.get_by_role("button", name="Bewaar de notitie").click()
    page.wait_for_url("**/casussen/*/#tijd")
    page.goto(form)
    expect(page.get_by_label("Notitie")).to_have_value("")
    expect(page.get_by_role("button", name="Gooi weg")).to_be_hidden()


def test_what_is_still_being_kept_goes_before_its_form_and_does_not_come_back(page: Page) -> None:
    form, order = page.url, list[str]()
    held: list[Route] = []

    def work(route: Route) -> None:
        order.append("sent")
        route.continue_()

    page.route("**/werk/concept/**", lambda route: held.append(route))  # noqa: PLW0108 - as above
    page.route(form, work)
    page.get_by_label("Notitie").fill(TYPED)
    while not held:
        page.wait_for_timeout(20)
    page.get_by_role("button", name="Bewaar de notitie").click()
    expect(page.locator("form[aria-busy=true]")).to_have_count(1)
    order.append("kept")
    for each in held:
        each.continue_()
    page.wait_for_url("**/casussen/*/#tijd")
    assert order == ["kept", "sent"]
    page.unroute_all()
    page.goto(form, wait_until="networkidle")
    expect(page.get_by_role("button", name="Gooi weg")).to_be_hidden()
    expect(page.get_by_label("Notitie")).to_have_value("")


def test_two_tabs_of_one_form_lose_nothing_and_leave_the_choice(page: Page) -> None:
    first, second = page, page.context.new_page()
    second.goto(first.url)
    first.get_by_label("Notitie").fill(TYPED)
    keep(first)
    second.get_by_label("Notitie").fill("Iets anders")
    told = second.get_by_role("alert")
    expect(told).to_contain_text("typte u dit ook in een ander venster")
    look(second, "typed elsewhere too")
    second.get_by_role("button", name="Haal de andere tekst hierheen").click()
    expect(second.get_by_label("Notitie")).to_have_value(TYPED)
    expect(told).to_be_hidden()
    second.get_by_label("Notitie").fill(f"{TYPED}, om tien uur")
    keep(second)
    first.get_by_label("Notitie").fill("Toch maar dit")
    expect(first.get_by_role("alert")).to_be_visible()
    first.get_by_role("button", name="Bewaar wat hier staat").click()
    keep(first)
    second.reload()
    expect(second.get_by_label("Notitie")).to_have_value("Toch maar dit")


def test_dates_and_choices_are_kept_and_what_stands_on_a_page_for_everybody(people: People) -> None:
    page = people.someone(AF, anew=True)
    page.goto("/werk/account/afwezig/")
    page.get_by_label("Eerste dag").fill("2027-03-01")
    keep(page)
    page.goto("/overleg/")
    page.get_by_label("Wat wilt u overleggen?").fill(TYPED)
    keep(page)
    page.reload()
    expect(page.get_by_label("Wat wilt u overleggen?")).to_have_value(TYPED)
    expect(page.get_by_text("Wij hebben bewaard wat u typte")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Gooi weg").click()
    expect(page.get_by_label("Wat wilt u overleggen?")).to_have_value("")
    page.goto("/werk/account/afwezig/")
    expect(page.get_by_label("Eerste dag")).to_have_value("2027-03-01")
    page.get_by_role("button", name="Gooi weg").click()


def rest_too_long(page: Page, backstage: Backstage) -> None:
    """Let the session of this browser have rested longer than it may."""
    cookie = next(each for each in page.context.cookies() if each.get("name") == settings.SESSION_COOKIE_NAME)
    with backstage():
        session = SessionStore(cookie["value"])
        session[ACTIVE] = int(time.time()) - settings.SLUITEND_REST_SECONDS - 1
        session.save()


def test_what_was_sent_too_late_waits_behind_signing_in(page: Page, backstage: Backstage) -> None:
    form = page.url
    rest_too_long(page, backstage)
    page.get_by_label("Notitie").fill(TYPED)
    page.get_by_role("button", name="Bewaar de notitie").click()
    page.wait_for_url("**/inloggen/**")
    assert TYPED not in page.content()
    sign_in(page, AF)
    assert page.url == form
    expect(page.get_by_text("Wij hebben bewaard wat u typte")).to_be_visible()
    expect(page.get_by_label("Notitie")).to_have_value(TYPED)
