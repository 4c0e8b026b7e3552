"""What was begun, put off or given, while the plan goes on without it: nothing hangs."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.journeys.cases.matters import FOCAL, somebody, weighed
from tests.journeys.cases.test_newer_release import entry, publish, take_over
from tests.journeys.cases.test_plan import acts, decide_everything, do, next_of, page, say, start

from sluitend.demo.clock import at
from sluitend.journeys.cases import actions
from sluitend.journeys.cases.models import Track
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.queries import release

pytestmark = pytest.mark.django_db

SLEEPERS = "Achter de kas slapen zes mannen."
TOLD = "Zij wil hulp. De voorman slaat haar. Zij is bang voor vanavond."


@pytest.fixture(autouse=True)
def _fresh_memory() -> Iterator[None]:
    release.cache_clear()
    yield
    release.cache_clear()


def step_of(code: str, track: str) -> str:
    """Return what the next step of a track is."""
    with somebody():
        known = Track.objects.get(case__code=code, kind=track)
        return NextStep.objects.get(pk__in=[known.current_step_id]).what


def another_word(content: dict[str, Any]) -> None:
    """Let the handbook call an action otherwise, so that it has the old one no more."""
    content |= json.loads(json.dumps(content).replace('"police_advice"', '"police_question"'))


def done_here(content: dict[str, Any]) -> None:
    """Let what went in a letter be done by the municipality itself."""
    entry(content, "plan_actions", "police_advice").update(verb="do", party="self")


@pytest.mark.parametrize("change", [another_word, done_here])
def test_what_was_begun_and_a_newer_release_sends_no_more_is_open_and_its_track_goes_on(
    change: Callable[[dict[str, Any]], None], client_for: Callable[[str], Client]
) -> None:
    code = weighed(saw=TOLD)
    start(code, "police_advice")
    assert step_of(code, "person") == "refer"
    take_over(code, publish(change))
    assert not [each for each in acts(code).values() if not each.open]
    assert not page(code).past
    assert step_of(code, "person") == "work_track"
    answer = client_for(FOCAL).get(f"/werk/casussen/{code}/doorzetten/")
    assert (answer.status_code, answer["Location"]) == (302, f"/werk/casussen/{code}/plan/")


def test_what_was_begun_and_a_newer_release_sends_still_stays_begun() -> None:
    code = weighed(saw=TOLD)
    start(code, "care_refer", "police_advice")
    take_over(code, publish(another_word))
    assert acts(code)["care_refer"].state == "begun"
    assert step_of(code, "person") == "refer"


def test_what_was_begun_and_the_plan_asks_no_more_says_so_and_can_be_left(
    client_for: Callable[[str], Client],
) -> None:
    code, begun = weighed(saw=TOLD), "police_advice"
    start(code, begun)
    say(code, "minor", "yes")
    assert begun not in acts(code)
    assert page(code).composed == 1
    client = client_for(FOCAL)
    address = f"/werk/casussen/{code}/plan/"
    assert "Wordt opgesteld. Er is nog niets verstuurd." in client.get(address).text
    sent = {"what": "again", "action": begun, "revision": page(code).head.revision}
    assert client.post(f"{address}actie/", sent).status_code == 302
    assert step_of(code, "person") == "work_track"


def test_what_was_put_off_and_the_plan_asks_no_more_does_not_come_back() -> None:
    code = weighed(saw=SLEEPERS)
    until = timezone.localdate() + timedelta(days=3)
    do(actions.put_off_action, code, "ask_wish", until=until, reason="not_safe")
    say(code, "wish", "yes")
    assert "ask_wish" not in acts(code)
    decide_everything(code)
    assert next_of(code)[0] == "follow_case"


def test_a_day_that_passed_for_what_waits_for_something_else_asks_nothing() -> None:
    code = weighed(saw=SLEEPERS)
    until = timezone.localdate() + timedelta(days=3)
    do(actions.put_off_action, code, "place_lookup", until=until, reason="not_safe")
    decide_everything(code)
    assert next_of(code) == ("work_plan", until)
    with at(end_of(until)):
        do(actions.refuse_action, code, "place_lookup", reason="not_needed")
        assert next_of(code)[0] == "follow_case"
