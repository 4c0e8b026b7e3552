"""Two people on one case, each in their own browser: they see each other, and the second chooses."""

import pytest
from playwright.sync_api import Page, expect

from sluitend.journeys.cases import actions
from sluitend.kernel.access.acting import acting
from tests import samples
from tests.browser.behind import taken_in
from tests.browser.conftest import Backstage
from tests.browser.looking import look
from tests.browser.people import People

AF, DEPUTY = "af@westland.example", "vervanger@westland.example"
OURS, THEIRS = "De huismeester belt maandag", "De huismeester is met verlof"
SEEN_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"


@pytest.fixture
def track(backstage: Backstage) -> str:
    """The page of the place track of a case on which two will work."""
    matter = taken_in(backstage, where="Zwethkade 58, De Lier")
    with backstage(), acting(samples.actor(AF)) as actor:
        actions.open_track(actor=actor, code=matter.case, track="place")
    return f"/werk/casussen/{matter.case}/spoor/place/"


def write(page: Page, text: str) -> None:
    """Write where the track stands."""
    page.get_by_label("Hoe staat het ervoor?").fill(text)
    page.get_by_text("Het wacht", exact=True).click()


def test_two_who_work_on_one_case_see_each_other_and_the_second_chooses(people: People, track: str) -> None:
    first, second = people.someone(AF), people.someone(DEPUTY)
    first.goto(track)
    second.goto(track)
    expect(second.get_by_text("Noor de Bruin heeft deze casus ook open.")).to_be_visible()
    write(first, OURS)
    write(second, THEIRS)
    second.get_by_role("button", name="Leg vast").click()
    second.wait_for_url("**/#sporen")
    first.evaluate(SEEN_AGAIN)
    told = first.get_by_text("Gewijzigd door")
    expect(told).to_contain_text("Spoor bijgewerkt")
    expect(first.get_by_label("Hoe staat het ervoor?")).to_have_value(OURS)
    look(first, "another changed the case meanwhile")

    first.get_by_role("button", name="Leg vast").click()
    expect(first.get_by_text("was eerst, om")).to_be_visible()
    expect(first.get_by_text(THEIRS)).to_be_visible()
    expect(first.get_by_label("Hoe staat het ervoor?")).to_have_value(OURS)
    look(first, "two wrote the same")
    first.get_by_text("Allebei, onder elkaar").click()
    first.get_by_role("button", name="Leg vast").click()
    first.wait_for_url("**/#sporen")
    expect(first.get_by_text(THEIRS).first).to_be_visible()
    expect(first.get_by_text(OURS).first).to_be_visible()


def test_two_on_one_transfer_see_each_other_and_the_second_hears_who_was_first(
    people: People, backstage: Backstage
) -> None:
    with backstage():
        code = samples.hand_over(samples.ready_to_hand_over(), samples.actor(AF))
    first, second = people.someone(AF), people.someone(DEPUTY, phone=True)
    first.goto(f"/werk/overdrachten/{code}/")
    second.goto(f"/werk/overdrachten/{code}/")
    expect(second.get_by_text("Noor de Bruin heeft dit ook open.")).to_be_visible()
    look(second, "two on one transfer")
    for page in (first, second):
        page.locator("summary", has_text="Haal terug").click()
        page.get_by_text("De situatie is veranderd").click()
    second.get_by_role("button", name="Haal de overdracht terug").click()
    expect(second.get_by_text("Teruggehaald. De casus blijft van u.")).to_be_visible()
    first.evaluate(SEEN_AGAIN)
    expect(first.get_by_text("De stand is nu “Teruggehaald”")).to_be_visible()
    look(first, "another took the transfer back meanwhile")
    first.get_by_role("button", name="Haal de overdracht terug").click()
    expect(first.get_by_text("was eerst:")).to_be_visible()
    look(first, "the second to take a transfer back")
