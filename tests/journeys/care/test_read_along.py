"""Somebody reads along with whoever asked, or sends a form twice: what that tells, and what it does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.care.test_handling import do
from tests.reading import as_read

from sluitend.journeys.care import actions
from sluitend.journeys.reports.models import Report
from sluitend.journeys.shelter import actions as shelter
from sluitend.kernel.access.acting import Actor, acting

pytestmark = pytest.mark.django_db
COORDINATOR = "zorg@shop.example"
NAME, PLACE = "Meelezernaam", "Meelezerslaan"
type ClientFor = Callable[[str], Client]


@pytest.fixture
def coordinator(region: Any) -> Actor:
    return samples.actor(COORDINATOR)


def test_a_receipt_that_somebody_else_opens_tells_two_sentences_and_nothing_else(
    coordinator: Actor, client: Client
) -> None:
    code, receipt = samples.ask_for_help(
        call_name=NAME, bed_tonight="nee", safe_contact_start="10:15", safe_contact_end="11:45"
    )
    do(coordinator, actions.take_on, code=code)
    file = do(coordinator, actions.open_file, code=code)
    search = do(
        coordinator, shelter.start, request=code, wish=shelter.Wish("adult", 1, "haaglanden", "womens")
    )
    today = timezone.localdate()
    do(
        coordinator,
        shelter.place,
        code=search,
        kind="womens",
        starts=today + timedelta(days=1),
        review=today + timedelta(days=30),
        address=f"{PLACE} 3, Gouda",
    )
    opened = as_read(client.post("/ontvangst/", {"code": receipt}).text)
    assert "De hulp is met uw vraag bezig." in opened
    do(coordinator, actions.tell, code=code, sentence="offered")
    told = as_read(client.post("/ontvangst/", {"code": receipt}).text)
    assert "Er is hulp aangeboden." in told
    hidden = (
        NAME,
        PLACE,
        file,
        search,
        code,
        "10:15",
        "11:45",
        "Geplaatst",
        "Vrouwenopvang",
        samples.PLANTED_PHONE,
    )
    for page in (opened, told):
        assert not [word for word in hidden if word in page]


def test_a_form_of_yesterday_keeps_the_words_and_is_one_request(
    coordinator: Actor, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sent(**changes: str) -> str:
        data = {**samples.help_answers(**changes), "step": "5", "go": "next"}
        data["sending"] = ["33333333-3333-4333-8333-333333333333"]
        return as_read(client.post("/hulp-vragen/", data).text)

    def there() -> int:
        with acting(coordinator):
            return Report.objects.count()

    before = there()
    assert "Bewaar deze code" in sent()
    # From a second device, and a day later: the same page was sent already.
    later = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    again = sent(call_name="Anders")
    assert "Dit hadden wij al." in again
    assert there() == before + 1
