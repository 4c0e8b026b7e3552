"""Each role has a first walk in an invented case: short, to pages that it may open, never in the way."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.roles import give
from tests.test_access_matrix import PEOPLE

from sluitend.kernel.organisations.models import Account, Organisation, Role
from sluitend.kernel.sealing.pickups import SPEAKABLE
from sluitend.surfaces.desk.walks import EVERY_WALK, OF_ROLE, Walk, shapes, walks_for

ClientFor = Callable[[str], Client]
AF, CARE, PAGE = "af@westland.example", "zorg@shop.example", "/werk/rondleiding/"
MATTERS = re.compile(r'"(cases|reports|referrals|exchanges|visits|care_files|care_shares|shelter)_')
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE)\b")
OFFER = "Nieuw hier?"


def walk_of(role: Role, *, care: bool = False) -> Walk:
    (found,) = walks_for(frozenset({role}), care=care)
    return found


def test_every_role_has_a_walk_and_care_its_own() -> None:
    assert set(OF_ROLE) == set(Role)
    assert walk_of(Role.PARTNER, care=True) is not walk_of(Role.PARTNER)
    assert len({walk.name for walk in EVERY_WALK}) == len(EVERY_WALK)
    both = walks_for(frozenset({Role.FOCAL_POINT, Role.DEPUTY, Role.REPORTER}), care=False)
    assert [walk.name for walk in both] == ["casussen", "melder"]


@pytest.mark.parametrize("walk", EVERY_WALK, ids=lambda walk: walk.name)
def test_a_walk_is_short(walk: Walk) -> None:
    assert 5 <= len(walk.steps) <= 8
    for step in walk.steps:
        assert len(str(step.why).split()) <= 20
        assert str(step.why).count(".") == 1


def test_nothing_ever_has_the_codes_of_the_invented_case() -> None:
    for code in (
        shapes.IN_A_CASE,
        shapes.OF_A_REPORT,
        shapes.OF_A_REFERRAL,
        shapes.OF_A_VISIT,
        shapes.OF_CARE,
    ):
        assert not set(code[2:]) & set(SPEAKABLE)


@pytest.mark.django_db
@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_each_step_leads_to_a_page_that_the_role_may_open(client_for: ClientFor, who: str) -> None:
    client = client_for(PEOPLE[who])
    page = client.get(PAGE).text
    (total,) = re.findall(r"Stap 1 van (\d)", page)
    for number in range(1, int(total) + 1):
        answer = client.get(PAGE, {"stap": number})
        assert answer.status_code == 200
        step = answer.context["step"]
        assert f'<h1 class="utrecht-heading-1">{step.title}</h1>' in answer.text
        assert "<div inert>" in answer.text
        assert f'href="{reverse(step.page)}"' in answer.text
        assert client.get(reverse(step.page)).status_code == 200, step.page


@pytest.mark.django_db
def test_who_coordinates_care_walks_through_care(client_for: ClientFor) -> None:
    assert client_for(CARE).get(PAGE).context["walk"] is walk_of(Role.PARTNER, care=True)


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["rol=beheer", "rol=x", "stap=0", "stap=9", "stap=x", "stap=" + "9" * 5000])
def test_there_is_no_other_step_and_no_walk_of_another_role(client_for: ClientFor, asked: str) -> None:
    assert client_for(AF).get(f"{PAGE}?{asked}").status_code == 404


@pytest.mark.django_db
def test_who_has_two_roles_finds_both_walks_in_the_manual(client_for: ClientFor) -> None:
    account = Account.objects.get(email=AF)
    give(account.pk, Organisation.objects.get(code="GM1783").pk, Role.MANAGER)
    client = client_for(AF)
    text = client.get("/werk/hulp/").text
    for name in ("casussen", "leiding"):
        assert f'href="{PAGE}?rol={name}"' in text
        assert client.get(f"{PAGE}?rol={name}").context["walk"].name == name


@pytest.mark.django_db
def test_a_walk_asks_nothing_of_any_matter_and_writes_nothing(client_for: ClientFor) -> None:
    client = client_for(AF)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as asked:
        client.get(PAGE, {"stap": 3})
    said = [each["sql"] for each in asked.captured_queries]
    assert [sql for sql in said if MATTERS.search(sql) or WRITES.match(sql)] == []


@pytest.mark.django_db
@pytest.mark.parametrize(("answer", "to"), [("begin", PAGE), ("later", "/werk/"), ("", "/werk/")])
def test_the_offer_is_made_until_it_is_answered(client_for: ClientFor, answer: str, to: str) -> None:
    client = client_for(AF)
    assert OFFER in client.get("/werk/").text
    assert client.get(PAGE).status_code == 200
    assert OFFER in client.get("/werk/").text
    sent = client.post(PAGE, {"answer": answer})
    assert (sent.status_code, sent["Location"]) == (302, to)
    assert OFFER not in client.get("/werk/").text
    assert OFFER not in client_for(AF).get("/werk/").text
    assert OFFER in client_for("vervanger@westland.example").get("/werk/").text
    assert f'href="{PAGE}?rol=casussen"' in client.get("/werk/hulp/").text


@pytest.mark.django_db
def test_whoever_was_here_on_an_earlier_day_is_offered_none(client_for: ClientFor) -> None:
    Account.objects.filter(email=AF).update(seen_before=timezone.now() - timedelta(days=3))
    assert OFFER not in client_for(AF).get("/werk/").text
