"""After the term nothing that is left opens what was destroyed, and what lives was never out of reach."""

import getpass
import shutil
import threading
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from sluitend.cli import backing_up, checks_backup, key_commands
from sluitend.cli.errors import CommandError
from sluitend.journeys.reports import queries
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import PLATFORM_ID, Account, Membership, Organisation
from sluitend.kernel.sealing import crypto, keys
from sluitend.kernel.sealing.backups import Backup
from sluitend.kernel.sealing.custodian import FileCustodian, seal_info
from sluitend.kernel.sealing.envelopes import create_envelope, destroy, open_envelope
from sluitend.kernel.sealing.errors import NoKey, SealBroken
from sluitend.kernel.sealing.keyfolder import KeyFolder
from sluitend.kernel.sealing.models import Seal
from sluitend.kernel.sealing.offline import OfflineKey, write_private
from sluitend.kernel.sealing.register import register_store
from tests import samples
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


def wait(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    day = timezone.localdate() + timedelta(days=days)
    monkeypatch.setattr(timezone, "localdate", lambda *moment: day)


def test_after_the_term_no_backup_opens_what_was_destroyed(
    westland: UUID, installation: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, who = tmp_path / "backups", system_actor(westland)
    folder.mkdir()
    offline = OfflineKey.create(timezone.localdate())
    write_private(installation.keys / "backup.pub", offline.public().to_bytes())
    with acting(who):
        living, doomed = (create_envelope(organisation_id=westland) for _ in range(2))
    stolen = {each.envelope_id: each for each in Seal.objects.filter(envelope_id__in=[living.id, doomed.id])}
    # Somebody keeps every backup, and opened one of them while that was still possible.
    file = backing_up.make(folder, "database")
    with acting(who):
        destroy(doomed.id)
    assert key_commands.rotate_all() == 0

    wait(monkeypatch, 34)
    assert key_commands.keys_destroy_old(Namespace(by=TWO)) == 0
    before = FileCustodian(installation.keys)
    opened = before.open(stolen[doomed.id], organisation_id=westland, actor=who, purpose="proof")
    assert opened.key == doomed.key
    wait(monkeypatch, 35)
    assert checks_backup.past_term().level == "bad"
    assert key_commands.keys_destroy_old(Namespace(by=TWO)) == 0
    assert checks_backup.past_term().level == "ok"
    witnesses = Event.objects.filter(organisation_id=PLATFORM_ID, action="backup.key_destroyed")
    assert len({event.account for event in witnesses}) == 2

    # The backup itself, with the offline key and all that is left of the keys.
    left = tmp_path / "left"
    shutil.copytree(installation.keys, left)
    with (
        pytest.raises(CommandError, match="nooit meer open"),
        backing_up.plain_errors(),
        file.open("rb") as source,
    ):
        list(Backup(source).pieces(offline, KeyFolder(left)))
    # The rows as they were, tried with every private key that is left, of whoever.
    for seal in stolen.values():
        with pytest.raises(NoKey):
            FileCustodian(left).open(seal, organisation_id=westland, actor=who, purpose="proof")
        for seed in left.rglob("*.seed"):
            private = crypto.private_from_seed(seed.read_bytes())
            with pytest.raises(SealBroken):
                crypto.unseal(seal.sealed or b"", private, seal_info(seal.envelope_id, westland, seal.key_id))
    # What lives was sealed anew, in the database and in each backup since.
    with acting(who):
        assert open_envelope(living.id, actor=who, purpose="proof").key == living.key
    backing_up.make(folder, "database")


def test_a_key_on_which_somebody_goes_on_sealing_stays_until_they_stopped(
    westland: UUID, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a public process with a register of long ago does: with the key gone nobody reads what comes in."""
    of_long_ago = register_store().current().entry(westland)
    assert key_commands.rotate_all() == 0
    assert "nog op een oude sleutel" not in capsys.readouterr().out
    wait(monkeypatch, 36)
    who = system_actor(westland)
    with acting(who):
        late = create_envelope(organisation_id=westland)
        info = seal_info(late.id, westland, of_long_ago.key_id)
        Seal.objects.filter(envelope_id=late.id).update(
            key_id=of_long_ago.key_id, sealed=crypto.seal(late.key, of_long_ago.key(), info)
        )
    assert key_commands.keys_destroy_old(Namespace(by=TWO)) == 1  # and says to rotate
    assert key_commands.rotate_all() == 0
    assert "nog op een oude sleutel" in capsys.readouterr().out
    assert key_commands.keys_destroy_old(Namespace(by=TWO)) == 0
    assert of_long_ago.key_id in KeyFolder(settings.SLUITEND_KEYS).key_ids(westland)
    wait(monkeypatch, 36)
    assert key_commands.keys_destroy_old(Namespace(by=TWO)) == 0
    assert of_long_ago.key_id not in KeyFolder(settings.SLUITEND_KEYS).key_ids(westland)


def test_a_role_that_was_planted_destroys_no_key(westland: UUID) -> None:
    reporter = Account.objects.get(email="melder@westland.example")
    Membership.objects.create(
        account=reporter, organisation_id=westland, role="administrator", accepted_on=timezone.localdate()
    )
    with pytest.raises(CommandError, match="geen beheerder"):
        key_commands.keys_destroy_old(Namespace(by=[reporter.email, TWO[1]]))


BREATH = 0.05
"""Seconds between two acts of one person: many reports come in during a renewal, and the renewal gets on."""


@contextmanager
def at_work(*acts: Callable[[], None]) -> Iterator[list[BaseException]]:
    """Let everybody do their act over and over for as long as the block lasts; give what went wrong."""
    stop, wrong = threading.Event(), list[BaseException]()

    def work(act: Callable[[], None]) -> None:
        try:
            while not stop.wait(BREATH):
                act()
        except BaseException as error:  # noqa: BLE001 (told by the thread of the test)
            wrong.append(error)
        finally:
            connection.close()

    people = [threading.Thread(target=work, args=(act,)) for act in acts]
    for each in people:
        each.start()
    try:
        yield wrong
    finally:
        stop.set()
        for each in people:
            each.join()


def test_keys_are_renewed_while_people_work(installation: Installation) -> None:
    westland, who = Organisation.objects.get(code="GM1783"), samples.actor("af@westland.example")
    filed = list[str]()

    def file() -> None:
        filed.append(samples.file_report(westland)[0])

    def read() -> None:
        for code in filed[-3:]:
            with acting(who):
                queries.report(code, actor=who)

    with at_work(file, file, read, read) as wrong:
        for _ in range(2):
            before = len(filed)
            done = installation.run("keys", "rotate")
            assert (done.returncode, done.stderr) in ((0, ""), (1, "")), done.stdout
            while len(filed) == before and not wrong:
                time.sleep(0.05)
    assert wrong == []
    # A seal on the old key of somebody who was a moment late is found at the next round.
    use_database(installation.server.url("sl_owner", installation.database), installation.keys)
    keys.reseal(westland.id)
    present = register_store().current().entry(westland.id).key_id
    assert set(Seal.objects.filter(holder_id=westland.id).values_list("key_id", flat=True)) == {present}
    assert len(KeyFolder(installation.keys).key_ids(westland.id)) == 3
    use_database(installation.server.url("sl_app", installation.database), installation.keys)
    with acting(who):
        assert [queries.report(code, actor=who).code for code in filed] == filed
