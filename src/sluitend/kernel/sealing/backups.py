"""The form of a backup: a signed header, then a stream of sealed chunks.

The key of the stream follows from two shares. One is sealed to the offline key, of which the server has
the public half only; the other to the key of the month, in the key folder. An archive of the key folder
itself has the first alone: its own month key would lie locked inside it.
"""

import base64
import hashlib
import json
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Literal, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from sluitend.kernel.sealing import crypto, monthkeys
from sluitend.kernel.sealing.keyfolder import KeyFolder
from sluitend.kernel.sealing.offline import Month, OfflineKey, OfflinePublic

MAGIC = b"SLUITEND-BACKUP1"
_LABEL = "sluitend/backup/1"
_MOST_HEADER = 4 * 1024 * 1024
_SIGNATURE = 64
# Format, nonce prefix and tag around each chunk.
_ON_DISK = crypto.CHUNK_BYTES + 1 + 7 + 16

type Kind = Literal["database", "keys"]


class BackupBad(Exception):
    """This is no backup of this installation, or not whole: changed, cut short or signed by another."""


class Sink(Protocol):
    """Where a backup is written to."""

    def write(self, piece: bytes, /) -> object: ...


class Head(BaseModel):
    """Where the chain of one organisation's ledger stood."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    position: int
    hash: str


class Header(BaseModel):
    """What may be known of a backup without opening it. It is signed; nothing in it is secret."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    taken: AwareDatetime
    month: str
    version: str
    offline: str
    offline_seal: str
    month_key: str = ""
    month_seal: str = ""
    standing: str = ""
    ledger: dict[str, Head] = {}

    def to_bytes(self) -> bytes:
        """Return the bytes that are signed, and to which the stream is bound."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True)
class Facts:
    """What the maker of a backup tells: the rest of the header follows from the keys."""

    kind: Kind
    taken: AwareDatetime
    month: Month
    version: str
    standing: str = ""
    ledger: dict[str, Head] | None = None


def write(
    pieces: Iterable[bytes], output: Sink, facts: Facts, *, recipient: OfflinePublic, keys: KeyFolder
) -> Header:
    """Write a backup of a stream.

    Args:
        pieces: what is backed up.
        output: where to.
        facts: for the header.
        recipient: the public halves of the offline key.
        keys: the key folder, for the key of the month and to sign with.

    Raises:
        NoKey: the offline key has no public half for this month.
    """
    month = facts.month
    public, share = recipient.of_month(month), crypto.new_key()
    own_public, own_share = b"", b""
    if facts.kind == "database":
        own_public, own_share = monthkeys.public_key(keys, month), crypto.new_key()
    header = Header(
        kind=facts.kind,
        taken=facts.taken,
        month=str(month),
        version=facts.version,
        offline=crypto.key_id_of(public),
        offline_seal=_sealed(share, public, facts.kind, "offline", month),
        month_key=crypto.key_id_of(own_public) if own_public else "",
        month_seal=_sealed(own_share, own_public, facts.kind, "month", month) if own_public else "",
        standing=facts.standing,
        ledger=facts.ledger or {},
    )
    raw = header.to_bytes()
    signing = Ed25519PrivateKey.from_private_bytes(keys.read("signing.key"))
    output.write(MAGIC + struct.pack(">I", len(raw)) + raw + signing.sign(_message(raw)))
    for chunk in crypto.encrypt_chunks(pieces, _stream_key(share, own_share, raw), _message(raw)):
        output.write(chunk)
    return header


class Backup:
    """A backup that is being read."""

    def __init__(self, source: IO[bytes]) -> None:
        """Read the header; whether it is signed is asked by `check`.

        Raises:
            BackupBad: it is no backup.
        """
        self._source = source
        if source.read(len(MAGIC)) != MAGIC:
            raise BackupBad("form")
        length = source.read(4)
        if len(length) != 4 or not 0 < (size := struct.unpack(">I", length)[0]) <= _MOST_HEADER:
            raise BackupBad("form")
        self._raw = source.read(size)
        self._signature = source.read(_SIGNATURE)
        try:
            self.header = Header.model_validate_json(self._raw)
            self.month = Month.parse(self.header.month)
        except (ValidationError, ValueError) as error:
            raise BackupBad("form") from error

    @property
    def digest(self) -> str:
        """Return what names this backup and no other."""
        return hashlib.sha256(self._raw).hexdigest()

    def check(self, verify: Ed25519PublicKey) -> None:
        """Refuse what this installation did not make.

        Raises:
            BackupBad: the signature is of another.
        """
        try:
            verify.verify(self._signature, _message(self._raw))
        except InvalidSignature as error:
            raise BackupBad("signature") from error

    def pieces(self, offline: OfflineKey, keys: KeyFolder) -> Iterator[bytes]:
        """Return what was backed up, piece by piece.

        Raises:
            NoKey: the offline key was advanced past it, or the key of its month was destroyed.
            SealBroken: another key, changed, or cut short. What came before it must not be used.
        """
        private = crypto.private_from_seed(offline.seed(self.month))
        share = self._unsealed(self.header.offline_seal, private, "offline")
        own = b""
        if self.header.kind == "database":
            own = self._unsealed(self.header.month_seal, monthkeys.private_key(keys, self.month), "month")
        key = _stream_key(share, own, self._raw)
        yield from crypto.decrypt_chunks(
            iter(lambda: self._source.read(_ON_DISK), b""), key, _message(self._raw)
        )

    def _unsealed(self, seal: str, private: crypto.PrivateKey, holder: str) -> bytes:
        info = _seal_info(self.header.kind, holder, self.month)
        return crypto.unseal(base64.b64decode(seal), private, info)


def _sealed(share: bytes, public: bytes, kind: str, holder: str, month: Month) -> str:
    sealed = crypto.seal(share, crypto.public_from_bytes(public), _seal_info(kind, holder, month))
    return base64.b64encode(sealed).decode()


def _seal_info(kind: str, holder: str, month: Month) -> bytes:
    return crypto.bind("sluitend/backup-share/1", kind, holder, str(month))


def _stream_key(offline_share: bytes, month_share: bytes, header: bytes) -> bytes:
    label = crypto.bind("sluitend/backup-stream/1", hashlib.sha256(header).digest())
    return crypto.derive(offline_share + month_share, label)


def _message(header: bytes) -> bytes:
    return crypto.bind(_LABEL, hashlib.sha256(header).digest())
