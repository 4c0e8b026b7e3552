"""The police ask to wait at the address where somebody in care sleeps: neither side learns of the other.

Two worlds are looked at alike. As care: with and without such a request. As the police and the municipality:
with somebody in care there, and with nobody.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from difflib import unified_diff
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from sluitend.journeys.shelter import actions as shelter
from sluitend.journeys.visits import actions as visits
from sluitend.journeys.visits.places import Place
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.organisations.models import Organisation
from tests import samples
from tests.attacks.test_care_unseen import said

pytestmark = pytest.mark.django_db
CARE, POLICE, FOCAL = "zorg@shop.example", "avim@politie.example", "af@westland.example"
TUESDAY = datetime(2026, 12, 1, 10, 30, tzinfo=timezone.get_fixed_timezone(60))
STREET = "Schuilplaatslaan"
ADDRESS = f"{STREET} 7, De Lier"
type ClientFor = Callable[[str], Client]


@pytest.fixture(autouse=True)
def clock(region: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be one moment: pages of two worlds differ in nothing else then."""
    monkeypatch.setattr(timezone, "now", lambda: TUESDAY)


@contextmanager
def gone_afterwards() -> Iterator[None]:
    """Let a world be there for a while."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def sleeps_there() -> tuple[str, str]:
    """Let somebody in care sleep at the address; return the codes of the file and of the search."""
    file, search = samples.care_file(where="GM1783"), samples.begin_to_search()
    coordinator, today = samples.actor(CARE), TUESDAY.date()
    with acting(coordinator):
        shelter.place(
            code=search,
            actor=coordinator,
            kind="womens",
            starts=today,
            review=today + timedelta(days=9),
            address=ADDRESS,
        )
    return file, search


def asked_to_wait() -> str:
    """Let the police ask the municipality to wait at the address, and return the code."""
    westland, police = Organisation.objects.get(code="GM1783"), samples.actor(POLICE)
    wanted = visits.Ask(
        place=Place(address=ADDRESS),
        until=TUESDAY.date() + timedelta(days=14),
        ground="andere_reden",
        sentence="Er loopt iets.",
        contact="Rechercheur",
        telephone="070 000 00 01",
    )
    with acting(police):
        code = visits.ask(actor=police, municipality_id=westland.id, wanted=wanted)
    with acting(system_actor(westland.id)) as system:
        visits.catch_up(system)
    return code


def pages(client: Client, *addresses: str, code: str = "") -> list[tuple[int, str]]:
    """Return what somebody reads at each address; codes are drawn anew in each world."""
    found = [said(client.get(each)) for each in addresses]
    read = [(status, re.sub(r'data-since="[^"]*"', "", text)) for status, text in found]
    return [(status, text.replace(code, "?") if code else text) for status, text in read]


def test_care_reads_nothing_of_it_and_goes_on(client_for: ClientFor) -> None:
    file, search = sleeps_there()
    care = client_for(CARE)
    addresses = (
        "/werk/",
        "/werk/zorg/",
        f"/werk/zorg/dossier/{file}/",
        f"/werk/zorg/plek/{search}/",
        "/werk/wachtverzoeken/",
        "/werk/ontvangen/",
    )
    before = pages(care, *addresses)
    assert [status for status, _text in before] == [200] * len(addresses)
    with gone_afterwards():
        asked_to_wait()
        assert pages(care, *addresses) == before
        # Nothing waits: whoever brings somebody there goes as before.
        coordinator = samples.actor(CARE)
        with acting(coordinator):
            address = shelter.open_address(code=search, actor=coordinator, reason=next(iter(shelter.REASONS)))
        assert STREET in str(address)
        assert "Geplaatst" in care.get(f"/werk/zorg/plek/{search}/").text


def test_neither_the_police_nor_the_municipality_learns_of_the_person(client_for: ClientFor) -> None:
    def look() -> dict[str, list[tuple[int, str]]]:
        code = asked_to_wait()
        own, theirs = f"/werk/wachtverzoeken/{code}/", f"/werk/vrijgeven/wachtverzoeken/{code}/"
        police = pages(client_for(POLICE), "/werk/", "/werk/wachtverzoeken/", own, code=code)
        town = pages(client_for(FOCAL), "/werk/", "/werk/vrijgeven/", theirs, code=code)
        assert STREET in police[-1][1]
        return {"police": police, "municipality": town}

    with gone_afterwards():
        without = look()
    with gone_afterwards():
        file, search = sleeps_there()
        found = look()
        for who, read in found.items():
            for (before, page), (_status, other) in zip(without[who], read, strict=True):
                assert [*unified_diff(page.splitlines(), other.splitlines(), lineterm="", n=0)] == [], before
        for who in (POLICE, FOCAL):
            hits = client_for(who).post("/werk/zoeken/", {"q": STREET}).text
            assert not re.search(f"{file}|{search}|/werk/zorg/", hits)
