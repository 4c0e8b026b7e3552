"""The list that focal point and care coordination have in common: the same rows, and no word of anybody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import samples
from tests.journeys.care.test_doors import COORDINATOR, FOCAL, do, told_municipality
from tests.journeys.referrals.situations import make_ready
from tests.reading import as_read

from sluitend.journeys.care import actions, queries
from sluitend.journeys.care.queries import shared
from sluitend.journeys.referrals import actions as referrals
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent, Refused

pytestmark = pytest.mark.django_db
HANDLED = "zorginhoudswoord"
type ClientFor = Callable[[str], Client]


@pytest.fixture
def focal(region: Any) -> Actor:
    return samples.actor(FOCAL)


@pytest.fixture
def coordinator(region: Any) -> Actor:
    return samples.actor(COORDINATOR)


def passed(focal: Actor) -> str:
    code, _receipt = told_municipality()
    do(focal, actions.to_care, code=code)
    return code


def rows(actor: Actor, **asked: str) -> list[queries.SharedRow]:
    return list(do(actor, queries.shared_list, asked=asked).rows)


def test_s41_focal_point_and_coordinator_open_the_same_rows(focal: Actor, coordinator: Actor) -> None:
    ready = make_ready()
    referral, report = ready.accepted("person"), passed(focal)
    mine, theirs = rows(focal), rows(coordinator)
    assert mine == theirs
    assert {each.number for each in mine} == {referral, report}
    for each in mine:
        assert each.before
        assert each.now_with.startswith("SHOP")


def test_a_question_of_care_says_whether_it_is_open_and_nothing_more(
    focal: Actor, coordinator: Actor
) -> None:
    code = samples.ask(coordinator, "GM1783", kind="question")
    for actor in (focal, coordinator):
        [asked] = rows(actor)
        assert (asked.number, asked.sentence) == (code, "Nog open")


def test_nothing_that_was_typed_is_in_the_list(
    focal: Actor, coordinator: Actor, client_for: ClientFor
) -> None:
    code, _receipt = samples.ask_for_help()
    do(coordinator, actions.take_on, code=code)
    do(coordinator, actions.tell, code=code, sentence="busy", text=HANDLED)
    ready = make_ready()
    sent = ready.accepted("person", question=f"Is er plek? {HANDLED}")
    passed(focal)
    for who in (FOCAL, COORDINATOR):
        page = as_read(client_for(who).get("/werk/gedeelde-lijst/").text)
        assert sent in page
        for typed in (HANDLED, samples.PLANT, samples.PLANTED_PHONE, code):
            assert typed not in page


@pytest.mark.parametrize("answer", ["opgepakt", "geen_plek"])
def test_what_care_is_still_doing_reads_alike(answer: str, region: Any) -> None:
    ready = make_ready()
    sent = ready.accepted("person")
    do(ready.care, referrals.feed_back, code=sent, answer=answer)
    (row,) = [each for each in rows(ready.focal_point) if each.number == sent]
    assert row.sentence == "De hulp is met uw vraag bezig."


def test_what_became_of_an_offer_of_help_is_read_nowhere_outside_care(region: Any) -> None:
    """Help that began and help that was not wanted are one answer, and one sentence."""
    ready = make_ready()
    sent = ready.accepted("person")
    do(ready.care, referrals.feed_back, code=sent, answer="hulp_geboden")
    said = {each.sentence for show in ("open", "klaar") for each in rows(ready.focal_point, toon=show)}
    assert said == {"Er is hulp aangeboden. Over de persoon mogen wij niets vertellen."}


def test_what_is_decided_leaves_the_open_rows(focal: Actor, coordinator: Actor) -> None:
    code = passed(focal)
    do(focal, actions.recall_from_care, code=code)
    assert rows(focal) == rows(coordinator) == []
    (row,) = rows(focal, toon="klaar")
    assert (row.number, row.sentence, row.before) == (code, "Teruggehaald", None)
    assert rows(coordinator, toon="klaar") == [row]


def test_the_list_goes_on_where_it_ended(
    focal: Actor, coordinator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = {passed(focal) for _number in range(3)}
    monkeypatch.setattr(shared, "PAGE", 2)
    first = do(coordinator, queries.shared_list)
    second = do(coordinator, queries.shared_list, asked={"na": first.after})
    assert {each.number for each in (*first.rows, *second.rows)} == codes
    assert (len(first.rows), second.after) == (2, "")


def test_more_rows_are_no_more_statements(focal: Actor) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as counted:
            rows(focal)
        return len(counted)

    passed(focal)
    statements()
    one = statements()
    for _number in range(3):
        passed(focal)
    assert statements() == one


def test_another_municipality_and_another_partner_see_nothing(focal: Actor) -> None:
    passed(focal)
    assert rows(samples.actor("af@denhaag.example")) == []
    for email, refused in (("avim@politie.example", Absent), ("manager@westland.example", Refused)):
        with pytest.raises(refused):
            rows(samples.actor(email))
