"""The coordinator begins a file of a request, makes a rule, asks for consent and takes it back."""

import re

from django.utils import timezone
from playwright.sync_api import Page, expect

from sluitend.journeys.care import actions as care
from sluitend.kernel.access.acting import acting
from sluitend.kernel.organisations.models import Account, Role
from tests import roles, samples
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People
from tests.browser.site import PASSWORD

COORDINATOR = "zorg@shop.example"
KEEPER = "keuze@shop.example"


def requested(backstage: Backstage) -> str:
    """Return the code of a request that was taken on."""
    with backstage():
        code, _receipt = samples.ask_for_help()
        who = samples.actor(COORDINATOR)
        with acting(who):
            care.take_on(code=code, actor=who)
    return code


def begin(page: Page, code: str) -> None:
    """Begin the file of a request."""
    page.goto(f"/werk/zorg/{code}/")
    page.get_by_role("button", name="Begin een zorgdossier").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Zorgdossier F-")


def test_a_file_from_its_request_to_its_end(people: People, backstage: Backstage) -> None:
    page = people.someone(COORDINATOR)
    hand = Hand(page)
    begin(page, requested(backstage))
    expect(page.get_by_text("Alleen zo: bellen, 0612345678.")).to_be_visible()
    look(page, "a care file as it begins")

    page.get_by_text("Voeg een regel toe").click()
    hand.choose("Mag dit?", "Nooit")
    page.get_by_label("Manier", exact=True).select_option("Bericht in een app")
    look(page, "a rule for contact")
    hand.press("Voeg regel toe")
    expect(page.get_by_text("Nooit: bericht in een app.")).to_be_visible()

    page.get_by_text("Lees een tekst of neem iets terug").click()
    page.get_by_role("link", name=re.compile("Lees de tekst samen.*CoMensha")).click()
    look(page, "the text of a consent")
    hand.choose("Wat zegt de persoon?", "Ja")
    page.get_by_label("Op welke dag?").fill(timezone.localdate().isoformat())
    hand.choose("Hoe antwoordde de persoon?", "Op papier")
    page.get_by_label("Getekend door").fill("de persoon")
    page.get_by_label("In welke taal las of hoorde de persoon de tekst?").select_option("Nederlands")
    hand.choose("Was er een tolk?", "Geen tolk nodig")
    hand.choose("Zei de persoon in eigen woorden terug wat dit betekent?", "Ja")
    page.get_by_text("Niemand uit de situatie was erbij of luisterde mee").click()
    hand.press("Noteer dit antwoord")
    page.get_by_text("Lees een tekst of neem iets terug").click()
    tile = page.get_by_role("region", name="Aanmelden bij CoMensha")
    expect(tile).to_contain_text("Ja")
    tile.get_by_role("link", name="De persoon wil dit niet meer").click()
    look(page, "what follows when it is taken back")
    hand.press("De persoon wil dit niet meer")
    expect(page.get_by_role("heading", name="Vraag om weg te halen wat is gedeeld").first).to_be_visible()
    look(page, "a care file after something was taken back")
    hand.choose("Wat was het antwoord?", "Weggehaald")
    hand.press("Noteer antwoord")
    page.get_by_text("Spreek iets af om te delen").click()
    page.get_by_role("link", name="Vraag of u iets mag delen").click()
    look(page, "sharing with one organisation")


def test_a_whole_file_in_the_words_of_the_person(people: People, backstage: Backstage) -> None:
    with backstage():
        code = samples.care_file()
    page = people.someone(COORDINATOR)
    hand = Hand(page)
    page.goto(f"/werk/zorg/dossier/{code}/")
    areas = page.get_by_role("region", name="Hoe gaat het, in eigen woorden")
    expect(areas).to_contain_text("Ik slaap bij")
    look(page, "a whole care file")
    areas.get_by_role("link", name="Voeg toe").click()
    page.get_by_label("Levensgebied").select_option("Veiligheid")
    page.get_by_label("In eigen woorden").fill("Hij weet niet waar ik ben.")
    page.get_by_label("Zegt u").select_option("Lukt met hulp")
    look(page, "an answer on a life area")
    hand.press("Bewaar")
    expect(areas).to_contain_text("Hij weet niet waar ik ben.")
    page.get_by_role("region", name="Recht en verblijf").get_by_role("link", name="Voeg toe").click()
    look(page, "a fact of law")
    page.goto(f"/werk/zorg/dossier/{code}/")
    page.get_by_role("region", name="Voor een dag").get_by_role("button", name="Gedaan").first.click()
    expect(page.get_by_role("region", name="Voor een dag")).to_have_count(0)
    page.get_by_role("link", name="Maak een afschrift").click()
    look(page, "where a copy for the person is made")
    hand.choose("Is papier veilig voor deze persoon?", "Ja")
    page.get_by_label("In welke taal?").select_option("ar")
    hand.press("Maak het afschrift")
    expect(page.get_by_role("heading", level=1)).to_have_text("نسخة")
    look(page, "a copy for the person, from right to left")


def test_an_organisation_goes_back_to_the_thin_file(people: People, backstage: Backstage) -> None:
    with backstage():
        samples.care_file()
        coordinator = samples.actor(COORDINATOR)
        account = Account.objects.create_user(KEEPER, "Joris Maas", PASSWORD)
        roles.give(account.pk, coordinator.own_organisation, Role.ADMINISTRATOR)
    keeping = people.someone(KEEPER)
    keeping.goto("/werk/beheer/zorgdossier/")
    look(keeping, "which care file an organisation keeps")
    keeping.get_by_role("button", name="Vraag om terug te gaan naar dun").click()
    expect(keeping.get_by_role("button", name="Blijf bij het volledige dossier")).to_be_visible()
    page = people.someone(COORDINATOR)
    page.goto("/werk/zorgdossiers/dun/")
    look(page, "back to the thin file")
    with page.expect_download():
        page.get_by_role("button", name="Neem alle dossiers mee").click()
    page.reload()
    page.get_by_role("button", name="Verwijder het volledige deel").click()
    expect(page.get_by_text("Het volledige dossier is weg.")).to_be_visible()
