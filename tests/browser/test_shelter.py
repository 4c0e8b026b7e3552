"""Care coordination looks for a place: the list says who has no bed, and a night is filled in."""

from playwright.sync_api import expect

from tests import samples
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People

COORDINATOR = "zorg@shop.example"


def test_a_search_is_begun_and_tonight_is_filled_in(people: People, backstage: Backstage) -> None:
    with backstage():
        asked, code = samples.taken_request(), samples.begin_to_search()
    desk = people.someone(COORDINATOR)
    desk.goto(f"/werk/zorg/{asked}/")
    desk.get_by_role("link", name="Zoek een plek").click()
    look(desk, "what is needed of a place")
    desk.goto("/werk/zorg/")
    look(desk, "who has no bed tonight")
    expect(desk.get_by_role("heading", name="Vannacht nog geen plek")).to_be_visible()
    desk.goto(f"/werk/zorg/plek/{code}/")
    look(desk, "a search without a bed tonight")
    hand = Hand(desk)
    hand.choose("Wat is het?", "Overbrugd")
    desk.get_by_role("button", name="Bewaar").last.click()
    expect(desk.get_by_text("Vannacht is er nog geen bed.")).to_have_count(0)
    look(desk, "a search with a bed tonight")
