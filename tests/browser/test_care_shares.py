"""What goes from a care file by agreement: to support, to a municipality, and back in one press."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import samples
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People

COORDINATOR, SUPPORT, TOWN = "zorg@shop.example", "zorg@legerdesheils.example", "af@westland.example"
ELSEWHERE = "af@denhaag.example"
NAME = "Naamvangst"


def answered(page: Page) -> None:
    """Note that the person says yes on paper."""
    hand = Hand(page)
    page.get_by_label("Tot", exact=False).last.fill((timezone.localdate() + timedelta(days=30)).isoformat())
    hand.choose("Wat zegt de persoon?", "Ja")
    hand.choose("Hoe antwoordde de persoon?", "Op papier")
    page.get_by_label("In welke taal las of hoorde de persoon de tekst?").select_option("Nederlands")
    page.get_by_text("Niemand uit de situatie was erbij of luisterde mee").click()


def shared_code(page: Page) -> str:
    """Return the code of what was shared last."""
    return page.get_by_role("link", name=re.compile("^G-")).first.inner_text()


def test_from_agreement_to_taking_back(people: People, backstage: Backstage) -> None:
    with backstage():
        file = samples.care_file(where="GM0546")
    page, address = people.someone(COORDINATOR), f"/werk/zorg/dossier/{file}/"
    hand = Hand(page)
    page.goto(address)
    expect(page.get_by_text("Leger des Heils Hollands Midden")).to_be_visible()
    page.get_by_text("Spreek iets af om te delen").click()
    page.get_by_role("link", name="Vraag of u iets mag delen met wie ondersteunt").click()
    for part in ("Zo wil de persoon heten", "Taal"):
        page.get_by_label(part, exact=True).check(force=True)
    answered(page)
    look(page, "an agreement to share with support")
    hand.press("Noteer dit antwoord")
    look(page, "a care file with an agreement that is not used yet")
    hand.press("Verstuur aan")
    code = shared_code(page)

    support = people.someone(SUPPORT, phone=True)
    support.goto(f"/werk/gedeeld/{code}/")
    expect(support.get_by_text("Mei")).to_have_count(0)
    look(support, "what care shares, before it is taken on")
    Hand(support).press("Neem aan en lees")
    expect(support.get_by_text(f"Mei {samples.PLANT}")).to_be_visible()
    Hand(support).choose("Wat is uw antwoord?", "Hulp is gestart")
    look(support, "what care shares, to be answered")
    Hand(support).press("Stuur antwoord")

    page.goto(f"/werk/gedeeld/{code}/")
    expect(page.get_by_role("heading", name="Lees het antwoord aan de zorg")).to_be_visible()
    look(page, "what was shared, with an answer")
    Hand(page).press("Dit is gedaan")

    page.goto(address)
    page.get_by_text("Spreek iets af om te delen").click()
    page.get_by_role("link", name="Vraag of een gemeente iets mag regelen").click()
    page.get_by_label("Aan wie").select_option("GM1783")
    page.get_by_label("Taak").select_option("income")
    page.get_by_label("Naam zoals de gemeente die nodig heeft").fill(NAME)
    page.get_by_label("Antwoord vóór").fill((timezone.localdate() + timedelta(days=7)).isoformat())
    answered(page)
    look(page, "an agreement about a task of a municipality")
    hand.press("Noteer dit antwoord")
    hand.press("Verstuur aan")
    task = shared_code(page)
    town = people.someone(TOWN)
    town.goto(f"/werk/gedeeld/{task}/")
    Hand(town).press("Neem aan en lees")
    expect(town.get_by_text(NAME)).to_be_visible()
    look(town, "a task of a municipality")

    for _each in (task, code):
        page.goto(address)
        shares = page.get_by_role("region", name="Delen met één organisatie")
        shares.get_by_role("link", name=re.compile("De persoon wil dit niet meer")).first.click()
        look(page, "what follows when a share is taken back")
        hand.press("De persoon wil dit niet meer")
    support.reload()
    expect(support.get_by_text("Ingetrokken").first).to_be_visible()
    expect(support.get_by_text("Mei")).to_have_count(0)
    look(support, "what was withdrawn")
    town.reload()
    expect(town.get_by_text("Deze taak is niet meer nodig.")).to_be_visible()
    expect(town.get_by_text(NAME)).to_have_count(0)
    look(town, "a task that is no longer needed")
    page.goto(address)
    expect(page.get_by_role("heading", name="Vraag om weg te halen wat is gedeeld").first).to_be_visible()

    other = people.someone(ELSEWHERE)
    for hidden in (address, f"/werk/gedeeld/{code}/", f"/werk/gedeeld/{task}/"):
        for who in (other, town) if hidden == address else (other,):
            answer = who.goto(hidden)
            assert answer is not None
            assert answer.status == 404
