"""The list of care has what presses most first, whatever came in when and through which door."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.referrals.situations import Ready, make_ready

from sluitend.demo.clock import at
from sluitend.journeys.care import actions, queries
from sluitend.journeys.care.queries import RequestLine
from sluitend.journeys.reports.models import Report
from sluitend.journeys.reports.queries import of_care
from sluitend.kernel.access.acting import acting

pytestmark = pytest.mark.django_db
COORDINATOR = "zorg@shop.example"


@pytest.fixture
def ready(region: Any) -> Ready:
    return make_ready()


def asked(ready: Ready, *, acute: bool = False, minor: bool = False, weeks: int = 0) -> str:
    """Return the code of a request that came in so many weeks from now: its step is due later too."""
    with at(timezone.now() + timedelta(weeks=weeks)):
        code, _receipt = samples.ask_for_help(under_18="nee")
    with acting(ready.care):
        Report.objects.filter(code=code).update(acute=acute, minor="yes" if minor else "no")
    return code


def lines(ready: Ready, *, closed: bool = False) -> list[RequestLine]:
    with acting(ready.care):
        return list(queries.requests(ready.care, {"toon": "klaar"} if closed else {}).rows)


def listed(ready: Ready, *, closed: bool = False) -> list[str]:
    return [each.code for each in lines(ready, closed=closed)]


def test_danger_stands_first_then_a_child_then_what_is_due_first(ready: Ready) -> None:
    late = asked(ready, weeks=2)
    soon = asked(ready)
    child = asked(ready, minor=True, weeks=3)
    danger = asked(ready, acute=True, weeks=4)
    both = asked(ready, acute=True, minor=True, weeks=5)
    assert listed(ready) == [both, danger, child, soon, late]


def test_what_a_municipality_asks_stands_among_it_by_the_same_order(ready: Ready) -> None:
    late, soon = asked(ready, weeks=12), asked(ready)
    handed = ready.send("person")
    assert set(listed(ready)) == {late, soon, handed}
    dues = [each.due for each in lines(ready) if each.due]
    assert len(dues) == 3
    assert dues == sorted(dues)
    assert listed(ready)[-1] == late


def test_more_than_fit_go_on_at_another_page(
    ready: Ready, monkeypatch: pytest.MonkeyPatch, client_for: Callable[[str], Client]
) -> None:
    monkeypatch.setattr(of_care, "PAGE", 2)
    codes = [asked(ready, acute=True), asked(ready, minor=True), *(asked(ready) for _number in range(3))]
    browser, address, seen = client_for(COORDINATOR), "/werk/zorg/", []
    for _page in range(3):
        text = browser.get(address).text
        seen += [each for each in codes if each in text]
        following = re.search(r'href="(\?na=[\w-]+)"', text)
        address = f"/werk/zorg/{following[1]}" if following else ""
    assert (sorted(seen), address) == (sorted(codes), "")
    assert seen[:2] == codes[:2]


def test_what_was_closed_last_stands_first(ready: Ready) -> None:
    codes = [asked(ready) for _number in range(3)]
    for number, code in enumerate(codes):
        with at(timezone.now() + timedelta(hours=number)), acting(ready.care):
            actions.take_on(code=code, actor=ready.care)
            actions.close(code=code, end="safe_own", actor=ready.care)
    assert listed(ready, closed=True) == codes[::-1]
    assert listed(ready) == []
