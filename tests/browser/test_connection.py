"""A connection that drops, a press that is doubled, a tab that closes: nothing is lost or comes twice."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from sluitend.journeys.cases.models import TimelineEvent
from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import acting
from tests import samples
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People, sign_in
from tests.browser.reporting import Told, go_on, receipt, tell
from tests.browser.site import Site
from tests.browser.test_typing import AF, keep, open_note
from tests.browser.wire import Wire, wire_to

NOT_SENT = "Wat u typte, is nog NIET verstuurd."
SAW = "Op de camping slapen acht mensen in een caravan. Zij durven niets te zeggen."
DEPUTY = "vervanger@westland.example"
TYPED = "Maandag belt de huismeester terug"


def at_check(page: Page, saw: str = SAW) -> Hand:
    """Fill in a report without a name, up to the page before it is sent."""
    page.goto("/melden/")
    hand = Hand(page)
    hand.press("Nee, ik wil iets melden")
    tell(page, Told(saw=saw, where="Zwethkade 57, De Lier"))
    go_on(page, "Stap 3")
    go_on(page, "Stap 4")
    hand.choose("Mogen wij weten wie u bent?", "Nee, ik meld zonder naam")
    go_on(page, "Stap 5")
    return hand


def reports(backstage: Backstage) -> int:
    with backstage(), acting(samples.actor(AF)):
        return Report.objects.count()


def notes(backstage: Backstage) -> int:
    with backstage(), acting(samples.actor(AF)):
        return TimelineEvent.objects.filter(what=TimelineEvent.What.NOTE).count()


def forgive(people: People, fault: str) -> None:
    """Leave out what Chromium says of the very thing that a test makes happen."""
    for watch in people.watches:
        watch.faults[:] = [each for each in watch.faults if fault not in each]


def has_receipt(page: Page) -> str:
    """Wait for the receipt and return it."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Bewaar deze code")
    return receipt(page)


def stored(page: Page) -> list[object]:
    """What this device keeps of the visit."""
    kept: list[object] = page.evaluate(
        "async () => [...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie,"
        " ...(await indexedDB.databases()), ...(await caches.keys())].filter(Boolean)"
    )
    return kept + page.context.cookies()


def test_a_report_without_a_connection_says_so_and_goes_when_it_is_back(
    people: People, backstage: Backstage
) -> None:
    page, before = people.anyone(phone=True), reports(backstage)
    at_check(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Verstuur").last.click()
    expect(page.get_by_role("alert")).to_contain_text(NOT_SENT)
    expect(page.get_by_text(SAW)).to_be_visible()
    assert reports(backstage) == before
    look(page, "not sent")
    page.context.set_offline(False)
    has_receipt(page)
    assert reports(backstage) == before + 1
    look(page, "sent after all")
    assert stored(page) == []
    forgive(people, "ERR_INTERNET_DISCONNECTED")


@pytest.fixture
def wire(site: Site) -> Iterator[Wire]:
    """A wire that can lose an answer."""
    with wire_to(site) as laid:
        yield laid


@pytest.fixture
def over_wire(browser: Browser, wire: Wire) -> Iterator[People]:
    """People who reach the site over the wire."""
    visitors = People(browser, wire.over(), {})
    yield visitors
    visitors.leave()
    forgive(visitors, "ERR_EMPTY_RESPONSE")
    assert visitors.faults() == []


def test_an_answer_that_is_lost_costs_neither_the_report_nor_its_code(
    over_wire: People, wire: Wire, backstage: Backstage
) -> None:
    page, before = over_wire.anyone(phone=True), reports(backstage)
    at_check(page)
    wire.losing = True
    page.get_by_role("button", name="Verstuur").last.click()
    expect(page.get_by_role("alert")).to_contain_text("Wij weten nog niet of het aankwam.")
    wire.losing = False
    page.get_by_role("button", name="Probeer nu").click()
    code = has_receipt(page)
    expect(page.get_by_text("Dit hadden wij al.")).to_be_visible()
    assert code.encode() in wire.lost[0]
    assert reports(backstage) == before + 1
    look(page, "the receipt of a page that was sent twice")
    page.get_by_text("Typte u daarna iets anders?").click()
    page.get_by_label("Dit staat er nog niet bij").fill("Het waren er negen.")
    Hand(page).press("Voeg dit toe")
    expect(page.get_by_text("Uw bericht is verstuurd.")).to_be_visible()
    expect(page.get_by_text("Het waren er negen.")).to_be_visible()


def test_a_note_of_which_the_answer_is_lost_is_written_once(
    over_wire: People, wire: Wire, backstage: Backstage
) -> None:
    page, before = over_wire.someone(AF, anew=True), notes(backstage)
    open_note(page)
    page.get_by_label("Notitie").fill(TYPED)
    wire.losing = True
    page.get_by_role("button", name="Bewaar de notitie").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Notitie")).to_have_value(TYPED)
    wire.losing = False
    page.get_by_role("button", name="Probeer nu").click()
    page.wait_for_url("**/casussen/*/#tijd")
    assert wire.lost
    assert notes(backstage) == before + 1


@pytest.mark.parametrize("script", [True, False])
def test_a_double_press_is_one_report(people: People, backstage: Backstage, script: bool) -> None:
    page, before = people.anyone(script=script), reports(backstage)
    at_check(page)
    page.get_by_role("button", name="Verstuur").last.click(click_count=2)
    has_receipt(page)
    assert reports(backstage) == before + 1


def test_pressing_back_and_sending_again_without_script_is_one_report(
    people: People, backstage: Backstage
) -> None:
    page, before = people.anyone(script=False), reports(backstage)
    at_check(page)
    answers = page.locator("form input[type=hidden]").evaluate_all("all => all.map(e => [e.name, e.value])")
    page.get_by_role("button", name="Verstuur").last.click()
    code = has_receipt(page)
    again = page.request.post("/melden/", form={**dict(answers), "step": "5", "go": "send"})
    assert "-".join(code.split("-")) in again.text()
    assert reports(backstage) == before + 1


def test_who_leaves_a_page_with_something_typed_is_asked_and_nobody_else(people: People) -> None:
    page = people.anyone()
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.goto("/overleg/")
    page.get_by_label("Wat wilt u overleggen?").click()
    page.reload()
    assert asked == []
    page.get_by_label("Wat wilt u overleggen?").fill(SAW)
    page.evaluate("location.reload()")
    expect(page.get_by_label("Wat wilt u overleggen?")).to_have_value(SAW)
    assert asked == ["beforeunload"]
    assert stored(page) == []


def test_going_back_without_a_connection_keeps_the_page(people: People) -> None:
    page = people.anyone()
    at_check(page)
    page.context.set_offline(True)
    page.evaluate("history.back()")
    expect(page.get_by_role("alert")).to_contain_text(NOT_SENT)
    expect(page.get_by_text(SAW)).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mogen wij weten wie u bent?")
    forgive(people, "ERR_INTERNET_DISCONNECTED")


def sign_in_beside(page: Page) -> None:
    """Follow the link to signing in, which leaves the page as it is, and sign in there."""
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Log in in een nieuw tabblad").click()
    opened.value.wait_for_url("**/inloggen/")
    sign_in(opened.value, AF)


def test_who_signed_out_elsewhere_signs_in_there_and_sends_after_all(
    people: People, backstage: Backstage
) -> None:
    page, before = people.someone(AF, anew=True), notes(backstage)
    open_note(page)
    page.get_by_label("Notitie").fill(TYPED)
    page.context.clear_cookies()
    page.get_by_role("button", name="Bewaar de notitie").click()
    expect(page.get_by_role("alert")).to_contain_text("Uw sessie is voorbij.")
    expect(page.get_by_label("Notitie")).to_have_value(TYPED)
    look(page, "the session ended elsewhere")
    sign_in_beside(page)
    page.get_by_role("button", name="Bewaar de notitie").click()
    page.wait_for_url("**/casussen/*/#tijd")
    assert notes(backstage) == before + 1
    forgive(people, "status 400")


def beside(page: Page, email: str) -> Page:
    """End the session of this browser, and let somebody sign in in another tab."""
    page.context.clear_cookies()
    other = page.context.new_page()
    sign_in(other, email)
    return other


def test_who_signed_in_again_elsewhere_sends_with_one_press(people: People, backstage: Backstage) -> None:
    page, before = people.someone(AF, anew=True), notes(backstage)
    open_note(page)
    page.get_by_label("Notitie").fill(TYPED)
    beside(page, AF)
    page.get_by_role("button", name="Bewaar de notitie").click()
    page.wait_for_url("**/casussen/*/#tijd")
    assert notes(backstage) == before + 1
    forgive(people, "status 400")


def test_what_is_typed_after_signing_in_again_in_another_tab_is_kept(people: People) -> None:
    page = people.someone(AF, anew=True)
    open_note(page)
    beside(page, AF)
    page.get_by_label("Notitie").fill(TYPED)
    keep(page)
    page.reload()
    expect(page.get_by_label("Notitie")).to_have_value(TYPED)
    page.get_by_role("button", name="Gooi weg").click()
    expect(page.get_by_label("Notitie")).to_have_value("")
    forgive(people, "status 400")


def test_what_one_typed_is_not_sent_as_whoever_signed_in_in_another_tab(
    people: People, backstage: Backstage
) -> None:
    page, before = people.someone(AF, anew=True), notes(backstage)
    open_note(page)
    page.get_by_label("Notitie").fill(TYPED)
    other = beside(page, DEPUTY)
    for _each in range(2):
        page.get_by_role("button", name="Bewaar de notitie").click()
        expect(page.get_by_role("alert")).to_contain_text("In een ander tabblad werkt nu iemand anders")
    expect(page.get_by_role("link", name="Log in in een nieuw tabblad")).to_have_count(0)
    look(page, "somebody else signed in elsewhere")
    assert notes(backstage) == before
    page.context.clear_cookies()
    sign_in(other, AF)
    page.get_by_role("button", name="Bewaar de notitie").click()
    page.wait_for_url("**/casussen/*/#tijd")
    assert notes(backstage) == before + 1
    forgive(people, "status 400")


@pytest.mark.parametrize("status", [400, 403])
def test_what_is_refused_for_another_reason_asks_nobody_to_sign_in(people: People, status: int) -> None:
    page = people.someone(AF, anew=True)
    open_note(page)
    page.get_by_label("Notitie").fill(TYPED)
    page.route("**/notitie/", lambda route: route.fulfill(status=status, body=""), times=1)
    page.get_by_role("button", name="Bewaar de notitie").click()
    expect(page.get_by_role("alert")).to_contain_text("Het is NIET verstuurd.")
    expect(page.get_by_role("link", name="Log in in een nieuw tabblad")).to_have_count(0)
    forgive(people, f"status {status}")


def test_without_script_a_session_that_ended_leads_to_signing_in_in_a_new_tab(people: People) -> None:
    page = people.someone(AF, anew=True, script=False)
    open_note(page)
    page.get_by_label("Notitie").fill(TYPED)
    page.context.clear_cookies()
    page.get_by_role("button", name="Bewaar de notitie").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw sessie is gesloten")
    sign_in_beside(page)
    forgive(people, "status 400")


def test_a_fault_of_ours_passes_and_is_said_meanwhile(people: People, backstage: Backstage) -> None:
    page, before = people.anyone(), reports(backstage)
    at_check(page)
    page.route("**/melden/", lambda route: route.fulfill(status=503, body=""), times=1)
    page.get_by_role("button", name="Verstuur").last.click()
    expect(page.get_by_role("alert")).to_contain_text("Het lukt nu niet bij ons.")
    has_receipt(page)
    assert reports(backstage) == before + 1
    forgive(people, "status 503")
