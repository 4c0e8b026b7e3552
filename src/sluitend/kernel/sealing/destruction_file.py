"""The file of the register of destructions: one signed line an envelope, each bound to the one before."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sluitend.kernel.sealing.errors import NoKey, RegisterBad
from sluitend.kernel.sealing.keyfolder import DESTRUCTIONS, KeyFolder

_LABEL = b"sluitend/destruction/1|"


def append(folder: KeyFolder, envelopes: Iterable[UUID]) -> int:
    """Add the envelopes that the register lacks, and return how many that were."""
    with folder.locked():
        # Read after the lock, so that two processes do not write one twice.
        found = lines(folder)
        known = {UUID(str(json.loads(line)["envelope"])) for line in found}
        added = _signed_lines(folder, found[-1] if found else b"", len(found), sorted(set(envelopes) - known))
        if added:
            folder.write(b"".join(line + b"\n" for line in [*found, *added]), DESTRUCTIONS)
    return len(added)


def read(folder: KeyFolder, verify: Ed25519PublicKey) -> list[UUID]:
    """Return the envelopes of the register, oldest first.

    Raises:
        RegisterBad: a line was changed, removed or added by somebody else.
    """
    found, previous = [], b""
    for number, line in enumerate(lines(folder)):
        found.append(_checked(line, previous, number, verify))
        previous = line
    return found


def lines(folder: KeyFolder) -> list[bytes]:
    """Return the lines as they stand, unchecked."""
    try:
        return folder.read(DESTRUCTIONS).splitlines()
    except NoKey:
        return []


def _signed_lines(folder: KeyFolder, previous: bytes, count: int, ids: list[UUID]) -> list[bytes]:
    if not ids:
        return []
    signing = Ed25519PrivateKey.from_private_bytes(folder.read("signing.key"))
    added: list[bytes] = []
    for number, envelope_id in enumerate(ids, start=count):
        body = _body(envelope_id, datetime.now(tz=UTC).date(), number, previous)
        previous = json.dumps(
            {**body, "signature": signing.sign(_message(body)).hex()}, sort_keys=True
        ).encode()
        added.append(previous)
    return added


def _body(envelope_id: UUID, day: date, number: int, previous: bytes) -> dict[str, str | int]:
    return {
        "number": number,
        "envelope": str(envelope_id),
        "day": day.isoformat(),
        "previous": hashlib.sha256(previous).hexdigest(),
    }


def _message(body: dict[str, str | int]) -> bytes:
    return _LABEL + json.dumps(body, sort_keys=True, separators=(",", ":")).encode()


def _checked(line: bytes, previous: bytes, number: int, verify: Ed25519PublicKey) -> UUID:
    try:
        body = json.loads(line)
        verify.verify(bytes.fromhex(body.pop("signature")), _message(body))
        right = body["number"] == number and body["previous"] == hashlib.sha256(previous).hexdigest()
        envelope_id = UUID(body["envelope"])
    except (InvalidSignature, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RegisterBad("destructions") from error
    if not right:
        raise RegisterBad("destructions")
    return envelope_id
