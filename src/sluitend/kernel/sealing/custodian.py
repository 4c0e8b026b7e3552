"""The only door to private keys.

In this process with a folder by default; another process or PKCS#11 can stand behind it later.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, Protocol, get_args
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.sealing import crypto
from sluitend.kernel.sealing.errors import NoKey, NotHeld
from sluitend.kernel.sealing.keyfolder import KeyFolder
from sluitend.kernel.sealing.remembered import RememberedKeys

ProcessKind = Literal["desk", "public", "worker", "command"]
PROCESS_KINDS: tuple[ProcessKind, ...] = get_args(ProcessKind)


class SealedKey(Protocol):
    """A data key sealed to an organisation, as a row of `Seal` has it."""

    @property
    def envelope_id(self) -> UUID: ...

    @property
    def holder_id(self) -> UUID: ...

    @property
    def key_id(self) -> str: ...

    @property
    def sealed(self) -> bytes | None: ...


class Custodian(Protocol):
    """Who keeps private keys. Every method may raise `NoKey`."""

    def open(self, seal: SealedKey, *, organisation_id: UUID, actor: Actor, purpose: str) -> bytes:
        """Return the data key, for an actor of the organisation that holds the seal."""
        ...

    def open_all(
        self, seals: Iterable[SealedKey], *, organisation_id: UUID, actor: Actor, purpose: str
    ) -> list[bytes]:
        """Return the data keys of several seals, in their order, as `open` does of one."""
        ...

    def forget(self) -> None:
        """Forget the data keys that this process remembers: something was destroyed."""
        ...

    def token_key(self, organisation_id: UUID) -> bytes:
        """Return the key of an organisation's equality search."""
        ...

    def pseudonym_key(self, organisation_id: UUID, year: int) -> bytes:
        """Return the key under which the ledger names an organisation's subjects in one year."""
        ...

    def mac_key(self, process_kind: ProcessKind) -> bytes:
        """Return the key with which this kind of process writes ledger events."""
        ...

    def mfa_key(self) -> bytes:
        """Return the key over the secrets of second factors."""
        ...

    def sign_checkpoint(self, content: bytes) -> bytes:
        """Return an Ed25519 signature over a checkpoint of the ledger."""
        ...


def seal_info(envelope_id: UUID, holder: UUID | str, key_id: str) -> bytes:
    """Return what a seal is bound to, so that it opens nowhere else."""
    return crypto.bind("sluitend/seal/1", envelope_id.bytes, str(holder), key_id)


def checkpoint_message(content: bytes) -> bytes:
    """Return what is signed for a checkpoint: a signature for one use must not serve another."""
    return crypto.bind("sluitend/checkpoint/1", content)


class FileCustodian:
    """Keeps the keys of a folder, and remembers what it read and, for ten minutes, what it opened."""

    def __init__(self, path: Path) -> None:
        self._folder = KeyFolder(path)
        self._private: dict[tuple[UUID, str], crypto.PrivateKey] = {}
        self._secrets: dict[str, bytes] = {}
        self._opened = RememberedKeys()

    def open(self, seal: SealedKey, *, organisation_id: UUID, actor: Actor, purpose: str) -> bytes:
        """Return the data key of a seal.

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
        return self.open_all([seal], organisation_id=organisation_id, actor=actor, purpose=purpose)[0]

    def open_all(
        self, seals: Iterable[SealedKey], *, organisation_id: UUID, actor: Actor, purpose: str
    ) -> list[bytes]:
        """See `Custodian`. Whether a private key is still there is asked once for all of them."""
        if not purpose:
            raise ValueError("opening needs a purpose")
        private = cache(self._private_key)
        opened = []
        for seal in seals:
            if actor.kind == "intake" or not (actor.organisation_id == organisation_id == seal.holder_id):
                raise NotHeld
            opened.append(self._data_key(seal, private(seal.holder_id, seal.key_id)))
        return opened

    def _data_key(self, seal: SealedKey, private: crypto.PrivateKey) -> bytes:
        sealed, info = bytes(seal.sealed or b""), seal_info(seal.envelope_id, seal.holder_id, seal.key_id)
        return self._opened.get(sealed, info, lambda: crypto.unseal(sealed, private, info))

    def forget(self) -> None:
        """See `Custodian`. Other processes forget within ten minutes."""
        self._opened.forget()

    def token_key(self, organisation_id: UUID) -> bytes:
        """See `Custodian`."""
        return self._secret("tokens", f"{organisation_id}.key")

    def pseudonym_key(self, organisation_id: UUID, year: int) -> bytes:
        """See `Custodian`."""
        return _pseudonym_key(self._secret("pseudonym.key"), organisation_id, year)

    def mac_key(self, process_kind: ProcessKind) -> bytes:
        """See `Custodian`."""
        if process_kind not in PROCESS_KINDS:
            raise NoKey(f"no process is called {process_kind}")
        return self._secret(f"mac-{process_kind}.key")

    def mfa_key(self) -> bytes:
        """See `Custodian`."""
        return self._secret("mfa.key")

    def sign_checkpoint(self, content: bytes) -> bytes:
        """See `Custodian`."""
        key = Ed25519PrivateKey.from_private_bytes(self._secret("checkpoint.key"))
        return key.sign(checkpoint_message(content))

    def _private_key(self, organisation_id: UUID, key_id: str) -> crypto.PrivateKey:
        place = self._folder.seed(organisation_id, key_id)
        # A destroyed key must not live on in a process that once read it.
        if not key_id.isalnum() or not place.exists():
            self._private.pop((organisation_id, key_id), None)
            self._opened.forget()
            raise NoKey(f"no private key {key_id}")
        if (organisation_id, key_id) not in self._private:
            self._private[organisation_id, key_id] = crypto.private_from_seed(place.read_bytes())
        return self._private[organisation_id, key_id]

    def _secret(self, *names: str) -> bytes:
        name = "/".join(names)
        if name not in self._secrets:
            self._secrets[name] = self._folder.read(*names)
        return self._secrets[name]


class NoCustodian:
    """Stands in the public process: it can seal, sign its own ledger events, and open nothing."""

    def __init__(self, path: Path) -> None:
        self._folder = KeyFolder(path)

    def open(self, seal: SealedKey, *, organisation_id: UUID, actor: Actor, purpose: str) -> bytes:
        """Refuse."""
        raise NoKey("this process opens nothing")

    def open_all(
        self, seals: Iterable[SealedKey], *, organisation_id: UUID, actor: Actor, purpose: str
    ) -> list[bytes]:
        """Refuse."""
        raise NoKey("this process opens nothing")

    def forget(self) -> None:
        """Do nothing: this process has opened nothing."""

    def token_key(self, organisation_id: UUID) -> bytes:
        """Refuse."""
        raise NoKey("this process has no token keys")

    def pseudonym_key(self, organisation_id: UUID, year: int) -> bytes:
        """Refuse: what the public process writes in the ledger names nobody."""
        raise NoKey("this process names no subjects")

    def mac_key(self, process_kind: ProcessKind) -> bytes:
        """Return the key of the public process only."""
        if process_kind != "public":
            raise NoKey("this process signs as public only")
        return self._folder.read("mac-public.key")

    def mfa_key(self) -> bytes:
        """Refuse."""
        raise NoKey("nobody signs in here")

    def sign_checkpoint(self, content: bytes) -> bytes:
        """Refuse."""
        raise NoKey("this process signs no checkpoints")


def _pseudonym_key(secret: bytes, organisation_id: UUID, year: int) -> bytes:
    return crypto.derive(secret, crypto.bind("sluitend/pseudonym/1", organisation_id.bytes, year))


@lru_cache(maxsize=8)
def _custodian(path: Path, public_only: bool) -> Custodian:
    return NoCustodian(path) if public_only else FileCustodian(path)


def custodian() -> Custodian:
    """Return this process's custodian, after `SLUITEND_KEYS` and `SLUITEND_PUBLIC_ONLY`."""
    return _custodian(settings.SLUITEND_KEYS, getattr(settings, "SLUITEND_PUBLIC_ONLY", False))
