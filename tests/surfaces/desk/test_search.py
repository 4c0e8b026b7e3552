"""Searching finds what somebody may see, however it was written, and keeps no word of it."""

import logging
from collections.abc import Callable

import pytest
from django.test import Client
from tests import samples

from sluitend.kernel.access.acting import acting
from sluitend.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
AF = "af@westland.example"
PARTNER = "nla@arbeidsinspectie.example"


def search(client: Client, words: str) -> str:
    """Fill in the field."""
    response = client.post("/werk/zoeken/", {"q": words})
    assert response.status_code == 200
    return response.text


def test_a_code_leads_to_what_it_names(whole_route: samples.Sample, client_for: ClientFor) -> None:
    client = client_for(AF)
    assert f'href="/werk/binnen/{whole_route.new_report}/"' in search(client, whole_route.new_report)
    assert f'href="/werk/casussen/{whole_route.case}/"' in search(client, whole_route.case.lower())
    assert f'href="/werk/doorgezet/{whole_route.referral}/"' in search(client, f"  {whole_route.referral} ")


def test_a_partner_finds_what_was_sent_to_it_and_nothing_else(
    whole_route: samples.Sample, client_for: ClientFor
) -> None:
    client = client_for(PARTNER)
    assert f'href="/werk/ontvangen/{whole_route.referral}/"' in search(client, whole_route.referral)
    assert "0 resultaten" in search(client, whole_route.case)
    assert "0 resultaten" in search(client, whole_route.report)
    assert "0 resultaten" in search(client, samples.PLANTED_PHONE)
    assert "0 resultaten" in search(client_for("avim@politie.example"), whole_route.referral)


@pytest.mark.parametrize("words", ["06-12 34 56 78", "+31 6 12345678", "vb123x", "VB-123-X", "9000 4191"])
def test_a_value_is_found_however_it_was_written(
    whole_route: samples.Sample, client_for: ClientFor, words: str
) -> None:
    text = search(client_for(AF), words)
    assert whole_route.case in text
    assert "komt overeen:" in text


@pytest.mark.parametrize("words", ["06-12 34 56 78", "C-9T3F"])
def test_another_municipality_finds_nothing(
    whole_route: samples.Sample, client_for: ClientFor, words: str
) -> None:
    assert "0 resultaten" in search(client_for("af@denhaag.example"), words)
    assert "0 resultaten" in search(client_for("af@denhaag.example"), whole_route.case)


def test_what_was_sought_stands_in_no_ledger_address_or_log(
    whole_route: samples.Sample, client_for: ClientFor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    search(client_for(AF), "Onbestaanstraat 99")
    who = samples.actor(AF)
    with acting(who):
        line = Event.objects.filter(action="search").get()
    assert "Onbestaan" not in str(vars(line))
    assert "Onbestaan" not in caplog.text


@pytest.mark.parametrize(
    "words", ["", " ", "'; DROP TABLE cases_case; --", "\x00", "é" * 500, "<script>alert(1)</script>", "%"]
)
def test_strange_words_are_no_failure(client_for: ClientFor, words: str) -> None:
    text = search(client_for(AF), words)
    assert "<script>alert" not in text


def test_searching_by_address_bar_shows_the_field_alone(
    whole_route: samples.Sample, client_for: ClientFor
) -> None:
    text = client_for(AF).get(f"/werk/zoeken/?q={whole_route.case}").text
    assert f"/werk/casussen/{whole_route.case}/" not in text
