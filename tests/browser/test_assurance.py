"""The region looks at nights without a place: a picture with its table, and what is too small left out."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Backstage
from tests.browser.looking import look
from tests.browser.people import People
from tests.journeys.assurance.conftest import HALF, World


def test_the_region_reads_the_nights_of_a_half_year(
    people: People, worker: Backstage, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = people.someone("regio@rsiv.example")
    desk.goto("/werk/regio/")
    desk.get_by_role("link", name="Nachten zonder plek, en wachttijd").click()
    look(desk, "nights of a half year that is not settled")
    with worker():
        world = World(monkeypatch)
        world.nights("haaglanden", placed=40, bridged=24, declined=12, nowhere=15)
        world.nights("haaglanden", kind="general", placed=21)
        world.nights("hollands_midden", placed=3)
        world.settle()
    desk.goto(f"/werk/regio/hulp/?periode={HALF.key}")
    expect(desk.get_by_role("row", name="Nergens 15")).to_be_visible()
    expect(desk.get_by_role("row", name="Samen niet getoond").first).to_be_visible()
    look(desk, "nights of a half year that is settled")
