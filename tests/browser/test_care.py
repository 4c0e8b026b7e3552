"""Towards care: from whichever door somebody came in by, to the coordination of care."""

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import Page, expect

from tests import samples
from tests.browser.behind import FOCAL, WESTLAND, sweep, taken_in
from tests.browser.caring import (
    COORDINATOR,
    FOCAL_DEN_HAAG,
    FOCAL_WESTLAND,
    Asks,
    asked,
    nothing_outside,
    requests,
)
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People
from tests.browser.planning import PLAN, begin, press_fact, say_no_way
from tests.browser.reporting import Told, come_back, report

PROMISES = 3
"""When it is read, when there is a decision, and when the reporter hears of it."""

COORDINATION = "SHOP, zorgcoördinatie en ondersteuning"
TOLD = Told(
    saw="Een leerling van 19 durft niet meer naar huis. Zij moet haar geld afgeven en vraagt om hulp.",
    where="Korenmolen 8, De Lier",
    known="Ja, met mijn naam",
    name="Mirjam Vos",
    form="Seksuele uitbuiting",
)
WRONG_DOOR = Told(
    saw="Bij een controle van een woning was een bewoonster zichtbaar bang. Zij vraagt om hulp.",
    where="Pandbrigadestraat 9, De Lier",
    known="Ja, met mijn naam",
    name="Wim Toezicht",
)
HOTEL = Asks(
    saw="Een jonge vrouw wordt met een filmopname gechanteerd. "
    "Steeds andere mannen komen op een kamer in ons bijgebouw.",
    name="Kamervrouw",
    municipality=WESTLAND,
    asker="Receptie Zeezicht",
)


def promised(page: Page, code: str) -> list[str]:
    """Come back with the code and return what is still promised there, with its days."""
    come_back(page, code)
    expect(page.get_by_role("heading", name="Hoe ver zijn wij?")).to_be_visible()
    page.wait_for_load_state()
    lines = page.get_by_role("main").get_by_role("listitem").all_inner_texts()
    return [each for each in lines if "Uiterlijk" in each]


def take_in(hand: Hand) -> str:
    """Make a case of the report on the page and return its address."""
    hand.choose("Kan dit om dwang of misbruik gaan?", "Ja")
    hand.choose("Heeft de gemeente hier een taak?", "Ja")
    hand.choose("Wat doet u met de melding?", "Maak een nieuwe casus")
    hand.press("Leg vast en ga verder")
    expect(hand.page.locator(".sl-next")).to_be_visible()
    return hand.page.url


def note_that_help_is_wanted(hand: Hand) -> None:
    """Write down what the person wants."""
    hand.choose("Wil de persoon hulp?", "Ja")
    hand.press("Leg de wens vast")
    expect(hand.page.locator(".sl-next")).to_be_visible()


def weigh(hand: Hand) -> None:
    """Judge that this goes on."""
    hand.go_on()
    hand.choose("Is het concreet?", "Ja")
    hand.choose("Hoort het bij een patroon?", "Weet niet")
    hand.choose("Wat besluit u?", "Doorgaan")
    hand.choose("Waarom gaat u door?", "Iemand vraagt om hulp")
    hand.press("Leg vast en ga verder")


@pytest.mark.statement("S43")
def test_a_teacher_who_took_the_wrong_door_still_reaches_the_coordination_of_care(
    people: People, backstage: Backstage
) -> None:
    teacher = people.anyone(phone=True)
    code = report(teacher, TOLD)
    before = promised(teacher, code)
    assert len(before) == PROMISES
    sweep(backstage)

    page = people.someone(FOCAL)
    hand = Hand(page)
    page.goto("/werk/binnen/")
    page.get_by_role("link", name=f"Melding: {TOLD.where}").click()
    page.get_by_text("Dit hoort ergens anders").click()
    hand.choose("Wat is dit?", "Hulpvraag voor iemand")
    hand.press("Verplaats")
    expect(page.get_by_text("Verplaatst. De melder merkt hier niets van.")).to_be_visible()
    look(page, "moved to the other door")
    assert promised(teacher, code) == before

    case = take_in(hand)
    page.goto(f"{case}wens/")
    note_that_help_is_wanted(hand)
    weigh(hand)
    expect(page.get_by_role("heading", level=1)).to_have_text(PLAN)
    # She is nineteen: that is read as perhaps a child until somebody says what is so.
    press_fact(hand, "Jonger dan 18", "Niemand is jonger dan 18")
    begin(hand, "Zet door naar de zorgcoördinator van SHOP")
    expect(page.get_by_role("heading", level=1)).to_contain_text(COORDINATION)
    hand.type("Uw vraag aan de partner", "Wilt u deze leerling vandaag nog spreken?")
    say_no_way(hand)
    hand.press("Verstuur naar")
    expect(page.get_by_role("heading", level=1)).to_have_text(COORDINATION)
    assert len(promised(teacher, code)) < len(before)


def test_a_safe_way_is_written_down_and_goes_to_care_alone(people: People, backstage: Backstage) -> None:
    matter = taken_in(backstage, where="Zwethkade 93, De Lier", people="Vrouw met rode jas", reach="")
    with backstage():
        who = samples.actor(FOCAL)
        samples.weigh(matter.case, who)
        samples.compose(matter.case, who)
        samples.compose(matter.case, who, "care_refer", wish="yes")
    page = people.someone(FOCAL)
    hand = Hand(page)
    page.goto(f"/werk/casussen/{matter.case}/doorzetten/persoon/")
    expect(page.get_by_text("Er is geen veilige manier om de persoon te bereiken")).to_be_visible()
    look(page, "help asked, no safe way known")
    page.get_by_role("link", name="Leg vast hoe het wel kan").click()
    page.get_by_role("link", name="Leg vast hoe u veilig contact maakt").click()
    look(page, "how somebody can be reached safely")
    hand.type("Hoe is de persoon veilig te bereiken?", "Een bericht via haar zus")
    hand.type("Hoe zeker niet?", "Niet bellen")
    hand.press("Leg vast")
    expect(page.locator("#wie")).to_contain_text("Zo: Een bericht via haar zus")
    look(page, "a safe way on the case")
    page.goto(f"/werk/casussen/{matter.case}/doorzetten/persoon/")
    expect(page.locator("#voorbeeld")).to_contain_text("Zo: Een bericht via haar zus")
    expect(page.get_by_text("Er is geen veilige manier om de persoon te bereiken")).to_have_count(0)
    page.goto(f"/werk/casussen/{matter.case}/doorzetten/locatie/")
    expect(page.get_by_text("Dit gaat niet mee. Alleen de zorg krijgt dit.")).to_be_visible()
    expect(page.locator("#voorbeeld")).not_to_contain_text("haar zus")
    page.goto(f"/werk/casussen/{matter.case}/plan/")
    expect(page.locator("#feit-contact")).to_contain_text("Leg vast hoe het wel kan")
    look(page, "a plan with a safe way")
    look(page, "a safe way that stays here")


@pytest.mark.statement("S43")
def test_k6_who_chose_the_wrong_door_never_begins_again(people: People, backstage: Backstage) -> None:
    inspector = people.anyone(phone=True)
    code = report(inspector, WRONG_DOOR)
    came_in = promised(inspector, code)
    sweep(backstage)

    page, care = people.someone(FOCAL), people.someone(COORDINATOR)
    sweep(backstage, "shop")
    there = requests(care)
    page.goto("/werk/binnen/")
    page.get_by_role("link", name=f"Melding: {WRONG_DOOR.where}").click()
    at_town = page.url
    page.get_by_text("Dit hoort ergens anders").click()
    look(page, "a report that care should have")
    Hand(page).press("Naar de zorg")
    expect(page.get_by_text("De zorg nam dit nog niet over. Tot dan is het van u.")).to_be_visible()
    look(page, "passed on, not taken over")
    assert promised(inspector, code) == came_in

    sweep(backstage, "shop")
    (new,) = requests(care) - there
    care.goto("/werk/gedeelde-lijst/")
    expect(care.get_by_role("table")).to_contain_text("Nog niet overgenomen")
    look(care, "the shared list at care")
    care.goto(new)
    expect(care.get_by_role("main")).to_contain_text(WRONG_DOOR.saw)
    look(care, "what a municipality passed on")
    Hand(care).press("Neem over")
    expect(care.get_by_text("Overgenomen. De aanvrager houdt dezelfde code.")).to_be_visible()

    page.goto(at_town)
    expect(page.get_by_text("De zorg heeft dit overgenomen. Hier staat niets meer.")).to_be_visible()
    expect(
        page.get_by_role("heading", name=f"Naar de zorg, {date_format(timezone.localdate(), 'l j F Y')}")
    ).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text(WRONG_DOOR.saw)
    look(page, "taken over by care")
    come_back(inspector, code)
    expect(inspector.get_by_text("Uw vraag ligt bij de juiste organisatie.")).to_be_visible()
    look(inspector, "the receipt of what was moved")
    for who in (FOCAL_WESTLAND, FOCAL_DEN_HAAG):
        nothing_outside(people, who, addresses={new}, words={new.strip("/").split("/")[-1]})


def test_k6_what_a_hotel_asks_of_care_goes_to_the_municipality_without_the_person(
    people: People, backstage: Backstage
) -> None:
    care, hotel = people.someone(COORDINATOR), people.anyone(phone=True)
    receipt, new = asked(hotel, care, backstage, HOTEL)
    care.goto(new)
    care.get_by_text("Dit is een signaal voor een gemeente").click()
    care.get_by_label("Welke gemeente?").select_option(WESTLAND)
    hand, where = Hand(care), "Bijgebouw 5, Naaldwijk"
    hand.type("Welke plek?", where)
    hand.type("Wat is daar gezien?", "Steeds andere mannen op kamer 5, opvallend veel handdoeken.")
    hand.press("Stuur naar de gemeente")
    expect(care.get_by_text("De gemeente nam dit nog niet over. Tot dan is het van u.")).to_be_visible()
    sweep(backstage)

    page = people.someone(FOCAL)
    page.goto("/werk/binnen/")
    page.get_by_role("link", name=f"Melding: {where}").click()
    expect(page.get_by_role("main")).to_contain_text("opvallend veel handdoeken")
    for word in (HOTEL.name, HOTEL.asker, "filmopname", "06 12 34 56 78"):
        expect(page.get_by_role("main")).not_to_contain_text(word)
    Hand(page).press("Neem over")
    care.goto(new)
    expect(care.get_by_text("Wat over de persoon gaat, bleef hier.", exact=False)).to_be_visible()
    expect(care.get_by_text("filmopname", exact=False)).to_be_visible()
    come_back(hotel, receipt)
    expect(hotel.get_by_text("Uw vraag ligt bij de juiste organisatie.")).to_be_visible()
    code = new.strip("/").split("/")[-1]
    nothing_outside(people, FOCAL_WESTLAND, addresses={new}, words={HOTEL.name})
    nothing_outside(people, FOCAL_DEN_HAAG, addresses={new}, words={code, HOTEL.name, "Bijgebouw 5"})
