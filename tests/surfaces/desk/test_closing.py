"""Whoever is closed or leaves keeps no work in hand: it goes back at once, and somebody hears it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.roles import give as give_role
from tests.teaming import AF, DEPUTY, MANAGER, a_case, give, owners

from sluitend.journeys.administration.actions import grants
from sluitend.journeys.cases.models import Case
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.followup.escalation import escalate
from sluitend.kernel.followup.journey import WORK_RETURNED
from sluitend.kernel.followup.models import Assignment, NextStep
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Absence, Account, Membership, Organisation, Role

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
ADMINISTRATOR = "beheer@westland.example"


def account(email: str = AF) -> Account:
    return Account.objects.get(email=email)


def page(email: str = AF) -> str:
    return f"/werk/beheer/mensen/{account(email).pk}/"


def in_hand(email: str = AF) -> str:
    """Give somebody a case by name; return its code."""
    who = samples.actor(email)
    case = a_case(who)
    give(case, f"person:{who.account_id}")
    assert owners(who, code=case) == {account(email).name}
    return case


def told() -> list[tuple[str, object]]:
    """Who has a step that work came back, and from whom."""
    with acting(system_actor(Organisation.objects.get(code="GM1783").id)):
        rows = NextStep.objects.filter(what=WORK_RETURNED, done__isnull=True)
        return list(rows.values_list("owner_role", "subject_id"))


def nobody_has(case: str) -> bool:
    """Return whether a case is everybody's again, in steps, assignments and by name."""
    with acting(system_actor(Organisation.objects.get(code="GM1783").id)):
        steps = NextStep.objects.filter(code=case, done__isnull=True)
        row = Case.objects.get(code=case)
        given = Assignment.objects.filter(matter_id=row.pk).exists()
        return set(steps.values_list("owner", flat=True)) == {None} and not given and row.owner_id is None


def test_a_stolen_account_is_closed_in_one_press(client_for: ClientFor) -> None:
    case, thief = in_hand(), client_for(AF)
    assert thief.get("/werk/").status_code == 200
    assert client_for(ADMINISTRATOR).post(page(), {"do": "close"}).status_code == 302
    assert not account().is_active
    assert thief.get("/werk/").status_code == 302
    assert nobody_has(case)
    assert told() == [(Role.MANAGER, account().pk)]
    with acting(system_actor(Organisation.objects.get(code="GM1783").id)):
        assert Event.objects.filter(action="account.work_returned").count() == 1


def test_work_in_another_municipality_comes_back_there(client_for: ClientFor) -> None:
    give_role(account("af@leiden.example").pk, Organisation.objects.get(code="GM1783").pk, Role.DEPUTY)
    case = a_case(samples.actor(AF))
    give(case, f"person:{account('af@leiden.example').pk}")
    client_for("beheer@leiden.example").post(page("af@leiden.example"), {"do": "close"})
    assert not account("af@leiden.example").is_active
    assert owners(samples.actor(AF), code=case) == {"focal_point"}
    assert told() == [(Role.MANAGER, account("af@leiden.example").pk)]


def test_a_role_that_ends_now_leaves_nothing_in_hand(client_for: ClientFor) -> None:
    case = in_hand()
    member = Membership.objects.get(account=account())
    answer = client_for(ADMINISTRATOR).post(page(), {"do": "end", "membership": str(member.pk), "until": ""})
    assert answer.status_code == 302
    assert not account().memberships.valid().exists()
    assert nobody_has(case)
    assert told() == [(Role.MANAGER, account().pk)]


def test_who_keeps_another_role_for_cases_keeps_the_work(client_for: ClientFor) -> None:
    case = in_hand()
    member = Membership.objects.get(account=account())
    give_role(account().pk, member.organisation_id, Role.DEPUTY)
    client_for(ADMINISTRATOR).post(page(), {"do": "end", "membership": str(member.pk), "until": ""})
    assert owners(samples.actor(DEPUTY), code=case) == {account().name}
    assert told() == []


def test_no_path_goes_round_it() -> None:
    in_hand()
    with pytest.raises(IntegrityError), transaction.atomic():
        grants.set_active(account().pk, active=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=account().pk).update(is_active=False)


def test_the_manager_sees_it_and_says_so(client_for: ClientFor) -> None:
    in_hand()
    client_for(ADMINISTRATOR).post(page(), {"do": "close"})
    manager = client_for(MANAGER)
    assert "Werk kwam terug van iemand" in manager.get("/werk/").text
    assert "Werk van Noor de Bruin kwam terug" in manager.get("/werk/wie-mag-wat/").text
    seen = {"do": "seen", "account": str(account().pk)}
    assert client_for(ADMINISTRATOR).post("/werk/wie-mag-wat/", seen).status_code == 404
    officer = client_for("fg@westland.example")  # who sees who may what, but to the work sees the manager
    assert "kwam terug" not in officer.get("/werk/wie-mag-wat/").text
    assert officer.post("/werk/wie-mag-wat/", seen).status_code == 404
    assert manager.post("/werk/wie-mag-wat/", seen).status_code == 302
    assert told() == []
    assert manager.post("/werk/wie-mag-wat/", seen).status_code == 404


def test_an_absence_without_a_deputy_gives_the_work_back(client_for: ClientFor) -> None:
    case = in_hand()
    today = timezone.localdate()
    Absence.objects.create(
        account=account(),
        organisation=Organisation.objects.get(code="GM1783"),
        first=today,
        last=today + timedelta(days=4),
    )
    with acting(system_actor(Organisation.objects.get(code="GM1783").id)) as system:
        escalate(system)
    assert owners(samples.actor(DEPUTY), code=case) == {"focal_point"}
    assert told() == [(Role.MANAGER, account().pk)]
