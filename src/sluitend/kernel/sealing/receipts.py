"""Receipts, the mailbox keys that follow from them, and references that can be read aloud.

A receipt has 100 bits, so that its key needs no stretching, also against a quantum computer (Grover halves
the bits).
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from sluitend.kernel.sealing import crypto
from sluitend.kernel.sealing.keyfolder import KeyFolder

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""32 symbols without I, L, O and U: nothing that looks or sounds like another."""

GROUPS = 5
GROUP = 4
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BETWEEN = frozenset(" -‐‑‒–—−_.,/\t\r\n\u00a0\u202f")
_SPEAKABLE = ALPHABET[2:]


@dataclass(frozen=True)
class MailboxKeys:
    """What a receipt gives: the look-up value of its mailbox, and the key pair that opens what is in it."""

    lookup: bytes
    public: bytes
    _seed: bytes = field(repr=False)

    @property
    def private(self) -> crypto.PrivateKey:
        """The private key, which is made when somebody opens: whoever files only seals."""
        return crypto.private_from_seed(self._seed)


def new_receipt() -> str:
    """Return a new receipt, such as `7K4Q-0M2R-...`: five groups of four symbols."""
    return grouped("".join(secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP)))


def parse_receipt(text: str) -> str | None:
    """Return what somebody typed as a receipt, or None when it cannot be one.

    Forgives lower case, missing or other dashes, spaces, and O for 0 and I or L for 1.
    """
    symbols = symbols_of(text)
    if len(symbols) != GROUPS * GROUP or any(each not in ALPHABET for each in symbols):
        return None
    return grouped(symbols)


def mailbox_keys(code: str) -> MailboxKeys:
    """Return look-up value and key pair of a receipt.

    Make them, the private key too, also when no mailbox is found, so that time tells nothing.

    The key is salted by the mailbox's own look-up value: who has all mailboxes still attacks them one by one.

    Args:
        code: a receipt as `parse_receipt` returns it.

    Raises:
        ValueError: it is no receipt.
        NoKey: the pepper is not in this process's key folder.
    """
    receipt = parse_receipt(code)
    if receipt is None:
        raise ValueError("not a receipt")
    secret = receipt.encode()
    lookup = peppered(b"sluitend/lookup/1|" + secret)
    seed = crypto.derive(secret, b"sluitend/mailbox/1", salt=lookup, length=crypto.SEED_BYTES)
    return MailboxKeys(lookup, crypto.public_bytes_of_seed(seed), seed)


def human_code(prefix: str, *, symbols: int = 4) -> str:
    """Return a random reference such as `M-7K4Q`.

    The caller tries again when its organisation has it already.

    Never a running number: that tells order and volume.
    """
    return f"{prefix}-{''.join(secrets.choice(_SPEAKABLE) for _ in range(symbols))}"


def symbols_of(text: str) -> str:
    """Return the signs of a code that somebody typed, without what stands between, look-alikes mended."""
    return "".join(each for each in text.upper() if each not in _BETWEEN).translate(_LOOKALIKES)


def peppered(value: bytes) -> bytes:
    """Return a keyed hash of a secret, under the pepper that the database does not have.

    Raises:
        NoKey: the pepper is not in this process's key folder.
    """
    return hmac.new(_pepper(settings.SLUITEND_KEYS), value, hashlib.sha256).digest()


def grouped(symbols: str) -> str:
    """Return signs in groups of four, as a code is shown."""
    return "-".join(symbols[start : start + GROUP] for start in range(0, len(symbols), GROUP))


@lru_cache(maxsize=8)
def _pepper(path: Path) -> bytes:
    return KeyFolder(path).read("pepper.key")
