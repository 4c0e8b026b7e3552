"""The folder with keys: who may read which file, and nothing about what the keys are for.

    keys.json, keys.good.json   register of public keys, and the last good one
    keys.alarm                  why the register was refused, for as long as it is
    verify.key                  public key of the register (hex), unless SLUITEND_VERIFY_KEY pins it
    signing.key                 private key of the register and of the destructions
    destructions.jsonl          signed register of destructions, and of what else ended
    backup.pub                  public halves of the key of backups, which is kept elsewhere
    backups/<month>.seed        private key of the backups of a month
    checkpoint.key              private key of the checkpoints of the ledger
    checkpoint.pub              its public half (hex), for whoever verifies
    mac-<process>.key           key of the ledger lines of one kind of process
    content.key                 proofs of who wrote what is sealed; without it nothing is read
    link.key                    key of the links between those lines, for the worker and who verifies
    pseudonym.key               names of subjects in the ledger
    pepper.key, mfa.key         look-up of receipts; secrets of second factors
    people.key                  hashes of passwords, and that somebody has a role
    private/<organisation>/<key id>.seed       a private key of the organisation
    private/<organisation>/<key id>.retired    the day on which that key was replaced
    tokens/<organisation>.key   the organisation's key for equality search
    tokens/<organisation>.former.key    the one before, for as long as it is being renewed

A process without private keys has a folder of its own, with its `PARTS` alone.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from sluitend.kernel.sealing.errors import NoKey

DESTRUCTIONS = "destructions.jsonl"
_OPEN_PARTS = ("keys.json", "verify.key", "pepper.key")
PARTS = {
    "public": (*_OPEN_PARTS, "mac-public.key"),
    "desk": (*_OPEN_PARTS, "mac-public.key", "mac-desk.key", "people.key", "checkpoint.pub", DESTRUCTIONS),
    "worker": (*_OPEN_PARTS, "mac-worker.key", "people.key", "checkpoint.pub", DESTRUCTIONS),
}
"""What each kind of process needs that has no private keys: nothing of it opens anything."""

_FOLDER_MODE = 0o700
_FILE_MODE = 0o600


class KeyFolder:
    """Reads and writes key files, closed to other users of the machine."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, *names: str) -> bytes:
        """Return one file.

        Raises:
            NoKey: it is not here.
        """
        try:
            return self.path.joinpath(*names).read_bytes()
        except OSError as error:
            # The name of a file tells which key; its path would tell about the machine.
            raise NoKey("/".join(names)) from error

    def write(self, content: bytes, *names: str) -> None:
        """Write one file at once: a reader sees the old or the new one, never a half."""
        target = self.path.joinpath(*names)
        self._make_folder(target.parent)
        half = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(target)

    def append(self, content: bytes, *names: str, at: int) -> None:
        """Write at the end of a file that grows; what stands beyond `at` is the half of a line, and goes.

        Unlike `write` a reader may see a half. It costs the same however long the file is.
        """
        target = self.path.joinpath(*names)
        self._make_folder(target.parent)
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT, _FILE_MODE)
        with os.fdopen(descriptor, "wb") as file:
            file.truncate(at)
            file.seek(at)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def ensure(self, content: bytes, *names: str) -> bytes:
        """Return the file, made with `content` when it was not there."""
        if not self.path.joinpath(*names).exists():
            self.write(content, *names)
        return self.read(*names)

    def seed(self, organisation_id: UUID, key_id: str) -> Path:
        """Return where a private key of an organisation stands."""
        return self.path / "private" / str(organisation_id) / f"{key_id}.seed"

    def key_ids(self, organisation_id: UUID) -> list[str]:
        """Return the private keys that an organisation still has."""
        return sorted(file.stem for file in self.seed(organisation_id, "any").parent.glob("*.seed"))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let one process at a time change the folder."""
        self._make_folder(self.path)
        descriptor = os.open(self.path / ".lock", os.O_RDWR | os.O_CREAT, _FILE_MODE)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def open_files(self) -> list[str]:
        """Return what others on this machine could read; `doctor` wants it empty."""
        return sorted(
            str(file.relative_to(self.path)) for file in self.path.rglob("*") if file.stat().st_mode & 0o077
        )

    def _make_folder(self, folder: Path) -> None:
        missing = [folder, *folder.parents][: len(folder.parts) - len(self.path.parts) + 1]
        self.path.parent.mkdir(parents=True, exist_ok=True)
        for part in reversed(missing):
            part.mkdir(mode=_FOLDER_MODE, exist_ok=True)
            part.chmod(_FOLDER_MODE)
