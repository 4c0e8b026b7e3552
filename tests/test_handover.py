"""Somebody leaves: all open work passes in one act that is never partial, and nobody leaves with any."""

import re
import threading
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from psycopg import sql

from sluitend.demo import embedded
from sluitend.journeys.administration.actions import handover as actions
from sluitend.journeys.administration.actions.grants import end_membership, yesterday
from sluitend.journeys.cases.models import Case
from sluitend.kernel.access.acting import Actor, acting, actor_for, system_actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError, Refused
from sluitend.kernel.followup.actions import settle
from sluitend.kernel.followup.escalation import escalate
from sluitend.kernel.followup.handover import held_by, say_returned
from sluitend.kernel.followup.models import Assignment, NextStep
from sluitend.kernel.followup.queries import open_steps
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Absence, Account, Membership, Organisation
from tests import samples
from tests.reading import as_read
from tests.roles import give as give_role
from tests.teaming import AF, DEPUTY, MANAGER, a_case, give, make_team, open_step, owners

ADMINISTRATOR = "beheer@westland.example"
LOCKS = re.compile(r" FOR (NO KEY )?(UPDATE|SHARE)")
ClientFor = Callable[[str], Client]


def on_the_name_of_noor(number: int = 2) -> list[str]:
    """Make cases of the focal point, by name."""
    who = samples.actor(AF)
    codes = [a_case(who) for _each in range(number)]
    for code in codes:
        give(code, f"person:{who.account_id}")
    return codes


def hand_over(by: str = ADMINISTRATOR, **changes: Any) -> None:
    """Let everything of the focal point go to the deputy."""
    actor, leaves, new = samples.actor(by), samples.actor(AF), samples.actor(DEPUTY).own_account
    with acting(actor):
        steps = [each.id for each in held_by(leaves.own_account, actor)]
        values: dict[str, Any] = {"to": dict.fromkeys(steps, new), "rest": new, **changes}
        actions.hand_over(leaves.own_account, actor=actor, **values)


def membership(email: str = AF) -> Membership:
    """Return the role of somebody."""
    return Membership.objects.get(account__email=email)


def test_everything_passes_in_one_act_and_access_ends(db: None, client_for: ClientFor) -> None:
    codes, session = on_the_name_of_noor(), client_for(AF)
    assert session.get("/werk/").status_code == 200
    hand_over()
    assert owners(samples.actor(DEPUTY), code__in=codes) == {"Samira Haddou"}
    with acting(samples.actor(DEPUTY)):
        assert set(Case.objects.values_list("owner__name", flat=True)) == {"Samira Haddou"}
    assert session.get("/werk/").status_code == 302
    assert actor_for(Account.objects.get(email=AF)).roles == frozenset()


def test_each_row_can_go_to_another(db: None) -> None:
    first, second = on_the_name_of_noor()
    give_role(Account.objects.get(email=MANAGER).pk, Organisation.objects.get(code="GM1783").pk, "deputy")
    boss = Account.objects.get(email=MANAGER).pk
    actor, leaves, new = samples.actor(ADMINISTRATOR), samples.actor(AF), samples.actor(DEPUTY)
    with acting(actor):
        to = {each.id: new.own_account for each in held_by(leaves.own_account, actor)}
        to[open_step(leaves, first).pk] = boss
        actions.hand_over(leaves.own_account, to=to, rest=new.own_account, actor=actor)
    assert owners(new, code=first) == {"Wim Kester"}
    assert owners(new, code=second) == {"Samira Haddou"}


def test_it_refuses_to_be_partial(db: None) -> None:
    codes = on_the_name_of_noor()
    who = samples.actor(AF)
    one = open_step(who, codes[0]).pk
    new = samples.actor(DEPUTY).own_account
    with pytest.raises(Conflict):
        hand_over(to={one: new})
    with pytest.raises(DomainError):
        hand_over(rest=None)
    with pytest.raises(DomainError):
        hand_over(rest=samples.actor("melder@westland.example").own_account)
    assert owners(who, code__in=codes) == {"Noor de Bruin"}
    assert membership().until is None


@pytest.mark.parametrize("by", ["vervanger@westland.example", "melder@westland.example"])
def test_others_do_not_hand_over(db: None, by: str) -> None:
    with pytest.raises(Refused):
        hand_over(by=by)


def test_an_administrator_elsewhere_finds_nobody(db: None) -> None:
    on_the_name_of_noor(1)
    with pytest.raises(Absent):
        hand_over(by="beheer@denhaag.example", to={})


def test_nobody_leaves_with_work_in_hand(db: None, client_for: ClientFor) -> None:
    on_the_name_of_noor(1)
    with pytest.raises(IntegrityError), acting(samples.actor(ADMINISTRATOR)):
        end_membership(membership().pk, until=yesterday())
    page = f"/werk/beheer/mensen/{membership().account_id}/"
    client_for(ADMINISTRATOR).post(page, {"do": "end", "membership": str(membership().pk)})
    assert membership().until == yesterday()
    with acting(samples.actor(ADMINISTRATOR)):
        assert held_by(membership().account_id, samples.actor(ADMINISTRATOR)) == []


def test_a_step_is_planned_for_nobody_who_left(db: None) -> None:
    on_the_name_of_noor(1)
    who = samples.actor(DEPUTY)
    case = a_case(who)
    hand_over()
    left = Account.objects.get(email=AF)
    with pytest.raises(IntegrityError), acting(who):
        NextStep.objects.filter(code=case).update(owner=left, owner_role="")


def test_what_somebody_without_a_role_still_has_is_found(own_database: str, server: embedded.Server) -> None:
    (code,), who = on_the_name_of_noor(1), samples.actor(AF)
    with psycopg.connect(server.url("sl_admin", own_database), autocommit=True) as admin:
        admin.execute("ALTER TABLE organisations_membership DISABLE TRIGGER followup_hands_over")
        admin.execute(
            "UPDATE organisations_membership SET until = current_date - 3 WHERE account_id = %s",
            [who.account_id],
        )
    with acting(system_actor(who.own_organisation)) as system:
        escalate(system, timezone.now())
    assert owners(samples.actor(DEPUTY), code=code) == {"focal_point"}


def test_what_came_from_a_team_goes_back_to_it(own_database: str, server: embedded.Server) -> None:
    team, who = make_team(), samples.actor(AF)
    case = a_case(who)
    give(case, f"team:{team.pk}")
    give(case, f"person:{who.account_id}")
    with psycopg.connect(server.url("sl_admin", own_database), autocommit=True) as admin:
        admin.execute("UPDATE organisations_account SET is_active = false WHERE id = %s", [who.account_id])
    with acting(system_actor(who.own_organisation)) as system:
        escalate(system, timezone.now())
    assert owners(samples.actor(DEPUTY), code=case) == {"Team Kust"}


def come_back() -> None:
    """Let the focal point have the role again. Who opens again has none, so that one comes after."""
    if (row := membership()).until is not None:
        Account.objects.filter(email=AF).update(is_active=True)
        give_role(row.account_id, row.organisation_id, row.role)


def together(*deeds: Callable[[], None]) -> list[BaseException]:
    """Do these in threads; return what broke that was no answer to a person."""
    broken: list[BaseException] = []

    def run(deed: Callable[[], None]) -> None:
        try:
            deed()
        except DomainError:
            pass
        except BaseException as error:  # noqa: BLE001  (kept for the assertion)
            broken.append(error)
        connections.close_all()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return broken


@pytest.mark.parametrize("held", [False, True], ids=["at once", "when all is in hand"])
def test_what_comes_in_at_that_moment_is_never_orphaned(
    own_database: str, monkeypatch: pytest.MonkeyPatch, held: bool
) -> None:
    start = threading.Barrier(2, timeout=60)

    def once_all_is_in_hand() -> None:
        start.wait()
        settle()

    if held:
        monkeypatch.setattr(actions, "settle", once_all_is_in_hand)
    for _round in range(4):
        come_back()
        (code,), colleague = on_the_name_of_noor(1), samples.actor(DEPUTY)

        def leaves() -> None:
            if not held:
                start.wait()
            hand_over()

        def works(code: str = code, colleague: Actor = colleague) -> None:
            start.wait()
            samples.weigh(code, colleague)

        assert together(leaves, works) == []
        left = membership().until is not None
        assert left or not held
        assert owners(colleague, code=code) == ({"Samira Haddou"} if left else {"Noor de Bruin"})


def test_it_waits_for_nobody_who_is_at_work_on_it(own_database: str, server: embedded.Server) -> None:
    (code,), who = on_the_name_of_noor(1), samples.actor(AF)
    with acting(who):
        held = [
            ("followup_nextstep", NextStep.objects.get(code=code, owner__email=AF).pk),
            ("followup_assignment", Assignment.objects.get(account__email=AF).pk),
            ("cases_case", Case.objects.get(code=code).pk),
        ]
    for table, row in held:
        with psycopg.connect(server.url("sl_admin", own_database)) as colleague:
            colleague.execute(
                sql.SQL("SELECT FROM {} WHERE id = %s FOR UPDATE").format(sql.Identifier(table)), [row]
            )
            with pytest.raises(Conflict):
                hand_over()
        assert owners(who, code=code) == {"Noor de Bruin"}
    with CaptureQueriesContext(connection) as statements:
        hand_over()
    taken = [each["sql"] for each in statements if LOCKS.search(each["sql"])]
    assert len(taken) > 3
    # The roles of who leaves, before all else.
    assert [each for each in taken if "NOWAIT" not in each] == taken[:1]
    assert owners(samples.actor(DEPUTY), code=code) == {"Samira Haddou"}


def test_the_page(db: None, client_for: ClientFor) -> None:
    (code,), client = on_the_name_of_noor(1), client_for(ADMINISTRATOR)
    leaves = Account.objects.get(email=AF).pk
    page = f"/werk/beheer/mensen/{leaves}/overdracht/"
    text = client.get(page).text
    assert code in text
    assert samples.PLANT not in text
    step, new = str(open_step(samples.actor(AF), code).pk), str(Account.objects.get(email=DEPUTY).pk)
    assert client.post(page, {"step": step}).status_code == 422
    assert client.post(page, {"rest": new}).status_code == 422
    assert client.post(page, {"step": step, "rest": str(leaves)}).status_code == 404
    assert client.post(page, {"step": step, "rest": new}).status_code == 302
    assert client.get(page).status_code == 404
    assert client_for("beheer@denhaag.example").get(page).status_code == 404


def in_queue(*members: str) -> str:
    """Put a case in the queue of a team with these people, and return its code."""
    team, case = make_team(members=members), a_case(samples.actor(AF))
    give(case, f"team:{team.pk}")
    return case


def seen_by(who: Actor) -> set[str]:
    """Return the codes of what waits for somebody, with their roles and teams."""
    with acting(who):
        return {each.code for each in open_steps(who)}


def test_the_queue_of_a_team_in_which_nobody_is_left_goes_to_the_role(
    db: None, client_for: ClientFor
) -> None:
    case, client = in_queue(AF), client_for(ADMINISTRATOR)
    page = f"/werk/beheer/mensen/{samples.actor(AF).account_id}/overdracht/"
    text = as_read(client.get(page).text)
    assert "In Team Kust is dan niemand meer. De stap die daar ligt, gaat naar iedereen met de rol." in text
    hand_over()
    deputy = samples.actor(DEPUTY)
    assert owners(deputy, code=case) == {"focal_point"}
    assert case in seen_by(deputy)
    with acting(deputy):
        assert not Assignment.objects.exists()


def test_a_queue_in_which_somebody_is_left_stays(db: None, client_for: ClientFor) -> None:
    case, client = in_queue(AF, DEPUTY), client_for(ADMINISTRATOR)
    page = f"/werk/beheer/mensen/{samples.actor(AF).account_id}/overdracht/"
    assert "is dan niemand meer" not in client.get(page).text
    hand_over()
    assert owners(samples.actor(DEPUTY), code=case) == {"Team Kust"}


def test_a_queue_that_was_left_by_nobodys_doing_is_found(db: None) -> None:
    case, who = in_queue(DEPUTY), samples.actor(AF)
    with acting(system_actor(who.own_organisation)) as system:
        escalate(system, timezone.now())
    assert owners(who, code=case) == {"Team Kust"}
    away(DEPUTY)
    with acting(system_actor(who.own_organisation)) as system:
        escalate(system, timezone.now())
    assert owners(who, code=case) == {"focal_point"}
    assert case in seen_by(who)
    with acting(who):
        lines = Event.objects.filter(action="step.assign", purpose="released")
        assert [(line.account, line.subject_kind) for line in lines] == [(None, "matter")]


def test_whose_account_is_closed_leaves_no_queue_behind(db: None, client_for: ClientFor) -> None:
    case, role = in_queue(AF), membership()
    page = f"/werk/beheer/mensen/{role.account_id}/"
    client_for(ADMINISTRATOR).post(page, {"do": "end", "membership": str(role.pk)})
    assert owners(samples.actor(DEPUTY), code=case) == {"focal_point"}


def test_it_waits_for_nobody_who_takes_from_the_queue(own_database: str, server: embedded.Server) -> None:
    case, who = in_queue(AF), samples.actor(AF)
    with acting(who):
        held = [
            ("followup_assignment", Assignment.objects.first()),
            ("followup_nextstep", NextStep.objects.get(code=case, team__isnull=False)),
        ]
    for table, row in held:
        assert row is not None
        with psycopg.connect(server.url("sl_admin", own_database)) as colleague:
            colleague.execute(
                sql.SQL("SELECT FROM {} WHERE id = %s FOR UPDATE").format(sql.Identifier(table)), [row.pk]
            )
            with pytest.raises(Conflict):
                hand_over()
        assert owners(who, code=case) == {"Team Kust"}


def away(email: str) -> None:
    """Let somebody be away today, and nobody stand in."""
    account, today = Account.objects.get(email=email), timezone.localdate()
    town = Organisation.objects.get(code="GM1783")
    Absence.objects.create(organisation=town, account=account, first=today, last=today)


def test_no_step_is_made_that_nobody_at_a_partner_could_see(db: None) -> None:
    who = samples.actor("nla@arbeidsinspectie.example")
    with acting(system_actor(who.own_organisation)) as system:
        assert say_returned(who.own_account, system) == set()
        assert not NextStep.objects.filter(subject_id=who.own_account).exists()
