"""A check that waits, a wait request, a telephone call, and what each of them sees of it."""

import re
from datetime import timedelta
from io import BytesIO

from django.utils import timezone
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from sluitend.demo.clock import at
from sluitend.journeys.visits import actions
from sluitend.journeys.visits.places import Place
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.filetypes import XLSX
from tests.browser.behind import FOCAL, WESTLAND
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People
from tests.journeys.visits.situations import make_town

PLANNER, POLICE, MANAGER = "toezicht@westland.example", "avim@politie.example", "manager@westland.example"


def plan(page: Page, address: str, *, ahead: int = 3) -> None:
    """Plan a check, so many days from now."""
    page.goto("/werk/toezicht/nieuw/")
    hand = Hand(page)
    hand.choose("Wat plant u?", "Controle")
    hand.type("Adres", address)
    page.get_by_label("Welke dag?").fill((timezone.localdate() + timedelta(days=ahead)).isoformat())
    hand.press("Plan dit")
    page.wait_for_url("**/werk/toezicht/")


def state_of(page: Page, address: str) -> str:
    """Return what the planner reads about a visit."""
    page.goto("/werk/toezicht/")
    row = page.get_by_role("row").filter(has_text=address)
    return row.locator(".utrecht-badge-status").inner_text().strip()


def open_visit(page: Page, address: str) -> None:
    """Open a planned visit as the focal point."""
    page.goto("/werk/vrijgeven/")
    page.get_by_role("link", name=address).first.click()
    page.wait_for_url("**/werk/vrijgeven/G-*/?*")


def catch_up(backstage: Backstage) -> None:
    """Let the municipality catch up with what was asked, as its worker does."""
    with backstage(), acting(system_actor(Organisation.objects.get(code=WESTLAND).id)) as system:
        actions.catch_up(system)


def test_a_check_waits_until_the_asker_was_rung(people: People) -> None:
    planner, focal_point = people.someone(PLANNER), people.someone(FOCAL)
    focal_point.goto("/werk/vrijgeven/wachtverzoeken/nieuw/")
    look(focal_point, "noting a wait request")
    noting = Hand(focal_point)
    noting.press("Leg vast")
    expect(focal_point.get_by_role("alert")).to_be_focused()
    look(focal_point, "noting a wait request, empty")
    noting.choose("Wie vraagt om te wachten?", "Politie, AVIM")
    noting.type("Adres", "Leehove 71, De Lier")
    noting.choose("Waarom moet er gewacht worden?", "Er loopt een onderzoek")
    noting.type("Wie moet de gemeente bellen?", "Recherche")
    noting.type("Op welk nummer?", "070 000 00 07")
    noting.press("Leg vast")
    focal_point.wait_for_url("**/werk/vrijgeven/wachtverzoeken/")
    expect(focal_point.get_by_text("Leehove 71")).to_be_visible()

    plan(planner, "Leehove 71a, De Lier", ahead=0)
    assert state_of(planner, "Leehove 71a") == "Nog niet vrijgegeven"

    open_visit(focal_point, "Leehove 71a, De Lier")
    expect(focal_point.get_by_role("link", name="070 000 00 07")).to_be_visible()
    expect(focal_point.get_by_role("button", name="Geef vrij")).to_have_count(0)
    look(focal_point, "a visit that a wait request binds")
    consulting = Hand(focal_point)
    consulting.type("Wie sprak u, of probeerde u te bereiken?", "Rechercheur van dienst")
    consulting.choose("Wat kwam eruit?", "Het mag doorgaan")
    consulting.press("Leg het overleg vast")
    expect(focal_point.get_by_text("Het overleg is vastgelegd.")).to_be_visible()
    consulting.press("Geef vrij")
    focal_point.wait_for_url("**/werk/vrijgeven/")
    assert state_of(planner, "Leehove 71a") == "Vrijgegeven"
    planner.get_by_role("link", name="Leehove 71a").click()
    planner.wait_for_url("**/werk/toezicht/G-*/")
    look(planner, "released")
    Hand(planner).press("Leg vast dat het is gedaan")
    expect(planner.get_by_text("Vastgelegd.")).to_be_visible()
    assert state_of(planner, "Leehove 71a") == "Gedaan"


def test_what_was_released_falls_back_when_the_police_ask(people: People, backstage: Backstage) -> None:
    planner, focal_point, police = people.someone(PLANNER), people.someone(FOCAL), people.someone(POLICE)
    plan(planner, "Leehove 73, De Lier")
    open_visit(focal_point, "Leehove 73, De Lier")
    Hand(focal_point).press("Geef vrij")
    focal_point.wait_for_url("**/werk/vrijgeven/")

    police.goto("/werk/wachtverzoeken/nieuw/")
    look(police, "asking to wait")
    asking = Hand(police)
    police.get_by_label("Welke gemeente?").select_option(label="Gemeente Westland")
    asking.type("Adres", "Leehove 73")
    asking.choose("Waarom moet er gewacht worden?", "Anders loopt iemand gevaar")
    asking.type("Op welk nummer?", "070 000 00 08")
    asking.press("Vraag de gemeente te wachten")
    police.wait_for_url("**/werk/wachtverzoeken/")
    catch_up(backstage)

    planner.goto("/werk/")
    expect(planner.get_by_text("Ga niet. Dit is nog niet vrijgegeven").first).to_be_visible()
    assert state_of(planner, "Leehove 73") == "Nog niet vrijgegeven"
    planner.get_by_role("link", name="Leehove 73").click()
    planner.wait_for_url("**/werk/toezicht/G-*/")
    look(planner, "fallen back")
    assert "wachtverzoek" not in planner.content().lower()
    Hand(planner).press("Ik ga niet")
    expect(planner.get_by_text("Gezien.")).to_be_visible()

    manager = people.someone(MANAGER)
    manager.goto("/werk/besluit/")
    assert "Leehove" not in manager.content()
    police.get_by_role("row").filter(has_text="Leehove 73").get_by_role("link").click()
    police.wait_for_url("**/werk/wachtverzoeken/W-*/")
    look(police, "a wait request that was asked")
    code = police.url.rstrip("/").rsplit("/", 1)[-1]
    manager.goto(f"/werk/besluit/{code}/")
    deciding = Hand(manager)
    deciding.choose("Waarom heft u het wachten op?", "Er is direct gevaar")
    manager.get_by_label("Waarom besluit de burgemeester dit?").fill("Er slapen kinderen bij de ketel.")
    deciding.press("Leg het besluit vast")
    manager.wait_for_url("**/werk/besluit/")
    police.reload()
    expect(police.get_by_text("Opgeheven").first).to_be_visible()
    open_visit(focal_point, "Leehove 73, De Lier")
    Hand(focal_point).press("Geef vrij")
    focal_point.wait_for_url("**/werk/vrijgeven/")
    assert state_of(planner, "Leehove 73") == "Vrijgegeven"


def test_whoever_asked_to_wait_answers_in_sluitend(people: People, backstage: Backstage) -> None:
    planner, focal_point, police = people.someone(PLANNER), people.someone(FOCAL), people.someone(POLICE)
    police.goto("/werk/wachtverzoeken/nieuw/")
    asking = Hand(police)
    police.get_by_label("Welke gemeente?").select_option(label="Gemeente Westland")
    asking.type("Adres", "Leehove 75")
    asking.choose("Waarom moet er gewacht worden?", "Er loopt een onderzoek")
    asking.type("Op welk nummer?", "070 000 00 09")
    asking.press("Vraag de gemeente te wachten")
    police.wait_for_url("**/werk/wachtverzoeken/")
    plan(planner, "Leehove 75, De Lier")

    open_visit(focal_point, "Leehove 75, De Lier")
    focal_point.get_by_text("Vraag het in Sluitend").click()
    look(focal_point, "asking the asker of a wait request")
    writing = Hand(focal_point)
    writing.type("Wilt u er iets bij schrijven?", "Wij willen de ketel zien.")
    writing.press("Vraag of dit kan doorgaan")
    expect(focal_point.get_by_text("Er is nog geen antwoord")).to_be_visible()
    look(focal_point, "the asker of a wait request was asked")
    assert state_of(planner, "Leehove 75") == "Nog niet vrijgegeven"

    police.goto("/werk/")
    expect(police.get_by_text("Een gemeente vraagt of iets kan doorgaan").first).to_be_visible()
    police.locator("a[href^='/werk/wachtverzoeken/W-']").first.click()
    police.wait_for_url("**/werk/wachtverzoeken/W-*/")
    expect(police.get_by_text("Wij willen de ketel zien.")).to_be_visible()
    look(police, "a question about a wait request")
    answering = Hand(police)
    answering.press("Stuur antwoord")
    expect(police.get_by_role("alert")).to_be_focused()
    answering.choose("Uw antwoord", "Het mag doorgaan")
    answering.press("Stuur antwoord")
    expect(police.get_by_text("Uw antwoord is verstuurd.")).to_be_visible()
    look(police, "a question about a wait request, answered")

    open_visit(focal_point, "Leehove 75, De Lier")
    expect(focal_point.get_by_text("antwoordde in Sluitend")).to_be_visible()
    look(focal_point, "an answer of the asker of a wait request")
    assert state_of(planner, "Leehove 75") == "Nog niet vrijgegeven"
    Hand(focal_point).press("Geef vrij")
    focal_point.wait_for_url("**/werk/vrijgeven/")
    assert state_of(planner, "Leehove 75") == "Vrijgegeven"


def test_after_the_day_of_a_wait_request_its_asker_answers_in_sluitend(
    people: People, backstage: Backstage
) -> None:
    with backstage():
        town = make_town()
        with at(timezone.now() - timedelta(days=15)):
            code = town.ask(Place(address="Leehove 77, De Lier"))
            town.catch_up()
        town.pass_wait_requests(timezone.localdate())

    focal_point, police = people.someone(FOCAL), people.someone(POLICE)
    focal_point.goto(f"/werk/vrijgeven/wachtverzoeken/{code}/")
    focal_point.get_by_text("Vraag het in Sluitend").click()
    look(focal_point, "a wait request whose day has passed")
    writing = Hand(focal_point)
    writing.type("Wilt u er iets bij schrijven?", "Mag de buurt weer bezocht worden?")
    writing.press("Vraag of het wachten voorbij is")
    expect(focal_point.get_by_text("Er is nog geen antwoord")).to_be_visible()
    look(focal_point, "asked after the day of a wait request")

    police.goto(f"/werk/wachtverzoeken/{code}/")
    expect(police.get_by_text("De dag van uw wachtverzoek is voorbij")).to_be_visible()
    look(police, "a question after the day of a wait request")
    answering = Hand(police)
    answering.choose("Uw antwoord", "Het mag doorgaan")
    answering.press("Stuur antwoord")
    expect(police.get_by_text("Uw antwoord is verstuurd.")).to_be_visible()

    focal_point.reload()
    expect(focal_point.get_by_text("Afgesloten na overleg")).to_be_visible()
    expect(focal_point.get_by_text("antwoordde in Sluitend")).to_be_visible()
    look(focal_point, "a wait request that its asker ended in Sluitend")


def test_a_list_is_mended_planned_and_released_in_one_act(people: People) -> None:
    planner, focal_point = people.someone(PLANNER), people.someone(FOCAL)
    planner.goto("/werk/toezicht/")
    Hand(planner).press("Plan een lijst")
    look(planner, "planning a list")
    book, out = Workbook(), BytesIO()
    for row in (
        ["Adres", "Soort"],
        ["Leehove 81, De Lier", "Controle"],
        ["Leehove", "feest"],
        ["Leehove 83, De Lier"],
    ):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(out)
    planner.get_by_label("Een bestand").set_input_files(
        {"name": "controles.xlsx", "mimeType": XLSX.media_type, "buffer": out.getvalue()}
    )
    planner.get_by_label("Welke dag?").fill((timezone.localdate() + timedelta(days=4)).isoformat())
    hand = Hand(planner)
    hand.press("Plan deze lijst")
    expect(planner.get_by_role("alert")).to_be_focused()
    expect(planner.get_by_text("Regel 3")).to_be_visible()
    look(planner, "a list with a wrong line")
    hand.press("Plan de 2 goede, laat de rest weg")
    planner.wait_for_url("**/werk/toezicht/")
    expect(planner.get_by_text("2 contacten gepland.")).to_be_visible()
    assert state_of(planner, "Leehove 81") == "Nog niet vrijgegeven"

    focal_point.goto("/werk/vrijgeven/")
    look(focal_point, "what waits, with what is open")
    for address in ("Leehove 81", "Leehove 83"):
        focal_point.get_by_role("checkbox", name=re.compile(address)).check()
    Hand(focal_point).press("Geef vrij wat u koos")
    expect(focal_point.get_by_text("2 vrijgegeven.")).to_be_visible()
    assert state_of(planner, "Leehove 81") == "Vrijgegeven"
    assert state_of(planner, "Leehove 83") == "Vrijgegeven"


def test_who_releases_on_the_page_of_a_visit_stays_there_and_from_the_list_goes_back(people: People) -> None:
    planner, focal_point = people.someone(PLANNER), people.someone(FOCAL)
    plan(planner, "Leehove 79, De Lier")
    plan(planner, "Leehove 81, De Lier")

    open_visit(focal_point, "Leehove 79, De Lier")
    Hand(focal_point).press("Geef vrij")
    focal_point.wait_for_url("**/werk/vrijgeven/")
    expect(focal_point.get_by_text("Vrijgegeven. De planner ziet dat").first).to_be_visible()

    open_visit(focal_point, "Leehove 81, De Lier")
    focal_point.goto(focal_point.url.partition("?")[0])
    Hand(focal_point).press("Geef vrij")
    focal_point.wait_for_url("**/werk/vrijgeven/G-*/")
    expect(focal_point.get_by_text("Vrijgegeven. De planner ziet dat").first).to_be_visible()
    expect(focal_point.get_by_role("button", name="Laat weer wachten")).to_be_visible()
    look(focal_point, "released on its own page")
