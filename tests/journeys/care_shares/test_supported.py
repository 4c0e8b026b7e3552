"""Whoever supports people has a list of them: by code, with what to do first, and nobody's name."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests import samples
from tests.journeys.care_shares.conftest import COORDINATOR, SUPPORT, TOWN, Desk
from tests.reading import as_read

from sluitend.journeys.care_files import actions as files
from sluitend.journeys.care_shares import actions, queries

pytestmark = pytest.mark.django_db
type ClientFor = Callable[[str], Client]
LIST = "/werk/ondersteuning/"


def codes(desk: Desk, **asked: str) -> list[str]:
    return [each.code for each in desk.do(desk.support, queries.supported, asked=asked).rows]


def test_the_list_has_what_to_do_first_and_nobody_by_name(desk: Desk, client_for: ClientFor) -> None:
    _share, code = desk.sent()
    _other, task = desk.sent("task")
    browser = client_for(SUPPORT)
    page = as_read(browser.get(LIST).text)
    assert "Bekijk de vraag van de zorg" in page
    desk.do(desk.support, actions.accept, code=code)
    desk.do(desk.support, actions.keep_number, code=code, number="LdH 114")
    page = as_read(browser.get(LIST).text)
    assert f'href="/werk/gedeeld/{code}/"' in page
    assert "Antwoord de zorg" in page
    assert task not in page
    for never in ("Mei", samples.PLANT, "LdH 114", "0612345678"):
        assert never not in page
    assert f'href="{LIST}"' in browser.get(f"/werk/gedeeld/{code}/").text
    assert codes(desk) == [code]
    found = as_read(browser.post(LIST, {"q": code}).text)
    assert f'href="/werk/gedeeld/{code}/"' in found


def test_what_is_over_stands_under_what_is_done(desk: Desk, client_for: ClientFor) -> None:
    share, code = desk.sent()
    desk.do(desk.support, actions.accept, code=code)
    desk.do(desk.coordinator, files.withdraw, code=desk.code, what=share)
    assert codes(desk) == []
    assert codes(desk, toon="klaar") == [code]
    assert "U ondersteunt nu niemand" in as_read(client_for(SUPPORT).get(LIST).text)
    done = as_read(client_for(SUPPORT).get(f"{LIST}?toon=klaar").text)
    assert "Ingetrokken" in done
    assert "te lezen tot en met" not in done


def test_it_stands_in_the_navigation_of_who_supports_alone(desk: Desk, client_for: ClientFor) -> None:
    _share, code = desk.sent()
    assert f'href="{LIST}"' in client_for(SUPPORT).get("/werk/").text
    for who in (COORDINATOR, TOWN, "avim@politie.example"):
        assert f'href="{LIST}"' not in client_for(who).get("/werk/").text
    # Another partner that asks the address reads an empty list of its own.
    page = client_for("avim@politie.example").get(LIST)
    assert page.status_code == 200
    assert code not in page.text
    assert client_for(TOWN).get(LIST).status_code == 404
