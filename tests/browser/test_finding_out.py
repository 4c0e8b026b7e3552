"""What nobody knows is a row each on the plan, its answer one press away; a searched list stays searched."""

import os
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.behind import FOCAL, sweep
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People
from tests.browser.planning import press_fact, take_in, weigh
from tests.browser.reporting import Told, report

TOLD = Told(
    saw="Achter de kas slapen zes mannen. Zij zeggen weinig.",
    where="Lierweg 31, De Lier",
    form="Arbeidsuitbuiting",
    people="Zes mannen.",
)


def test_what_nobody_knows_is_asked_for_and_its_answer_is_pressed(
    people: People, backstage: Backstage
) -> None:
    report(people.anyone(phone=True), TOLD)
    sweep(backstage)
    page = people.someone(FOCAL)
    hand = Hand(page)
    take_in(hand, TOLD.where)
    weigh(hand)
    asked = page.locator("#uitzoeken")
    expect(asked.get_by_role("heading", level=3)).to_have_text("Zoek eerst uit")
    expect(page.locator(".sl-next")).to_contain_text("Vraag SHOP om raad")
    row = asked.locator(".sl-act").filter(has_text="of iemand nu gevaar loopt")
    expect(row).to_have_count(1)
    if folder := os.environ.get("SLUITEND_PICTURES"):
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=Path(folder) / f"plan-{width}.png", full_page=True)
    look(page, "what nobody knows")
    row.get_by_role("link", name="Leg het antwoord vast").click()
    expect(page.locator("#feit-danger")).to_be_in_viewport()
    press_fact(hand, "Gevaar", "Geen direct gevaar")
    expect(asked.locator(".sl-act").filter(has_text="of iemand nu gevaar loopt")).to_have_count(0)


def test_releasing_from_a_searched_list_leads_back_to_the_search(people: People) -> None:
    page = people.someone(FOCAL)
    page.goto("/werk/vrijgeven/")
    code = page.locator("input[name=visit]").first.get_attribute("value")
    assert code
    page.get_by_label("Zoek in deze lijst").fill(code)
    page.get_by_role("button", name="Zoek", exact=True).click()
    expect(page.get_by_text(f"U ziet alleen wat past bij “{code}”.")).to_be_visible()
    page.locator(f"input[name=visit][value='{code}']").check()
    page.get_by_role("button", name="Geef vrij wat u koos").click()
    expect(page.get_by_text("1 vrijgegeven.")).to_be_visible()
    expect(page.get_by_text(f"U ziet alleen wat past bij “{code}”.")).to_be_visible()
    assert code not in page.url
