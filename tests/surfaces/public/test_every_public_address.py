"""What every page for everybody keeps: it sets no cookie, asks nobody else, and stays in no cache."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib import import_module
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from tests import samples
from tests.access_table import ANYONE, MAY
from tests.test_access_matrix import Address, addresses

from sluitend.urls import EVERYWHERE, PUBLIC

BUNDLES = settings.ROOT / "src" / "sluitend" / "static" / "sluitend"
# What a browser fetches by itself, and where it sends what was filled in. A link is followed by a person.
FETCHES = {"src", "srcset", "data", "poster", "action", "formaction", "background", "manifest"}
FETCHING_LINKS = ("link", "use", "image")
MUST = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


def public_addresses() -> list[Address]:
    """Return every address that the public process serves, as its map has them."""
    served = {
        pattern.name
        for module in (*PUBLIC, EVERYWHERE)
        for pattern in import_module(module).urlpatterns
        if pattern.name
    }
    return [one for one in addresses() if one.name in served]


@pytest.fixture(scope="module")
def nothing_there() -> samples.Sample:
    """Codes of things that are not there: whoever has no account reaches none."""
    return samples.Sample("M-0000", "M-0000", "", "C-0000", "D-0000", visit="P-0000", wait_request="W-0000")


class Fetched(HTMLParser):
    """Collects the addresses that a page fetches by itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in FETCHES or (tag in FETCHING_LINKS and name in ("href", "xlink:href")):
                self.found.append(value or "")
            if name == "style" or name.startswith("on"):
                self.inline.append(f"{tag} {name}")


def elsewhere(found: list[str]) -> list[str]:
    """Return the addresses that are not of this site."""
    return [one for one in found if urlsplit(one).netloc or urlsplit(one).scheme not in ("", "data")]


def test_the_map_has_the_pages_for_everybody() -> None:
    names = {one.name for one in public_addresses()}
    # Who was invited has no account yet and begins where colleagues sign in.
    elsewhere = {"healthz", "readyz", "invitation"}
    assert {name for name, who in MAY.items() if who == ANYONE} - names <= elsewhere
    assert len(names) > 30


@pytest.mark.django_db
@pytest.mark.parametrize("address", public_addresses(), ids=lambda one: one.name)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_page_for_everybody_keeps_and_fetches_nothing(
    address: Address, language: str, nothing_there: samples.Sample
) -> None:
    answer = Client().get(address.path(nothing_there), headers={"accept-language": language})
    assert not answer.cookies
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert policy_of(answer.headers["Content-Security-Policy"]) >= MUST
    assert not re.search(r"https?:|unsafe|\*", answer.headers["Content-Security-Policy"])
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        page = Fetched(answer.text)
        assert elsewhere(page.found) == []
        assert page.inline == []


def policy_of(header: str) -> set[str]:
    """Return the lines of the policy that a page comes with."""
    return {line.strip() for line in header.split(";")}


def styles() -> Iterator[str]:
    """Yield the text of every style sheet and drawing that pages use."""
    for path in sorted(BUNDLES.rglob("*")):
        if path.suffix in (".css", ".svg"):
            yield path.read_text(encoding="utf-8")


def test_no_style_sheet_or_drawing_fetches_anything_elsewhere() -> None:
    read = list(styles())
    assert read
    for text in read:
        fetched = re.findall(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", text)
        assert elsewhere([one or other for one, other in fetched]) == []


def test_the_look_would_see_another_site() -> None:
    page = Fetched(
        '<img src="https://elders.example/x.png"><a href="https://elders.example/">x</a><p style="x">'
    )
    assert elsewhere(page.found) == ["https://elders.example/x.png"]
    assert page.inline == ["p style"]
