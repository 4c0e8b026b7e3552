"""A partner that stops, and a number that changes, while cases run: told in words, and nothing is lost."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.journeys.cases.matters import FOCAL, somebody, weighed
from tests.journeys.cases.test_newer_release import entry, publish
from tests.journeys.cases.test_plan import HELP, acts, do, next_of, ready, start
from tests.journeys.referrals.situations import proposed
from tests.journeys.referrals.test_together import TONIGHT

from sluitend.journeys.cases import actions
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.referrals.models import Referral
from sluitend.journeys.referrals.queries import offers
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.handbook.queries import release

pytestmark = pytest.mark.django_db

type ClientFor = Callable[[str], Client]

NEW = "070-361 47 48"
STOPPED = "dit niet meer. Vraag wie het nu doet."


@pytest.fixture(autouse=True)
def _fresh_memory() -> Iterator[None]:
    release.cache_clear()
    yield
    release.cache_clear()


def shop_stops(content: dict[str, Any]) -> None:
    """Let care coordination have had its last day yesterday."""
    entry(content, "partners", "shop")["valid_until"] = str(timezone.localdate() - timedelta(days=1))


def shop_has_another_number(content: dict[str, Any]) -> None:
    """Let care coordination be called at another number."""
    entry(content, "help_lines", "shop")["number"] = NEW


def shop_has_no_number(content: dict[str, Any]) -> None:
    """Let its number be one that begins to hold next week."""
    entry(content, "help_lines", "shop")["valid_from"] = str(timezone.localdate() + timedelta(days=7))


def test_who_stopped_is_not_written_to_and_the_plan_says_so(client_for: ClientFor) -> None:
    code = weighed(saw=HELP)
    before = acts(code)["care_refer"]
    assert before.ready_to_compose
    publish(shop_stops)
    found = acts(code)["care_refer"]
    assert found.open
    assert not found.ready_to_compose
    page = client_for(FOCAL).get(f"/werk/casussen/{code}/plan/").text
    assert STOPPED in page
    with pytest.raises(DomainError, match=STOPPED):
        start(code, "care_refer")
    do(actions.finish_action, code, "care_refer")
    assert acts(code)["care_refer"].state == "done"


def test_a_letter_that_was_begun_before_its_partner_stopped_does_not_go(client_for: ClientFor) -> None:
    code = weighed(saw=HELP)
    start(code, "care_refer")
    publish(shop_stops)
    page = client_for(FOCAL).get(f"/werk/casussen/{code}/doorzetten/").text
    assert "Dit kan nu niet worden verstuurd." in page
    assert STOPPED in page
    with somebody() as actor:
        offer = offers.offer_for(code, "person", actor)
        with pytest.raises(DomainError, match=STOPPED):
            referrals.send(case_code=code, track="person", choice=proposed(offer), actor=actor)
    with somebody():
        assert not Referral.objects.exists()
    assert acts(code)["care_refer"].state == "begun"
    assert next_of(code)[0] == "work_plan"


def test_what_was_asked_of_who_stopped_says_so_where_it_waits(client_for: ClientFor) -> None:
    code = weighed(saw=HELP)
    start(code, "care_refer")
    sent = ready(code).send("person")
    assert STOPPED not in client_for(FOCAL).get(f"/werk/doorgezet/{sent}/").text
    publish(shop_stops)
    assert STOPPED in client_for(FOCAL).get(f"/werk/doorgezet/{sent}/").text
    page = client_for(FOCAL).get(f"/werk/casussen/{code}/plan/").text
    asked = page[page.index("Gevraagd, wacht op antwoord") :]
    assert STOPPED in asked[: asked.index("</li>")]


def test_the_same_day_is_the_last_on_which_somebody_is_asked() -> None:
    code = weighed(saw=HELP)

    def today_is_the_last(content: dict[str, Any]) -> None:
        entry(content, "partners", "shop")["valid_until"] = str(timezone.localdate())

    publish(today_is_the_last)
    assert acts(code)["care_refer"].ready_to_compose


def test_a_number_is_that_of_the_newest_handbook_and_never_one_that_is_over(client_for: ClientFor) -> None:
    code = weighed(saw=TONIGHT)
    called = {name: each.number.number for name, each in acts(code).items() if each.number}
    assert "070-361 47 47" in called.values()
    publish(shop_has_another_number)
    now = {name: each.number.number for name, each in acts(code).items() if each.number}
    assert now == {name: NEW if it == "070-361 47 47" else it for name, it in called.items()}
    publish(shop_has_no_number)
    page = client_for(FOCAL).get(f"/werk/casussen/{code}/plan/").text
    assert NEW not in page
    assert "070-361 47 47" not in page
    assert "Het nummer in de handreiking geldt niet meer. Zoek het eerst op." in page
