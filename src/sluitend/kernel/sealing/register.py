"""The register of public keys: a signed file, checked at each change, with the last good one kept.

A bad, old or missing register must not stop intake (no signal gets lost) and must not make it seal to a
stranger: intake goes on with the last good register, and an alarm stands until the register is right again.
"""

import base64
import json
import threading
from datetime import date
from functools import lru_cache
from pathlib import Path
from uuid import UUID

import structlog
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.utils import timezone
from pydantic import BaseModel, ConfigDict, ValidationError

from sluitend.kernel.sealing import crypto
from sluitend.kernel.sealing.errors import NoKey, RegisterBad
from sluitend.kernel.sealing.keyfolder import KeyFolder

CURRENT = "keys.json"
GOOD = "keys.good.json"
ALARM = "keys.alarm"
_LABEL = b"sluitend/register/1|"

log = structlog.get_logger("sluitend.sealing")


class PublicEntry(BaseModel):
    """The one public key to which an organisation is sealed now."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    organisation: UUID
    key_id: str
    public: str
    since: date

    def key(self) -> crypto.PublicKey:
        """Return the key itself."""
        return _key(self.public)


@lru_cache(maxsize=512)
def _key(public: str) -> crypto.PublicKey:
    return crypto.public_from_bytes(base64.b64decode(public))


class Register(BaseModel):
    """All public keys, with the version that only rises and the last day on which it holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    valid_until: date
    keys: tuple[PublicEntry, ...]

    def entry(self, organisation_id: UUID) -> PublicEntry:
        """Return the key of an organisation.

        Raises:
            NoKey: it has none; `create_keys` makes it.
        """
        wanted = organisation_id.int  # ids compare in Python, and there is one for every organisation
        for entry in self.keys:
            if entry.organisation.int == wanted:
                return entry
        raise NoKey(f"no public key of {organisation_id}")

    def signed(self, signing: Ed25519PrivateKey) -> bytes:
        """Return the file."""
        body = self.canonical()
        signature = signing.sign(_LABEL + body).hex()
        return json.dumps(
            {"register": json.loads(body), "signature": signature}, indent=1, sort_keys=True
        ).encode()

    def canonical(self) -> bytes:
        """Return the bytes that are signed."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def verified(cls, raw: bytes, verify: Ed25519PublicKey) -> "Register":
        """Return the register in a file.

        Raises:
            RegisterBad: it is not what the holder of the signing key wrote.
        """
        try:
            outer = json.loads(raw)
            register = cls.model_validate(outer["register"])
            verify.verify(bytes.fromhex(outer["signature"]), _LABEL + register.canonical())
        except InvalidSignature as error:
            raise RegisterBad("signature") from error
        except (ValueError, KeyError, TypeError, AttributeError, ValidationError) as error:
            raise RegisterBad("form") from error
        return register


class RegisterStore:
    """Gives the register to seal by, and keeps the alarm."""

    def __init__(self, folder: KeyFolder, verify: Ed25519PublicKey) -> None:
        self._folder = folder
        self._verify = verify
        self._lock = threading.Lock()
        self._seen: tuple[object, ...] = ()
        self._good: Register | None = None
        self._current: Register | None = None
        self.alarm: str | None = None

    def current(self) -> Register:
        """Return the register to seal by: today's when it is right, else the last good one.

        Raises:
            NoKey: neither is there.
        """
        with self._lock:
            # A report must not cost a signature check: look again when the file or the day changed.
            seen = (self._mark(), timezone.localdate())
            if self._current is None or seen != self._seen:
                self._current = self._load()
                self._seen = seen
            return self._current

    def _mark(self) -> tuple[int, ...]:
        try:
            stat = (self._folder.path / CURRENT).stat()
        except OSError:
            return ()
        return (stat.st_ino, stat.st_mtime_ns, stat.st_size)

    def _load(self) -> Register:
        good = self._last_good()
        try:
            raw = self._folder.read(CURRENT)
            register = Register.verified(raw, self._verify)
            self._check_age(register, good)
        except (RegisterBad, NoKey) as error:
            self._raise_alarm("missing" if isinstance(error, NoKey) else str(error))
            if good is None:
                raise NoKey("no register of public keys") from error
            return good
        if register != good:
            self._keep(raw)
        self._good = register
        self._clear_alarm()
        return register

    def _last_good(self) -> Register | None:
        """Return the newest good register of this process or of the folder.

        An older copy put back does not win.
        """
        try:
            kept = Register.verified(self._folder.read(GOOD), self._verify)
        except (RegisterBad, NoKey):
            return self._good
        return max((kept, self._good), key=lambda each: each.version if each else -1)

    def _check_age(self, register: Register, good: Register | None) -> None:
        if good and (
            register.version < good.version or (register.version == good.version and register != good)
        ):
            raise RegisterBad("rollback")
        if register.valid_until < timezone.localdate():
            raise RegisterBad("expired")

    def _keep(self, raw: bytes) -> None:
        try:
            self._folder.write(raw, GOOD)
        except OSError:
            # A public process may have a folder that it cannot write; it then remembers for as long as it
            # lives.
            log.warning("register_copy_not_written")

    def _raise_alarm(self, reason: str) -> None:
        if reason != self.alarm:
            log.error("register_refused", reason=reason)
        self.alarm = reason
        self._note(reason)

    def _clear_alarm(self) -> None:
        if self.alarm or (self._folder.path / ALARM).exists():
            log.info("register_right_again")
            self._note("")
        self.alarm = None

    def _note(self, reason: str) -> None:
        try:
            if reason:
                self._folder.write(f"{timezone.localdate()} {reason}\n".encode(), ALARM)
            else:
                (self._folder.path / ALARM).unlink(missing_ok=True)
        except OSError:
            log.warning("register_alarm_not_written")


def verify_key(folder: KeyFolder) -> Ed25519PublicKey:
    """Return the key that checks the register.

    From the settings, where one can pin it, else from the folder.
    """
    pinned: str = getattr(settings, "SLUITEND_VERIFY_KEY", "")
    return Ed25519PublicKey.from_public_bytes(
        bytes.fromhex(pinned or folder.read("verify.key").decode().strip())
    )


@lru_cache(maxsize=8)
def _store(path: Path, _pinned: str) -> RegisterStore:
    folder = KeyFolder(path)
    return RegisterStore(folder, verify_key(folder))


def register_store() -> RegisterStore:
    """Return this process's store for `settings.SLUITEND_KEYS`."""
    return _store(settings.SLUITEND_KEYS, getattr(settings, "SLUITEND_VERIFY_KEY", ""))


def register_alarm() -> str | None:
    """Return why the register was refused (`missing`, `form`, `signature`, `rollback`, `expired`), for
    `doctor`.
    """
    try:
        register_store().current()
    except NoKey:
        return "missing"
    return register_store().alarm
