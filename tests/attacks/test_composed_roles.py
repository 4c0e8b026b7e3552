"""What somebody reaches in ten steps with the powers they have: one function a row of the threat model.

Page by page everything may be right while a few steps together read a case. Each walk begins with what an
account can do, takes the steps by the pages or as the role of the web itself, and must not reach what it
is after.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from sluitend.journeys.administration.actions import grants
from sluitend.journeys.administration.jobs import tell_former
from sluitend.journeys.administration.queries import roles
from sluitend.kernel.access.acting import Actor, acting, actor_for, set_acting, system_actor
from sluitend.kernel.followup.journey import CONFIRM_ROLE
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import (
    CONFIRMERS,
    CONTENT_ROLES,
    NEEDS_SECOND,
    Account,
    Invitation,
    Membership,
    Organisation,
    Role,
)
from tests import samples, tiers
from tests.roles import days_pass, give

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
ADMINISTRATOR, PRIVACY, MANAGER = (f"{name}@westland.example" for name in ("beheer", "fg", "manager"))
AF = "af@westland.example"
PEOPLE, WHO_MAY, OWN_ROLES = "/werk/beheer/mensen/", "/werk/wie-mag-wat/", "/account/rollen/"
PUPPETS = ("een@eigen.example", "twee@eigen.example")


def town(code: str = "GM1783") -> Organisation:
    return Organisation.objects.get(code=code)


def account(email: str) -> Account:
    return Account.objects.get(email=email)


def offers(client: Client, email: str, role: str) -> UUID | None:
    """Let an administrator offer somebody a role by the page; return the role when there is one."""
    client.post(PEOPLE, {"name": "Eigen Pop", "email": email, "role": role})
    return pending(email, role)


def pending(email: str, role: str) -> UUID | None:
    rows = Membership.objects.filter(account__email=email, role=role)
    return rows.values_list("pk", flat=True).first()


def tries_to_let_in(client: Client) -> None:
    """Press every button on every role that exists, on the three pages that have one."""
    for each in Membership.objects.filter(account__email__in=PUPPETS).values_list("account_id", "pk"):
        for do in ("confirm", "accept"):
            client.post(WHO_MAY, {"do": do, "membership": str(each[1])})
            client.post(OWN_ROLES, {"do": do, "membership": str(each[1])})
        for do in ("role", "open", "again"):
            client.post(f"{PEOPLE}{each[0]}/", {"do": do, "role": "focal_point"})


def reads(client: Client, case: str) -> bool:
    """Return whether somebody gets to see a case, or what comes in."""
    pages = (f"/werk/casussen/{case}/", "/werk/casussen/", "/werk/binnen/")
    return any(client.get(page).status_code == 200 for page in pages)


def test_the_administrator_reads_no_case_in_ten_steps(client_for: ClientFor) -> None:
    case = samples.whole_route().case
    me = client_for(ADMINISTRATOR)
    for email in PUPPETS:
        for role in Role:
            offers(me, email, role)
    mine = [client_for(email) for email in PUPPETS]
    for _round in range(2):
        for each in (me, *mine):
            tries_to_let_in(each)
    assert not any(reads(each, case) for each in (me, *mine))
    with acting(system_actor(town().id)):
        asked = NextStep.objects.filter(what=CONFIRM_ROLE, done__isnull=True)
        assert {step.owner_role for step in asked} == {Role.PRIVACY_OFFICER}
        assert Event.objects.filter(action="account.role_offered", purpose="focal_point").exists()


@pytest.mark.parametrize("puppet", [Role.MANAGER, Role.PRIVACY_OFFICER, Role.FOCAL_POINT])
def test_a_puppet_who_was_let_in_lets_nobody_in(client_for: ClientFor, puppet: Role) -> None:
    """Even one whom a colleague believed does not confirm what the same administrator offers."""
    case = samples.whole_route().case
    me, (first, second) = client_for(ADMINISTRATOR), PUPPETS
    role = offers(me, first, puppet)
    offers(me, second, Role.DEPUTY)
    tries_to_let_in(client_for(first))
    assert not reads(client_for(second), case)
    client_for(PRIVACY).post(WHO_MAY, {"do": "confirm", "membership": str(role)})
    assert account(first).memberships.valid().exists()
    tries_to_let_in(client_for(first))
    assert not reads(client_for(second), case)


def test_the_administrator_takes_no_account_by_inviting_it_anew(client_for: ClientFor) -> None:
    """The words alone open nothing; the link goes to the owner's mail, and the old password keeps working."""
    person, me = account(AF), client_for(ADMINISTRATOR)
    before = person.password
    words = me.post(f"{PEOPLE}{person.pk}/", {"do": "again"}).context["words"]
    for link in (words, str(person.pk), "x:y"):
        me.post(
            f"/uitnodiging/{link}/",
            {"words": words, "password1": "fiets regen tulpenbol", "password2": "fiets regen tulpenbol"},
        )
    assert account(AF).password == before


def test_what_another_confirmed_works(client_for: ClientFor) -> None:
    case = samples.whole_route().case
    role = offers(client_for(ADMINISTRATOR), PUPPETS[0], Role.DEPUTY)
    page = client_for(PRIVACY).get(WHO_MAY).text
    assert "Bevestig deze rol" in page
    assert "Ravi Sital" in page
    client_for(PRIVACY).post(WHO_MAY, {"do": "confirm", "membership": str(role)})
    assert client_for(PUPPETS[0]).get(f"/werk/casussen/{case}/").status_code == 200
    with acting(system_actor(town().id)):
        assert not NextStep.objects.filter(what=CONFIRM_ROLE, done__isnull=True).exists()
    assert "Rol bevestigd: Vervanger" in client_for(PRIVACY).get("/werk/wie-keek/").text


def test_to_offer_a_role_that_still_holds_takes_it_from_nobody(client_for: ClientFor) -> None:
    person, until = account(AF), timezone.localdate() + timedelta(days=20)
    role = person.memberships.get(role=Role.FOCAL_POINT).pk
    me = client_for(ADMINISTRATOR)
    grants.end_membership(role, until=until)
    assert me.post(f"{PEOPLE}{person.pk}/", {"do": "role", "role": Role.FOCAL_POINT}).status_code == 302
    assert Membership.objects.valid().filter(pk=role, until=until).exists()


def test_what_was_refused_never_works(client_for: ClientFor) -> None:
    role = offers(client_for(ADMINISTRATOR), PUPPETS[0], Role.DEPUTY)
    client_for(PRIVACY).post(WHO_MAY, {"do": "refuse", "membership": str(role)})
    assert client_for(PRIVACY).post(WHO_MAY, {"do": "confirm", "membership": str(role)}).status_code == 404
    assert not account(PUPPETS[0]).memberships.unended().exists()


def test_the_regions_administrator_lets_nobody_in_elsewhere(client_for: ClientFor) -> None:
    case = samples.whole_route().case
    bureau, me = Organisation.objects.get(code="rsiv"), "regio@rsiv.example"
    give(account(me).pk, bureau.pk, Role.ADMINISTRATOR)
    client = client_for(me)
    own = f"/werk/beheer/organisaties/{town().id}/"
    values = {"do": "first", "name": "Eigen Pop", "email": PUPPETS[0]}
    assert client.post(own, values).status_code == 404
    assert client.post(f"{PEOPLE}{account(AF).pk}/", {"do": "again"}).status_code == 404
    assert client.post(f"{PEOPLE}{account(AF).pk}/", {"do": "close"}).status_code == 404
    puppet = Account.objects.create_user(PUPPETS[0], "Eigen Pop")
    for role in Role:
        with as_role(account(me).pk, bureau.pk), suppress(grants.NotAllowed):
            grants.offer(puppet.pk, organisation_id=town().pk, role=role, by=account(me).pk)
    assert not puppet.memberships.exists()
    assert not reads(client_for(PUPPETS[0]), case)


def test_the_first_of_a_municipality_needs_an_independent_second(client_for: ClientFor) -> None:
    """The region's administrator offers the first administrator; no puppet confirms what follows."""
    bureau, delft = Organisation.objects.get(code="rsiv"), town("GM0503")
    me, other = "regio@rsiv.example", "handboek@rsiv.example"
    give(account(me).pk, bureau.pk, Role.ADMINISTRATOR)
    client_for(me).post(
        f"/werk/beheer/organisaties/{delft.id}/", {"do": "first", "name": "Eigen Pop", "email": PUPPETS[0]}
    )
    assert [str(each.role) for each in account(PUPPETS[0]).memberships.valid()] == ["administrator"]
    offers(client_for(me), "drie@eigen.example", Role.ADMINISTRATOR)
    offers(client_for(PUPPETS[0]), "vier@eigen.example", Role.FOCAL_POINT)
    assert not Account.objects.filter(email="vier@eigen.example").exists(), "nobody could confirm it"
    give(account(other).pk, bureau.pk, Role.ADMINISTRATOR)
    manager = offers(client_for(PUPPETS[0]), PUPPETS[1], Role.MANAGER)
    for each in (me, "drie@eigen.example", *PUPPETS):
        client_for(each).post(WHO_MAY, {"do": "confirm", "membership": str(manager)})
        assert not account(PUPPETS[1]).memberships.valid().exists()
    assert "Bevestig deze rol" in client_for(other).get(WHO_MAY).text
    client_for(other).post(WHO_MAY, {"do": "confirm", "membership": str(manager)})
    assert account(PUPPETS[1]).memberships.valid().exists()
    # From then on it is for the municipality itself.
    focal = offers(client_for(PUPPETS[0]), "vijf@eigen.example", Role.FOCAL_POINT)
    assert [each.account_id for each in roles.confirmers(focal or UUID(int=1))] == [account(PUPPETS[1]).pk]


CONFIRMS = (AF, MANAGER, PRIVACY)


def all_go(me: Client, how: str) -> None:
    """Let an administrator close or end everybody who could confirm; of who has several roles, each."""
    places = Membership.objects.filter(organisation=town(), role__in=CONFIRMERS).unended()
    for row in places:
        me.post(f"{PEOPLE}{row.account_id}/", {"do": how, "membership": str(row.pk), "until": ""})
    assert not Membership.objects.valid().filter(
        organisation=town(), role__in=CONFIRMERS, account__is_active=True
    )


@pytest.mark.parametrize("how", ["close", "end"])
def test_who_removes_all_who_confirm_is_not_at_the_first_again(client_for: ClientFor, how: str) -> None:
    """The region confirms a next one after a week, in which those who were there hear of it."""
    region = "regio@rsiv.example"
    give(account(region).pk, Organisation.objects.get(code="rsiv").pk, Role.ADMINISTRATOR)
    me, other = client_for(ADMINISTRATOR), client_for(region)
    early = offers(me, "vroeg@eigen.example", Role.MANAGER)
    all_go(me, how)
    # Not what was offered before they went, nor on that day; and offered anew they are no first either.
    assert roles.confirmers(early or UUID(int=1)) == []
    assert offers(me, PUPPETS[0], Role.PRIVACY_OFFICER) is None
    if how == "end":
        assert offers(me, PRIVACY, Role.PRIVACY_OFFICER)
        assert Membership.objects.get(account__email=PRIVACY).until == grants.yesterday()
    days_pass(town().pk, 1)
    role = offers(me, PUPPETS[0], Role.PRIVACY_OFFICER)
    assert role
    page = other.get(WHO_MAY).text
    assert "Dit is niet de eerste" in page
    assert "Ravi Sital" in page
    assert all(account(email).name in page for email in CONFIRMS)
    assert "Bevestigen kan vanaf" in page
    assert "Bevestig deze rol" not in page
    assert other.post(WHO_MAY, {"do": "confirm", "membership": str(role)}).status_code == 404
    tell_former([str(role)])
    assert {to for each in mail.outbox for to in each.to} >= set(CONFIRMS)
    assert "Gemeente Westland" in mail.outbox[-1].body
    days_pass(town().pk, 6)
    assert other.post(WHO_MAY, {"do": "confirm", "membership": str(role)}).status_code == 404
    days_pass(town().pk, 1)
    assert "Bevestig deze rol" in other.get(WHO_MAY).text
    other.post(WHO_MAY, {"do": "confirm", "membership": str(role)})
    assert account(PUPPETS[0]).memberships.valid().exists()


def test_the_region_may_refuse_in_that_week(client_for: ClientFor) -> None:
    region = "regio@rsiv.example"
    give(account(region).pk, Organisation.objects.get(code="rsiv").pk, Role.ADMINISTRATOR)
    me = client_for(ADMINISTRATOR)
    all_go(me, "close")
    days_pass(town().pk, 1)
    role = offers(me, PUPPETS[0], Role.MANAGER)
    assert client_for(region).post(WHO_MAY, {"do": "refuse", "membership": str(role)}).status_code == 302
    assert not account(PUPPETS[0]).memberships.unended().exists()


def test_the_database_keeps_the_week_and_the_history(client_for: ClientFor) -> None:
    """Past the pages, as two people after each other: the functions themselves refuse."""
    region, bureau = "regio@rsiv.example", Organisation.objects.get(code="rsiv")
    give(account(region).pk, bureau.pk, Role.ADMINISTRATOR)
    all_go(client_for(ADMINISTRATOR), "end")
    boss, officer = account(ADMINISTRATOR).pk, account(PRIVACY).pk
    days_pass(town().pk, 1)
    for _again in range(2):
        with as_role(boss, town().pk):
            role = grants.offer(officer, organisation_id=town().pk, role=Role.PRIVACY_OFFICER, by=boss)
            assert {each.account_id for each in roles.former([town().pk])} >= {
                account(e).pk for e in CONFIRMS
            }
        with as_role(account(region).pk, bureau.pk), pytest.raises(grants.NotAllowed):
            grants.confirm(role, by=account(region).pk)
        with as_role(boss, town().pk):
            grants.end_membership(role, until=grants.yesterday())


def test_an_account_that_opens_again_has_no_role(client_for: ClientFor) -> None:
    """One person would otherwise close a colleague, and let whom they like come in with the old role."""
    case, me = samples.whole_route().case, client_for(ADMINISTRATOR)
    person = f"{PEOPLE}{account(AF).pk}/"
    me.post(person, {"do": "close"})
    me.post(person, {"do": "open"})
    assert account(AF).is_active
    assert not account(AF).memberships.unended().exists()
    assert not reads(client_for(AF), case)
    me.post(person, {"do": "role", "role": Role.FOCAL_POINT})
    assert not reads(client_for(AF), case)
    role = pending(AF, Role.FOCAL_POINT)
    client_for(PRIVACY).post(WHO_MAY, {"do": "confirm", "membership": str(role)})
    assert reads(client_for(AF), case)


def test_sql_that_opens_an_account_brings_no_role_back() -> None:
    """Nor what was offered while it was closed, nor a role that SQL left when it closed."""
    for active in (False, True):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE organisations_account SET is_active = %s WHERE email = %s", [active, AF])
        assert not account(AF).memberships.unended().exists()
    assert not actor_for(account(AF)).roles


def test_a_foreign_administrator_takes_no_working_place(client_for: ClientFor) -> None:
    foreign = client_for("beheer@denhaag.example")
    for role in (Role.REPORTER, Role.MANAGER, Role.ADMINISTRATOR):
        offers(foreign, AF, role)
    assert actor_for(account(AF)).organisation_name == "Gemeente Westland"
    page = f"{PEOPLE}{account(AF).pk}/"
    assert foreign.post(page, {"do": "close"}).status_code == 404
    # As of somebody new: the answer does not tell that she has an account, and nothing of hers changes.
    foreign.post(page, {"do": "again"})
    assert not Invitation.objects.exists()
    here = pending(AF, Role.REPORTER)
    assert "Gemeente &#x27;s-Gravenhage" in client_for(AF).get(OWN_ROLES).text
    client_for(AF).post(OWN_ROLES, {"do": "accept", "membership": str(here)})
    assert actor_for(account(AF)).organisation_name == "Gemeente Westland"
    assert client_for(ADMINISTRATOR).post(page, {"do": "close"}).status_code == 302
    assert not account(AF).is_active


@pytest.mark.parametrize(
    "statement",
    [
        """INSERT INTO organisations_membership (id, account_id, organisation_id, role, reporter_role,
        accepted_on, confirmed_by, confirmed_on) SELECT gen_random_uuid(), account_id, organisation_id,
        'deputy', '', current_date, gen_random_uuid(), current_date FROM organisations_membership
        WHERE id = %s""",
        """UPDATE organisations_membership SET confirmed_by = gen_random_uuid(), confirmed_on = current_date
        WHERE id = %s""",
        "UPDATE organisations_membership SET accepted_on = current_date WHERE id = %s",
        "UPDATE organisations_membership SET role = 'focal_point' WHERE id = %s",
        "UPDATE organisations_membership SET organisation_id = organisation_id WHERE id = %s",
        "UPDATE organisations_membership SET until = current_date + 900 WHERE id = %s",
        "UPDATE organisations_membership SET until = NULL WHERE id = %s",
        "UPDATE organisations_membership SET longer_until = current_date + 900 WHERE id = %s",
        "UPDATE organisations_membership SET longer_on = current_date WHERE id = %s",
        "SELECT role_longer(%s, current_date + 900)",
        "SELECT role_not_longer(%s)",
        "DELETE FROM organisations_membership WHERE id = %s",
        """UPDATE organisations_account SET home_id = NULL
        WHERE id = (SELECT account_id FROM organisations_membership WHERE id = %s)""",
    ],
)
def test_the_role_of_the_web_writes_no_role(statement: str) -> None:
    member = Membership.objects.get(account__email=MANAGER)
    grants.end_membership(member.pk, until=timezone.localdate())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [member.pk])


def test_who_lets_people_in_reads_nothing_and_who_looks_does_no_cases(client_for: ClientFor) -> None:
    me = client_for(ADMINISTRATOR)
    for email, role in ((AF, Role.PRIVACY_OFFICER), (PRIVACY, Role.DEPUTY), (AF, Role.ADMINISTRATOR)):
        answer = me.post(PEOPLE, {"name": "X", "email": email, "role": role})
        assert "gaan niet samen" in answer.text
        assert pending(email, role) is None


def test_code_and_database_agree_on_which_roles_need_a_second() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT r FROM unnest(%s::text[]) r WHERE role_needs_second(r)", [list(Role)])
        assert {Role(row[0]) for row in cursor.fetchall()} == NEEDS_SECOND
    assert CONTENT_ROLES < NEEDS_SECOND


@contextmanager
def as_role(account_id: UUID, organisation_id: UUID) -> Iterator[None]:
    """Act for an organisation as somebody, and as nobody afterwards."""
    set_acting(Actor(account_id=account_id, organisation_id=organisation_id))
    try:
        yield
    finally:
        set_acting(Actor())


class OnePersonWithThree(RuleBasedStateMachine):
    """Somebody who keeps an administrator and two accounts of their own, and calls what the web may call."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.place = town().pk
        own = [Account.objects.create_user(f"pop{number}@eigen.example", "Pop") for number in range(2)]
        self.mine = [account(ADMINISTRATOR).pk, *(each.pk for each in own)]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def rows(self) -> list[UUID]:
        return list(
            Membership.objects.filter(account_id__in=self.mine).order_by("id").values_list("pk", flat=True)
        )

    def tried(self, who: int, step: Callable[[], object]) -> None:
        refused = suppress(grants.NotAllowed, grants.Clash, DatabaseError)
        with as_role(self.mine[who], self.place), refused, transaction.atomic():
            step()

    @rule(
        who=st.integers(0, 2),
        to=st.integers(0, 2),
        role=st.sampled_from(list(Role)),
        days=st.integers(0, 3),
    )
    def offer(self, who: int, to: int, role: Role, days: int) -> None:
        until: date | None = timezone.localdate() + timedelta(days=days) if days else None
        self.tried(
            who,
            lambda: grants.offer(
                self.mine[to], organisation_id=self.place, role=role, until=until, by=self.mine[who]
            ),
        )

    @rule(who=st.integers(0, 2), which=st.integers(0, 30), days=st.integers(0, 3))
    def longer(self, who: int, which: int, days: int) -> None:
        if rows := self.rows():
            until = timezone.localdate() + timedelta(days=days) if days else None
            row = rows[which % len(rows)]
            self.tried(who, lambda: grants.longer(row, until=until, by=self.mine[who]))

    @rule(who=st.integers(0, 2), which=st.integers(0, 30))
    def confirm(self, who: int, which: int) -> None:
        if rows := self.rows():
            self.tried(who, lambda: grants.confirm(rows[which % len(rows)], by=self.mine[who]))

    @rule(who=st.integers(0, 2), which=st.integers(0, 30))
    def accept(self, who: int, which: int) -> None:
        if rows := self.rows():
            self.tried(who, lambda: grants.accept(rows[which % len(rows)], by=self.mine[who]))

    @rule(who=st.integers(0, 2), which=st.integers(0, 30), back=st.integers(-1, 2))
    def end(self, who: int, which: int, back: int) -> None:
        if rows := self.rows():
            day = timezone.localdate() + timedelta(days=back)
            self.tried(who, lambda: grants.end_membership(rows[which % len(rows)], until=day))

    @rule(who=st.integers(0, 2), to=st.integers(1, 2), active=st.booleans())
    def close(self, who: int, to: int, active: bool) -> None:
        self.tried(who, lambda: grants.set_active(self.mine[to], active=active))

    @invariant()
    def none_of_them_reads(self) -> None:
        for each in self.mine:
            held = actor_for(Account.objects.get(pk=each)).roles
            assert not held & NEEDS_SECOND, held


def test_one_person_with_three_accounts_never_reads_a_case() -> None:
    machine = OnePersonWithThree.TestCase
    machine.settings = settings(
        max_examples=tiers.either(60, 250),
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    machine("runTest").runTest()
