"""The process that answers requests: gunicorn's, that waits for no sender and repeats nothing unreadable."""

import socket
from typing import Any

from gunicorn.http.errors import (  # type: ignore[import-untyped]
    ConfigurationProblem,
    InvalidResponseHeader,
    InvalidResponseHeaderName,
    ParseException,
)
from gunicorn.http.wsgi import Response  # type: ignore[import-untyped]
from gunicorn.workers.gthread import TConn, ThreadWorker  # type: ignore[import-untyped]

OURS = (ConfigurationProblem, InvalidResponseHeader, InvalidResponseHeaderName)
SAYS = b"Wij begrepen deze vraag niet.\nWe did not understand this request.\n"
REFUSAL = (
    b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nCache-Control: no-store\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\n"
    b"Content-Length: %d\r\n\r\n%s" % (len(SAYS), SAYS)
)

_default_headers = Response.default_headers


def _without_name(response: Any) -> list[str]:
    """Return the first headers of an answer, without what we are made with: only an attacker needs it."""
    return [line for line in _default_headers(response) if not line.startswith("Server:")]


Response.default_headers = _without_name


class Worker(ThreadWorker):  # type: ignore[misc]
    """Closes a connection in the thread that answered.

    Gunicorn closes in the loop that takes new connections, and waits there up to two seconds for each sender
    that does not hang up: thirty of those, and it takes itself for dead.
    """

    def handle(self, conn: TConn) -> Any:
        """Answer what came over a connection, and see it closed unless it is kept."""
        kept = super().handle(conn)
        if not kept:
            conn.close(graceful=True)
            conn.close = _is_closed
        return kept

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:
        """Answer what cannot be read, without saying or logging what it was or who sent it."""
        if isinstance(exc, OURS) or not isinstance(exc, ParseException):
            super().handle_error(req, client, addr, exc)
            return
        try:
            client.sendall(REFUSAL)
        except OSError:  # gone already
            return


def _is_closed(graceful: bool = False) -> None:
    """Do nothing once more."""
