"""What every page for everybody keeps: it sets no cookie, asks nobody else, and stays in no cache."""

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.conf import settings
from django.test import Client
from tests import samples
from tests.access_table import ANYONE, MAY, MAY_BE_KEPT
from tests.pages import Page, elsewhere
from tests.test_access_matrix import Address, addresses

from sluitend.urls import EVERYWHERE, PUBLIC

BUNDLES = settings.ROOT / "src" / "sluitend" / "static" / "sluitend"
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


def test_the_map_has_the_pages_for_everybody() -> None:
    names = {one.name for one in public_addresses()}
    # Who was invited has no account yet and begins where colleagues sign in.
    # A calendar has a secret address at the desk.
    elsewhere = {"healthz", "readyz", "robots", "favicon", "security_txt", "change_password"}
    elsewhere |= {"invitation", "care_files:calendar"}
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
    kept = address.name in MAY_BE_KEPT
    assert answer.headers["Cache-Control"] == ("public, max-age=86400" if kept else "no-store")
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert policy_of(answer.headers["Content-Security-Policy"]) >= MUST
    assert not re.search(r"https?:|unsafe|\*", answer.headers["Content-Security-Policy"])
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        page = Page(answer.text)
        assert elsewhere(page.fetched) == []
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
    page = Page(
        '<img src="https://elders.example/x.png"><a href="https://elders.example/">x</a><p style="x">'
    )
    assert elsewhere(page.fetched) == ["https://elders.example/x.png"]
    assert page.inline == ["p style"]
