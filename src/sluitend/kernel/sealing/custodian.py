"""The only door to private keys: in this process with a folder, or behind a socket in another."""

import hmac
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.sealing.errors import NoKey, NotHeld
from sluitend.kernel.sealing.keyfolder import KeyFolder
from sluitend.kernel.sealing.keyring import (
    PROCESS_KINDS,
    Keyring,
    ProcessKind,
    SealedKey,
    checkpoint_message,
    process_mac,
    public_proof,
    seal_info,
)
from sluitend.kernel.sealing.proofs import Opened, ProofKeys

__all__ = [
    "PROCESS_KINDS",
    "Custodian",
    "FileCustodian",
    "NoCustodian",
    "ProcessKind",
    "SealedKey",
    "checkpoint_message",
    "custodian",
    "may_open",
    "seal_info",
]
UNIX = "unix:"


class Custodian(Protocol):
    """Who keeps private keys, and uses them for others. Every method may raise `NoKey`."""

    def open(self, seal: SealedKey, *, organisation_id: UUID, actor: Actor, purpose: str) -> Opened:
        """Return the data key and the keys of proofs, for an actor of the organisation that holds the seal.

        Args:
            seal: the sealed data key.
            organisation_id: the organisation for which it is opened.
            actor: who asks; must act for that organisation.
            purpose: why, as the ledger line names it.

        Raises:
            NotHeld: actor, organisation and holder are not the same.
            NoKey: the private key was destroyed or never was here.
            SealBroken: the seal was changed or belongs elsewhere.
        """
        ...

    def open_all(
        self, seals: Iterable[SealedKey], *, organisation_id: UUID, actor: Actor, purpose: str
    ) -> list[Opened]:
        """Return the keys of several seals, in their order, as `open` does of one."""
        ...

    def begin(self) -> tuple[UUID, ProofKeys]:
        """Return the id of a new envelope, which the custodian draws, with its keys of proofs."""
        ...

    def public_proof(self, envelope_id: UUID) -> ProofKeys:
        """Return the key of proofs that the public process has of an envelope. It says nothing of others."""
        ...

    def forget(self) -> None:
        """Forget the data keys that are remembered: something was destroyed."""
        ...

    def tokens(self, organisation_id: UUID, texts: Sequence[bytes]) -> list[bytes]:
        """Return the token of each normalised value for an organisation's equality search."""
        ...

    def search_tokens(self, organisation_id: UUID, texts: Sequence[bytes]) -> list[bytes]:
        """Return the tokens to search with: of the present key, and of the former while that is renewed."""
        ...

    def pseudonyms(self, organisation_id: UUID, year: int, texts: Sequence[bytes]) -> list[bytes]:
        """Return the name of each subject in an organisation's ledger of one year."""
        ...

    def mac(self, kind: str, text: bytes) -> bytes:
        """Return the MAC with which a kind of process writes a line of the ledger."""
        ...

    def is_mac(self, kind: str, text: bytes, mac: bytes) -> bool:
        """Return whether a process of that kind wrote a line of the ledger."""
        ...

    def links(self, before: bytes, position: int, macs: Sequence[bytes]) -> list[bytes]:
        """Return the links that follow on `before` in a chain of the ledger; for worker and commands only."""
        ...

    def is_link(self, before: bytes, position: int, mac: bytes, link: bytes) -> bool:
        """Return whether a link of a chain is the one that belongs there."""
        ...

    def seal_factor(self, plain: bytes) -> bytes:
        """Return the secret of a second factor as the database may hold it."""
        ...

    def open_factor(self, sealed: bytes) -> bytes:
        """Return the secret of a second factor again."""
        ...

    def sign_checkpoint(self, content: bytes) -> bytes:
        """Return an Ed25519 signature over a checkpoint of the ledger."""
        ...

    def note_destroyed(self, envelopes: Iterable[UUID]) -> int:
        """Write in the signed register of destructions what it lacks, and return how many."""
        ...

    def note_ended(self, ended: Iterable[UUID]) -> int:
        """Write in that register what ended, as far as it lacks it, and return how many."""
        ...


def may_open(seals: Iterable[SealedKey], *, organisation_id: UUID, actor: Actor, purpose: str) -> None:
    """Refuse whoever is not the holder.

    Raises:
        NotHeld: actor, organisation and holder are not the same.
    """
    if not purpose:
        raise ValueError("opening needs a purpose")
    for seal in seals:
        if actor.kind == "intake" or not (actor.organisation_id == organisation_id == seal.holder_id):
            raise NotHeld


class FileCustodian(Keyring):
    """Keeps the keys of a folder in this process."""

    def open(self, seal: SealedKey, *, organisation_id: UUID, actor: Actor, purpose: str) -> Opened:
        """See `Custodian`."""
        return self.open_all([seal], organisation_id=organisation_id, actor=actor, purpose=purpose)[0]

    def open_all(
        self, seals: Iterable[SealedKey], *, organisation_id: UUID, actor: Actor, purpose: str
    ) -> list[Opened]:
        """See `Custodian`. What this process remembers, others forget within ten minutes."""
        wanted = list(seals)
        may_open(wanted, organisation_id=organisation_id, actor=actor, purpose=purpose)
        return self.open_seals(wanted)


class NoCustodian:
    """Stands in the public process: it can seal, sign its own ledger events, and open nothing."""

    def __init__(self, path: Path) -> None:
        self._folder = KeyFolder(path)

    def open(self, seal: SealedKey, *, organisation_id: UUID, actor: Actor, purpose: str) -> Opened:
        """Refuse."""
        raise NoKey("this process opens nothing")

    def open_all(
        self, seals: Iterable[SealedKey], *, organisation_id: UUID, actor: Actor, purpose: str
    ) -> list[Opened]:
        """Refuse."""
        raise NoKey("this process opens nothing")

    def begin(self) -> tuple[UUID, ProofKeys]:
        """Refuse: what it makes it proves as the public process."""
        raise NoKey("this process proves as public only")

    def public_proof(self, envelope_id: UUID) -> ProofKeys:
        """See `Custodian`."""
        return public_proof(self._folder, envelope_id)

    def forget(self) -> None:
        """Do nothing: this process has opened nothing."""

    def tokens(self, organisation_id: UUID, texts: Sequence[bytes]) -> list[bytes]:
        """Refuse."""
        raise NoKey("this process has no token keys")

    def search_tokens(self, organisation_id: UUID, texts: Sequence[bytes]) -> list[bytes]:
        """Refuse."""
        raise NoKey("this process has no token keys")

    def pseudonyms(self, organisation_id: UUID, year: int, texts: Sequence[bytes]) -> list[bytes]:
        """Refuse: what the public process writes in the ledger names nobody."""
        raise NoKey("this process names no subjects")

    def mac(self, kind: str, text: bytes) -> bytes:
        """Return a MAC of the public process only."""
        if kind != "public":
            raise NoKey("this process signs as public only")
        return process_mac(self._folder, kind, text)

    def is_mac(self, kind: str, text: bytes, mac: bytes) -> bool:
        """Say of lines of the public process only whether they are right."""
        return hmac.compare_digest(self.mac(kind, text), mac)

    def links(self, before: bytes, position: int, macs: Sequence[bytes]) -> list[bytes]:
        """Refuse."""
        raise NoKey("this process links no lines")

    def is_link(self, before: bytes, position: int, mac: bytes, link: bytes) -> bool:
        """Refuse."""
        raise NoKey("this process links no lines")

    def seal_factor(self, plain: bytes) -> bytes:
        """Refuse."""
        raise NoKey("nobody signs in here")

    def open_factor(self, sealed: bytes) -> bytes:
        """Refuse."""
        raise NoKey("nobody signs in here")

    def sign_checkpoint(self, content: bytes) -> bytes:
        """Refuse."""
        raise NoKey("this process signs no checkpoints")

    def note_destroyed(self, envelopes: Iterable[UUID]) -> int:
        """Refuse."""
        raise NoKey("this process destroys nothing")

    def note_ended(self, ended: Iterable[UUID]) -> int:
        """Refuse: what ends by the public process the worker writes down."""
        raise NoKey("this process ends nothing")


@lru_cache(maxsize=8)
def _custodian(path: Path, public_only: bool, address: str, kind: str) -> Custodian:
    if public_only:
        return NoCustodian(path)
    if address:
        from sluitend.kernel.sealing.custodian_client import SocketCustodian

        return SocketCustodian(socket_path(address), path, kind)
    return FileCustodian(path)


def socket_path(address: str) -> Path:
    """Return the path in `SLUITEND_CUSTODIAN`.

    Raises:
        NoKey: it is no address of a socket of this machine.
    """
    if not address.startswith(f"{UNIX}/"):
        raise NoKey("SLUITEND_CUSTODIAN is not unix:/path")
    return Path(address.removeprefix(UNIX))


def custodian() -> Custodian:
    """Return this process's custodian, after the settings."""
    return _custodian(
        settings.SLUITEND_KEYS,
        getattr(settings, "SLUITEND_PUBLIC_ONLY", False),
        getattr(settings, "SLUITEND_CUSTODIAN", ""),
        settings.SLUITEND_PROCESS,
    )
