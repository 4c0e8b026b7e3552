"""The custodian as a process of its own: it holds the private keys, and whoever asks has none.

No settings, models or driver of a database are loaded here. Who asks is known twice: by the user that the
kernel names for the other end of the socket, and by a key of its kind of process. Each opening is a line in a
log of its own, written before the answer; what cannot be logged is not opened.
"""

import hmac
import json
import os
import secrets
import socket
import socketserver
import struct
import threading
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sluitend.kernel.sealing import custodian_wire as wire
from sluitend.kernel.sealing.custodian_limit import Asked, Limit
from sluitend.kernel.sealing.errors import NoKey, NotHeld, SealBroken
from sluitend.kernel.sealing.keyring import Keyring

PATIENCE = 30.0
MOST_CONNECTIONS = 512
OF_NOBODY = ("worker", "command")
SIGNERS = ("worker", "command")


class TooMany(Exception):
    """More was opened in a minute than people read, or than a worker gets through."""


class Log:
    """Lines of JSON in a file of the custodian's own: who had what opened, never what was in it."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(
            path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600
        )

    def write(self, **fields: object) -> None:
        """Append one line; the kernel keeps lines of several threads apart."""
        moment = datetime.now(tz=UTC).isoformat(timespec="milliseconds")
        os.write(self._descriptor, json.dumps({"time": moment, **fields}).encode() + b"\n")


class CustodianServer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """Listens on a Unix socket, a thread a connection."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(
        self,
        path: Path,
        keyring: Keyring,
        *,
        log: Log,
        limit: Limit,
        users: Collection[int],
        mode: int = 0o600,
    ) -> None:
        self.keyring, self.log, self.limit, self.users = keyring, log, limit, frozenset(users)
        self.places = threading.BoundedSemaphore(MOST_CONNECTIONS)
        path.unlink(missing_ok=True)
        # Nobody connects in the moment between making the socket and closing it to others.
        before = os.umask(0o177)
        try:
            super().__init__(str(path), _Conversation)
        finally:
            os.umask(before)
        path.chmod(mode)

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Refuse a user of this machine who has no business here, before a byte is read."""
        _, user, _ = struct.unpack(
            "3i", request.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        )
        if user in self.users:
            return True
        self.log.write(refused="user", user=user)
        return False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a traceback could hold a key. The conversation logged what ended it."""


class _Conversation(socketserver.BaseRequestHandler):
    """One connection: a greeting, then requests until the other side leaves."""

    server: CustodianServer

    def handle(self) -> None:
        if not self.server.places.acquire(blocking=False):
            self.server.log.write(refused="connections")
            return
        try:
            self._talk()
        except wire.WireBad as error:
            self.server.log.write(refused="form", detail=str(error))
        except OSError as error:
            self.server.log.write(refused="broken_off", detail=type(error).__name__)
        finally:
            self.server.places.release()

    def _talk(self) -> None:
        self.request.settimeout(PATIENCE)
        kind = self._greet()
        if kind is None:
            return
        # A web process keeps its connection for as long as it lives.
        self.request.settimeout(None)
        while (raw := wire.receive(self.request)) is not None:
            wire.send(self.request, self._answer(kind, wire.read_request(raw)))

    def _greet(self) -> str | None:
        nonce = secrets.token_bytes(wire.NONCE_BYTES)
        wire.send(self.request, nonce)
        raw = wire.receive(self.request)
        if raw is None:
            return None
        hello = wire.read_hello(raw)
        folder = self.server.keyring.folder
        try:
            wanted = wire.proof(folder, hello.kind, "asks", nonce)
        except NoKey:
            wanted = b""
        if hello.kind == "public" or not hmac.compare_digest(wanted, hello.proof):
            self.server.log.write(refused="proof", process=hello.kind)
            return None
        wire.send(self.request, wire.proof(folder, hello.kind, "answers", hello.nonce))
        return hello.kind

    def _answer(self, kind: str, request: wire.Request) -> bytes:
        try:
            items = _ACTS[request.op](self.server, kind, request)
        except NoKey as error:
            return self._refused(kind, request, "no_key", str(error))
        except NotHeld:
            return self._refused(kind, request, "not_held")
        except SealBroken:
            return self._refused(kind, request, "broken")
        except TooMany:
            return self._refused(kind, request, "too_many")
        return wire.to_bytes(items=[wire.encoded(item) for item in items], detail=self._alarm(kind, request))

    def _alarm(self, kind: str, request: wire.Request) -> str:
        if not isinstance(request, wire.Open) or kind in OF_NOBODY:
            return ""
        if not self.server.limit.is_half(Asked(kind, request.organisation, request.account)):
            return ""
        self.server.log.write(process=kind, op="half", **_who(request))
        return wire.HALF

    def _refused(self, kind: str, request: wire.Request, why: wire.Refusal, detail: str = "") -> bytes:
        self.server.log.write(process=kind, op=request.op, refused=why, **_who(request))
        return wire.to_bytes(refused=why, detail=detail)


def _who(request: wire.Request) -> dict[str, object]:
    if not isinstance(request, wire.Open):
        return {}
    return {
        "organisation": str(request.organisation),
        "account": str(request.account) if request.account else None,
        "purpose": request.purpose,
        "count": len(request.seals),
    }


def _open(server: CustodianServer, kind: str, request: wire.Open) -> list[bytes]:
    if any(seal.holder_id != request.organisation for seal in request.seals):
        raise NotHeld
    envelopes = [seal.envelope_id for seal in request.seals]
    asked = Asked(kind, request.organisation, request.account)
    if not server.limit.allows(asked, envelopes, of_person=kind not in OF_NOBODY):
        raise TooMany
    opened = server.keyring.open_seals(request.seals)
    server.log.write(process=kind, op="open", **_who(request))
    return [wire.opened_bytes(each) for each in opened]


def _begin(server: CustodianServer, kind: str, request: wire.Begin) -> list[bytes]:
    envelope_id, proofs = server.keyring.begin()
    return [envelope_id.bytes, *proofs]


def _tokens(server: CustodianServer, kind: str, request: wire.Tokens) -> list[bytes]:
    act = server.keyring.tokens if request.op == "tokens" else server.keyring.search_tokens
    found = act(request.organisation, request.texts)
    server.log.write(
        process=kind, op=request.op, organisation=str(request.organisation), count=len(request.texts)
    )
    return found


def _pseudonyms(server: CustodianServer, kind: str, request: wire.Pseudonyms) -> list[bytes]:
    return server.keyring.pseudonyms(request.organisation, request.year, request.texts)


def _is_mac(server: CustodianServer, kind: str, request: wire.IsMac) -> list[bytes]:
    return [b"1"] if server.keyring.is_mac(request.kind, request.text, request.mac) else []


def _links(server: CustodianServer, kind: str, request: wire.Links) -> list[bytes]:
    if kind not in SIGNERS:
        raise NoKey("this process links no lines")
    server.log.write(process=kind, op="links", count=len(request.texts))
    return server.keyring.links(request.before, request.position, request.texts)


def _is_link(server: CustodianServer, kind: str, request: wire.IsLink) -> list[bytes]:
    right = server.keyring.is_link(request.before, request.position, request.mac, request.link)
    return [b"1"] if right else []


def _factor(server: CustodianServer, kind: str, request: wire.Factor) -> list[bytes]:
    server.log.write(process=kind, op=request.op)
    act = server.keyring.seal_factor if request.op == "seal_factor" else server.keyring.open_factor
    return [act(request.text)]


def _sign(server: CustodianServer, kind: str, request: wire.Sign) -> list[bytes]:
    if kind not in SIGNERS:
        raise NoKey("this process signs no checkpoints")
    server.log.write(process=kind, op="sign")
    return [server.keyring.sign_checkpoint(request.text)]


def _destroyed(server: CustodianServer, kind: str, request: wire.Destroyed) -> list[bytes]:
    count = server.keyring.note_destroyed(request.envelopes)
    if count:
        server.log.write(process=kind, op="destroyed", count=count)
    return [b"1"] * count


def _ended(server: CustodianServer, kind: str, request: wire.Ended) -> list[bytes]:
    count = server.keyring.note_ended(request.ended)
    if count:
        server.log.write(process=kind, op="ended", count=count)
    return [b"1"] * count


def _forget(server: CustodianServer, kind: str, request: wire.Forget) -> list[bytes]:
    server.keyring.forget()
    return []


_ACTS: dict[str, Callable[[CustodianServer, str, Any], list[bytes]]] = {
    "open": _open,
    "begin": _begin,
    "tokens": _tokens,
    "search_tokens": _tokens,
    "pseudonyms": _pseudonyms,
    "is_mac": _is_mac,
    "links": _links,
    "is_link": _is_link,
    "seal_factor": _factor,
    "open_factor": _factor,
    "sign": _sign,
    "destroyed": _destroyed,
    "ended": _ended,
    "forget": _forget,
}
