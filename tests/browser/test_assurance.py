"""The region looks at nights without a place: a picture with its table, and what is too small left out."""

import re

from playwright.sync_api import expect

from tests.browser.looking import look
from tests.browser.people import People
from tests.journeys.assurance.conftest import HALF


def test_the_region_reads_the_nights_of_a_half_year(
    people: People,
) -> None:
    desk = people.someone("regio@rsiv.example")
    desk.goto("/werk/regio/")
    desk.get_by_role("link", name="Nachten zonder plek, en wachttijd").click()
    look(desk, "nights of the half year of now")
    desk.goto(f"/werk/regio/hulp/?periode={HALF.key}")
    expect(desk.get_by_role("row", name=re.compile(r"^Geplaatst \d\d+$")).first).to_be_visible()
    expect(desk.get_by_role("row", name="Nergens niet getoond").first).to_be_visible()
    look(desk, "nights of a half year that is settled")
