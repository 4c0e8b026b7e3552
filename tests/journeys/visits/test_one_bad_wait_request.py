"""A wait request that does not open frees no place and stops no page: the rest goes on, and it is told."""

import json
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client
from tests import samples
from tests.faults.test_one_bad import doctor_fails
from tests.journeys.visits.situations import GREENHOUSE, Town, make_town
from tests.journeys.visits.test_answers_ask_to_wait import INSPECTOR, WAIT, by_account, referred

from sluitend.demo import embedded
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.visits import jobs
from sluitend.journeys.visits.models import WaitRequest
from sluitend.journeys.visits.places import Place
from sluitend.kernel.access.acting import acting
from sluitend.kernel.organisations.models import Account

LIST = "/werk/vrijgeven/"
ELSEWHERE = Place(address="Dorpsstraat 3, Wateringen")
type Break = Callable[[str], None]


@pytest.fixture
def town(as_worker: str) -> Town:
    """As the worker, which alone writes how a round ended."""
    return make_town()


@pytest.fixture
def flip(server: embedded.Server, as_worker: str) -> Break:
    """Flip one byte of a wait request, as a fault of the disk would; twice is right again."""

    def flip_byte(code: str) -> None:
        with psycopg.connect(server.url("sl_admin", as_worker), autocommit=True) as admin:
            admin.execute("SET session_replication_role = replica")
            admin.execute(
                "UPDATE visits_waitrequest SET content = set_byte(content, 40, get_byte(content, 40) # 1)"
                " WHERE code = %s",
                [code],
            )

    return flip_byte


def focal_point() -> Client:
    client = Client()
    client.force_login(Account.objects.get(email="af@westland.example"))
    return client


def release(visit: str) -> Any:
    """Press "Geef vrij", with everything ticked."""
    return focal_point().post(f"{LIST}{visit}/vrij/", {"agreed": "on", "beside_case": "on"})


def test_no_page_that_shows_one_lets_its_place_go(town: Town, flip: Break) -> None:
    visit, bad = town.plan(GREENHOUSE), town.ask(GREENHOUSE)
    flip(bad)
    for page in (LIST, f"{LIST}{visit}/", f"{LIST}wachtverzoeken/"):
        assert focal_point().get(page).status_code == 200, page
    assert town.wait_request(bad).indexed is None
    answer = release(visit)
    assert answer.status_code == 422
    assert "niet te lezen" in answer.text
    assert "Bel uw beheerder" in answer.text
    assert town.visit(visit).state == "planned"


def test_the_others_count_at_once_and_doctor_fails_until_it_opens(town: Town, flip: Break) -> None:
    visit, bad, good = town.plan(GREENHOUSE), town.ask(ELSEWHERE), town.ask(GREENHOUSE)
    flip(bad)
    assert focal_point().get(LIST).status_code == 200
    assert town.wait_request(good).indexed
    assert town.wait_request(bad).indexed is None
    assert doctor_fails() == ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs WHERE task_name = 'visits.catch_up'")
        asked = [json.loads(row[0])["ids"] for row in cursor.fetchall()]
    assert asked
    for ids in asked:
        jobs.catch_up(ids=ids)
    assert "visits.catch_up" in doctor_fails()
    flip(bad)
    jobs.catch_up(ids=asked[0])
    assert doctor_fails() == ""
    assert town.wait_request(bad).indexed
    assert "Overleg eerst" in release(visit).text


def test_one_that_broke_later_still_holds_and_can_be_noted_as_lifted(town: Town, flip: Break) -> None:
    visit, bad = town.plan(GREENHOUSE), town.ask(GREENHOUSE)
    town.catch_up()
    flip(bad)
    answer = release(visit)
    assert answer.status_code == 422
    assert "Overleg eerst" in answer.text
    lifted = {"reason": "asker_done", "whom": "De wachtcommandant"}
    assert focal_point().post(f"{LIST}wachtverzoeken/{bad}/opheffen/", lifted).status_code == 302
    assert release(visit).status_code == 302
    assert town.visit(visit).state == "released"


def test_who_answers_again_is_heard_though_the_former_answer_does_not_open(town: Town, flip: Break) -> None:
    code, inspector = referred(), samples.actor(INSPECTOR)
    by_account(code)
    town.catch_up()
    with acting(town.focal_point):
        (former,) = WaitRequest.objects.values_list("code", flat=True)
    flip(former)
    with acting(inspector):
        referrals.feed_back(code=code, answer="wacht", wait=WAIT, actor=inspector)
    jobs.catch_up(ids=[str(town.organisation_id)])
    with acting(town.focal_point):
        states = dict(WaitRequest.objects.values_list("code", "state"))
    assert states.pop(former) == WaitRequest.State.RUNS, "nobody knows of what it is: it binds on"
    assert list(states.values()) == [WaitRequest.State.RUNS]
