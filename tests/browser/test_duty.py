"""The list of duty of a care organisation: who has it this week, and where nobody is that is said."""

from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People

COORDINATOR = "zorg@shop.example"


def test_a_coordinator_puts_herself_on_call_and_takes_it_back(people: People) -> None:
    desk = people.someone(COORDINATOR)
    desk.goto("/werk/account/")
    desk.get_by_role("link", name="Wie heeft dienst?").click()
    expect(desk.get_by_role("heading", name="Wie heeft dienst?")).to_be_visible()
    look(desk, "who is on call")
    today = timezone.localdate()
    desk.get_by_label("Wie heeft dienst?").select_option(label="Anouk Reijnders")
    hand = Hand(desk)
    hand.type("Eerste dag", today.isoformat())
    hand.type("Laatste dag", today.isoformat())
    hand.type("Telefoon van de dienst", "070 111 22 44")
    desk.get_by_role("button", name="Zet deze dienst in de lijst").click()
    expect(desk.get_by_role("table", name="Diensten in de lijst")).to_contain_text("070 111 22 44")
    look(desk, "one more who is on call")
    row = desk.get_by_role("row").filter(has_text="070 111 22 44")
    row.get_by_role("button", name="Haal weg").click()
    expect(row).to_have_count(0)
