"""Link and code of a pick-up: two secrets that travel by two ways, and the keys that follow from both.

The database keeps keyed hashes of them and a data key that needs both, so that it can be stolen as a whole
and opens nothing. The link alone has 192 bits; the code, that is read out by telephone, has 58.
"""

import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from sluitend.kernel.sealing import crypto, receipts
from sluitend.kernel.sealing.envelopes import OpenEnvelope, opened_by_public

LINK_BYTES = 24
SESSION_BYTES = 32
GROUPS, GROUP = 3, 4
SPEAKABLE = receipts.ALPHABET[2:]
"""Without 0 and 1, so that nobody asks which one was meant."""
_SESSION = re.compile(r"[\w-]{43}", re.ASCII)


@dataclass(frozen=True)
class PickupKeys:
    """What link and code give together."""

    lookup: bytes
    proof: bytes
    key: bytes = field(repr=False)


@dataclass(frozen=True)
class SessionKeys:
    """What link and cookie give together."""

    lookup: bytes
    session: bytes
    key: bytes = field(repr=False)


def new_link() -> str:
    """Return the random part of a new link."""
    return secrets.token_urlsafe(LINK_BYTES)


def new_code() -> str:
    """Return a new code to be read out, such as `7K4Q-9M2R-TT3X`."""
    return receipts.grouped("".join(secrets.choice(SPEAKABLE) for _ in range(GROUPS * GROUP)))


def new_session() -> str:
    """Return the secret that one browser keeps for as long as its session lasts."""
    return secrets.token_urlsafe(SESSION_BYTES)


def session_of(text: str) -> str:
    """Return a secret that a page brought along; a new one when that is missing or bent."""
    return text if _SESSION.fullmatch(text) else new_session()


def parse_code(text: str) -> str:
    """Return what somebody typed as a code; what cannot be one becomes another that nobody has.

    Forgives lower case, dashes and spaces, as a receipt does. It is never told apart from a wrong code.
    """
    symbols = receipts.symbols_of(text)
    fits = len(symbols) == GROUPS * GROUP and all(each in SPEAKABLE for each in symbols)
    return receipts.grouped(symbols) if fits else ""


def pickup_keys(link: str, code: str) -> PickupKeys:
    """Return what finds, proves and opens a pick-up. Make them for every try, so that time tells nothing.

    Raises:
        NoKey: the pepper is not in this process's key folder.
    """
    both = crypto.bind("sluitend/pickup/1", link, code)
    lookup = lookup_of(link)
    return PickupKeys(
        lookup=lookup,
        proof=receipts.peppered(b"sluitend/pickup-proof/1|" + both),
        key=crypto.derive(both, b"sluitend/pickup-key/1", salt=lookup),
    )


def session_keys(link: str, cookie: str) -> SessionKeys:
    """Return what finds and opens a pick-up that this browser has opened before.

    Raises:
        NoKey: the pepper is not in this process's key folder.
    """
    both = crypto.bind("sluitend/pickup-session/1", link, cookie)
    lookup = lookup_of(link)
    return SessionKeys(
        lookup=lookup,
        session=receipts.peppered(b"sluitend/pickup-cookie/1|" + both),
        key=crypto.derive(both, b"sluitend/pickup-session-key/1", salt=lookup),
    )


def worked_key(link: str, sent: Iterable[tuple[str, list[str]]]) -> bytes:
    """Return what a page has in common with its repetition: a keyed hash of link and all that was sent."""
    what = crypto.bind("sluitend/pickup-sent/1", link, json.dumps(sorted(sent)))
    return receipts.peppered(b"sluitend/pickup-worked/1|" + what)


def lookup_of(link: str) -> bytes:
    """Return the look-up value of a link."""
    return receipts.peppered(b"sluitend/pickup-lookup/1|" + link.encode())


def wrap(envelope: OpenEnvelope, key: bytes, *, pickup_id: UUID) -> bytes:
    """Return the data key of an envelope under a key of this module, bound to pick-up and envelope."""
    return crypto.encrypt(envelope.key, key, _bound(pickup_id, envelope.id))


def unwrap(
    wrapped: bytes, key: bytes, *, pickup_id: UUID, envelope_id: UUID, writer_id: UUID
) -> OpenEnvelope:
    """Return the envelope again, open.

    Raises:
        SealBroken: another key, pick-up or envelope.
    """
    return opened_by_public(
        envelope_id, writer_id, crypto.decrypt(wrapped, key, _bound(pickup_id, envelope_id))
    )


def _bound(pickup_id: UUID, envelope_id: UUID) -> bytes:
    return crypto.bind("sluitend/pickup-wrap/1", pickup_id.bytes, envelope_id.bytes)
