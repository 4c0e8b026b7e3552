"""Two partners asked with one decision: each letter is seen before it goes, and each partner has its own."""

import re

import pytest
from playwright.sync_api import Page, expect

from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.access.acting import acting
from tests import samples
from tests.browser.behind import FOCAL, taken_in
from tests.browser.conftest import Backstage
from tests.browser.looking import look
from tests.browser.people import People
from tests.browser.planning import action, open_plan
from tests.packs import den_haag

QUESTIONS = {"care_advice": "Wat kan deze man helpen?", "others_fairwork": "Wie helpt hem met zijn loon?"}
"""What is asked of the partner that coordinates care, and of who helps with wages, by the actions."""
PARTNERS = {"care_advice": "shop", "others_fairwork": "fairwork"}
CARE = "zorg@shop.example"


def weighed(backstage: Backstage, where: str) -> str:
    """Return a case that somebody decided to go on with."""
    case = taken_in(backstage, where=where).case
    with backstage():
        samples.weigh(case, samples.actor(FOCAL))
    return case


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_two_partners_are_asked_with_one_press(people: People, backstage: Backstage, phone: bool) -> None:
    case = weighed(backstage, f"Lierweg {41 + phone}, De Lier")
    page = people.someone(FOCAL, phone=phone)
    open_plan(page, case)
    page.wait_for_load_state()
    for each in QUESTIONS:
        tick = action(page, says(each)).locator("input[type=checkbox]")
        if not tick.is_visible():
            page.locator(f"#op-{den_haag().plan_actions[each].lines[0]} .sl-line__show").click()
        tick.check()
    page.get_by_role("button", name="Stel samen op").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Samen doorzetten")
    expect(page.get_by_role("group", name="Wie krijgt dit?").get_by_role("checkbox")).to_have_count(2)
    look(page, f"several letters, {'phone' if phone else 'desk'}")

    for each, question in QUESTIONS.items():
        letter = page.locator(f"#brief-{each}")
        if letter.get_attribute("open") is None:
            letter.locator("summary").first.click()
        letter.get_by_label("Uw vraag aan de partner").fill(question)
    page.locator("[data-send] button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Plan van de casus"))
    for each in QUESTIONS:
        expect(action(page, says(each))).to_contain_text("Gevraagd, wacht op antwoord")
    codes = letters_of(case, backstage)
    assert codes.keys() == set(PARTNERS.values())
    of_care, other = QUESTIONS.values()
    reads(people.someone(CARE), codes["shop"], of_care, other)


def letters_of(case: str, backstage: Backstage) -> dict[str, str]:
    """Return the code of what went to each partner."""
    with backstage(), acting(samples.actor(FOCAL)):
        found = Referral.objects.filter(origin__case_code=case)
        return dict(found.values_list("partner", "code"))


def reads(page: Page, code: str, question: str, other: str) -> None:
    """Let a partner take on what came in: its own question stands there, and not that of the other one."""
    page.goto(f"/werk/ontvangen/{code}/")
    page.get_by_role("button", name="Neem aan en lees").click()
    expect(page.get_by_role("main")).to_contain_text(question)
    expect(page.get_by_role("main")).not_to_contain_text(other)


def says(name: str) -> str:
    """Return the sentence of an action."""
    return den_haag().plan_actions[name].says.nl
