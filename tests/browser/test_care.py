"""Towards care: from whichever door somebody came in by, to the coordination of care."""

import pytest
from playwright.sync_api import Page, expect

from tests import samples
from tests.browser.behind import FOCAL, sweep, taken_in
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


def promised(page: Page, code: str) -> list[str]:
    """Come back with the code and return what is still promised there, with its days."""
    come_back(page, code)
    expect(page.get_by_role("heading", name="Hoe ver zijn wij?")).to_be_visible()
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
def test_who_chose_the_wrong_start_never_begins_again(people: People, backstage: Backstage) -> None:
    teacher = people.anyone(phone=True)
    code = report(teacher, TOLD)
    sweep(backstage)

    page = people.someone(FOCAL)
    page.goto("/werk/binnen/")
    page.get_by_role("link", name=f"Melding: {TOLD.where}").click()
    at_town = page.url
    page.get_by_text("Dit hoort ergens anders").click()
    look(page, "a report that care should have")
    Hand(page).press("Naar de zorg")
    expect(page.get_by_text("De zorg nam dit nog niet over. Tot dan is het van u.")).to_be_visible()
    look(page, "passed on, not taken over")
    sweep(backstage, "shop")

    care = people.someone("zorg@shop.example")
    care.goto("/werk/gedeelde-lijst/")
    expect(care.get_by_role("table")).to_contain_text("Nog niet overgenomen")
    look(care, "the shared list at care")
    care.goto("/werk/zorg/")
    care.locator("main").get_by_role("link", name="Hulpvraag aan de zorg, Plek nog niet bekend").click()
    expect(care.get_by_role("main")).to_contain_text(TOLD.saw)
    look(care, "what a municipality passed on")
    Hand(care).press("Neem over")
    expect(care.get_by_text("Overgenomen. De aanvrager houdt dezelfde code.")).to_be_visible()

    page.goto(at_town)
    expect(page.get_by_text("De zorg heeft dit overgenomen. Hier staat niets meer.")).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text(TOLD.saw)
    look(page, "taken over by care")
    come_back(teacher, code)
    expect(teacher.get_by_text("Uw vraag ligt bij de juiste organisatie.")).to_be_visible()
    look(teacher, "the receipt of what was moved")
