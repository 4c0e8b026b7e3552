"""Who planned a visit does not release it where the handbook asks a second person."""

from collections.abc import Callable

import psycopg
import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.visits.situations import GREENHOUSE, Town, days, make_town

from sluitend.demo import embedded
from sluitend.journeys.visits import actions, queries
from sluitend.journeys.visits.actions import Plan
from sluitend.journeys.visits.models import Visit
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.handbook.handling import VISIT_KINDS
from sluitend.kernel.organisations.models import Account, Membership

type Clients = Callable[[str], Client]
FOCAL, DEPUTY = "af@westland.example", "vervanger@westland.example"


def own(town: Town, kind: str = "check") -> str:
    """Let the focal point plan something herself."""
    return town.do(town.focal_point, actions.plan_visit, plan=Plan(kind=kind, day=days(2), place=GREENHOUSE))


def test_the_handbook_speaks_of_what_can_be_planned() -> None:
    assert set(VISIT_KINDS) == set(Visit.Kind.values)


def test_who_planned_a_check_does_not_release_it_and_a_deputy_does(town: Town) -> None:
    code = own(town)
    with pytest.raises(DomainError, match="een ander"):
        town.release(code)
    came = town.do(town.focal_point, actions.release_together, codes=[code])
    assert came.released == ()
    assert town.visit(code).state == Visit.State.PLANNED
    town.do(samples.actor(DEPUTY), actions.release, code=code)
    assert town.visit(code).state == Visit.State.RELEASED


def test_where_the_handbook_asks_nobody_else_one_person_does_both(town: Town) -> None:
    code = own(town, "letter")
    town.release(code)
    assert town.visit(code).state == Visit.State.RELEASED


def test_the_page_says_who_can_and_the_list_offers_no_box(town: Town, client_for: Clients) -> None:
    code, desk = own(town), client_for(FOCAL)
    with acting(town.focal_point):
        view = queries.visit(code, town.focal_point)
    assert view.others
    assert town.focal_point.name not in view.others
    page = desk.get(f"/werk/vrijgeven/{code}/").text
    assert view.others[0] in page
    assert "Geef vrij" not in page
    assert f'value="{code}"' not in desk.get("/werk/vrijgeven/").text
    assert f'value="{code}"' in client_for(DEPUTY).get("/werk/vrijgeven/").text


def test_who_is_alone_reads_how_another_can(town: Town, client_for: Clients) -> None:
    others = Membership.objects.filter(
        organisation_id=town.organisation_id, role__in=["focal_point", "deputy"]
    )
    others.exclude(account_id=town.focal_point.own_account).update(until=days(-1))
    code, desk = own(town), client_for(FOCAL)
    assert "U bent hier de enige." in desk.get(f"/werk/vrijgeven/{code}/").text
    assert timezone.localdate() < town.visit(code).day


def test_that_it_was_refused_stands_in_the_ledger(server: embedded.Server, own_database: str) -> None:
    code, client = own(make_town()), Client()
    client.force_login(Account.objects.get(email=FOCAL))
    assert "een ander het vrij" in client.post(f"/werk/vrijgeven/{code}/vrij/").text
    with psycopg.connect(server.url("sl_admin", own_database)) as admin:
        kept = admin.execute("SELECT outcome FROM ledger_event WHERE action = 'refused.visits:release'")
        assert kept.fetchall() == [("refused",)]
