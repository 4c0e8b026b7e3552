"""When a step about a report is due."""

import sys
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from tests.packs import den_haag

from sluitend.journeys.reports.journey import READ_REPORT
from sluitend.journeys.reports.queries.mailbox import QUESTION, OpenedMailbox, _milestones, _reached
from sluitend.journeys.reports.terms import due, promised
from sluitend.kernel.followup.journey import SECOND_EYES

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EVENING = datetime(2026, 11, 25, 21, 40, tzinfo=AMSTERDAM)
OFFICE_END = datetime(2026, 11, 25, 17, 0, tzinfo=AMSTERDAM)


@pytest.fixture(autouse=True)
def evening(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Wednesday, long after the office closed."""
    monkeypatch.setattr(timezone, "now", lambda: EVENING)


def test_an_acute_report_of_the_evening_does_not_start_out_late() -> None:
    assert due(den_haag(), SECOND_EYES, acute=True, minor=True) == EVENING


def test_what_is_not_acute_keeps_no_moment() -> None:
    assert due(den_haag(), SECOND_EYES, minor=True) == OFFICE_END


def test_a_step_is_by_the_day_that_was_promised_and_not_before_it() -> None:
    pack, today = den_haag(), EVENING.date()
    assert promised(pack, READ_REPORT, date(2026, 11, 23)) == today
    assert _reached("Gelezen", None, today).day == today
    assert _reached("Gelezen", None, today - timedelta(days=1)).day is None


def test_what_was_done_stands_in_the_order_of_its_days(monkeypatch: pytest.MonkeyPatch) -> None:
    module = sys.modules[_milestones.__module__]
    monkeypatch.setattr(module, "current_release", lambda: SimpleNamespace(pack=den_haag()))
    asked = SimpleNamespace(ours=True, kind=QUESTION, day=date(2026, 11, 23))
    box = SimpleNamespace(
        messages=[asked],
        decided=date(2026, 11, 11),
        received=date(2026, 11, 10),
        state="open",
        kind="report",
        closed=False,
        acute=False,
    )
    steps = _milestones(cast("OpenedMailbox", box))
    days = [step.day for step in steps if step.done]
    assert days == [date(2026, 11, 10), date(2026, 11, 11), date(2026, 11, 11), date(2026, 11, 23)]
    assert [step.done for step in steps] == [True, True, True, True, False]
