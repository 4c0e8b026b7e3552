"""Several people at one partner: who takes care of what, two at once, who is away, who left."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests import roles
from tests.journeys.referrals.situations import Ready, days

from sluitend.journeys.referrals import actions, queries
from sluitend.journeys.referrals.journey import ANSWER_REFERRAL
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.access.errors import Conflict, Refused
from sluitend.kernel.followup.escalation import escalate
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Absence, Account, Membership, Role

pytestmark = pytest.mark.django_db
type Clients = Callable[[str], Client]
NLA, SECOND = "nla@arbeidsinspectie.example", "avim@politie.example"


@pytest.fixture
def colleague(ready: Ready) -> Actor:
    """A second person of the inspectorate."""
    account = Account.objects.get(email=SECOND)
    roles.give(account.pk, ready.inspector.own_organisation, Role.PARTNER)
    from sluitend.kernel.access.acting import actor_for

    return actor_for(account, chosen=str(ready.inspector.own_organisation))


def who_has(ready: Ready, code: str, who: Actor | None = None) -> str:
    who = who or ready.inspector
    with acting(who):
        rows = queries.received_list(who).rows
    return next(row.taken.name for row in rows if row.code == code)


def seen(ready: Ready, code: str) -> str:
    return str(ready.row(code).taken_by or "")


def test_whoever_accepts_takes_care_of_it(ready: Ready, colleague: Actor) -> None:
    code = ready.accepted()
    assert who_has(ready, code) == who_has(ready, code, colleague) == ready.inspector.name


def test_it_is_taken_over_and_given_back_and_logged(ready: Ready, colleague: Actor) -> None:
    code = ready.send()
    assert who_has(ready, code) == ""
    with acting(colleague):
        actions.take(code=code, seen="", actor=colleague)
    assert who_has(ready, code) == colleague.name
    with acting(ready.inspector):
        actions.take(code=code, seen=str(colleague.account_id), actor=ready.inspector)
    assert who_has(ready, code) == ready.inspector.name
    with acting(ready.inspector):
        actions.leave(code=code, actor=ready.inspector)
    assert who_has(ready, code) == ""
    with acting(ready.inspector):
        lines = Event.objects.filter(action="referral.take").values_list("purpose", flat=True)
        assert sorted(lines) == ["left", "taken", "taken"]


def test_of_two_who_take_it_the_second_hears_who_was_first(ready: Ready, colleague: Actor) -> None:
    code = ready.send()
    with acting(colleague):
        actions.take(code=code, seen="", actor=colleague)
    with acting(ready.inspector), pytest.raises(Conflict):
        actions.take(code=code, seen="", actor=ready.inspector)
    with acting(ready.inspector), pytest.raises(Conflict):
        actions.leave(code=code, actor=ready.inspector)
    assert who_has(ready, code) == colleague.name


def test_nothing_is_taken_that_is_over_or_anothers(ready: Ready, colleague: Actor) -> None:
    code = ready.send()
    with acting(ready.care), pytest.raises(Refused):
        actions.take(code=code, seen="", actor=ready.care)
    with acting(ready.focal_point), pytest.raises(Refused):
        actions.take(code=code, seen="", actor=ready.focal_point)
    with acting(ready.inspector):
        actions.return_(code=code, reason="not_ours", actor=ready.inspector)
    with acting(colleague), pytest.raises(Conflict):
        actions.take(code=code, seen="", actor=colleague)


def test_what_somebody_took_stays_everybodys_step(ready: Ready, colleague: Actor) -> None:
    """Whoever is away, or left, holds nothing up: the step is of the role, and climbs as before."""
    code = ready.accepted()
    today = timezone.localdate()
    Absence.objects.create(
        account_id=ready.inspector.own_account,
        organisation_id=ready.inspector.own_organisation,
        first=today,
        last=days(3),
    )
    with acting(colleague):
        step = NextStep.objects.get(code=code, what=ANSWER_REFERRAL, done__isnull=True)
        assert (step.owner_id, step.owner_role) == (None, Role.PARTNER)
        (row,) = queries.received_list(colleague).rows
        assert row.taken.away_until == days(3)
        actions.feed_back(code=code, answer="opgepakt", actor=colleague)


def test_who_left_takes_care_of_nothing(ready: Ready, colleague: Actor) -> None:
    code = ready.send()
    with acting(colleague):
        actions.take(code=code, seen="", actor=colleague)
    roles.give(colleague.own_account, ready.inspector.own_organisation, Role.PARTNER, until=days(-1))
    with acting(ready.inspector):
        (row,) = queries.received_list(ready.inspector, {"van": "niemand"}).rows
        assert (row.taken.name, row.taken.shared) == ("", False)
        actions.take(code=code, seen=row.taken.seen, actor=ready.inspector)


def test_the_list_is_of_mine_of_nobodys_and_of_all(
    ready: Ready, colleague: Actor, client_for: Clients
) -> None:
    first, second = ready.send(), ready.send()
    client = client_for(NLA)
    page = client.get(f"/werk/ontvangen/{first}/").text
    assert "Ik pak dit op" in page
    client.post(f"/werk/ontvangen/{first}/opnemen/", {"seen": ""})
    page = client.get(f"/werk/ontvangen/{first}/").text
    assert "U pakt dit op." in page
    assert "Geef aan het team terug" in page
    mine, nobodys = (
        client.get("/werk/ontvangen/?van=mij").text,
        client.get("/werk/ontvangen/?van=niemand").text,
    )
    assert (first in mine, second in mine, first in nobodys, second in nobodys) == (True, False, False, True)
    everything = client.get("/werk/ontvangen/?van=<script>").text
    assert first in everything
    assert "<script>" not in everything.replace("<script ", "")
    with acting(colleague):
        actions.take(code=second, seen="", actor=colleague)
    late = client.post(f"/werk/ontvangen/{second}/opnemen/", {"seen": ""}, follow=True).text
    assert f"{colleague.name} was eerst" in late
    client.post(f"/werk/ontvangen/{first}/opnemen/", {})
    assert "Nog niemand pakt dit op." in client.get(f"/werk/ontvangen/{first}/").text


def test_who_is_alone_is_asked_nothing(ready: Ready, client_for: Clients) -> None:
    code = ready.send()
    client = client_for(NLA)
    assert "opnemen/" not in client.get(f"/werk/ontvangen/{code}/").text
    assert "bij niemand" not in client.get("/werk/ontvangen/").text


def test_where_nobody_is_left_the_administrators_hear_it(ready: Ready) -> None:
    """The safety net: what waits at a partner with nobody in it reaches who looks after that organisation."""
    code = ready.send()
    own = ready.inspector.own_organisation
    roles.give(ready.inspector.own_account, own, Role.PARTNER, until=days(-1))
    with acting(system_actor(own)) as system:
        came = escalate(system, timezone.now() + timedelta(days=90))
        step = NextStep.objects.get(code=code, done__isnull=True)
    assert step.id in {each for each, _rung in came.climbed}
    administrators = Membership.objects.valid().filter(role=Role.ADMINISTRATOR)
    assert came.reached
    assert came.reached <= set(administrators.values_list("account_id", flat=True))
