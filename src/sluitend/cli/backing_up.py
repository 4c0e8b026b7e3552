"""`sluitend backup`: the database or the key folder, encrypted to a key that no server holds."""

import errno
import hashlib
import os
import secrets
import stat
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from importlib.metadata import version
from io import BufferedRandom, FileIO
from pathlib import Path
from typing import IO, TYPE_CHECKING

from sluitend.cli import environment, pg_tools
from sluitend.cli.errors import CommandError
from sluitend.cli.owner import as_owner

if TYPE_CHECKING:
    from sluitend.kernel.sealing.backups import Facts, Head, Kind
    from sluitend.kernel.sealing.offline import OfflineKey, OfflinePublic

RECIPIENT = "backup.pub"
SUFFIX = ".backup"
MOST_DAYS = 35
MADE = "backup.made"
IDENTITY = "SELECT identity FROM sealing_standing"
HEADS = """
SELECT o.id::text, l.position, encode(l.hash, 'hex') FROM organisations_organisation o CROSS JOIN LATERAL
  (SELECT position, hash FROM ledger_link WHERE organisation_id = o.id ORDER BY position DESC LIMIT 1) l
"""


def backup(arguments: Namespace) -> int:
    """Make a backup, or check one, and take away what is past its term."""
    if arguments.verify:
        return _verify(arguments.verify, arguments.key)
    if arguments.to is None:
        raise CommandError("Noem met --to de map waarin de back-up komt.")
    if arguments.keep_days is not None and not 1 <= arguments.keep_days <= MOST_DAYS:
        raise CommandError(f"Bewaar back-ups 1 tot {MOST_DAYS} dagen. Langer maakt vernietigen onwaar.")
    with as_owner():
        made = make(arguments.to, "keys" if arguments.keys else "database", arguments.recipient)
        print(f"Gemaakt: {made}")
        if arguments.keep_days is not None:
            for gone in prune(arguments.to, arguments.keep_days):
                print(f"Weggegooid, ouder dan {arguments.keep_days} dagen: {gone.name}")
    return 0


def make(folder: Path, kind: "Kind", recipient: Path | None = None) -> Path:
    """Make one backup in a folder, note it in the ledger, and return the file.

    Raises:
        CommandError: it could not be made; the folder has nothing new under the name of a backup.
    """
    from django.conf import settings
    from django.utils import timezone

    from sluitend.kernel.access.acting import acting, system_actor
    from sluitend.kernel.ledger.actions import record
    from sluitend.kernel.organisations.models import PLATFORM_ID
    from sluitend.kernel.sealing import backups, key_archive
    from sluitend.kernel.sealing.errors import NoKey
    from sluitend.kernel.sealing.keyfolder import KeyFolder

    keys, taken = KeyFolder(settings.SLUITEND_KEYS), timezone.now().replace(microsecond=0)
    public = _recipient(recipient or settings.SLUITEND_KEYS / RECIPIENT)
    target = folder / f"sluitend-{kind}-{taken:%Y%m%dT%H%M%SZ}{SUFFIX}"
    try:
        with _written(target) as output:
            if kind == "keys":
                facts = _facts(kind, taken)
                backups.write([key_archive.pack(keys)], output, facts, recipient=public, keys=keys)
            else:
                with _snapshot() as (name, standing, heads):
                    facts = _facts(kind, taken, standing, heads)
                    backups.write(pg_tools.dump(name), output, facts, recipient=public, keys=keys)
    except NoKey as error:
        raise CommandError(f"Er ontbreekt een sleutel ({error}). Zie Beheer, hoofdstuk 10.") from error
    with acting(system_actor(PLATFORM_ID)) as actor:
        record(actor=actor, action=MADE, activity="toegang", purpose=kind)
    return target


def prune(folder: Path, days: int) -> list[Path]:
    """Throw away the backups that were taken longer ago than this, and return them. Other files stay."""
    from django.utils import timezone

    from sluitend.kernel.sealing.backups import Backup, BackupBad

    oldest, gone = timezone.now() - timedelta(days=days), []
    for file in sorted(folder.glob(f"sluitend-*{SUFFIX}")):
        if file.is_symlink() or not file.is_file():
            continue
        try:
            with file.open("rb") as source:
                taken = Backup(source).header.taken
        except BackupBad:
            continue
        if taken < oldest:
            file.unlink()
            gone.append(file)
    return gone


def read_offline(path: Path | None) -> "OfflineKey":
    """Return the offline key that somebody brought.

    Raises:
        CommandError: it is not there, or is something else.
    """
    from sluitend.kernel.sealing.offline import OfflineKey, OfflineKeyBad

    if path is None:
        raise CommandError("Noem met --key het bestand met de sleutel die buiten de server ligt.")
    try:
        return OfflineKey.read(path)
    except (OSError, OfflineKeyBad) as error:
        raise CommandError(f"{path} is geen sleutel van `sluitend keys backup-create`.") from error


@contextmanager
def plain_errors() -> Iterator[None]:
    """Say in a sentence what keeps a backup closed."""
    from sluitend.kernel.sealing.backups import BackupBad
    from sluitend.kernel.sealing.errors import NoKey, SealBroken

    try:
        yield
    except BackupBad as error:
        raise CommandError(f"Dit is geen back-up van deze installatie ({error}).") from error
    except NoKey as error:
        raise CommandError(
            f"De sleutel van die maand is er niet meer ({error}). Deze back-up gaat nooit meer open."
        ) from error
    except SealBroken as error:
        raise CommandError(
            "De back-up gaat niet open: een andere sleutel, of het bestand is veranderd of afgebroken."
        ) from error


def _verify(file: Path, key: Path | None) -> int:
    with environment.django("SLUITEND_OWNER_URL"):
        from django.conf import settings

        from sluitend.kernel.sealing import key_archive
        from sluitend.kernel.sealing.backups import Backup
        from sluitend.kernel.sealing.keyfolder import KeyFolder
        from sluitend.kernel.sealing.register import verify_key

        keys, offline = KeyFolder(settings.SLUITEND_KEYS), read_offline(key)
        with plain_errors(), opened(file) as source:
            found = Backup(source)
            found.check(verify_key(keys))
            pieces = found.pieces(offline, keys)
            if found.header.kind == "keys":
                count = len(key_archive.read(b"".join(pieces)))
            else:
                count = pg_tools.contents(pieces)
    print(f"De back-up van {found.header.taken:%d-%m-%Y %H:%M} UTC is heel en gaat open: {count} onderdelen.")
    return 0


@contextmanager
def opened(file: Path) -> Iterator[IO[bytes]]:
    """Open a backup to read it."""
    try:
        source = file.open("rb")
    except OSError as error:
        raise CommandError(f"{file} is niet te lezen ({error.strerror}).") from error
    with source:
        yield source


def _recipient(path: Path) -> "OfflinePublic":
    from sluitend.kernel.sealing.offline import OfflineKeyBad, OfflinePublic, is_secret

    if is_secret(path):
        raise CommandError(
            f"{path} is de geheime helft. Die hoort niet op de server: haal haar weg, en maak een nieuwe."
        )
    try:
        return OfflinePublic.read(path)
    except (OSError, OfflineKeyBad) as error:
        raise CommandError(
            f"{path} is geen openbare sleutel voor back-ups. Draai op een andere machine "
            "`sluitend keys backup-create`, en zet het bestand .pub daar neer."
        ) from error


def _facts(
    kind: "Kind", taken: datetime, standing: str = "", heads: "dict[str, Head] | None" = None
) -> "Facts":
    from django.utils import timezone

    from sluitend.kernel.sealing.backups import Facts
    from sluitend.kernel.sealing.offline import Month

    month = Month.of(timezone.localdate())
    return Facts(
        kind=kind, taken=taken, month=month, version=version("sluitend"), standing=standing, ledger=heads
    )


@contextmanager
def _snapshot() -> "Iterator[tuple[str, str, dict[str, Head]]]":
    """Hold one moment of the database: what the header tells and what the dump holds are the same."""
    import psycopg

    from sluitend.kernel.sealing.backups import Head

    with pg_tools.connect() as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        name = str(connection.execute("SELECT pg_export_snapshot()").fetchall()[0][0])
        standing = connection.execute(IDENTITY).fetchone()
        heads = {
            organisation: Head(position=position, hash=digest)
            for organisation, position, digest in connection.execute(HEADS)
        }
        yield name, str(standing[0]) if standing else "", heads


@contextmanager
def _written(target: Path) -> "Iterator[_Counting]":
    """Write a file that has its name only once it is whole, on disk, and read back."""
    folder = _folder(target.parent)
    half = f".{target.name}.{secrets.token_hex(4)}"
    try:
        descriptor = os.open(half, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600, dir_fd=folder)
        try:
            with BufferedRandom(FileIO(descriptor, "r+b")) as file:
                output = _Counting(file)
                yield output
                file.flush()
                os.fsync(file.fileno())
                _read_back(file, output.digest())
            _name(folder, half, target.name)
        finally:
            _ignore_missing(lambda: os.unlink(half, dir_fd=folder))
        os.fsync(folder)
    except FileExistsError as error:
        raise CommandError(f"{target} bestaat al. Er is niets overschreven.") from error
    except OSError as error:
        raise CommandError(
            f"De back-up is niet geschreven ({error.strerror}). In {target.parent} staat niets half."
        ) from error
    finally:
        os.close(folder)


class _Counting:
    """Writes to a file and keeps the hash of what was meant to be there."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._hash = file, hashlib.sha256()

    def write(self, piece: bytes) -> int:
        """Write a piece."""
        self._hash.update(piece)
        return self._file.write(piece)

    def digest(self) -> bytes:
        """Return the hash of all pieces."""
        return self._hash.digest()


def _read_back(file: BufferedRandom, wanted: bytes) -> None:
    file.seek(0)
    if hashlib.file_digest(file, "sha256").digest() != wanted:
        raise OSError(errno.EIO, "wat er staat, is niet wat geschreven werd")


def _name(folder: int, half: str, name: str) -> None:
    """Give the file its name, unless something else has it. A rename would write over that."""
    try:
        os.link(half, name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links, such as a network disk.
        if _exists(folder, name):
            raise FileExistsError(name) from None
        os.rename(half, name, src_dir_fd=folder, dst_dir_fd=folder)


def _exists(folder: int, name: str) -> bool:
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def _folder(path: Path) -> int:
    """Return a folder, opened as itself: a link could lead what is written elsewhere."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        raise CommandError(f"{path} is geen map (of een koppeling): {error.strerror}.") from error
    if os.fstat(descriptor).st_mode & stat.S_IWOTH:
        os.close(descriptor)
        raise CommandError(f"In {path} kan iedereen schrijven. Kies een map van deze gebruiker alleen.")
    return descriptor


def _ignore_missing(act: Callable[[], None]) -> None:
    try:
        act()
    except FileNotFoundError:
        return
