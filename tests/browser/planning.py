"""From a report to its plan, a fact that is pressed, an action that is begun and sent."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.hand import Hand, answered

PLAN = re.compile(r"^\s*Plan van de casus\s*$")
FOLDED = "Is er nog iets bijzonders?"


def take_in(hand: Hand, place: str) -> str:
    """Make a case of the report and return its code."""
    page = hand.page
    page.goto("/werk/binnen/")
    page.get_by_role("link", name=f"Melding: {place}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^\s*Melding van"))
    hand.choose("Kan dit om dwang of misbruik gaan?", "Ja")
    hand.choose("Heeft de gemeente hier een taak?", "Ja")
    hand.press("Leg vast en ga verder")
    expect(page.locator(".sl-next")).to_be_visible()
    found = re.search(r"C-[0-9A-Z]+", page.url)
    assert found
    return found[0]


def weigh(hand: Hand) -> None:
    """Judge three things and go on."""
    hand.go_on()
    expect(hand.page.get_by_role("heading", level=1)).to_have_text("Weeg wat u weet")
    hand.choose("Is het concreet?", "Ja")
    hand.choose("Hoort het bij een patroon?", "Weet niet")
    hand.choose("Wat besluit u?", "Doorgaan")
    hand.choose("Waarom gaat u door?", "Het is concreet en recent")
    hand.press("Leg vast en ga verder")


def open_plan(page: Page, case: str) -> None:
    """Go to the plan of a case."""
    page.goto(f"/werk/casussen/{case}/plan/")
    expect(page.get_by_role("heading", level=1)).to_have_text(PLAN)


def action(page: Page, says: str) -> Locator:
    """Return the row of an action, by how its sentence begins."""
    words = page.locator(".sl-act__what").filter(has_text=re.compile(rf"^\s*{re.escape(says)}"))
    return page.locator(".sl-act").filter(has=words)


def start_of(page: Page, says: str) -> Locator:
    """Return the button with which an action is begun; there is none while something must come first."""
    return action(page, says).get_by_role(
        "button", name=re.compile(r"^\s*(Stel op|Overleg zonder naam|Draag over aan de zorg)")
    )


def begin(hand: Hand, says: str) -> None:
    """Begin an action, wherever it stands; its button is not that of the next step, so it is an input."""
    start_of(hand.page, says).click()
    hand.inputs += 1


def press_fact(hand: Hand, fact: str, value: str) -> None:
    """Correct a fact: unfold it, and press what is so. That is one answer; unfolding gives none."""
    page, known = hand.page, known_fact(hand.page, fact)
    page.wait_for_load_state()
    if not known.is_visible():
        page.get_by_text(FOLDED).click()
    known.locator("summary").click()
    known.get_by_role("button", name=value, exact=True).click()
    hand.inputs += 1
    answered(page)
    expect(known_fact(page, fact).locator(".sl-known__a")).to_contain_text(value)


def known_fact(page: Page, fact: str) -> Locator:
    """Return where a fact stands with what is known of it."""
    name = page.locator(".sl-known__q").filter(has_text=re.compile(rf"^\s*{re.escape(fact)}\s*$"))
    return page.locator(".sl-known").filter(has=name)


def answer_residents(hand: Hand, answer: str) -> None:
    """Answer what happens to the people and what was done first: without it nothing starts at the place."""
    hand.press("Beantwoord de vraag")
    hand.choose("Wat gebeurt er met de bewoners na een controle?", answer)
    if not hand.page.locator("input[name=first_step]:checked").count():
        hand.choose("Wat deed u eerst?", "Gevraagd, vooraf was niets nodig")
    hand.press("Leg vast")
    expect(hand.page.get_by_role("heading", level=1)).to_have_text(PLAN)


def say_no_way(hand: Hand) -> None:
    """Say that there is no safe way to reach the person, where help is asked and nobody told one."""
    hand.page.wait_for_load_state()
    tick = hand.page.locator("label").filter(has_text="Er is geen veilige manier om de persoon te bereiken")
    if tick.count():
        tick.click()
        hand.inputs += 1


def send(hand: Hand, question: str) -> str:
    """Ask what is composed, in the way that the page proposes, and return the code of what was sent."""
    page = hand.page
    hand.type("Uw vraag aan de partner", question)
    say_no_way(hand)
    page.get_by_role("button", name=re.compile("^(Verstuur naar|Maak het blad|Zet klaar|Breng in)")).click()
    expect(page.get_by_text(question).first).to_be_visible()
    page.wait_for_url("**/werk/doorgezet/**")
    found = re.search(r"D-[0-9A-Z]+", page.url)
    assert found
    return found[0]
