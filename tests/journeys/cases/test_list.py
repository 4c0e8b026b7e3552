"""The list of cases is filtered and sorted by what it declares, a page at a time, on an index of its own."""

import html
import re
from collections.abc import Callable, Iterator
from urllib.parse import urljoin

import pytest
from django.test import Client
from django.utils import timezone
from tests.journeys.cases.matters import FOCAL, somebody, taken_in

from sluitend.journeys.cases import queries
from sluitend.journeys.cases.models import Case
from sluitend.journeys.cases.queries import listed

pytestmark = pytest.mark.django_db


def codes(**asked: str) -> list[str]:
    """Return the codes of all pages of a list, in its order."""
    found: list[str] = []
    with somebody() as actor:
        page = queries.cases(actor, asked)
        found += [row.code for row in page.rows]
        while page.after:
            page = queries.cases(actor, {**asked, "na": page.after})
            found += [row.code for row in page.rows]
    return found


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a page have two rows."""
    monkeypatch.setattr(listed, "PAGE", 2)
    listed._page.cache_clear()
    yield
    listed._page.cache_clear()


@pytest.mark.usefixtures("small")
def test_the_oldest_first_is_the_newest_first_turned_round_also_at_one_moment() -> None:
    made = [taken_in() for _number in range(5)]
    assert codes() == made[::-1]
    assert codes(volgorde="oud") == made
    with somebody():
        Case.objects.update(opened=timezone.now())
    assert codes(volgorde="oud") == codes()[::-1]
    assert sorted(codes()) == sorted(made)


@pytest.mark.usefixtures("small")
def test_what_is_in_haste_stands_alone_when_asked() -> None:
    taken_in()
    pressing = [taken_in(acute=True), taken_in(minor="perhaps"), taken_in(minor="yes")]
    assert codes(haast="ja") == pressing[::-1]
    assert codes(haast="ja", volgorde="oud") == pressing
    assert codes(haast="ja", stand="closed") == []
    assert len(codes(haast="onzin", stand="onzin", volgorde="onzin")) == 4


@pytest.mark.usefixtures("small")
def test_a_page_leads_to_the_next_and_back_to_the_start(client_for: Callable[[str], Client]) -> None:
    for _each in range(3):
        taken_in()
    client = client_for(FOCAL)
    page = client.get("/werk/casussen/?volgorde=oud").text
    (following,) = re.findall(r'href="([^"]*na=[^"]*)"', page)
    page = client.get(urljoin("/werk/casussen/", html.unescape(following))).text
    assert "Naar het begin" in page
    (start,) = re.findall(r'href="([^"]*)"\s*>Naar het begin', page)
    assert client.get(urljoin("/werk/casussen/", html.unescape(start))).status_code == 200
