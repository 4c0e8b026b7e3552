"""The first organisations and people of an installation, made on the command line."""

from datetime import timedelta
from subprocess import CompletedProcess

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from sluitend.journeys.administration.actions import invitations
from sluitend.journeys.administration.queries.invitations import link_of
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import (
    PLATFORM_ID,
    Account,
    Invitation,
    Membership,
    Organisation,
    Role,
)
from sluitend.kernel.sealing.register import register_store
from tests.cli.installation import Installation


def events(action: str) -> list[str]:
    with acting(system_actor(PLATFORM_ID)):
        return [event.process for event in Event.objects.filter(action=action)]


def test_an_organisation_is_added_with_its_keys(installation: Installation) -> None:
    words = ("organisation", "add", "--code", "GM9999", "--name", "Gemeente Proef", "--kind", "municipality")
    done = installation.run(*words, "--subregion", "haaglanden")
    assert (done.returncode, done.stderr) == (0, "")
    row = Organisation.objects.get(code="GM9999")
    assert [part.code for part in row.subregions.all()] == ["haaglanden"]
    assert register_store().current().entry(row.id).key_id
    assert events("organisation.added") == ["command"]

    again = installation.run(*words)
    assert again.returncode == 1
    assert "Er is al een organisatie met code GM9999" in again.stderr


def test_an_unknown_subregion_is_named_beside_the_known_ones(installation: Installation) -> None:
    done = installation.run(
        *("organisation", "add", "--code", "GM9999", "--name", "Gemeente Proef"),
        *("--kind", "municipality", "--subregion", "nergens"),
    )
    assert done.returncode == 1
    assert "nergens" in done.stderr
    assert "haaglanden" in done.stderr
    assert not Organisation.objects.filter(code="GM9999").exists()


def test_all_of_the_handbook_are_added_where_they_are_missing(installation: Installation) -> None:
    url = installation.server.url("sl_admin", installation.database)
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute("DELETE FROM organisations_organisation WHERE code IN ('GM1916', 'shop')")
    before = Organisation.objects.count()
    done = installation.run("organisation", "add", "--from-pack")
    assert done.returncode == 0, done.stderr
    added = installation.run("organisation", "add", "--from-pack")
    assert added.stdout.startswith("0 organisaties")
    row = Organisation.objects.get(code="GM1916")
    assert row.name == "Gemeente Leidschendam-Voorburg"
    assert Organisation.objects.count() > before
    assert register_store().current().entry(row.id).key_id


def test_half_of_what_an_organisation_needs_is_refused(installation: Installation) -> None:
    done = installation.run("organisation", "add", "--code", "GM9999")
    assert done.returncode == 1
    assert "--from-pack" in done.stderr


def test_an_invitation_shows_words_that_open_nothing_without_the_mail(installation: Installation) -> None:
    words = ("account", "invite", "--organisation", "GM1783", "--email", "Eerste@Westland.example")
    done = installation.run(*words, "--name", "Eerste Beheerder", "--role", "administrator")
    assert (done.returncode, done.stderr) == (0, "")
    told = done.stdout.strip().splitlines()[-1]
    account = Account.objects.get(email="eerste@westland.example")
    assert not account.has_usable_password()
    assert [m.role for m in Membership.objects.valid().filter(account=account)] == [Role.ADMINISTRATOR]
    assert events("account.invited") == ["command"]
    with transaction.atomic():
        assert invitations.invited(told, told) is None
        assert invitations.invited(link_of(account.pk), told) == account

    # Westland has another administrator, who can invite this one anew.
    again = installation.run(*words, "--name", "Eerste Beheerder", "--role", "administrator")
    assert again.returncode == 1
    assert "Er is al een account" in again.stderr


def invite(installation: Installation, code: str, email: str) -> "CompletedProcess[str]":
    words = ("account", "invite", "--organisation", code, "--email", email)
    return installation.run(*words, "--name", "Eerste Beheerder", "--role", "administrator")


def test_the_only_administrator_is_invited_anew(installation: Installation) -> None:
    invite(installation, "GM0503", "eerste@delft.example")
    account = Account.objects.get(email="eerste@delft.example")
    old = link_of(account.pk)
    Invitation.objects.update(expires=timezone.now() - timedelta(days=1))
    again = invite(installation, "GM0503", account.email)
    assert (again.returncode, again.stderr) == (0, "")
    told = again.stdout.strip().splitlines()[-1]
    assert [m.role for m in Membership.objects.filter(account=account)] == [Role.ADMINISTRATOR]
    assert events("account.invited_again") == ["command"]
    with transaction.atomic():
        assert invitations.invited(old, told) is None
        assert invitations.invited(link_of(account.pk), told) == account
    # Of this organisation, and of this address.
    assert invite(installation, "GM0503", "af@denhaag.example").returncode == 1
    assert invite(installation, "GM0518", account.email).returncode == 1


def test_a_lost_second_factor_takes_two_people(installation: Installation) -> None:
    account = Account.objects.get(email="af@westland.example")
    account.set_password("een-goed-wachtwoord")
    account.save()
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=account, type=kind, data={})
    held = account.get_session_auth_hash()
    words = ("account", "lost-factor", "--email", "AF@westland.example")
    done = installation.run(*words)
    assert (done.returncode, done.stderr) == (0, "")
    account.refresh_from_db()
    assert not Authenticator.objects.filter(user=account).exists()
    assert not account.has_usable_password()
    assert account.get_session_auth_hash() != held
    assert events("second_factor.lost") == ["command"]

    again = installation.run(*words)
    assert again.returncode == 1
    assert "heeft geen tweede stap" in again.stderr
    with transaction.atomic():
        words_of = invitations.invite(account.pk)
        assert invitations.invited(link_of(account.pk), words_of) == account


def test_a_second_factor_never_goes_without_its_line_in_the_ledger(installation: Installation) -> None:
    account = Account.objects.get(email="af@westland.example")
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    url = installation.server.url("sl_admin", installation.database)
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("REVOKE INSERT ON ledger_event FROM sl_app")
    assert installation.run("account", "lost-factor", "--email", account.email).returncode != 0
    assert Authenticator.objects.filter(user=account).exists()


def test_an_unknown_address_has_no_second_factor_to_lose(installation: Installation) -> None:
    done = installation.run("account", "lost-factor", "--email", "niemand@westland.example")
    assert done.returncode == 1
    assert "Er is geen account met niemand@westland.example" in done.stderr


@pytest.mark.parametrize(
    ("organisation", "email", "role", "said"),
    [
        ("GM0000", "a@b.example", "administrator", "geen organisatie met code GM0000"),
        ("GM1783", "a@b.example", "focal_point", "administrator"),
        ("GM1783", "geen adres", "administrator", "geen e-mailadres"),
    ],
)
def test_a_wrong_invitation_says_what_is_wrong(
    installation: Installation, organisation: str, email: str, role: str, said: str
) -> None:
    done = installation.run(
        *("account", "invite", "--organisation", organisation, "--email", email),
        *("--name", "Iemand", "--role", role),
    )
    assert done.returncode == 1
    assert said in done.stderr
    assert not Account.objects.filter(name="Iemand").exists()
