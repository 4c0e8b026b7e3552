"""Who is away and who stands in. Access exists exactly within the period, and nothing had to run for that."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import samples
from tests.outcomes import outcome
from tests.roles import give
from tests.teaming import a_case, owners
from tests.teaming import give as give_to

from sluitend.demo.clock import at
from sluitend.journeys.administration.actions import absence as actions
from sluitend.journeys.administration.actions import agreements
from sluitend.journeys.administration.actions import roles as role_actions
from sluitend.journeys.administration.actions.handover import hand_over
from sluitend.kernel.access.acting import MEMBERSHIP_KEY, Actor, acting, actor_for, system_actor
from sluitend.kernel.access.errors import Absent, DomainError, Refused
from sluitend.kernel.ledger.actions import is_authentic, record
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations import absence
from sluitend.kernel.organisations.models import Absence, Account, Organisation, PoolMember, Role
from sluitend.kernel.organisations.queries import colleagues

pytestmark = pytest.mark.django_db

AF, DEPUTY, MANAGER = "af@westland.example", "vervanger@westland.example", "manager@westland.example"
ELSEWHERE, KEEPER, OTHER_KEEPER = "af@denhaag.example", "beheer@westland.example", "beheer@denhaag.example"
BEGIN = date(2026, 1, 5)


def day(number: int = 0) -> date:
    """Return a day, counted from today."""
    return timezone.localdate() + timedelta(days=number)


def account(email: str) -> Account:
    """Return an account."""
    return Account.objects.get(email=email)


def pool(*, since: date | None = None, until: date | None = None, agreed: bool = True) -> UUID:
    """Let Westland propose an agreement with Den Haag, and Den Haag agree."""
    keeper = samples.actor(KEEPER)
    den_haag = Organisation.objects.get(code="GM0518").id
    with acting(keeper):
        agreements.propose_pool(
            reference="Z-2026-1",
            since=since or day(-400),
            until=until or day(400),
            organisation_ids=[den_haag],
            actor=keeper,
        )
        pool_id = absence.pools(keeper.own_organisation)[0].id
    if agreed:
        other = samples.actor(OTHER_KEEPER)
        with acting(other):
            agreements.agree_to_pool(pool_id, actor=other)
    return pool_id


def away(email: str, first: date, last: date, deputy: str = "", by: str = "", accepts: bool = True) -> None:
    """Write down that somebody is away."""
    deputy_id = account(deputy).pk if deputy else None
    who = samples.actor(by or email)
    with acting(who):
        if by:
            actions.enter_for(account(email).pk, first=first, last=last, deputy_id=deputy_id, actor=who)
        else:
            actions.enter_own(first=first, last=last, deputy_id=deputy_id, actor=who)
    if deputy == ELSEWHERE and accepts:
        accept(deputy)


def accept(email: str) -> None:
    """Let who was asked to stand in say yes."""
    who, asked = samples.actor(email), account(email).memberships.get(accepted_on=None)
    with acting(who):
        role_actions.accept(asked.pk, who)


def test_who_is_named_from_elsewhere_reads_nothing_before_saying_yes() -> None:
    pool()
    away(AF, day(), day(1), ELSEWHERE, accepts=False)
    assert not may_act(ELSEWHERE, "GM1783")
    accept(ELSEWHERE)
    assert may_act(ELSEWHERE, "GM1783")


def test_who_is_asked_from_elsewhere_hears_it_and_the_work_of_who_is_away_comes_back() -> None:
    pool()
    who = samples.actor(AF)
    case = a_case(who)
    give_to(case, f"person:{who.account_id}")
    deputy: dict[str, Any] = {"first": day(), "last": day(1), "deputy_id": account(ELSEWHERE).pk}
    came = outcome(who, actions.enter_own, **deputy)
    assert {("absence.entered", ""), ("account.stand_in", "")} <= set(came.lines)
    assert came.told(ELSEWHERE)
    assert owners(who, code=case) == {"focal_point"}
    accept(ELSEWHERE)
    stands_in = account(ELSEWHERE)
    give_to(case, f"person:{stands_in.pk}")
    assert owners(who, code=case) == {stands_in.name}
    found = absence.absences(who.own_organisation)[0].id
    back = outcome(who, lambda *, actor: actions.end(found, actor=actor))
    assert ("absence.ended", "") in back.lines
    assert owners(who, code=case) == {"focal_point"}


def may_act(email: str, code: str) -> bool:
    """Return whether somebody can act for an organisation today: by the code, and by the database."""
    own = Organisation.objects.get(code=code).id
    actor = actor_for(account(email), chosen=str(own))
    with acting(Actor(account_id=actor.account_id, organisation_id=own)), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('sl.org') = %s", [str(own)])
        (by_database,) = cursor.fetchone()
    by_code = actor.organisation_id == own
    assert by_database == by_code
    return by_code


def test_who_leaves_or_does_no_cases_at_home_any_more_stands_in_nowhere() -> None:
    pool()
    keeper, elsewhere = samples.actor(OTHER_KEEPER), account(ELSEWHERE)
    role = elsewhere.memberships.get(agreement=None, role=Role.FOCAL_POINT).pk
    away(AF, day(), day(30), ELSEWHERE)
    assert may_act(ELSEWHERE, "GM1783")
    stands_in = elsewhere.memberships.exclude(agreement=None).filter(organisation__code="GM1783")
    with acting(keeper):
        role_actions.end_role(elsewhere.pk, role, until=day(3), actor=keeper)
    assert stands_in.get().until == day(3)
    assert may_act(ELSEWHERE, "GM1783")
    case, mine = a_case(samples.actor(DEPUTY)), samples.actor(DEPUTY)
    give_to(case, f"person:{elsewhere.pk}")
    with acting(keeper):
        role_actions.end_role(elsewhere.pk, role, until=None, actor=keeper)
    assert stands_in.get().until == day(-1)
    assert not may_act(ELSEWHERE, "GM1783")
    with acting(system_actor(mine.own_organisation)):
        lines = Event.objects.filter(organisation_id=mine.own_organisation, action="account.role_ended")
        assert [line.purpose for line in lines] == ["deputy", "deputy"]  # on a day, and now
    assert owners(mine, code=case) == {"focal_point"}


def test_who_keeps_a_role_at_home_that_ends_by_its_date_stands_in_no_longer_than_that() -> None:
    pool()
    keeper, elsewhere = samples.actor(OTHER_KEEPER), account(ELSEWHERE)
    role = elsewhere.memberships.get(agreement=None, role=Role.FOCAL_POINT)
    give(elsewhere.pk, role.organisation_id, Role.DEPUTY, until=day(5))
    away(AF, day(), day(30), ELSEWHERE)
    with acting(keeper):
        role_actions.end_role(elsewhere.pk, role.pk, until=None, actor=keeper)
    stands_in = elsewhere.memberships.exclude(agreement=None).get(organisation__code="GM1783")
    assert stands_in.until == day(5)
    assert may_act(ELSEWHERE, "GM1783")
    after = day(6)
    with patch.object(timezone, "localdate", lambda *_: after):
        assert not may_act(ELSEWHERE, "GM1783")


def test_nobody_is_named_for_longer_than_their_own_role_at_home() -> None:
    pool()
    keeper, elsewhere = samples.actor(OTHER_KEEPER), account(ELSEWHERE)
    role = elsewhere.memberships.get(agreement=None, role=Role.FOCAL_POINT).pk
    with acting(keeper):
        role_actions.end_role(elsewhere.pk, role, until=day(3), actor=keeper)
    with pytest.raises(DomainError, match="eigen rol"):
        away(AF, day(), day(4), ELSEWHERE)
    away(AF, day(), day(3), ELSEWHERE)
    assert may_act(ELSEWHERE, "GM1783")


def test_who_hands_all_over_and_leaves_reads_nothing_elsewhere() -> None:
    pool()
    away(AF, day(), day(30), ELSEWHERE)
    keeper, elsewhere = samples.actor("manager@denhaag.example"), account(ELSEWHERE)
    assert may_act(ELSEWHERE, "GM1783")
    with acting(keeper):
        hand_over(elsewhere.pk, to={}, rest=account("team.bos@denhaag.example").pk, actor=keeper)
    assert not may_act(ELSEWHERE, "GM1783")
    assert not account(ELSEWHERE).is_active


periods = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), min_size=1, max_size=5)


@settings(suppress_health_check=list(HealthCheck))
@given(periods, st.integers(-3, 90))
def test_access_exists_exactly_within_the_periods(spans: list[tuple[int, int]], asked: int) -> None:
    home = Organisation.objects.get(code="GM0518")
    westland = Organisation.objects.get(code="GM1783")
    agreement = agreements.make(
        reference="Z",
        since=BEGIN - timedelta(days=9),
        until=BEGIN + timedelta(days=99),
        asked=[home.id],
        agreed=[westland.id],
        account_id=account(KEEPER).pk,
    )
    person = Account.objects.create_user(f"{agreement}@denhaag.example", "Iemand")
    give(person.pk, home.pk, "deputy")
    for start, length in spans:
        first = BEGIN + timedelta(days=start)
        give(
            person.pk,
            westland.pk,
            "deputy",
            since=first,
            until=first + timedelta(days=length),
            home_id=home.pk,
            agreement_id=agreement,
        )
    noon = datetime.combine(BEGIN + timedelta(days=asked), time(12))
    with at(timezone.make_aware(noon)):
        expected = any(start <= asked <= start + length for start, length in spans)
        assert may_act(person.email, "GM1783") is expected
        assert may_act(person.email, "GM0518")


def test_the_day_after_the_session_reads_nothing_more(client_for: Callable[[str], Client]) -> None:
    pool()
    away(AF, day(), day(1), ELSEWHERE)
    westland = Organisation.objects.get(code="GM1783").id
    client = client_for(ELSEWHERE)
    assert client.post("/werk/account/organisatie/", {"organisation": str(westland)}).status_code == 302
    report, _receipt = samples.file_report(Organisation.objects.get(code="GM1783"))
    assert report in client.get("/werk/binnen/").text
    assert "Gemeente Westland, als vervanger" in client.get("/werk/").text
    assert client.session[MEMBERSHIP_KEY] == str(westland)
    after = day(2)
    with patch.object(timezone, "localdate", lambda *_: after):
        assert client.get(f"/werk/binnen/{report}/").status_code == 404
        assert report not in client.get("/werk/binnen/").text
        assert client.post("/werk/account/organisatie/", {"organisation": str(westland)}).status_code == 404


def test_the_log_names_for_whom_they_acted_and_from_where() -> None:
    pool()
    away(AF, day(), day(1), ELSEWHERE)
    westland, home = (Organisation.objects.get(code=code).id for code in ("GM1783", "GM0518"))
    actor = actor_for(account(ELSEWHERE), chosen=str(westland))
    assert actor.stands_in_from == home
    with acting(actor):
        record(actor=actor, action="case.list", activity="casus")
        line = Event.objects.get(action="case.list", account=actor.account_id)
        assert (line.organisation_id, line.stands_in_from) == (westland, home)
        assert is_authentic(line)
        line.stands_in_from = None
        assert not is_authentic(line)


def test_who_looked_says_so_in_words(client_for: Callable[[str], Client]) -> None:
    pool()
    away(AF, day(), day(1), ELSEWHERE)
    client = client_for(ELSEWHERE)
    client.post(
        "/werk/account/organisatie/", {"organisation": str(Organisation.objects.get(code="GM1783").id)}
    )
    client.get("/werk/binnen/")
    text = client_for("fg@westland.example").get("/werk/wie-keek/").text
    assert "Thijs van Rooden, als vervanger vanuit Gemeente &#x27;s-Gravenhage" in text


def test_without_the_agreement_of_both_nobody_stands_in() -> None:
    with pytest.raises(DomainError):
        away(AF, day(), day(1), ELSEWHERE)
    pool_id = pool(agreed=False)
    with pytest.raises(DomainError):
        away(AF, day(), day(1), ELSEWHERE)
    stranger = samples.actor("beheer@leiden.example")
    with pytest.raises(Absent), acting(stranger):
        agreements.agree_to_pool(pool_id, actor=stranger)
    assert PoolMember.objects.filter(agreement_id=pool_id, agreed_on__isnull=False).count() == 1


def test_the_agreement_covers_all_the_days() -> None:
    pool(until=day(3))
    away(AF, day(), day(3), ELSEWHERE)
    with pytest.raises(DomainError):
        away(DEPUTY, day(), day(4), ELSEWHERE)


def test_who_leaves_the_pool_ends_who_stands_in() -> None:
    pool_id = pool()
    away(AF, day(), day(9), ELSEWHERE)
    assert may_act(ELSEWHERE, "GM1783")
    other = samples.actor(OTHER_KEEPER)
    left = outcome(other, lambda *, actor: agreements.leave_pool(pool_id, actor=actor))
    assert left.lines == (("pool.left", ""),)
    assert not may_act(ELSEWHERE, "GM1783")


def test_back_sooner_the_stand_in_ends_too() -> None:
    pool()
    away(AF, day(), day(9), ELSEWHERE)
    who = samples.actor(AF)
    with acting(who):
        actions.end(absence.absences(who.own_organisation)[0].id, actor=who)
    assert not may_act(ELSEWHERE, "GM1783")
    assert Absence.objects.count() == 0


@pytest.mark.parametrize(
    ("first", "last"), [(2, 1), (-3, -1), (0, 400)], ids=["turned round", "over", "longer than a year"]
)
def test_days_that_cannot_be(first: int, last: int) -> None:
    with pytest.raises(DomainError):
        away(AF, day(first), day(last))


def test_the_same_days_twice_are_refused() -> None:
    away(AF, day(1), day(5))
    with pytest.raises(DomainError):
        away(AF, day(5), day(9))


def test_the_manager_enters_it_for_somebody_ill_and_others_do_not() -> None:
    away(AF, day(), day(3), DEPUTY, by=MANAGER)
    (ill,) = [each for each in colleagues(samples.actor(AF).own_organisation) if each.name == "Noor de Bruin"]
    assert (ill.away_until, ill.replaced_by) == (day(3), "Samira Haddou")
    who, absent = (
        samples.actor("melder@westland.example"),
        absence.absences(samples.actor(AF).own_organisation),
    )
    with pytest.raises(Refused), acting(who):
        actions.end(absent[0].id, actor=who)
    with pytest.raises(Refused):
        away(AF, day(9), day(10), by=DEPUTY)


def test_two_clocks_agree_at_midnight() -> None:
    pool()
    away(AF, day(), day(), ELSEWHERE)
    tomorrow = day(1)
    with patch.object(timezone, "localdate", lambda *_: tomorrow):
        assert not may_act(ELSEWHERE, "GM1783")
