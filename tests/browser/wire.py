"""A wire between a browser and the site that can be cut: nothing goes, or the answer never comes back."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Thread
from urllib.parse import urlsplit

from tests.browser.site import Site

PIECE = 65_536
DRAFT = b"POST /werk/concept/"
"""What is kept while typing is no form that somebody sends."""


@dataclass
class Wire:
    """Passes everything on, until it is told to lose the answers to forms: a browser may send one again."""

    site: Site
    listening: socket.socket
    losing: bool = False
    lost: list[bytes] = field(default_factory=list)

    def over(self) -> Site:
        """Return the site as it is reached over this wire."""
        return replace(self.site, address=f"http://localhost:{self.listening.getsockname()[1]}")

    def serve(self) -> None:
        """Pass on until the socket closes."""
        while True:
            try:
                near, _ = self.listening.accept()
            except OSError:
                return
            Thread(target=self._pass_on, args=(near,), daemon=True).start()

    def _pass_on(self, near: socket.socket) -> None:
        parts = urlsplit(self.site.address)
        with near, socket.create_connection((parts.hostname or "", parts.port or 0)) as far:
            while request := near.recv(PIECE):
                request += _rest(near, request)
                far.sendall(_closing(request))
                answer = b"".join(iter(lambda: far.recv(PIECE), b""))
                if self.losing and request.startswith(b"POST") and not request.startswith(DRAFT):
                    self.lost.append(answer)
                else:
                    near.sendall(answer)
                return


def _rest(near: socket.socket, request: bytes) -> bytes:
    """Read what is still to come of a request."""
    head, _, body = request.partition(b"\r\n\r\n")
    length = next(
        (line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), b":0"
    )
    missing, rest = int(length.split(b":")[1]) - len(body), b""
    while len(rest) < missing and (piece := near.recv(PIECE)):
        rest += piece
    return rest


def _closing(request: bytes) -> bytes:
    """Ask the site to close after its answer, so that the end of the answer is seen."""
    head, _, body = request.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
    return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body


@contextmanager
def wire_to(site: Site) -> Iterator[Wire]:
    """Lay a wire to a site until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        wire = Wire(site, listening)
        Thread(target=wire.serve, daemon=True).start()
        yield wire
