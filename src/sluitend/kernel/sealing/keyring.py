"""The private keys of a folder, and what is done with them. It knows of keys and bytes, of no database.

So a process of its own can hold it that loads neither Django nor a driver. Who may ask is for whoever stands
in front of it.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, Protocol, get_args
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sluitend.kernel.sealing import crypto, destruction_file
from sluitend.kernel.sealing.errors import NoKey, SealBroken
from sluitend.kernel.sealing.keyfolder import KeyFolder
from sluitend.kernel.sealing.proofs import PUBLIC, Opened, ProofKeys, proof_key
from sluitend.kernel.sealing.remembered import RememberedKeys

ProcessKind = Literal["desk", "public", "worker", "command"]
PROCESS_KINDS: tuple[ProcessKind, ...] = get_args(ProcessKind)
_FACTOR = b"sluitend/mfa/1"


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


def seal_info(envelope_id: UUID, holder: UUID | str, key_id: str) -> bytes:
    """Return what a seal is bound to, so that it opens nowhere else."""
    return crypto.bind("sluitend/seal/1", envelope_id.bytes, str(holder), key_id)


def checkpoint_message(content: bytes) -> bytes:
    """Return what is signed for a checkpoint: a signature for one use must not serve another."""
    return crypto.bind("sluitend/checkpoint/1", content)


def token_file(organisation_id: UUID, *, former: bool = False) -> tuple[str, str]:
    """Return where the key of an organisation's equality search stands. It is read each time: it changes."""
    return "tokens", f"{organisation_id}.former.key" if former else f"{organisation_id}.key"


def process_mac(folder: KeyFolder, kind: str, text: bytes) -> bytes:
    """Return the MAC of a ledger line under the key of a kind of process.

    Raises:
        NoKey: no process is called so, or its key is not here.
    """
    if kind not in PROCESS_KINDS:
        raise NoKey(f"no process is called {kind}")
    return hmac.digest(folder.read(f"mac-{kind}.key"), text, "sha256")


def public_proof(folder: KeyFolder, envelope_id: UUID) -> ProofKeys:
    """Return the key with which the public process proves what it writes in an envelope.

    Raises:
        NoKey: its key is not here.
    """
    return ProofKeys(b"", proof_key(_public_secret(folder.path), PUBLIC, envelope_id))


@lru_cache(maxsize=8)
def _public_secret(path: Path) -> bytes:
    """Return what each report needs; read once, as the pepper is."""
    return KeyFolder(path).read("mac-public.key")


class Keyring:
    """Reads a key when it is first needed, and for ten minutes remembers the data keys that it opened."""

    def __init__(self, path: Path) -> None:
        self.folder = KeyFolder(path)
        self._private: dict[tuple[UUID, str], crypto.PrivateKey] = {}
        self._secrets: dict[str, bytes] = {}
        self._opened = RememberedKeys()

    def open_seals(self, seals: Iterable[SealedKey]) -> list[Opened]:
        """Return data keys and keys of proofs. Whether a private key is still there is asked once for all.

        Raises:
            NoKey: the private key was destroyed or never was here.
            SealBroken: a seal was changed or belongs elsewhere.
        """
        private = cache(self._private_key)
        return [self._keys_of(seal, private(seal.holder_id, seal.key_id)) for seal in seals]

    def begin(self) -> tuple[UUID, ProofKeys]:
        """Return the id of a new envelope with its keys of proofs.

        The id is drawn here: who asks cannot have the keys of an envelope that it did not open.
        """
        envelope_id = uuid4()
        return envelope_id, self._proof_keys(envelope_id)

    def public_proof(self, envelope_id: UUID) -> ProofKeys:
        """See `public_proof`."""
        return public_proof(self.folder, envelope_id)

    def _proof_keys(self, envelope_id: UUID) -> ProofKeys:
        return ProofKeys(
            proof_key(self._secret("content.key"), "ours", envelope_id),
            proof_key(self._secret("mac-public.key"), PUBLIC, envelope_id),
        )

    def _keys_of(self, seal: SealedKey, private: crypto.PrivateKey) -> Opened:
        sealed = bytes(seal.sealed or b"")

        def unsealed() -> Opened:
            info = seal_info(seal.envelope_id, seal.holder_id, seal.key_id)
            key = crypto.unseal(sealed, private, info)
            if len(key) != crypto.KEY_BYTES:  # anybody may seal anything
                raise SealBroken("no data key")
            return Opened(key, self._proof_keys(seal.envelope_id))

        # What `seal_info` binds it to.
        belongs = seal.envelope_id.int, seal.holder_id.int, seal.key_id
        return self._opened.get(sealed, belongs, unsealed)

    def forget(self) -> None:
        """Forget the data keys that were opened."""
        self._opened.forget()

    def tokens(self, organisation_id: UUID, texts: Sequence[bytes]) -> list[bytes]:
        """Return the token of each text under the organisation's present key of equality search."""
        return _macs(self.folder.read(*token_file(organisation_id)), texts)

    def search_tokens(self, organisation_id: UUID, texts: Sequence[bytes]) -> list[bytes]:
        """Return the tokens of each text under the present key and, while that is renewed, the former."""
        found = self.tokens(organisation_id, texts)
        try:
            former = self.folder.read(*token_file(organisation_id, former=True))
        except NoKey:
            return found
        return found + _macs(former, texts)

    def pseudonyms(self, organisation_id: UUID, year: int, texts: Sequence[bytes]) -> list[bytes]:
        """Return the name of each subject in an organisation's ledger of one year."""
        label = crypto.bind("sluitend/pseudonym/1", organisation_id.bytes, year)
        return _macs(crypto.derive(self._secret("pseudonym.key"), label), texts)

    def mac(self, kind: str, text: bytes) -> bytes:
        """Return the MAC of a ledger line. See `process_mac`."""
        name = f"mac-{kind}.key"
        if kind not in PROCESS_KINDS:
            raise NoKey(f"no process is called {kind}")
        return hmac.digest(self._secret(name), text, "sha256")

    def is_mac(self, kind: str, text: bytes, mac: bytes) -> bool:
        """Return whether a process of that kind wrote a line of the ledger."""
        return hmac.compare_digest(self.mac(kind, text), mac)

    def links(self, before: bytes, position: int, macs: Sequence[bytes]) -> list[bytes]:
        """Return the links that follow on `before` in a chain of the ledger, the first at `position`."""
        found = list[bytes]()
        for number, mac in enumerate(macs, start=position):
            text = crypto.bind("sluitend/link/2", before, number, mac)
            before = hmac.digest(self._secret("link.key"), text, "sha256")
            found.append(before)
        return found

    def is_link(self, before: bytes, position: int, mac: bytes, link: bytes) -> bool:
        """Return whether that link is the one that belongs there."""
        return hmac.compare_digest(self.links(before, position, [mac])[0], link)

    def seal_factor(self, plain: bytes) -> bytes:
        """Return the secret of a second factor as the database may hold it."""
        return crypto.encrypt(plain, self._secret("mfa.key"), _FACTOR)

    def open_factor(self, sealed: bytes) -> bytes:
        """Return the secret of a second factor.

        Raises:
            SealBroken: changed, or never sealed.
        """
        return crypto.decrypt(sealed, self._secret("mfa.key"), _FACTOR)

    def sign_checkpoint(self, content: bytes) -> bytes:
        """Return an Ed25519 signature over a checkpoint of the ledger."""
        key = Ed25519PrivateKey.from_private_bytes(self._secret("checkpoint.key"))
        return key.sign(checkpoint_message(content))

    def note_destroyed(self, envelopes: Iterable[UUID]) -> int:
        """Write in the signed register the destructions that it lacks, and return how many."""
        return destruction_file.append(self.folder, envelopes=envelopes)

    def note_ended(self, ended: Iterable[UUID]) -> int:
        """Write in the signed register what ended, as far as it lacks it, and return how many."""
        return destruction_file.append(self.folder, ended=ended)

    def _private_key(self, organisation_id: UUID, key_id: str) -> crypto.PrivateKey:
        place = self.folder.seed(organisation_id, key_id)
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
            self._secrets[name] = self.folder.read(*names)
        return self._secrets[name]


def _macs(key: bytes, texts: Sequence[bytes]) -> list[bytes]:
    return [hmac.new(key, text, hashlib.sha256).digest()[:16] for text in texts]
