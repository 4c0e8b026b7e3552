"""`sluitend keys`: everything is renewed or it says what stays, and two people destroy what is old."""

import getpass
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.utils import timezone

from sluitend.cli import key_commands
from sluitend.cli.errors import CommandError
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing import keys
from sluitend.kernel.sealing.envelopes import create_envelope
from sluitend.kernel.sealing.keyfolder import KeyFolder
from sluitend.kernel.sealing.models import Seal
from tests.cli.installation import Installation
from tests.conftest import use_database

TWO = ["beheer@westland.example", "fg@westland.example"]


@pytest.fixture
def westland(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> UUID:
    """A municipality, with this process signed in as the owner of the tables."""
    use_database(installation.server.url("sl_owner", installation.database), installation.keys)

    @contextmanager
    def as_owner() -> Iterator[None]:
        yield

    monkeypatch.setattr(key_commands, "as_owner", as_owner)
    monkeypatch.setattr(getpass, "getpass", lambda prompt: settings.SLUITEND_DEMO_PASSWORD)
    return Organisation.objects.get(code="GM1783").id


def old_key(westland: UUID) -> str:
    (present,) = KeyFolder(settings.SLUITEND_KEYS).key_ids(westland)
    return present


def wait(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    day = timezone.localdate() + timedelta(days=days)
    monkeypatch.setattr(timezone, "localdate", lambda *moment: day)


def lines(organisation_id: UUID, action: str) -> list[UUID | None]:
    return [event.account for event in Event.objects.filter(organisation_id=organisation_id, action=action)]


def test_every_organisation_is_renewed(installation: Installation) -> None:
    with acting(system_actor(Organisation.objects.get(code="GM1783").id)) as actor:
        assert actor.organisation_id
        create_envelope(
            organisation_id=actor.organisation_id, recipient_id=Organisation.objects.get(code="avim").id
        )
    done = installation.run("keys", "rotate")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Gemeente Westland: 1 zegels overgezet." in done.stdout
    folder = KeyFolder(installation.keys)
    assert {len(folder.key_ids(each.id)) for each in Organisation.objects.all()} == {2}


def test_a_seal_that_stays_behind_is_a_failure(
    westland: UUID, installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    with acting(system_actor(westland)):
        envelope = create_envelope(organisation_id=westland)
    with psycopg.connect(installation.server.url("sl_owner", installation.database)) as other:
        other.execute("SELECT 1 FROM sealing_seal WHERE envelope_id = %s FOR UPDATE", [envelope.id])
        assert key_commands.rotate_all() == 1
    printed = capsys.readouterr().out
    assert "Gemeente Westland: een ander proces hield zegels vast" in printed
    assert "Niet klaar: Gemeente Westland." in printed
    assert lines(westland, "keys.rotated") == []
    assert key_commands.rotate_all() == 0
    assert lines(westland, "keys.rotated") == [None]


def test_two_people_destroy_what_is_older_than_the_term(
    westland: UUID, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old = old_key(westland)
    keys.rotate(westland)
    wait(monkeypatch, 34)
    assert key_commands.keys_destroy_old(Namespace(by=TWO)) == 0
    assert old in KeyFolder(settings.SLUITEND_KEYS).key_ids(westland)
    wait(monkeypatch, 1)
    assert key_commands.keys_destroy_old(Namespace(by=TWO)) == 0
    assert old not in KeyFolder(settings.SLUITEND_KEYS).key_ids(westland)
    assert f"sleutel {old} is vernietigd" in capsys.readouterr().out
    assert len(set(lines(westland, "keys.destroyed"))) == 2


def test_a_key_on_which_a_seal_stands_stays(
    westland: UUID, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old = old_key(westland)
    with acting(system_actor(westland)):
        late = Seal.objects.get(envelope_id=create_envelope(organisation_id=westland).id)
    keys.rotate(westland)
    Seal.objects.filter(pk=late.pk).update(key_id=late.key_id, sealed=late.sealed)
    wait(monkeypatch, 36)
    assert key_commands.keys_destroy_old(Namespace(by=TWO)) == 1
    assert old in KeyFolder(settings.SLUITEND_KEYS).key_ids(westland)
    assert "staan nog zegels" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ([TWO[0], TWO[0].upper()], "Twee verschillende mensen"),
        ([TWO[0], "niemand@westland.example"], "niemand@westland.example"),
        ([TWO[0], "melder@westland.example"], "melder@westland.example"),
    ],
)
def test_not_everybody_destroys_keys(
    westland: UUID, monkeypatch: pytest.MonkeyPatch, by: list[str], said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        key_commands.keys_destroy_old(Namespace(by=by))


def test_a_name_without_its_password_is_nobody(westland: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda prompt: "geraden")
    with pytest.raises(CommandError, match="klopt niet"):
        key_commands.keys_destroy_old(Namespace(by=TWO))
