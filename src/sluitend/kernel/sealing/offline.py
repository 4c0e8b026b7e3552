"""The key of backups, which no server holds: one file at home, public halves on the server.

It goes one way. The secret of a month follows from that of the month before, never the reverse, so that the
holder who *advances* the file can open nothing older any more, whatever copies of backups were kept. The
public halves of the coming years stand in one file: the server seals to the month in which it makes a backup.
"""

import base64
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sluitend.kernel.sealing import crypto
from sluitend.kernel.sealing.errors import NoKey

YEARS = 5
_SECRET_FORM = "sluitend/offline-key/1"  # noqa: S105 (names a format)
_PUBLIC_FORM = "sluitend/offline-public/1"


class OfflineKeyBad(Exception):
    """The file is no offline key, or no public half of one."""


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """Return the month of a day."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Return the month that `str` gave.

        Raises:
            ValueError: it is none.
        """
        return cls.of(date.fromisoformat(f"{text}-01"))

    def next(self) -> "Month":
        """Return the month after."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    def first_day_after(self) -> date:
        """Return the first day of the month after."""
        after = self.next()
        return date(after.year, after.number, 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


@dataclass(frozen=True)
class OfflineKey:
    """The secret, as it stands at a month: it opens that month and later ones."""

    month: Month
    until: Month
    secret: bytes

    @classmethod
    def create(cls, day: date) -> "OfflineKey":
        """Make a new one, from the month of `day` for five years."""
        month = Month.of(day)
        return cls(month, Month(month.year + YEARS, month.number), crypto.new_key())

    def advanced(self, to: Month) -> "OfflineKey":
        """Return the key as it will be at a later month.

        Raises:
            NoKey: that month has passed for this key, or lies after its end.
        """
        if not self.month <= to <= self.until:
            raise NoKey(f"offline key of {to}")
        month, secret = self.month, self.secret
        while month < to:
            month, secret = month.next(), crypto.derive(secret, b"sluitend/offline/next/1")
        return OfflineKey(month, self.until, secret)

    def seed(self, month: Month) -> bytes:
        """Return the seed of the key pair of a month.

        Raises:
            NoKey: see `advanced`.
        """
        secret = self.advanced(month).secret
        return crypto.derive(secret, b"sluitend/offline/seed/1", length=crypto.SEED_BYTES)

    def public(self) -> "OfflinePublic":
        """Return the public halves of all its months."""
        months, month = dict[Month, bytes](), self.month
        while month <= self.until:
            months[month] = crypto.public_bytes_of_seed(self.seed(month))
            month = month.next()
        return OfflinePublic(months)

    def write(self, path: Path, *, replace: bool = False) -> None:
        """Write the file, readable by its owner only, at once.

        Raises:
            FileExistsError: something stands there already, unless it may be replaced.
        """
        fields = {
            "form": _SECRET_FORM,
            "month": str(self.month),
            "until": str(self.until),
            "secret": base64.b64encode(self.secret).decode(),
        }
        write_private(path, json.dumps(fields, indent=1).encode(), replace=replace)

    @classmethod
    def read(cls, path: Path) -> "OfflineKey":
        """Return the key in a file.

        Raises:
            OfflineKeyBad: it is none.
        """
        fields = _fields(path, _SECRET_FORM)
        try:
            key = cls(
                Month.parse(str(fields["month"])),
                Month.parse(str(fields["until"])),
                base64.b64decode(str(fields["secret"]), validate=True),
            )
        except (KeyError, ValueError) as error:
            raise OfflineKeyBad(path.name) from error
        if len(key.secret) != crypto.KEY_BYTES:
            raise OfflineKeyBad(path.name)
        return key


@dataclass(frozen=True)
class OfflinePublic:
    """What the server has: a public key for each month."""

    months: dict[Month, bytes]

    def of_month(self, month: Month) -> bytes:
        """Return the public key of a month.

        Raises:
            NoKey: the key did not begin yet, or has ended; make a new one.
        """
        if month not in self.months:
            raise NoKey(f"offline public key of {month}")
        return self.months[month]

    def last(self) -> Month:
        """Return the last month for which a backup can be made."""
        return max(self.months)

    def name(self) -> str:
        """Return a short fingerprint, the same for everybody who has this file."""
        return hashlib.sha256(self.to_bytes()).hexdigest()[:16]

    def to_bytes(self) -> bytes:
        """Return the file."""
        months = {str(month): base64.b64encode(key).decode() for month, key in sorted(self.months.items())}
        return json.dumps({"form": _PUBLIC_FORM, "months": months}, indent=1).encode()

    @classmethod
    def read(cls, path: Path) -> "OfflinePublic":
        """Return the public halves in a file.

        Raises:
            OfflineKeyBad: it holds something else, a secret for example.
        """
        fields = _fields(path, _PUBLIC_FORM)
        try:
            months = {Month.parse(month): base64.b64decode(key) for month, key in fields["months"].items()}
            for key in months.values():
                crypto.public_from_bytes(key)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise OfflineKeyBad(path.name) from error
        if not months:
            raise OfflineKeyBad(path.name)
        return cls(months)


def is_secret(path: Path) -> bool:
    """Return whether a file is the secret half, which has no business on a server."""
    try:
        _fields(path, _SECRET_FORM)
    except (OfflineKeyBad, OSError):
        return False
    return True


def write_private(path: Path, content: bytes, *, replace: bool = False) -> None:
    """Write a file for its owner only; a reader sees the old one or the new one.

    Raises:
        FileExistsError: something stands there already, unless it may be replaced.
    """
    if not replace and (path.exists() or path.is_symlink()):
        raise FileExistsError(path)
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.rename(path)
    finally:
        half.unlink(missing_ok=True)


def _fields(path: Path, form: str) -> dict[str, dict[str, str]]:
    try:
        fields = json.loads(path.read_bytes())
    except ValueError as error:
        raise OfflineKeyBad(path.name) from error
    if not isinstance(fields, dict) or fields.get("form") != form:
        raise OfflineKeyBad(path.name)
    return fields
