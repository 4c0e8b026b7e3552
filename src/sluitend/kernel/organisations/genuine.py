"""What only our processes can put in the tables of people: the hash of a password, and that a role works.

Whoever writes SQL in our place writes rows as we do. They lack the key, which stands in the folder of keys
and in no table, so that a password or a role which they put there opens nothing.
"""

import base64
import binascii
import hmac
import os
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY = "people.key"
UNUSABLE = "!"
"""What Django takes for the hash of no password at all; comparing with it takes as long."""
_SEALED, _NONCE = "sealed$", 12


class Grant(NamedTuple):
    """What a role is: of whom, where, which, and who gave it. The columns of a `Membership` of that name."""

    id: UUID
    account_id: UUID
    organisation_id: UUID
    role: str
    since: date | None
    until: date | None
    home_id: UUID | None
    agreement_id: UUID | None
    invited_by: UUID | None
    offered_on: date | None
    confirmed_by: UUID | None
    confirmed_on: date | None
    accepted_on: date | None
    reporter_role: str


class Longer(NamedTuple):
    """That a role which works is offered for longer, and by whom: columns of a `Membership`."""

    id: UUID
    account_id: UUID
    organisation_id: UUID
    role: str
    longer_until: date | None
    longer_by: UUID | None
    longer_on: date | None


class Agreed(NamedTuple):
    """That a municipality takes part in an agreement, and who agreed: what a `PoolMember` says."""

    id: UUID
    agreement_id: UUID
    agreement__since: date
    agreement__until: date
    organisation_id: UUID
    covered: bool
    agreed_by_id: UUID | None
    agreed_on: date | None


def proof_of(what: Grant | Longer | Agreed) -> bytes:
    """Return what stands beside a role, that it is offered for longer, or an agreement that we wrote.

    The end of a stand-in is left out: the database renews it, and brings it forward, by itself.
    """
    if isinstance(what, Grant) and what.agreement_id is not None:
        what = what._replace(until=None)
    text = "|".join("" if each is None else str(each) for each in what)
    return hmac.digest(_key(type(what).__name__.lower()), text.encode(), "sha256")


def ended_as(what: UUID, last: date | None = None) -> UUID:
    """Return what the register of what ended calls the end of a role after a day, or of a pool's member.

    A role may be given anew and end again. Whoever speaks as the web's role has words of their own written in
    the register: without the key they name no role, and take none from anybody at a restore.
    """
    return UUID(bytes=hmac.digest(_key("ended"), f"{what}|{last}".encode(), "sha256")[:16], version=4)


def is_given(what: Grant | Longer | Agreed, proof: Any) -> bool:
    """Return whether one of our processes wrote it, as it stands there now."""
    return proof is not None and hmac.compare_digest(proof_of(what), bytes(proof))


def seal_hash(account_id: UUID, encoded: str) -> str:
    """Return the hash of a password as the table may hold it: of this account, closed to who reads it."""
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(_key("password")).encrypt(nonce, encoded.encode(), account_id.bytes)
    return _SEALED + base64.b64encode(nonce + sealed).decode()


def open_hash(account_id: UUID, stored: str) -> str:
    """Return the hash again; that of no password when we did not put it there for this account."""
    if not is_sealed(stored):
        return UNUSABLE
    try:
        sealed = base64.b64decode(stored.removeprefix(_SEALED), validate=True)
        return AESGCM(_key("password")).decrypt(sealed[:_NONCE], sealed[_NONCE:], account_id.bytes).decode()
    except (binascii.Error, InvalidTag, ValueError):
        return UNUSABLE


def is_sealed(stored: str) -> bool:
    """Return whether a hash has the form that we read."""
    return stored.startswith(_SEALED)


def _key(use: str) -> bytes:
    return _derived(Path(settings.SLUITEND_KEYS, KEY), use)


@lru_cache(maxsize=16)
def _derived(path: Path, use: str) -> bytes:
    # Read once: every page asks for it, for each role of who acts.
    return hmac.digest(path.read_bytes(), f"sluitend/people/{use}/1".encode(), "sha256")
