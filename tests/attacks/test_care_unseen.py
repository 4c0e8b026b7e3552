"""Whoever is not of care coordination never learns that there is anything: no page, list, number or search.

Two worlds are looked at alike, one in which care has a request, a file, a search, nights and a place, and
one in which it has nothing. Of whoever looks from outside they are the same world.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sluitend.journeys.care import actions as care
from sluitend.journeys.shelter import actions as shelter
from sluitend.journeys.shelter.models import HotelAsk
from sluitend.kernel.access.acting import acting
from tests import samples
from tests.attacks.everywhere import browser
from tests.test_access_matrix import PEOPLE, Address, addresses
from tests.tiers import either

pytestmark = pytest.mark.django_db
OUTSIDE = (
    "focal_point",
    "manager",
    "regional_coordinator",
    "privacy_officer",
    "administrator",
    "other_partner",
)
TUESDAY = datetime(2026, 12, 1, 16, 30, tzinfo=timezone.get_fixed_timezone(60))
PLACE, ADDRESS = "Schuilplaatslaan", "Schuilplaatslaan 7, Gouda"
NOTHING = samples.Sample(*("X-0000",) * 5, help_request="H-0000", care_file="F-0000", search="P-0000")
TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attname = 'organisation_id'
  AND has_table_privilege('sl_app', c.oid, 'SELECT') ORDER BY 1
"""


@pytest.fixture(autouse=True)
def clock(region: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be one moment: pages of two worlds differ in nothing else then."""
    monkeypatch.setattr(timezone, "now", lambda: TUESDAY)


def fill() -> samples.Sample:
    """Let care have a request, a file, and a search with nights and a place."""
    file, search = samples.care_file(bed_tonight="nee"), samples.begin_to_search()
    coordinator = samples.actor("zorg@shop.example")
    today = TUESDAY.date()
    with acting(coordinator):
        shelter.set_night(code=search, actor=coordinator, night=today, state="nowhere")
        shelter.place(
            code=search,
            actor=coordinator,
            kind="womens",
            starts=today,
            review=today + timedelta(days=9),
            address=ADDRESS,
        )
    asked, _ = samples.ask_for_help(danger_now="ja", where="GM1783")
    with acting(coordinator):
        care.take_on(code=asked, actor=coordinator)
    return samples.Sample(*("X-0000",) * 5, help_request=asked, care_file=file, search=search)


@contextmanager
def world(*, full: bool) -> Iterator[samples.Sample]:
    """Look at a world, which is gone afterwards."""
    with transaction.atomic():
        yield fill() if full else NOTHING
        transaction.set_rollback(True)


def said(response: Any) -> tuple[int, str]:
    """Return an answer without what is drawn anew for each."""
    if response.streaming:
        return response.status_code, response.headers["Content-Type"]
    text = re.sub(r'(name="(?:csrfmiddlewaretoken|draft_page|sending)" value)="[^"]+"', "", response.text)
    return response.status_code, re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "U", text)


def plain() -> list[Address]:
    """Return the addresses of the desk that name no thing."""
    return [each for each in addresses() if each.route.startswith("werk/") and "<" not in each.route]


def of_care() -> list[Address]:
    """Return the addresses that name a thing of care."""
    return [each for each in addresses() if each.route.startswith("werk/zorg/") and "<" in each.route]


@pytest.mark.parametrize("who", either(OUTSIDE[:3], OUTSIDE))
def test_no_list_number_or_search_differs_by_what_care_has(who: str) -> None:
    def look(sample: samples.Sample) -> dict[str, Any]:
        client = browser(who)
        sought = (
            sample.help_request,
            sample.care_file,
            sample.search,
            samples.PLANT,
            samples.PLANTED_PHONE,
            PLACE,
        )
        pages = {each.route: said(client.get(f"/{each.route}")) for each in plain()}
        # A word that is nowhere gives what a word of care gives.
        found = [said(client.post("/werk/zoeken/", {"q": each})) for each in sought]
        words = [(code, text.replace(each, "?")) for each, (code, text) in zip(sought, found, strict=True)]
        return {**pages, "search": words}

    with world(full=False) as nothing:
        empty = look(nothing)
    with world(full=True) as sample:
        full = look(sample)
    assert len(empty) > 30
    assert [each for each in empty if empty[each] != full[each]] == []


@pytest.mark.parametrize("who", either(OUTSIDE[:3], OUTSIDE))
def test_what_is_there_looks_like_what_never_was_at_each_address(who: str) -> None:
    with world(full=True) as sample:
        client = browser(who)
        client.get("/werk/")  # the first page of a day asks more, whatever it is
        client.get("/werk/zorg/Z-0000/")
        for address in of_care():
            right, wrong = address.path(sample), address.path(NOTHING)
            for method in ("get", "post"):
                there, never = (asked(client, method, each) for each in (right, wrong))
                assert there[0] in (403, 404, 405), (
                    right,
                    there[0],
                )  # a method that no page takes tells nothing
                assert there == never, (method, right)


def asked(client: Client, method: str, path: str) -> tuple[int, str, int]:
    """Return an answer, and how many statements it took: what took longer would tell too."""
    code = next((piece for piece in path.split("/") if re.fullmatch(r"[A-Z]-\w+", piece)), "?")
    with CaptureQueriesContext(connection) as statements:
        status, text = said(getattr(client, method)(path))
    return status, text.replace(code, "?"), len(statements)


def test_a_hotel_that_one_municipality_is_asked_for_shows_at_no_other() -> None:
    def look(sample: samples.Sample) -> dict[str, Any]:
        client = browser("focal_point")
        pages = {each.route: said(client.get(f"/{each.route}")) for each in plain()}
        return {**pages, "ask": client.get(f"/werk/hotel/{sample.request}/").status_code}

    with world(full=False) as nothing:
        empty = look(nothing)
    with world(full=True) as sample:
        search, coordinator = samples.begin_to_search(), samples.actor("zorg@shop.example")
        with acting(coordinator):
            shelter.ask_hotel(code=search, actor=coordinator, town="GM0518")
            asked_code = HotelAsk.objects.get().code
        full = look(replace(sample, request=asked_code))
        there = browser("other_focal_point").get(f"/werk/hotel/{asked_code}/")
        for never in (search, samples.PLANT, samples.PLANTED_PHONE, PLACE, "Haaglanden"):
            assert never not in there.text
    assert [each for each in empty if empty[each] != full[each]] == []
    assert there.status_code == 200


@pytest.mark.parametrize("code", ["GM1783", "GM0518", "avim", "rsiv"])
def test_raw_sql_of_another_organisation_counts_the_same_rows(code: str) -> None:
    who = {"GM1783": "focal_point", "GM0518": "other_focal_point", "avim": "other_partner"}
    actor = samples.actor(PEOPLE[who.get(code, "regional_coordinator")])

    def rows() -> dict[str, int]:
        with acting(actor), connection.cursor() as cursor:
            cursor.execute(TABLES)
            names = [name for (name,) in cursor.fetchall() if not name.startswith("organisations_")]
            found = {}
            for name in names:
                cursor.execute(f'SELECT count(*) FROM "{name}"')
                found[name] = cursor.fetchone()[0]
            return found

    before = rows()
    with world(full=True):
        assert rows() == before
    assert {"reports_report", "shelter_search", "care_files_carefile", "followup_nextstep"} <= set(before)


def test_the_coordinator_would_have_seen_it() -> None:
    """What is compared above does differ for whoever may see it."""
    with world(full=True) as sample:
        client = browser("care_coordinator")
        assert sample.search in client.get("/werk/zorg/?toon=nachten").text
        assert client.get(f"/werk/zorg/dossier/{sample.care_file}/").status_code == 200
        assert client.get(f"/werk/zorg/{sample.help_request}/").status_code == 200
