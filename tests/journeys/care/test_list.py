"""The list of care shows one thing at a time, and asks the database as much for many requests as for few."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests import samples

from sluitend.journeys.care import actions
from sluitend.journeys.care.content import told_first
from sluitend.journeys.care.views import desk
from sluitend.journeys.shelter.models import Search
from sluitend.journeys.shelter.queries import searches
from sluitend.kernel.access.acting import Actor, acting

pytestmark = pytest.mark.django_db

type ClientFor = Callable[[str], Client]
COORDINATOR = "zorg@shop.example"
ADDRESS = "/werk/zorg/"


@pytest.fixture
def coordinator(region: object) -> Actor:
    return samples.actor(COORDINATOR)


def asked() -> str:
    code, _receipt = samples.ask_for_help(bed_tonight="nee")
    return code


def test_what_is_over_is_shown_when_asked_and_not_beside_what_is_open(
    coordinator: Actor, client_for: ClientFor
) -> None:
    still, over = asked(), asked()
    with acting(coordinator):
        actions.take_on(code=over, actor=coordinator)
        actions.close(code=over, end="safe_own", actor=coordinator)
    browser = client_for(COORDINATOR)
    for address, shown, hidden in ((ADDRESS, still, over), (f"{ADDRESS}?toon=klaar", over, still)):
        page = browser.get(address).text
        assert shown in page
        assert hidden not in page
        assert 'href="?toon=klaar"' in page


def test_nothing_that_is_over_is_said_as_such(coordinator: Actor, client_for: ClientFor) -> None:
    asked()
    assert "Er is nog geen hulpvraag afgerond." in client_for(COORDINATOR).get(f"{ADDRESS}?toon=klaar").text


def test_a_list_of_many_requests_asks_as_much_as_one_of_few(
    coordinator: Actor, client_for: ClientFor
) -> None:
    browser, counted = client_for(COORDINATOR), []
    for more in (2, 5):
        codes = [asked() for _number in range(more)]
        browser.get(ADDRESS)
        with CaptureQueriesContext(connection) as statements:
            page = browser.get(ADDRESS).text
        assert all(each in page for each in codes)
        counted.append(len(statements))
    assert counted[0] == counted[1]


def test_the_nights_stand_on_a_page_of_their_own(
    coordinator: Actor, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = samples.begin_to_search(), samples.begin_to_search()
    browser = client_for(COORDINATOR)
    page = browser.get(ADDRESS).text
    assert first in page
    assert second in page
    assert "De afgelopen zeven nachten" not in page
    nights = browser.get(f"{ADDRESS}?toon=nachten").text
    assert "De afgelopen zeven nachten" in nights
    assert nights.count("<tr>") == 3
    # Of more than the page holds it says where they all stand.
    assert "Bekijk iedereen die een plek zoekt" not in page
    monkeypatch.setattr(desk, "PAGE", 1)
    page = browser.get(ADDRESS).text
    assert (first in page) is not (second in page)
    assert "Bekijk iedereen die een plek zoekt" in page


def test_who_may_have_no_bed_is_among_the_first_however_few_are_asked_for(coordinator: Actor) -> None:
    codes = [samples.begin_to_search() for _number in range(4)]
    waits, *_others = codes
    with acting(coordinator):
        Search.objects.exclude(code=waits).update(
            state=Search.State.ON_HOLD, held_until=timezone.localdate() + timedelta(days=7)
        )
        assert [each.code for each in searches(coordinator, 1)] == [waits]
        shown = [each.code for each in searches(coordinator, 3)]
        assert (shown[0], len(shown)) == (waits, 3)
        assert {each.code for each in searches(coordinator)} == {*codes}


@pytest.mark.parametrize(
    "told", [None, "x", {}, {"answers": []}, {"answers": {"where": "x"}}, {"answers": {"where": [7, None]}}]
)
def test_a_row_reads_nothing_of_what_is_no_answer(told: object) -> None:
    assert told_first(told, "where") == ""


def test_a_row_reads_the_first_answer_and_no_more_than_fits() -> None:
    assert (
        told_first({"answers": {"where": [7, "elders" * 4000, "hier"]}}, "where") == ("elders" * 4000)[:4000]
    )
