"""Checkpoints: what a chain was at a moment, signed, for somebody outside to keep."""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from sluitend.kernel.sealing import crypto
from sluitend.kernel.sealing.custodian import custodian
from sluitend.kernel.sealing.keyfolder import KeyFolder

LABEL = "sluitend/checkpoint/1"
BEGUN = "begun.jsonl"
"""The file that says of each chain where it began under a key."""


@dataclass(frozen=True)
class Checkpoint:
    """The hash at one position of the chain of one organisation.

    `begins`: here ended what was linked without a key, or nothing did; what follows is linked under one.
    """

    organisation_id: UUID
    position: int
    hash: bytes
    at: str
    signature: bytes = b""
    begins: bool = False

    def content(self) -> bytes:
        """Return the bytes that are signed."""
        parts: list[str | int] = [str(self.organisation_id), self.position, self.hash.hex(), self.at]
        if self.begins:
            parts.append("begins")
        return json.dumps(parts, separators=(",", ":")).encode()

    def signed_line(self) -> str:
        """Return the line for the file, signed by the custodian."""
        return replace(self, signature=custodian().sign_checkpoint(self.content())).line()

    def line(self) -> str:
        """Return the line, with the signature that there is."""
        fields = {
            "organisation": str(self.organisation_id),
            "position": self.position,
            "hash": self.hash.hex(),
            "at": self.at,
            "signature": base64.b64encode(self.signature).decode(),
            **({"begins": True} if self.begins else {}),
        }
        return json.dumps(fields)

    def is_signed(self, key: Ed25519PublicKey) -> bool:
        """Return whether the holder of the checkpoint key wrote this."""
        try:
            key.verify(self.signature, crypto.bind(LABEL, self.content()))
        except InvalidSignature:
            return False
        return True


UNREADABLE = Checkpoint(UUID(int=0), 0, b"", "")


def checkpoint_key() -> Ed25519PublicKey:
    """Return the key with which checkpoints are checked, from the key folder of this installation."""
    raw = KeyFolder(settings.SLUITEND_KEYS).read("checkpoint.pub").decode().strip()
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(raw))


def read_checkpoints(folder: Path, *, months: int | None = None) -> list[Checkpoint]:
    """Return every checkpoint in a folder; a line that cannot be read is one that nobody signed.

    Args:
        folder: in which a file of each month stands, and where the chains began.
        months: how many of the last files are enough; all when left out.
    """
    files = sorted(folder.glob("*.jsonl")) if folder.is_dir() else []
    of_months = [file for file in files if file.name != BEGUN]
    begun = [file for file in files if file.name == BEGUN]
    return [point for file in (begun + of_months[-months if months else 0 :]) for point in _read(file)]


def begun(folder: Path) -> set[UUID]:
    """Return of which organisations the folder says where their chain began."""
    file = folder / BEGUN
    return {point.organisation_id for point in _read(file) if point.begins} if file.exists() else set()


def _read(file: Path) -> Iterator[Checkpoint]:
    return read_lines(file.read_text(errors="replace").splitlines())


def read_lines(lines: Iterable[str]) -> Iterator[Checkpoint]:
    """Give the checkpoint of each line that is not empty; of what cannot be read one that nobody signed."""
    return (_parsed(line) for line in lines if line.strip())


def _parsed(line: str) -> Checkpoint:
    try:
        raw = json.loads(line)
        signature = base64.b64decode(raw["signature"])
        return Checkpoint(
            UUID(raw["organisation"]),
            int(raw["position"]),
            bytes.fromhex(raw["hash"]),
            str(raw["at"]),
            signature,
            begins=raw.get("begins") is True,
        )
    except (ValueError, KeyError, TypeError, binascii.Error):
        return UNREADABLE
