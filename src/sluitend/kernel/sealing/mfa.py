"""Keeps the secrets of second factors sealed, each for the account that it belongs to.

Allauth stores them in plain unless its adapter does otherwise. Whoever writes the tables must not put a
factor of their own, or a copy of it, with the account of somebody else.
"""

import base64
import binascii
import hashlib
import hmac
import json
from typing import Any
from uuid import UUID

from sluitend.kernel.sealing.custodian import custodian
from sluitend.kernel.sealing.errors import SealBroken

BOUND = "sluitend/factor/2"


def protect(text: str, owner: UUID) -> str:
    """Return a secret in the form that the database may hold, for `encrypt` of the MFA adapter.

    Args:
        text: the secret.
        owner: the account that it belongs to; sealed with it.
    """
    return base64.b64encode(custodian().seal_factor(f"{BOUND}|{owner}|{text}".encode())).decode()


def reveal(protected: str, owner: UUID) -> str:
    """Return the secret again, for `decrypt` of the MFA adapter.

    Raises:
        SealBroken: changed, never protected, or of another account.
    """
    text, mine = _opened(protected), f"{BOUND}|{owner}|"
    if not text.startswith(mine):
        raise SealBroken("not a secret of this account")
    return text.removeprefix(mine)


def vouch(credential: dict[str, Any], owner: UUID) -> str:
    """Return the proof that a passkey was added by this account, to be kept beside it."""
    return protect(_digest(credential), owner)


def is_vouched(credential: dict[str, Any], proof: str, owner: UUID) -> bool:
    """Return whether this account added a passkey."""
    try:
        return hmac.compare_digest(reveal(proof, owner), _digest(credential))
    except SealBroken:
        return False


def _opened(protected: str) -> str:
    try:
        sealed = base64.b64decode(protected, validate=True)
    except (binascii.Error, ValueError) as error:
        raise SealBroken("not a protected secret") from error
    return custodian().open_factor(sealed).decode()


def _digest(credential: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(credential, sort_keys=True).encode()).hexdigest()
