"""A step for this day says "vandaag" and no date, on the case and on the card of its track."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.journeys.cases.matters import FOCAL, routed

from sluitend.surfaces.templatetags import sluitend

pytestmark = pytest.mark.django_db

type ClientFor = Callable[[str], Client]


def test_what_falls_on_this_day_is_asked_in_local_time() -> None:
    now = timezone.localtime()
    assert sluitend.falls_today(now)
    assert sluitend.falls_today(now.date())
    assert not sluitend.falls_today(now - timedelta(days=1))
    assert not sluitend.falls_today(now.date() + timedelta(days=1))


@pytest.mark.parametrize(
    ("today", "said", "unsaid"),
    [
        (True, ("Volgende stap · vandaag", "<strong>Vandaag</strong>."), ("Volgende stap · vóór",)),
        (False, ("Volgende stap · vóór", "Vóór <strong>"), ("Volgende stap · vandaag",)),
    ],
)
def test_a_step_for_this_day_says_today(
    client_for: ClientFor,
    monkeypatch: pytest.MonkeyPatch,
    today: bool,
    said: tuple[str, ...],
    unsaid: tuple[str, ...],
) -> None:
    def that_day(_moment: date) -> date:
        return timezone.localdate() + timedelta(days=0 if today else 3)

    monkeypatch.setattr(sluitend, "_day", that_day)
    code = routed()
    page = " ".join(client_for(FOCAL).get(f"/werk/casussen/{code}/").text.split())
    assert [each for each in said if each not in page] == []
    assert [each for each in unsaid if each in page] == []
