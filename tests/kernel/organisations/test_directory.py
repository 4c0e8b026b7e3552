"""Who works where, and until when."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone
from tests.roles import give

from sluitend.journeys.administration.actions import grants, people
from sluitend.kernel.organisations import absence, queries, teams
from sluitend.kernel.organisations.models import Account, Membership, Organisation, Role
from sluitend.kernel.organisations.reading import reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def westland() -> UUID:
    """A municipality."""
    return Organisation.objects.get(code="GM1783").id


def test_a_new_account_has_no_role_and_no_password() -> None:
    account = Account.objects.get(pk=people.add_account(email="Nieuw@Westland.example", name="Nieuw"))
    assert account.email == "nieuw@westland.example"
    assert not account.has_usable_password()
    assert account.last_login is None
    assert queries.memberships(account.pk) == []


def test_an_address_is_taken_once() -> None:
    with pytest.raises(people.Taken):
        people.add_account(email="af@westland.example", name="X")


def test_a_role_that_ended_gives_nothing_any_more(westland: UUID) -> None:
    member = Membership.objects.get(account__email="vervanger@westland.example")
    grants.end_membership(member.id, until=grants.yesterday())
    assert queries.colleagues(westland, roles=[Role.DEPUTY]) == []
    assert queries.memberships(member.account_id) == []


def test_a_role_lasts_through_its_last_day(westland: UUID) -> None:
    member = Membership.objects.get(account__email="vervanger@westland.example")
    grants.end_membership(member.id, until=timezone.localdate())
    assert [each.name for each in queries.colleagues(westland, roles=[Role.DEPUTY])] == ["Samira Haddou"]


def test_a_closed_account_gets_no_mail(westland: UUID) -> None:
    account = Account.objects.get(email="manager@westland.example")
    assert queries.mailboxes([account.pk]) == ["manager@westland.example"]
    grants.set_active(account.pk, active=False)
    assert queries.mailboxes([account.pk]) == []
    assert queries.colleagues(westland, roles=[Role.MANAGER]) == []


def test_who_never_signed_in_is_given_nothing_and_counts_nowhere(westland: UUID) -> None:
    """Invited and confirmed, and perhaps never coming: no colleague, no deputy, nobody to give work to."""
    account = Account.objects.get(email="vervanger@westland.example")

    def counted() -> list[bool]:
        return [
            bool(queries.colleagues(westland, roles=[Role.DEPUTY])),
            account.pk in {each.account_id for each in teams.caseworkers(westland)},
            teams.may_have(account.pk, organisation_id=westland),
            account.pk in {each.account_id for each in absence.candidates(westland, but=uuid4())},
            westland in reading(),
        ]

    assert all(counted())
    Account.objects.filter(pk=account.pk).update(last_login=None)
    assert not any(counted())


def test_an_administrator_sees_the_roles_of_one_organisation_only(westland: UUID) -> None:
    account = Account.objects.get(email="vervanger@westland.example")
    other = Organisation.objects.get(code="GM0518").id
    give(account.pk, other, Role.DEPUTY)
    seen = queries.person(account.pk, organisation_id=westland)
    assert seen is not None
    assert [each.organisation_name for each in seen.memberships] == ["Gemeente Westland"]
    assert seen.home_id == westland
    assert queries.person(Account.objects.get(email="af@leiden.example").pk, organisation_id=westland) is None


def test_a_page_of_people_goes_on_where_the_last_one_ended(westland: UUID) -> None:
    every = queries.people(organisation_id=westland)
    first = queries.people(organisation_id=westland, limit=2)
    rest = queries.people(organisation_id=westland, after=first[-1].id)
    assert first + rest == every
    assert len({each.id for each in every}) == len(every)


def test_colleagues_know_who_works_which_days(westland: UUID) -> None:
    (noor,) = queries.colleagues(westland, roles=[Role.FOCAL_POINT])
    assert (noor.name, noor.work_days) == ("Noor de Bruin", (2, 4))


def test_the_directory_leaves_the_platform_out() -> None:
    assert {each.kind for each in queries.organisations()} == {"municipality", "partner", "region"}


def test_an_end_is_only_brought_forward(westland: UUID) -> None:
    member = Membership.objects.get(account__email="vervanger@westland.example")
    first = timezone.localdate() + timedelta(days=7)
    for day in (first, first + timedelta(days=7)):
        grants.end_membership(member.id, until=day)
        assert Membership.objects.get(pk=member.id).until == first


def test_who_reads_everywhere_is_asked_without_a_call_for_each_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'organisations_reading'")
        asks = cursor.fetchone()[0].replace("only_in", "NULL::uuid")
        cursor.execute(f"EXPLAIN (VERBOSE) {asks}")
        steps = "\n".join(line for (line,) in cursor.fetchall())
    assert "confirmed_by IS NOT NULL" in steps
    assert "role_holds" not in steps
