"""Journeys of care, each walked whole on the text of a published case. Each ends with a look from outside."""

import re

from django.utils import timezone
from playwright.sync_api import Page, expect

from sluitend.journeys.care.promising import promised
from sluitend.journeys.care.queries.receiving import on_call_number
from sluitend.kernel.handbook.queries import current_release
from tests import samples
from tests.browser.caring import (
    COORDINATOR,
    FOCAL_DEN_HAAG,
    FOCAL_WESTLAND,
    TEXTS,
    Asks,
    act,
    agree,
    asked,
    begin_file,
    day,
    nothing_outside,
    take_on,
)
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People
from tests.browser.reporting import come_back

PLACE = "Koelcelkade 4, Leidschendam"


def closed_now() -> tuple[str, str]:
    """Return two hours of the day that are not now."""
    return ("14:00", "16:00") if timezone.localtime().hour < 12 else ("08:00", "10:00")


def test_k1_a_cook_without_a_bed_from_the_question_to_a_night(people: People, backstage: Backstage) -> None:
    desk = people.someone(COORDINATOR)
    assistant = people.anyone(phone=True)
    asks = Asks(
        saw="Een kok heeft door de sluiting ineens geen werk, geen loon en geen slaapplek meer. "
        "Hij sliep in de keuken en moest zich bij controles in de koelcel verstoppen.",
        name="Koksmaat",
        municipality="GM0518",
        asker="Assistent van de huisarts",
        bed="Nee",
        hours=closed_now(),
    )
    receipt, new = asked(assistant, desk, backstage, asks)
    with backstage():
        pack = current_release().pack
        due = promised(
            pack.request, samples.help_answers(bed_tonight="nee"), on_call=lambda: on_call_number(pack)
        )
        promise = pack.request.promise(due.name).said(due.number)
    expect(assistant.get_by_text(promise)).to_be_visible()

    row = desk.get_by_role("listitem").filter(has=desk.locator(f"h2 a[href='{new}']"))
    expect(row).to_contain_text("Nog geen plek voor vannacht, Haaglanden")
    expect(row).to_contain_text("Nieuw")
    expect(desk.get_by_text("Koksmaat")).to_have_count(0)
    desk.goto(new)
    expect(desk.locator("main h2").first).to_have_text("Zo bereikt u de persoon veilig")
    start, end = asks.hours
    expect(desk.get_by_text(f"Nu niet. De persoon vroeg: bellen tussen {start} en {end}.")).to_be_visible()
    expect(desk.locator("main a[href^='tel:0612345678']")).to_have_count(0)
    request = take_on(desk, new)
    file = begin_file(desk, request)
    expect(desk.get_by_text("Dat is uw eigen organisatie. U hoeft niets te delen.")).to_be_visible()

    # He says on the telephone that calling is fine at any hour: from then on the button is there.
    desk.get_by_role("button", name="Beëindig deze regel").click()
    expect(desk.get_by_text("Er is nog geen regel voor contact.", exact=False)).to_be_visible()
    hand = Hand(desk)
    desk.get_by_text("Voeg een regel toe").click()
    hand.choose("Mag dit?", "Alleen zo")
    desk.get_by_label("Manier", exact=True).select_option("Bellen")
    hand.type("Nummer of adres", "06 12 34 56 78")
    hand.press("Voeg regel toe")
    expect(desk.locator("main a[href^='tel:0612345678']")).to_be_visible()

    desk.goto(f"/werk/zorg/{request}/")
    desk.get_by_role("link", name="Zoek een plek").click()
    desk.get_by_text("Volwassene", exact=True).click()
    hand.choose("Waar is de persoon nu?", "Haaglanden")
    hand.press("Begin met zoeken")
    expect(desk.get_by_text("Vannacht is er nog geen bed.")).to_be_visible()
    act(desk, "nacht", state="Overbrugd")
    expect(desk.get_by_text("Vannacht is er nog geen bed.")).to_have_count(0)
    kind = "Mannenopvang"
    act(desk, "geplaatst", kind=kind, starts=day(1), review=day(30), address=PLACE)
    expect(desk.get_by_text(PLACE)).to_have_count(0)
    search = desk.url

    desk.goto(file)
    desk.get_by_text(TEXTS).click()
    desk.get_by_role("link", name=re.compile("Lees de tekst samen.*CoMensha")).click()
    agree(desk, "Ja", signed=True, interpreter=True)
    desk.get_by_text(TEXTS).click()
    desk.get_by_role("region", name=re.compile("Tellen")).get_by_role(
        "link", name=re.compile("Lees de")
    ).click()
    agree(desk, "Nee", interpreter=True)
    desk.get_by_text(TEXTS).click()
    expect(desk.get_by_role("region", name="Aanmelden bij CoMensha")).to_contain_text("Ja")
    desk.get_by_text("Kies een bestand").click()
    expect(desk.get_by_text("Deze persoon zei nee tegen tellen.")).to_be_visible()
    expect(desk.get_by_role("button", name=re.compile("HTCDS"))).to_have_count(0)
    desk.get_by_role("button", name="Met advocaat bespreken").click()
    expect(desk.get_by_text("Bespreek met een advocaat wat de persoon kan vertellen")).to_be_visible()
    look(desk, "K1: a file with one yes, one no and a talk with a lawyer")

    desk.goto(f"/werk/zorg/{request}/")
    desk.get_by_text("Schrijf de aanvrager").click()
    words, warning = (
        desk.locator("#tell_text"),
        desk.get_by_role("status").filter(has_text="Dit lijkt op een adres"),
    )
    words.press_sequentially("Hij slaapt op Koelcelkade 4")
    expect(warning).to_be_visible()
    words.fill("")
    expect(warning).to_have_count(0)
    hand.choose("Wat leest de aanvrager?", "Er is hulp aangeboden")
    hand.press("Stuur")
    come_back(assistant, receipt)
    expect(assistant.get_by_text(re.compile("Er is hulp aangeboden")).first).to_be_visible()
    hidden = {f"/werk/zorg/{request}/", file, search}
    codes = {each.strip("/").split("/")[-1] for each in hidden}
    for who in (FOCAL_DEN_HAAG, FOCAL_WESTLAND):
        nothing_outside(people, who, addresses=hidden, words={*codes, "Koksmaat", "Koelcelkade"})


def test_k3_a_pupil_whose_parents_nobody_trusts(people: People, backstage: Backstage) -> None:
    desk = people.someone(COORDINATOR)
    teacher = people.anyone(phone=True)
    asks = Asks(
        saw="Een leerling wordt door haar vriend met een filmopname gechanteerd. "
        "Zij moet voor hem naar een hotel.",
        name="Leerlinge",
        municipality="GM0637",
        asker="Mentor",
        minor="Ja",
        parent="Nee",
        way="Alleen via mij",
    )
    call = re.compile(r"Bel vandaag Veilig Thuis: 0800-2000\. Dit formulier vervangt de meldcode niet\.")
    seen: list[str] = []

    def at_each(page: Page, state: str) -> None:
        expect(page.get_by_text(call)).to_be_visible()
        seen.append(state)

    receipt, new = asked(teacher, desk, backstage, asks, at_each)
    assert seen == ["reach", "receipt"]
    request = take_on(desk, new)
    expect(desk.get_by_text("Dit gaat over een kind. Wie belt u vandaag?")).to_be_visible()
    expect(desk.get_by_text("Bel dezelfde dag Veilig Thuis.", exact=False)).to_be_visible()

    file = begin_file(desk, request)
    expect(desk.get_by_text("Jonger dan 18: bel vandaag wie er voor een kind is")).to_be_visible()
    person = desk.get_by_role("region", name="De persoon", exact=True)
    expect(person).to_contain_text("Niet besloten")
    desk.get_by_text(TEXTS).click()
    tile = desk.get_by_role("region", name="Aanmelden bij CoMensha")
    expect(tile).to_contain_text("Onder 16 tekent een ouder of voogd.")
    look(desk, "K3: a file of a child")
    hand = Hand(desk)
    hand.type("Welke organisatie belde u?", "Veilig Thuis")
    hand.press("Noteer dat u belde")
    expect(desk.get_by_text("Gebeld: Veilig Thuis")).to_be_visible()
    person.get_by_text("Werk bij").click()
    hand.choose("Weten ouders dit?", "Nee")
    hand.press("Bewaar")
    expect(person.get_by_role("definition").filter(has_text=re.compile(r"^\s*Nee\s*$"))).to_be_visible()

    desk.goto(f"/werk/zorg/{request}/plek/")
    expect(desk.get_by_text("Zoeken als volwassene kan niet.", exact=False)).to_be_visible()
    expect(desk.get_by_text("Volwassene", exact=True)).to_have_count(0)
    hand.choose("Waar is de persoon nu?", "Haaglanden")
    desk.get_by_label("Wat voor plek zoekt u?").select_option("Jeugdopvang, ook gespecialiseerd")
    hand.press("Begin met zoeken")
    act(
        desk,
        "geplaatst",
        kind="Jeugdopvang, ook gespecialiseerd",
        starts=day(0),
        review=day(30),
        address="Jeugdhuislaan 3, Delft",
    )
    expect(desk.get_by_text("Geplaatst: Jeugdopvang, ook gespecialiseerd").first).to_be_visible()
    expect(desk.get_by_text("Jeugdhuislaan")).to_have_count(0)
    search = desk.url
    come_back(teacher, receipt)
    expect(teacher.get_by_role("heading", level=1)).to_have_text("De hulp is met uw vraag bezig.")
    hidden = {f"/werk/zorg/{request}/", file, search}
    codes = {each.strip("/").split("/")[-1] for each in hidden}
    for who in (FOCAL_DEN_HAAG, FOCAL_WESTLAND):
        nothing_outside(people, who, addresses=hidden, words={*codes, "Jeugdhuislaan"})


def test_k4_a_child_alone_typed_in_for_who_calls_and_gone_two_days_later(
    people: People, backstage: Backstage
) -> None:
    desk = people.someone(COORDINATOR)
    desk.goto("/werk/zorg/")
    desk.get_by_role("link", name="Iemand belt: vul de hulpvraag zelf in").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Ik wil hulp voor iemand")
    asks = Asks(
        saw="Een jongen sliep in een wasserij op een plank in een stellingkast, tussen acht mannen. "
        "Hij moest gratis werken voor zijn slaapplek.",
        name="Wasjongen",
        municipality="GM1783",
        asker="Agent aan de telefoon",
        bed="Nee",
        minor="Ja",
        parent="Nee",
        way="Alleen via mij",
        language="Arabisch",
    )
    _receipt, new = asked(desk, desk, backstage, asks)
    request = take_on(desk, new)
    expect(desk.get_by_text("Nidos is voogd en beslist over beschermde opvang", exact=False)).to_be_visible()
    expect(desk.get_by_role("link", name="Waar dit staat, en wie u nog meer kunt bellen")).to_be_visible()
    for never in ("nationaliteit", "Land van herkomst", "Verblijfsstatus"):
        expect(desk.get_by_role("term").filter(has_text=never)).to_have_count(0)

    hand = Hand(desk)
    desk.goto(f"/werk/zorg/{request}/plek/")
    hand.choose("Waar is de persoon nu?", "Haaglanden")
    hand.press("Begin met zoeken")
    night = desk.locator("form[action$='/nacht/']")
    expect(night.get_by_text("Een kind alleen wordt niet overbrugd.", exact=False)).to_be_visible()
    expect(night.get_by_text("Overbrugd", exact=True)).to_have_count(0)
    kind = "Beschermde opvang voor kinderen alleen"
    act(desk, "geplaatst", kind=kind, starts=day(0), review=day(30), address="Spoorloosplein 1, Gouda")
    act(desk, "weg")
    expect(desk.get_by_text("Een kind is weg: bel nu de voogd en de politie")).to_be_visible()
    expect(desk.get_by_text("Vannacht is er nog geen bed.")).to_have_count(0)
    expect(desk.locator("input[type=file]")).to_have_count(0)
    look(desk, "K4: a child is gone")
    act(desk, "gebeld", told="Nidos en de politie", until=day(2))
    expect(desk.get_by_text("U kijkt weer op", exact=False)).to_be_visible()
    search = desk.url
    addresses = {f"/werk/zorg/{request}/", search}
    codes = {each.strip("/").split("/")[-1] for each in addresses}
    for who in (FOCAL_WESTLAND, FOCAL_DEN_HAAG):
        nothing_outside(people, who, addresses=addresses, words={*codes, "Spoorloosplein", "Wasjongen"})
