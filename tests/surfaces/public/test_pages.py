"""The door, the first page of help, and the way out."""

import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from tests.reading import as_read

TELLING = re.compile(
    r"mensenhandel|slachtoffer|uitbuiting|dader|verdachte|prostitu|politie|illega|traffick|victim",
    re.IGNORECASE,
)


@pytest.fixture
def page(region: Any) -> Client:
    """A browser of somebody who is not signed in."""
    return Client()


def test_the_door_has_every_way_and_signing_in(page: Client) -> None:
    content = page.get("/").content.decode()
    for address in (
        "/melden/",
        "/hulp-vragen/",
        "/overleg/",
        "/werken-en-wonen/",
        "/ontvangst/",
        "/inloggen/",
    ):
        assert f'href="{address}"' in content


@pytest.mark.parametrize("address", ["/", "/werken-en-wonen/", "/werken-en-wonen/wissen/"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_telling_word(page: Client, address: str, language: str) -> None:
    content = page.get(address, headers={"Accept-Language": language}).content.decode()
    assert not TELLING.search(content), TELLING.findall(content)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/melden/",
        "/hulp-vragen/",
        "/melden/markeer/",
        "/overleg/",
        "/ontvangst/",
        "/privacy/",
        "/toegankelijkheid/",
        "/taal/",
    ],
)
def test_pages_set_no_cookie_and_stay_in_no_cache(page: Client, address: str) -> None:
    response = page.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"


def test_leaving_forgets(page: Client) -> None:
    response = page.get("/weg/")
    assert response.status_code == 302
    assert "storage" in response.headers["Clear-Site-Data"]


def test_the_language_is_all_that_the_cookie_holds(page: Client) -> None:
    response = page.post("/taal/", {"language": "en", "next": "https://elsewhere.example/"})
    assert response.headers["Location"] == "/"
    assert response.cookies["taal"].value == "en"
    assert not page.post("/taal/", {"language": "<x>"}).cookies


@pytest.mark.parametrize("template", ["429.html", "500.html", "503.html"])
@pytest.mark.parametrize("sent", [False, True])
def test_a_page_that_does_not_come_names_112_and_claims_nothing_about_what_was_sent(
    template: str, sent: bool
) -> None:
    page = render_to_string(template, {"sent": sent})
    assert "Is er gevaar? Bel 112." in page
    assert "niets verstuurd" not in page
    assert ("misschien niet aangekomen" in page) is (sent and template != "429.html")


def test_every_public_page_says_where_one_is(page: Client) -> None:
    for address in ("/", "/taal/", "/privacy/", "/toegankelijkheid/", "/melden/"):
        assert "<span>Meldpunt</span>" in as_read(page.get(address).text), address


def test_the_page_about_privacy_says_when_a_minute_is_kept(page: Client) -> None:
    # That it is so is held by tests/attacks/test_reporter_clock.py.
    text = page.get("/privacy/").text
    assert "wij bewaren alleen de dag" in text
    assert "Alleen dan bewaren wij ook hoe laat dat bericht vertrok, op de minuut." in text
