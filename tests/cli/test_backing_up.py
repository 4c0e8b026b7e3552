"""A backup opens for whoever brings the offline key, goes back whole or not at all, and revives nothing."""

import resource
import signal
import stat
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest
from django.utils import timezone
from pytest_django import Settings

from sluitend.cli import backing_up, checks_backup, checks_keys, key_commands, pg_tools, putting_back
from sluitend.cli.errors import CommandError
from sluitend.cli.migrating import BEFORE, TOO_OLD
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports import queries
from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing import keys
from sluitend.kernel.sealing.backups import Backup
from sluitend.kernel.sealing.crypto import public_bytes_of_seed
from sluitend.kernel.sealing.envelopes import open_envelope
from sluitend.kernel.sealing.errors import NoKey
from sluitend.kernel.sealing.models import Seal
from sluitend.kernel.sealing.offline import Month, OfflineKey, OfflineKeyBad, OfflinePublic, write_private
from tests import samples
from tests.cli.installation import Installation
from tests.conftest import use_database


@pytest.fixture
def offline(installation: Installation, tmp_path: Path) -> Path:
    """The offline key, with its public half where the server wants it."""
    path = tmp_path / "elsewhere" / "offline.key"
    path.parent.mkdir()
    key = OfflineKey.create(timezone.localdate() - timedelta(days=60))
    key.write(path)
    write_private(installation.keys / "backup.pub", key.public().to_bytes())
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where backups go."""
    made = tmp_path / "backups"
    made.mkdir()
    return made


def made_by(installation: Installation, folder: Path, *more: str) -> Path:
    before = set(folder.iterdir())
    done = installation.run("backup", "--to", str(folder), *more)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    (file,) = set(folder.iterdir()) - before
    return file


def empty(installation: Installation) -> str:
    """Make an empty database beside the installation's own, and let commands use it."""
    name = f"{installation.database}_empty"
    installation.server.drop_database(name)
    installation.server.create_database(name)
    installation.database = name
    return name


@pytest.fixture
def elsewhere(installation: Installation) -> Callable[[], str]:
    """Makes the empty database, which goes at the end of the test."""
    return lambda: empty(installation)


@pytest.fixture(autouse=True)
def _clean_up(installation: Installation) -> object:
    name = installation.database
    yield
    use_database(installation.server.url("sl_app", name), installation.keys)
    installation.server.drop_database(f"{name}_empty")


def as_owner(installation: Installation) -> None:
    use_database(installation.server.url("sl_owner", installation.database), installation.keys)


def test_a_restored_backup_opens_and_what_was_destroyed_stays_destroyed(
    installation: Installation, offline: Path, folder: Path, elsewhere: Callable[[], str]
) -> None:
    assert installation.run("migrate").returncode == 0
    westland = Organisation.objects.get(code="GM1783")
    kept, _ = samples.file_report(westland)
    gone, _ = samples.file_report(westland)
    who = samples.actor("af@westland.example")
    with acting(who):
        reports.close(Report.objects.get(code=gone).id, outcome="not_in_scope", actor=who)
    assert installation.run("ledger", "checkpoint").returncode == 0
    as_owner(installation)
    file = made_by(installation, folder)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"Gemeente Westland" not in file.read_bytes()
    checked = installation.run("backup", "--verify", str(file), "--key", str(offline))
    assert (checked.returncode, checked.stderr) == (0, "")

    destroyed = Report.objects.get(code=gone).envelope_id
    assert destroyed
    with acting(system_actor(westland.id)) as system:
        reports.destroy_report(Report.objects.get(code=gone).id, actor=system)
    keys.rotate(westland.id)

    elsewhere()
    done = installation.run("restore", "--from", str(file), "--key", str(offline))
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "waarvan 1 meldingen" in done.stdout
    assert "Het logboek is heel" in done.stdout
    as_owner(installation)
    assert checks_keys.restored().level == "ok"
    assert not Seal.objects.filter(envelope_id=destroyed).exists()
    assert Report.objects.get(code=gone).content is None
    use_database(installation.server.url("sl_app", installation.database), installation.keys)
    with acting(who):
        report = Report.objects.get(code=kept)
        assert report.envelope_id is not None
        assert open_envelope(report.envelope_id, actor=who, purpose="report.read").read(report, "content")
        assert queries.report(kept, actor=who).code == kept
    assert installation.run("ledger", "verify").returncode == 0


def test_a_backup_of_before_the_first_release_says_so(
    installation: Installation, offline: Path, folder: Path, elsewhere: Callable[[], str]
) -> None:
    with psycopg.connect(installation.server.url("sl_owner", installation.database)) as owner:
        owner.execute("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, now())", BEFORE[-1])
    file = made_by(installation, folder)
    elsewhere()
    done = installation.run("restore", "--from", str(file), "--key", str(offline))
    assert (done.returncode, done.stderr.strip()) == (1, TOO_OLD)


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_restore_that_is_killed_leaves_nothing_half_and_is_run_again(
    installation: Installation, offline: Path, folder: Path, elsewhere: Callable[[], str]
) -> None:
    file, name = made_by(installation, folder), elsewhere()
    command = [sys.executable, "-m", "sluitend.cli", "restore", "--from", str(file), "--key", str(offline)]
    admin = installation.server.url("sl_admin", "postgres")
    with psycopg.connect(admin, autocommit=True) as watching:

        def busy(more: str = "") -> object:
            found = "SELECT 1 FROM pg_stat_activity WHERE datname = %s " + more
            return watching.execute(found, [name]).fetchone()

        child = subprocess.Popen(command, env=installation.environment())
        until(lambda: busy("AND backend_xid IS NOT NULL") or child.poll() is not None)
        child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
        until(lambda: not busy())
    with psycopg.connect(installation.server.url("sl_owner", name)) as connection:
        assert putting_back._mark(connection).startswith("restoring:") or is_empty(connection)
    done = installation.run("restore", "--from", str(file), "--key", str(offline))
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def is_empty(connection: psycopg.Connection) -> bool:
    return connection.execute(putting_back._RELATIONS).fetchall() == [(0,)]


def test_between_filling_and_destroying_again_nothing_serves(
    installation: Installation, offline: Path, folder: Path, elsewhere: Callable[[], str]
) -> None:
    file = made_by(installation, folder)
    elsewhere()
    register = installation.keys / "destructions.jsonl"
    register.write_text("not a register\n")
    done = installation.run("restore", "--from", str(file), "--key", str(offline))
    assert done.returncode == 1
    assert "destructions.jsonl" in done.stderr
    register.unlink()
    assert "sluitend restore" in installation.run("worker").stderr
    again = installation.run("restore", "--from", str(file), "--key", str(offline))
    assert (again.returncode, again.stderr) == (0, "")
    assert "staat er al in" in again.stdout
    as_owner(installation)
    assert checks_keys.restored().level == "ok"


def test_a_database_with_something_in_it_is_not_written_over(
    installation: Installation, offline: Path, folder: Path
) -> None:
    file = made_by(installation, folder)
    use_database(installation.server.url("sl_owner", "postgres"), installation.keys)
    refused = installation.run("restore", "--from", str(file), "--key", str(offline))
    assert "niet leeg" in refused.stderr
    untyped = installation.run("restore", "--from", str(file), "--key", str(offline), "--replace")
    assert "niet de naam" in untyped.stderr
    with psycopg.connect(installation.server.url("sl_app", installation.database)):
        busy = installation.run("restore", "--from", str(file), "--key", str(offline), "--replace")
    assert "1 verbindingen" in busy.stderr
    typed = installation.run(
        *("restore", "--from", str(file), "--key", str(offline), "--replace"), typed=installation.database
    )
    assert (typed.returncode, typed.stderr) == (0, ""), typed.stdout
    use_database(installation.server.url("sl_app", installation.database), installation.keys)
    assert Organisation.objects.filter(code="GM1783").exists()


def test_a_backup_that_is_not_as_written_goes_nowhere(
    installation: Installation, offline: Path, folder: Path, elsewhere: Callable[[], str]
) -> None:
    file = made_by(installation, folder)
    whole = file.read_bytes()
    elsewhere()
    as_owner(installation)
    for spoiled in (
        whole[:-40],
        whole[:-40] + bytes([whole[-40] ^ 1]) + whole[-39:],
        whole.replace(b'"version":"0', b'"version":"1'),
        whole + whole[-40:],
        whole[:300],
    ):
        file.write_bytes(spoiled)
        with pytest.raises(CommandError):
            putting_back.put_back(file, offline, replace=False)
        with pg_tools.connect() as connection:
            assert is_empty(connection)


def test_another_offline_key_or_another_installation_opens_nothing(
    installation: Installation, offline: Path, folder: Path, tmp_path: Path
) -> None:
    file = made_by(installation, folder)
    other = tmp_path / "other.key"
    key_commands.keys_backup_create(Namespace(out=other))
    assert "andere sleutel" in installation.run("backup", "--verify", str(file), "--key", str(other)).stderr
    pinned = installation.run(
        *("backup", "--verify", str(file), "--key", str(offline)), SLUITEND_VERIFY_KEY="ab" * 32
    )
    assert "Dit is geen back-up van deze installatie" in pinned.stderr


def test_a_full_disk_leaves_no_half_file(
    installation: Installation, offline: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_owner(installation)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, hard))
    try:
        with pytest.raises(CommandError, match="niets half"):
            backing_up.make(folder, "database")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(folder.iterdir()) == []


def test_nothing_is_written_through_a_link_or_over_a_file(
    installation: Installation, offline: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_owner(installation)
    link = tmp_path / "link"
    link.symlink_to(folder)
    with pytest.raises(CommandError, match="koppeling"):
        backing_up.make(link, "keys")
    folder.chmod(0o777)
    with pytest.raises(CommandError, match="iedereen"):
        backing_up.make(folder, "keys")
    folder.chmod(0o700)
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)
    first = backing_up.make(folder, "keys").read_bytes()
    with pytest.raises(CommandError, match="bestaat al"):
        backing_up.make(folder, "keys")
    (file,) = folder.iterdir()
    assert file.read_bytes() == first


def test_old_backups_go_and_other_files_stay(
    installation: Installation, offline: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_owner(installation)
    real = timezone.now
    for days in (40, 34):
        monkeypatch.setattr(timezone, "now", lambda days=days: real() - timedelta(days=days))
        backing_up.make(folder, "keys")
    monkeypatch.setattr(timezone, "now", real)
    (folder / "sluitend-keys-mine.backup").write_bytes(b"something of somebody else")
    (folder / "sluitend-link.backup").symlink_to(installation.keys / "keys.json")
    assert len(backing_up.prune(folder, 35)) == 1
    assert len(list(folder.iterdir())) == 3
    refused = installation.run("backup", "--to", str(folder), "--keep-days", "36")
    assert "vernietigen onwaar" in refused.stderr


def test_the_secret_half_has_no_business_on_the_server(
    installation: Installation, offline: Path, folder: Path
) -> None:
    done = installation.run("backup", "--to", str(folder), "--recipient", str(offline))
    assert done.returncode == 1
    assert "geheime helft" in done.stderr
    assert list(folder.iterdir()) == []


def test_the_key_folder_goes_in_an_archive_of_its_own_and_comes_back(
    installation: Installation, offline: Path, folder: Path, tmp_path: Path
) -> None:
    (installation.keys / "keys.alarm").write_text("x")
    made_by(installation, folder)  # the key of the month is made
    file = made_by(installation, folder, "--keys")
    with file.open("rb") as source:
        assert Backup(source).header.month_seal == ""
    there = tmp_path / "new"
    done = installation.run(
        *("restore", "--keys", "--from", str(file), "--key", str(offline)), SLUITEND_KEYS=str(there)
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (installation.keys / "verify.key").read_text() in done.stdout

    def content(root: Path) -> dict[str, bytes]:
        found = (each for each in root.rglob("*") if each.is_file())
        return {each.relative_to(root).as_posix(): each.read_bytes() for each in found}

    wanted = content(installation.keys)
    assert {name for name in wanted if name not in content(there)} == {"keys.alarm"}
    assert content(there).items() <= wanted.items()
    assert all(not each.stat().st_mode & 0o077 for each in there.rglob("*"))
    again = installation.run(
        *("restore", "--keys", "--from", str(file), "--key", str(offline)), SLUITEND_KEYS=str(there)
    )
    assert "niets overschreven" in again.stderr


def test_the_doctor_tells_of_backups_and_of_their_key(
    installation: Installation, offline: Path, folder: Path, settings: Settings
) -> None:
    settings.DATA = installation.folder
    assert checks_backup.backups().level == "warn"
    assert checks_backup.backup_key().level == "ok"
    as_owner(installation)
    backing_up.make(folder, "database")
    assert "--keys" in checks_backup.backups().sentence
    backing_up.make(folder, "keys")
    use_database(installation.server.url("sl_app", installation.database), installation.keys)
    assert checks_backup.backups().level == "ok"
    OfflineKey.read(offline).write(installation.keys / "offline.key")
    assert checks_backup.backup_key().level == "bad"


def test_an_advanced_key_opens_nothing_older_and_everything_later() -> None:
    first = OfflineKey.create(date(2026, 11, 3))
    public = first.public()
    later = first.advanced(Month(2027, 2))
    for month in (Month(2027, 2), Month(2028, 1), Month(2031, 11)):
        assert public_bytes_of_seed(later.seed(month)) == public.of_month(month)
    for month in (Month(2026, 11), Month(2027, 1), Month(2031, 12)):
        with pytest.raises(NoKey):
            later.seed(month)


def test_the_holder_makes_a_key_once_and_advances_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "offline.key"
    assert key_commands.keys_backup_create(Namespace(out=path)) == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    public = OfflinePublic.read(tmp_path / "offline.key.pub")
    with pytest.raises(CommandError, match="bestaat al"):
        key_commands.keys_backup_create(Namespace(out=path))
    made = OfflineKey.read(path)
    assert key_commands.keys_backup_advance(Namespace(key=path)) == 0
    assert OfflineKey.read(path) == made
    day = date(made.month.year + 1, 6, 20)
    monkeypatch.setattr(key_commands, "_today", lambda: day)
    assert key_commands.keys_backup_advance(Namespace(key=path)) == 0
    advanced = OfflineKey.read(path)
    assert advanced.month == Month(day.year, 5)
    assert public_bytes_of_seed(advanced.seed(Month.of(day))) == public.of_month(Month.of(day))
    monkeypatch.setattr(key_commands, "_today", lambda: date(made.until.year + 1, 6, 1))
    with pytest.raises(CommandError, match="verlopen"):
        key_commands.keys_backup_advance(Namespace(key=path))


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"form": "sluitend/offline-key/1", "month": "x"}'])
def test_what_is_no_key_is_said_to_be_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "key").write_text(content)
    with pytest.raises(OfflineKeyBad):
        OfflineKey.read(tmp_path / "key")
    with pytest.raises(OfflineKeyBad):
        OfflinePublic.read(tmp_path / "key")
