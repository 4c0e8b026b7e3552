"""What SQL in our place makes of a password, an invitation and a role: rows that open nothing.

Each walk runs as the role of the web, with every right that it has, and ends at the pages.
"""

import base64
from collections.abc import Callable
from copy import copy
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.utils import timezone

from sluitend.cli import checks_people
from sluitend.journeys.administration.actions import grants, invitations
from sluitend.journeys.administration.actions.agreements import catch_up_cover
from sluitend.journeys.administration.queries.invitations import link_of
from sluitend.kernel.access.acting import acting
from sluitend.kernel.organisations.models import (
    Account,
    Invitation,
    Membership,
    Organisation,
    PoolAgreement,
    PoolMember,
    Role,
)
from sluitend.surfaces.desk.views.invitation import TRYING
from tests import guesses, samples
from tests.roles import give
from tests.surfaces.desk.test_sign_in import sign_in

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
ADMINISTRATOR, PRIVACY = "beheer@westland.example", "fg@westland.example"
AF, MINE = "af@westland.example", "melder@westland.example"
OWN = "fiets regen tulpenbol"


@pytest.fixture(autouse=True)
def _no_tries_of_before() -> None:
    guesses.forget()
    TRYING.forget()


def stored(email: str) -> str:
    return Account.objects.get(email=email).password


def of_nobody() -> str:
    return make_password(OWN)


def in_our_form() -> str:
    return "sealed$" + base64.b64encode(b"n" * 12 + make_password(OWN).encode()).decode()


def of_a_colleague() -> str:
    """The hash of a password that I know: that of my own account."""
    mine = Account.objects.get(email=MINE)
    mine.set_password(OWN)
    mine.save(update_fields=["password"])
    return mine.password


def cut_off() -> str:
    return stored(AF)[:60]


@pytest.mark.parametrize("planted", [of_nobody, in_our_form, of_a_colleague, cut_off])
def test_a_hash_that_sql_put_there_lets_nobody_in(planted: Callable[[], str]) -> None:
    hashed = planted()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organisations_account SET password = %s WHERE email = %s", [hashed, AF])
    for password in (OWN, settings.SLUITEND_DEMO_PASSWORD):
        answer = sign_in(Client(), AF, password)
        assert answer.status_code == 200
        assert "horen niet bij elkaar" in answer.text
    assert sign_in(Client(), MINE, OWN if planted is of_a_colleague else "").status_code == 302


def test_accounts_that_changed_places_let_nobody_in_as_another() -> None:
    """All keys of a row may move within one transaction; the hash goes along and does not fit."""
    mine, theirs, between = Account.objects.get(email=MINE), Account.objects.get(email=AF), uuid4()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for old, new in ((theirs.pk, between), (mine.pk, theirs.pk), (between, mine.pk)):
            cursor.execute("UPDATE organisations_account SET id = %s WHERE id = %s", [new, old])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for email in (MINE, AF):
        assert sign_in(Client(), email).status_code == 200


def test_a_hash_that_sql_reads_is_none_to_guess_at() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT password FROM organisations_account")
        assert all(hashed.startswith(("sealed$", "!")) for (hashed,) in cursor.fetchall())


def test_an_invitation_that_sql_moved_or_stretched_gives_no_password() -> None:
    """Somebody who was invited has a link and words that are right, and lets the row be of a colleague."""
    mine, theirs = Account.objects.get(email=MINE), Account.objects.get(email=AF)
    words, before = invitations.invite(mine.pk), stored(AF)
    link = link_of(mine.pk)
    chosen = {"words": words, "password1": OWN, "password2": OWN}
    for moved in (
        {"account_id": theirs.pk},
        {"account_id": mine.pk, "expires": Invitation.objects.get().expires + invitations.LASTS},
    ):
        Invitation.objects.update(**moved)
        assert "Deze code hoort niet bij deze link" in Client().post(f"/uitnodiging/{link}/", chosen).text
    assert stored(AF) == before
    assert not Account.objects.get(email=MINE).check_password(OWN)


def be(email: str) -> None:
    """Say to the database that somebody of Westland acts, as SQL in our place may."""
    westland = Organisation.objects.get(code="GM1783").pk
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('sl.org', %s, false), set_config('sl.account', %s, false)",
            [str(westland), str(Account.objects.get(email=email).pk)],
        )


def planted() -> UUID:
    """Be two people after each other: one offers me a role, the other confirms it. Returns the role."""
    mine, place = Account.objects.get(email=MINE).pk, Organisation.objects.get(code="GM1783").pk
    with connection.cursor() as cursor:
        be(ADMINISTRATOR)
        cursor.execute("SELECT role_offer(%s, %s, 'deputy', NULL)", [mine, place])
        role = UUID(str(cursor.fetchone()[0]))
        be(PRIVACY)
        cursor.execute("SELECT role_confirm(%s)", [role])
    return role


def reads(client: Client, case: str) -> bool:
    pages = (f"/werk/casussen/{case}/", "/werk/casussen/", "/werk/binnen/")
    return any(client.get(page).status_code == 200 for page in pages)


def test_a_role_that_sql_gave_as_two_people_opens_nothing(client_for: ClientFor) -> None:
    """The database believes it, and holds the role; no process of ours does, and it is seen."""
    case = samples.whole_route().case
    role = Membership.objects.get(pk=planted())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT role_holds(m, current_date) FROM organisations_membership m WHERE id = %s", [role.pk]
        )
        assert cursor.fetchone() == (True,)
    for proof in (None, b"p" * 32, Membership.objects.get(account__email=AF).proof):
        Membership.objects.filter(pk=role.pk).update(proof=proof)
        assert not reads(client_for(MINE), case)
    assert "Werkt niet: niemand gaf deze rol" in client_for(PRIVACY).get("/werk/wie-mag-wat/").text
    assert MINE in checks_people.roles_are_given().sentence


def test_no_page_makes_a_planted_role_work(client_for: ClientFor) -> None:
    """Whoever confirms, ends, offers anew or accepts by our pages puts no proof beside what SQL wrote."""
    case = samples.whole_route().case
    role, mine = planted(), Account.objects.get(email=MINE).pk
    me, boss, privacy = client_for(MINE), client_for(ADMINISTRATOR), client_for(PRIVACY)
    person = f"/werk/beheer/mensen/{mine}/"
    later = (timezone.localdate() + timedelta(days=40)).isoformat()
    boss.post(person, {"do": "end", "membership": str(role), "until": later})
    assert not reads(me, case)
    privacy.post("/werk/wie-mag-wat/", {"do": "confirm", "membership": str(role)})
    boss.post(person, {"do": "role", "role": "deputy", "until": later})
    me.post("/account/rollen/", {"do": "accept", "membership": str(role)})
    assert not reads(me, case)
    assert Membership.objects.get(pk=role).proof is None
    # Ended, it can be given as any role.
    boss.post(person, {"do": "end", "membership": str(role), "until": ""})
    boss.post(person, {"do": "role", "role": "deputy", "until": later})
    assert not reads(me, case)
    privacy.post("/werk/wie-mag-wat/", {"do": "confirm", "membership": str(role), "until": later})
    assert reads(client_for(MINE), case)


@pytest.mark.parametrize("accepted", [False, True])
def test_our_pages_do_not_finish_what_sql_began(client_for: ClientFor, accepted: bool) -> None:
    """A role that SQL offered as one person is confirmed, offered anew and accepted by our pages in vain."""
    case = samples.whole_route().case
    mine, place = Account.objects.get(email=MINE).pk, Organisation.objects.get(code="GM1783").pk
    with connection.cursor() as cursor:
        be(ADMINISTRATOR)
        cursor.execute("SELECT role_offer(%s, %s, 'deputy', NULL)", [mine, place])
        role = str(cursor.fetchone()[0])
        if accepted:
            be(MINE)
            cursor.execute("SELECT role_accept(%s)", [role])
    me, boss, privacy = client_for(MINE), client_for(ADMINISTRATOR), client_for(PRIVACY)
    for _again in range(2):
        privacy.post("/werk/wie-mag-wat/", {"do": "confirm", "membership": role})
        me.post("/account/rollen/", {"do": "accept", "membership": role})
        assert Membership.objects.get(pk=role).proof is None
        boss.post(f"/werk/beheer/mensen/{mine}/", {"do": "role", "role": "deputy", "until": ""})
    assert not reads(me, case)


def test_a_role_that_works_is_not_stretched_moved_or_bent(client_for: ClientFor) -> None:
    """Whoever writes past the triggers, as a superuser does, changes a row that had our proof."""
    westland = Organisation.objects.get(code="GM1783").pk
    mine = Account.objects.get(email=MINE)
    ended = give(mine.pk, westland, "deputy", until=timezone.localdate() - timedelta(days=1))
    theirs = Membership.objects.get(account__email=AF)
    assert ended.given
    assert theirs.given
    for until in (None, timezone.localdate() + timedelta(days=9)):
        assert not replaced(ended, until=until).given
    for name, value in (("account_id", mine.pk), ("role", "deputy"), ("confirmed_by", uuid4())):
        assert not replaced(theirs, **{name: value}).given


def replaced(row: Membership, **bent: object) -> Membership:
    other = copy(row)
    for name, value in bent.items():
        setattr(other, name, value)
    return other


def test_an_agreement_that_sql_made_lets_nobody_stand_in(client_for: ClientFor) -> None:
    """SQL writes that two municipalities agreed; who stands in by that accepts, and reads nothing."""
    case = samples.whole_route().case
    today = timezone.localdate()
    pool = PoolAgreement.objects.create(reference="Z", since=today, until=today + timedelta(days=99))
    for code, covered, by in (("GM1783", True, ADMINISTRATOR), ("GM0518", False, "beheer@denhaag.example")):
        PoolMember.objects.create(
            agreement=pool,
            organisation=Organisation.objects.get(code=code),
            covered=covered,
            agreed_by=Account.objects.get(email=by),
            agreed_on=today,
        )
    catch_up_cover()
    row = Membership.objects.get(agreement=pool, account__email="af@denhaag.example")
    client = client_for("af@denhaag.example")
    client.post("/account/rollen/", {"do": "accept", "membership": str(row.pk)})
    client.post("/werk/account/organisatie/", {"organisation": str(row.organisation_id)})
    assert client.get(f"/werk/casussen/{case}/").status_code == 404
    accepted_by_sql(row)
    client.post("/werk/account/organisatie/", {"organisation": str(row.organisation_id)})
    assert client.get(f"/werk/casussen/{case}/").status_code == 404


@pytest.fixture
def agreed(client_for: ClientFor) -> PoolAgreement:
    """Westland and Den Haag stand in for each other, as their administrators agreed on our pages."""
    today = timezone.localdate()
    until = (today + timedelta(days=99)).isoformat()
    others = [str(Organisation.objects.get(code="GM0518").pk)]
    wanted = {"reference": "Z-9", "since": today.isoformat(), "until": until, "organisations": others}
    client_for(ADMINISTRATOR).post("/werk/beheer/waarneming/", wanted)
    found = PoolAgreement.objects.get(reference="Z-9")
    client_for("beheer@denhaag.example").post("/werk/beheer/waarneming/", {"agree": str(found.pk)})
    return found


def test_who_sql_named_to_stand_in_is_not_let_in_by_an_agreement(
    client_for: ClientFor, agreed: PoolAgreement
) -> None:
    """Two municipalities did agree; that somebody of ours named this deputy is what SQL made up."""
    case, today = samples.whole_route().case, timezone.localdate()
    elsewhere = Account.objects.get(email="af@denhaag.example")
    be(AF)
    with connection.cursor() as cursor:
        cursor.execute("SELECT role_stand_in(%s, %s, %s)", [elsewhere.pk, today, today])
    row = Membership.objects.get(agreement=agreed)
    client = client_for(elsewhere.email)
    client.post("/account/rollen/", {"do": "accept", "membership": str(row.pk)})
    client.post("/werk/account/organisatie/", {"organisation": str(row.organisation_id)})
    assert client.get(f"/werk/casussen/{case}/").status_code == 404
    row.refresh_from_db()
    assert (row.accepted_on, row.proof) == (None, None)


def test_who_sql_let_do_cases_at_home_does_not_stand_in_elsewhere(
    client_for: ClientFor, agreed: PoolAgreement
) -> None:
    """The agreement is real, and its deputy says yes: but at home SQL gave them the role."""
    planted()
    mine = Account.objects.get(email=MINE)
    today = timezone.localdate().isoformat()
    days = {"first": today, "last": today, "deputy": str(mine.pk)}
    client_for("af@denhaag.example").post("/werk/account/afwezig/", days)
    assert not Membership.objects.filter(agreement=agreed).exists()
    silent = Organisation.objects.get(code="GM0569")
    for place, covered, by in (("GM0569", True, "beheer@rsiv.example"), ("GM1783", False, ADMINISTRATOR)):
        PoolMember(
            agreement=PoolAgreement.objects.get_or_create(
                reference="Z-10", since=agreed.since, until=agreed.until
            )[0],
            organisation=Organisation.objects.get(code=place),
            covered=covered,
            agreed_by=Account.objects.get(email=by),
            agreed_on=agreed.since,
        ).prove().save(force_insert=True)
    assert mine.pk in catch_up_cover()
    asked = Membership.objects.get(account=mine, organisation=silent)
    me = client_for(MINE)
    me.post("/account/rollen/", {"do": "accept", "membership": str(asked.pk)})
    me.post("/werk/account/organisatie/", {"organisation": str(silent.pk)})
    assert me.get("/werk/casussen/").status_code != 200
    asked.refresh_from_db()
    assert (asked.accepted_on, asked.proof) == (None, None)


def test_our_proof_stands_beside_no_role_of_which_the_database_names_another() -> None:
    """Between our asking and its writing SQL is somebody else: what came of that is undone."""
    mine, place = Account.objects.get(email=MINE).pk, Organisation.objects.get(code="GM1783").pk
    administrator, other = samples.actor(ADMINISTRATOR), samples.actor(PRIVACY)
    with acting(administrator):
        role = grants.offer(mine, organisation_id=place, role=Role.DEPUTY, by=administrator.own_account)
    manager = samples.actor("manager@westland.example")
    with acting(other):
        be("manager@westland.example")
        with pytest.raises(grants.NotAllowed):
            grants.confirm(role, by=other.own_account)
    with acting(manager):
        be(ADMINISTRATOR)
        with pytest.raises(grants.NotAllowed):
            grants.offer(mine, organisation_id=place, role=Role.MANAGER, by=manager.own_account)
    found = Membership.objects.get(account=mine, confirmed_by=None, role=Role.DEPUTY)
    assert found.given
    assert not Membership.objects.filter(account=mine, role=Role.MANAGER).exists()


def accepted_by_sql(row: Membership) -> None:
    be("af@denhaag.example")
    with connection.cursor() as cursor:
        cursor.execute("SELECT role_accept(%s)", [row.pk])
        assert cursor.fetchone() == (True,)
