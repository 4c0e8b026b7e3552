"""A role that works is made longer before it ends: by two people, and without a day on which it stops."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.attacks.test_composed_roles import (
    ADMINISTRATOR,
    AF,
    MANAGER,
    PEOPLE,
    PRIVACY,
    WHO_MAY,
    account,
    as_role,
    town,
)
from tests.roles import days_pass, give

from sluitend.demo.clock import at
from sluitend.journeys.administration.actions import grants
from sluitend.journeys.administration.queries import roles
from sluitend.kernel.access.acting import acting, actor_for, system_actor
from sluitend.kernel.followup.escalation import escalate
from sluitend.kernel.followup.journey import CONFIRM_ROLE, ROLE_ENDS
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import CONFIRMERS, Membership, Organisation, Role

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]


def day(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def ends(number: int, email: str = AF, role: Role = Role.FOCAL_POINT) -> Membership:
    """Let a role end after so many days, and return it."""
    row = account(email).memberships.get(role=role, organisation=town())
    grants.end_membership(row.pk, until=day(number))
    return row


def offers(client: Client, number: int, email: str = AF, role: Role = Role.FOCAL_POINT) -> str:
    """Let somebody offer a role until so many days from now; return what the page says."""
    given = {"do": "role", "role": role, "until": day(number).isoformat()}
    return client.post(f"{PEOPLE}{account(email).pk}/", given, follow=True).text


def presses(client: Client, row: Membership, do: str = "confirm", until: int = 60) -> int:
    given = {"do": do, "membership": str(row.pk), "until": day(until).isoformat()}
    return client.post(WHO_MAY, given).status_code


def works(row: Membership) -> int:
    """Return for how many days a role works from now; it must work now, and have our proof."""
    held = Membership.objects.valid().get(pk=row.pk)
    assert held.given
    assert held.role in actor_for(held.account).roles
    assert held.until is not None
    return (held.until - timezone.localdate()).days


def asked(what: str) -> int:
    with acting(system_actor(town().pk)):
        return NextStep.objects.filter(what=what, done__isnull=True).count()


def test_it_takes_two_people_and_there_is_no_day_without_it(client_for: ClientFor) -> None:
    row = ends(20)
    assert "De rol is aangeboden" in offers(client_for(ADMINISTRATOR), 60)
    assert works(row) == 20
    for alone in (ADMINISTRATOR, AF):
        assert presses(client_for(alone), row) == 404
    assert works(row) == 20
    page = client_for(PRIVACY).get(WHO_MAY).text
    assert "Voor langer aangeboden door" in page
    assert "Bevestig dat deze rol langer geldt" in page
    assert "Langer: wacht op bevestiging" in page
    assert asked(CONFIRM_ROLE) == 1
    assert presses(client_for(PRIVACY), row) == 302
    assert works(row) == 60
    assert asked(CONFIRM_ROLE) == 0
    held = Membership.objects.get(pk=row.pk)
    assert (held.invited_by, held.confirmed_by) == (account(ADMINISTRATOR).pk, account(PRIVACY).pk)
    assert held.ended_on is None
    with acting(system_actor(town().pk)):
        assert Event.objects.filter(action="account.role_confirmed", purpose=Role.FOCAL_POINT).exists()
    assert presses(client_for(PRIVACY), row) == 404


def test_who_is_asked_refuses_and_it_ends_on_its_own_day(client_for: ClientFor) -> None:
    row = ends(20)
    offers(client_for(ADMINISTRATOR), 60)
    assert presses(client_for(PRIVACY), row, "refuse") == 302
    assert works(row) == 20
    assert asked(CONFIRM_ROLE) == 0
    assert presses(client_for(PRIVACY), row) == 404


def test_what_ends_sooner_is_not_made_longer_any_more(client_for: ClientFor) -> None:
    row, me = ends(20), client_for(ADMINISTRATOR)
    offers(me, 60)
    me.post(
        f"{PEOPLE}{account(AF).pk}/", {"do": "end", "membership": str(row.pk), "until": day(5).isoformat()}
    )
    assert works(row) == 5
    assert presses(client_for(PRIVACY), row) == 404
    offers(me, 60)
    me.post(f"{PEOPLE}{account(AF).pk}/", {"do": "close"})
    me.post(f"{PEOPLE}{account(AF).pk}/", {"do": "open"})
    assert presses(client_for(PRIVACY), row) == 404
    assert not account(AF).memberships.unended().exists()


def test_it_never_becomes_shorter_this_way(client_for: ClientFor) -> None:
    row = ends(20)
    for number in (20, 3):
        assert "Deze rol geldt al tot en met" in offers(client_for(ADMINISTRATOR), number)
    assert works(row) == 20
    assert asked(CONFIRM_ROLE) == 0


def test_nobody_confirms_another_day_than_they_saw(client_for: ClientFor) -> None:
    row, me = ends(20), client_for(ADMINISTRATOR)
    offers(me, 60)
    offers(me, 400)
    answer = client_for(PRIVACY).post(
        WHO_MAY, {"do": "confirm", "membership": str(row.pk), "until": day(60).isoformat()}, follow=True
    )
    assert "tot een andere dag aangeboden" in answer.text
    assert works(row) == 20
    presses(client_for(PRIVACY), row, until=400)
    assert works(row) == 400


def test_sql_makes_no_role_longer(client_for: ClientFor) -> None:
    """Neither as two people after each other, nor as one for whom somebody of us then confirms."""
    row = ends(20)
    boss, officer = account(ADMINISTRATOR).pk, account(PRIVACY).pk
    with as_role(boss, town().pk), connection.cursor() as cursor:
        cursor.execute("SELECT role_longer(%s, %s)", [row.pk, day(60)])
    assert works(row) == 20
    assert "Voor langer aangeboden" not in client_for(PRIVACY).get(WHO_MAY).text
    assert presses(client_for(PRIVACY), row) == 404
    assert works(row) == 20
    with as_role(officer, town().pk), connection.cursor() as cursor:
        cursor.execute("SELECT role_confirm(%s)", [row.pk])
    assert Role.FOCAL_POINT not in actor_for(account(AF)).roles


def test_the_only_one_who_confirms_is_confirmed_by_the_region_in_time_or_not_at_all(
    client_for: ClientFor,
) -> None:
    region, bureau = "regio@rsiv.example", Organisation.objects.get(code="rsiv")
    give(account(region).pk, bureau.pk, Role.ADMINISTRATOR)
    me = client_for(ADMINISTRATOR)
    others = Membership.objects.filter(organisation=town(), role__in=CONFIRMERS).unended()
    for each in others.exclude(account__email=MANAGER):
        me.post(f"{PEOPLE}{each.account_id}/", {"do": "end", "membership": str(each.pk), "until": ""})
    row = ends(20, MANAGER, Role.MANAGER)
    days_pass(town().pk, 1)
    offers(me, 60, MANAGER, Role.MANAGER)
    may = {each.account_id: each.organisation_id for each in roles.confirmers(row.pk)}
    assert may[account(region).pk] == bureau.pk
    assert town().pk not in may.values()
    assert roles.confirm_from(row.pk) == day(7)
    assert presses(client_for(region), row) == 404
    grants.end_membership(row.pk, until=day(3))
    assert "Bied hem aan op de dag nadat hij ophoudt" in offers(me, 60, MANAGER, Role.MANAGER)
    assert Membership.objects.get(pk=row.pk).longer_on is None
    assert works(row) == 3


def test_administrators_hear_that_a_role_ends_until_somebody_made_it_longer(client_for: ClientFor) -> None:
    me = client_for(ADMINISTRATOR)

    def climbs() -> set[str]:
        with acting(system_actor(town().pk)) as system:
            told = escalate(system).reached
        return {each for each in (ADMINISTRATOR, PRIVACY) if account(each).pk in told}

    row = ends(20)
    assert climbs() == set()
    assert asked(ROLE_ENDS) == 0
    ends(10)
    assert climbs() == {ADMINISTRATOR}
    assert climbs() == set()
    assert asked(ROLE_ENDS) == 1
    assert "Een rol loopt af" in me.get("/werk/").text
    assert "loopt af over 10 dagen" in me.get(PEOPLE).text
    offers(me, 60)
    climbs()
    assert asked(ROLE_ENDS) == 0
    presses(client_for(PRIVACY), row, "refuse")
    assert climbs() == {ADMINISTRATOR}
    offers(me, 60)
    presses(client_for(PRIVACY), row)
    climbs()
    assert asked(ROLE_ENDS) == 0
    assert "loopt af" not in me.get(PEOPLE).text


def test_nobody_is_asked_any_more_about_a_role_that_ended_before_it_was_confirmed(
    client_for: ClientFor,
) -> None:
    me = client_for(ADMINISTRATOR)
    me.post(
        PEOPLE,
        {"name": "Iemand", "email": "kort@westland.example", "role": "deputy", "until": day(0).isoformat()},
    )
    assert asked(CONFIRM_ROLE) == 1
    with at(timezone.now() + timedelta(days=1)), acting(system_actor(town().pk)) as system:
        escalate(system)
    assert asked(CONFIRM_ROLE) == 0
