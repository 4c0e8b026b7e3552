"""Asks the custodian in its own process; this one has no private key, and a folder with public parts."""

import hmac
import secrets
import socket
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from uuid import UUID

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.scope import current_scope
from sluitend.kernel.sealing import custodian_wire as wire
from sluitend.kernel.sealing.custodian import may_open
from sluitend.kernel.sealing.errors import CustodianAway, NoKey, NotHeld, SealBroken, TooManyOpened
from sluitend.kernel.sealing.keyfolder import KeyFolder
from sluitend.kernel.sealing.keyring import SealedKey, process_mac, public_proof
from sluitend.kernel.sealing.proofs import Opened, ProofKeys

PATIENCE = 10.0
KEPT = 16


class SocketCustodian:
    """See `Custodian`. Keeps a few connections, and makes a new one when the custodian was started again."""

    def __init__(self, socket_path: Path, folder: Path, kind: str) -> None:
        self._path, self._folder, self._kind = socket_path, KeyFolder(folder), kind
        self._lock = threading.Lock()
        self._free: list[socket.socket] = []

    def open(self, seal: SealedKey, *, organisation_id: UUID, actor: Actor, purpose: str) -> Opened:
        """See `Custodian`."""
        return self.open_all([seal], organisation_id=organisation_id, actor=actor, purpose=purpose)[0]

    def open_all(
        self, seals: Iterable[SealedKey], *, organisation_id: UUID, actor: Actor, purpose: str
    ) -> list[Opened]:
        """See `Custodian`.

        Raises:
            TooManyOpened: this account opens more in a minute than a person reads.
            CustodianAway: it does not answer.
        """
        wanted = list(seals)
        may_open(wanted, organisation_id=organisation_id, actor=actor, purpose=purpose)
        account = str(actor.account_id) if actor.account_id else None
        opened: list[bytes] = []
        for some in _parts(wanted):
            opened += self._ask(
                op="open",
                organisation=str(organisation_id),
                account=account,
                purpose=purpose,
                seals=[_plain(seal) for seal in some],
            )
        try:
            return [wire.read_opened(each) for each in opened]
        except wire.WireBad as error:  # a custodian of another version
            raise CustodianAway from error

    def begin(self) -> tuple[UUID, ProofKeys]:
        """See `Custodian`."""
        envelope_id, *keys = self._ask(op="begin")
        return UUID(bytes=envelope_id), ProofKeys(*keys)

    def public_proof(self, envelope_id: UUID) -> ProofKeys:
        """See `Custodian`."""
        return public_proof(self._folder, envelope_id)

    def forget(self) -> None:
        """See `Custodian`. What was destroyed stays so when nobody is there to hear it."""
        try:
            self._ask(op="forget")
        except CustodianAway:
            # Started again it remembers nothing.
            return

    def tokens(self, organisation_id: UUID, texts: Sequence[bytes]) -> list[bytes]:
        """See `Custodian`."""
        return self._ask_texts(texts, op="tokens", organisation=str(organisation_id))

    def search_tokens(self, organisation_id: UUID, texts: Sequence[bytes]) -> list[bytes]:
        """See `Custodian`."""
        return self._ask_texts(texts, op="search_tokens", organisation=str(organisation_id))

    def pseudonyms(self, organisation_id: UUID, year: int, texts: Sequence[bytes]) -> list[bytes]:
        """See `Custodian`."""
        return self._ask_texts(texts, op="pseudonyms", organisation=str(organisation_id), year=year)

    def mac(self, kind: str, text: bytes) -> bytes:
        """See `Custodian`. A process has the key of its own kind, so that it also writes what it refused."""
        return process_mac(self._folder, kind, text)

    def is_mac(self, kind: str, text: bytes, mac: bytes) -> bool:
        """See `Custodian`."""
        return bool(self._ask(op="is_mac", kind=kind, text=wire.encoded(text), mac=wire.encoded(mac)))

    def links(self, before: bytes, position: int, macs: Sequence[bytes]) -> list[bytes]:
        """See `Custodian`."""
        found = list[bytes]()
        for some in _parts(macs):
            follows = found[-1] if found else before
            found += self._ask_texts(
                some, op="links", before=wire.encoded(follows), position=position + len(found)
            )
        return found

    def is_link(self, before: bytes, position: int, mac: bytes, link: bytes) -> bool:
        """See `Custodian`."""
        fields = {"before": wire.encoded(before), "mac": wire.encoded(mac), "link": wire.encoded(link)}
        return bool(self._ask(op="is_link", position=position, **fields))

    def seal_factor(self, plain: bytes) -> bytes:
        """See `Custodian`."""
        return self._ask(op="seal_factor", text=wire.encoded(plain))[0]

    def open_factor(self, sealed: bytes) -> bytes:
        """See `Custodian`."""
        return self._ask(op="open_factor", text=wire.encoded(sealed))[0]

    def sign_checkpoint(self, content: bytes) -> bytes:
        """See `Custodian`."""
        return self._ask(op="sign", text=wire.encoded(content))[0]

    def note_destroyed(self, envelopes: Iterable[UUID]) -> int:
        """See `Custodian`."""
        ids = [str(each) for each in envelopes]
        return sum(len(self._ask(op="destroyed", envelopes=some)) for some in _parts(ids))

    def note_ended(self, ended: Iterable[UUID]) -> int:
        """See `Custodian`."""
        ids = [str(each) for each in ended]
        return sum(len(self._ask(op="ended", ended=some)) for some in _parts(ids))

    def close(self) -> None:
        """Hang up. It may be asked again."""
        while connection := self._take():
            connection.close()

    def _ask_texts(self, texts: Sequence[bytes], **fields: object) -> list[bytes]:
        found = []
        for some in _parts(texts):
            found += self._ask(texts=[wire.encoded(text) for text in some], **fields)
        return found

    def _ask(self, **fields: object) -> list[bytes]:
        answer = self._exchange(wire.to_bytes(**fields))
        match answer.refused:
            case None:
                if answer.detail == wire.HALF and (scope := current_scope()):
                    scope.opened_half = True
                return answer.items
            case "no_key":
                raise NoKey(answer.detail)
            case "not_held":
                raise NotHeld
            case "too_many":
                raise TooManyOpened
            case _:
                raise SealBroken("does not open")

    def _exchange(self, message: bytes) -> wire.Answer:
        """Ask over a connection that is there; over a new one when that broke. To ask twice does no harm."""
        while connection := self._take():
            try:
                return self._over(connection, message)
            except (OSError, wire.WireBad):
                connection.close()
        try:
            return self._over(self._connect(), message)
        except (OSError, wire.WireBad) as error:
            raise CustodianAway from error

    def _over(self, connection: socket.socket, message: bytes) -> wire.Answer:
        wire.send(connection, message)
        raw = wire.receive(connection)
        if raw is None:
            raise wire.WireBad("closed")
        answer = wire.read_answer(raw)
        with self._lock:
            if len(self._free) < KEPT:
                self._free.append(connection)
                return answer
        connection.close()
        return answer

    def _take(self) -> socket.socket | None:
        with self._lock:
            return self._free.pop() if self._free else None

    def _connect(self) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.settimeout(PATIENCE)
            connection.connect(str(self._path))
            self._greet(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _greet(self, connection: socket.socket) -> None:
        nonce = wire.receive(connection)
        own = secrets.token_bytes(wire.NONCE_BYTES)
        proof = wire.proof(self._folder, self._kind, "asks", nonce or b"")
        wire.send(
            connection, wire.to_bytes(kind=self._kind, nonce=wire.encoded(own), proof=wire.encoded(proof))
        )
        # Whoever put another socket in this place must not be told the secret of a second factor.
        wanted = wire.proof(self._folder, self._kind, "answers", own)
        if not hmac.compare_digest(wire.receive(connection) or b"", wanted):
            raise wire.WireBad("proof")


def _plain(seal: SealedKey) -> dict[str, str]:
    return {
        "envelope_id": str(seal.envelope_id),
        "holder_id": str(seal.holder_id),
        "key_id": seal.key_id,
        "sealed": wire.encoded(bytes(seal.sealed or b"")),
    }


def _parts[T](items: Sequence[T]) -> Iterable[Sequence[T]]:
    return (items[start : start + wire.MOST_ITEMS] for start in range(0, len(items), wire.MOST_ITEMS))
