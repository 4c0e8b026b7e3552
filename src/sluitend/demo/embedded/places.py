"""Where things of the embedded server stand: cluster, socket, log and passwords."""

import hashlib
import os
import pwd
import secrets
import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SOCKET_BYTES = 100
SHARED = Path("/var/lib/sluitend")


@dataclass(frozen=True)
class DataFolder:
    """Folders of one server, and the account (uid, gid) it runs as when we are root."""

    folder: Path
    socket: Path
    account: tuple[int, int] | None

    @property
    def cluster(self) -> Path:
        """Return PostgreSQL's data folder."""
        return self.folder / "cluster"

    @property
    def log(self) -> Path:
        """Return the file that the server writes its messages to."""
        return self.folder / "postgres.log"

    def own_folder(self, path: Path) -> None:
        """Make a folder for the server's account alone; refuse one that somebody else put there first."""
        owner = self.account[0] if self.account else os.geteuid()
        try:
            path.mkdir(0o700)
        except FileExistsError:
            found = path.lstat()
            if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
                raise PermissionError(
                    f"{path} is niet van ons of staat open voor anderen: verwijder die eerst."
                ) from None
        else:
            self.give(path)

    def give(self, path: Path) -> None:
        """Make the server's account the owner of a path that we made ourselves."""
        if self.account is not None:
            os.chown(path, *self.account)


@dataclass(frozen=True)
class Secrets:
    """Random passwords, each in a file that only its owner can read."""

    folder: Path

    def get(self, name: str, make: Callable[[], str] = lambda: secrets.token_urlsafe(24)) -> str:
        """Return the secret of that name, made at first use."""
        file = self.folder / name
        if not file.exists():
            self.folder.mkdir(0o700, parents=True, exist_ok=True)
            fresh = file.with_suffix(f".{os.getpid()}")
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as output:
                output.write(make())
            fresh.rename(file)
        return file.read_text()


def choose_folder(data: Path) -> DataFolder:
    """Return the place of the server of a data folder, making the folders that are missing."""
    data, account = data.resolve(), _account()
    # The server's own account must pass through; what it may not read is closed one level down.
    mode = 0o700 if account is None else 0o711
    data.mkdir(mode, parents=True, exist_ok=True)
    folder = data / "postgres"
    if account is not None and not _open_to_all(data):
        # Another user cannot pass a folder above (a home folder, say). We do not open it; we go elsewhere.
        folder = SHARED / _digest(data)
    folder.mkdir(mode, parents=True, exist_ok=True)
    place = DataFolder(folder, _socket_folder(folder), account)
    place.own_folder(place.socket)
    return place


def _account() -> tuple[int, int] | None:
    """Return the account for a server started by root: PostgreSQL refuses root, and so do we."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _open_to_all(path: Path) -> bool:
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.parents))


def _digest(path: Path) -> str:
    return hashlib.sha256(bytes(path)).hexdigest()[:16]


def _socket_folder(folder: Path) -> Path:
    """Return the folder of the socket; the kernel allows its path no more than about a hundred bytes."""
    if len(bytes(folder / "run" / ".s.PGSQL.5432")) <= SOCKET_BYTES:
        return folder / "run"
    return Path(tempfile.gettempdir()) / f"sluitend-{_digest(folder)}"
