"""Who wrote a sealed value: a proof that stands before it. It knows of keys and bytes, of no database.

Anybody may seal with a public key, so that a value opens says nothing of who wrote it. The proof is a MAC
under a key of its envelope, which the custodian hands out with the data key and nobody else can make. It is
over the place of the value, the bytes, and the data key: AES-GCM does not commit to its key, so that the same
bytes could open to other words under a second one.
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from sluitend.kernel.sealing import crypto
from sluitend.kernel.sealing.errors import NotGenuine

FORMAT = b"\x02"
MAC_BYTES = 16
_HEAD = len(FORMAT) + 1 + MAC_BYTES
PUBLIC = "public"
_SIGNS = {"desk": b"d", "worker": b"w", "command": b"c", PUBLIC: b"p"}


class ProofKeys(NamedTuple):
    """The keys of the proofs in one envelope: of our processes, and of the public one.

    The public process has the second only: `ours` is empty there.
    """

    ours: bytes
    public: bytes


@dataclass(frozen=True)
class Opened:
    """What the custodian gives of one envelope."""

    key: bytes = field(repr=False)
    proofs: ProofKeys = field(repr=False)

    @cached_property
    def commitment(self) -> bytes:
        """What stands for the data key in a proof, derived once for all that is read in the envelope."""
        return crypto.derive(self.key, b"sluitend/commitment/1", length=MAC_BYTES)


def proof_key(secret: bytes, kind: str, envelope_id: UUID) -> bytes:
    """Return the key of the proofs in one envelope.

    Args:
        secret: `content.key`, or of the public process its key of the ledger.
        kind: `ours` or `public`, so that one key never serves as the other.
        envelope_id: which envelope.
    """
    return hmac.digest(secret, crypto.bind("sluitend/proof-key/1", kind, envelope_id.bytes), "sha256")


def proven(sealed: bytes, kind: str, opened: Opened, aad: bytes) -> bytes:
    """Return a sealed value with its proof before it.

    Args:
        sealed: the value.
        kind: of process that writes it.
        opened: data key and keys of the proofs.
        aad: its place: table, column, row, envelope and revision.
    """
    sign = _SIGNS[kind]
    return FORMAT + sign + _mac(sealed, sign, opened, aad) + sealed


def checked(value: bytes, opened: Opened, aad: bytes, *, by_public: bool) -> bytes:
    """Return the sealed value without its proof.

    The public process cannot judge what we wrote. What it opens it opens with a secret that somebody brought
    along, so that nobody who writes the tables can have put another data key there.

    Args:
        value: as it stands in the column.
        opened: data key and keys of the proofs.
        aad: its place.
        by_public: whether the public process may have written it.

    Raises:
        NotGenuine: nobody of us wrote this here.
    """
    sign, mac, sealed = value[1:2], value[2:_HEAD], value[_HEAD:]
    if value[:1] != FORMAT or sign not in _SIGNS.values():
        raise NotGenuine("no proof")
    if sign == _SIGNS[PUBLIC] and not by_public:
        raise NotGenuine("not for the public to write")
    if sign != _SIGNS[PUBLIC] and not opened.proofs.ours:
        return sealed
    if not hmac.compare_digest(_mac(sealed, sign, opened, aad), mac):
        raise NotGenuine("nobody of us wrote this")
    return sealed


def _mac(sealed: bytes, sign: bytes, opened: Opened, aad: bytes) -> bytes:
    key = opened.proofs.public if sign == _SIGNS[PUBLIC] else opened.proofs.ours
    text = crypto.bind("sluitend/proof/1", sign, aad, opened.commitment, hashlib.sha256(sealed).digest())
    return hmac.digest(key, text, "sha256")[:MAC_BYTES]
