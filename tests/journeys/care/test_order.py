"""The list of care has what presses most first, whatever came in when and through which door."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests import samples
from tests.journeys.referrals.situations import Ready, make_ready

from sluitend.journeys.care import actions, queries
from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import acting
from sluitend.kernel.followup.models import NextStep

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(region: Any) -> Ready:
    return make_ready()


def asked(ready: Ready, *, acute: bool = False, minor: bool = False, days: int = 1) -> str:
    """Return the code of a request, of which the next step is due in so many days."""
    code, _receipt = samples.ask_for_help()
    due(ready, code, days, acute=acute, minor="yes" if minor else "no")
    return code


def due(ready: Ready, code: str, days: int, **marks: bool | str) -> None:
    with acting(ready.care):
        Report.objects.filter(code=code).update(**marks)
        NextStep.objects.filter(code=code, organisation_id=ready.care.own_organisation).update(
            due=timezone.now() + timedelta(days=days)
        )


def listed(ready: Ready, *, closed: bool = False) -> list[str]:
    with acting(ready.care):
        return [each.code for each in queries.requests(ready.care, closed=closed)]


def test_danger_stands_first_then_a_child_then_what_is_due_first(ready: Ready) -> None:
    late = asked(ready, days=9)
    soon = asked(ready, days=2)
    child = asked(ready, minor=True, days=20)
    danger = asked(ready, acute=True, days=30)
    both = asked(ready, acute=True, minor=True, days=40)
    assert listed(ready) == [both, danger, child, soon, late]


def test_what_a_municipality_asks_stands_among_it_by_the_same_order(ready: Ready) -> None:
    first, last = asked(ready, days=1), asked(ready, days=50)
    child = asked(ready, minor=True, days=60)
    handed = ready.send("person")
    due_of_handed(ready, handed)
    assert listed(ready) == [child, first, handed, last]


def due_of_handed(ready: Ready, code: str) -> None:
    """Let what was handed over be of a grown-up, and due in between."""
    with acting(ready.care):
        NextStep.objects.filter(code=code, organisation_id=ready.care.own_organisation).update(
            due=timezone.now() + timedelta(days=10)
        )


def test_what_was_closed_last_stands_first(ready: Ready) -> None:
    codes = [asked(ready) for _number in range(3)]
    with acting(ready.care):
        for number, code in enumerate(codes):
            actions.take_on(code=code, actor=ready.care)
            actions.close(code=code, end="safe_own", actor=ready.care)
            Report.objects.filter(code=code).update(closed=timezone.now() - timedelta(days=number))
    assert listed(ready, closed=True) == codes
    assert listed(ready) == []
