"""Asks ClamAV about bytes in memory, by its INSTREAM command.

Small enough not to need a library that also reads files.
"""

import socket
import struct
from urllib.parse import urlsplit

from django.conf import settings

_SECONDS = 30.0
_PIECE = 128 * 1024


class ScannerAway(Exception):
    """A scanner is set up and gives no answer that can be used."""


def scanner_present() -> bool:
    """Return whether this installation has a scanner."""
    return bool(getattr(settings, "SLUITEND_CLAMAV", ""))


def is_infected(content: bytes) -> bool:
    """Return whether the scanner of `settings.SLUITEND_CLAMAV` knows something bad in this content.

    Raises:
        ScannerAway: it cannot be reached, or it refuses to look.
    """
    try:
        with _connect(settings.SLUITEND_CLAMAV) as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), _PIECE):
                piece = content[start : start + _PIECE]
                connection.sendall(struct.pack(">I", len(piece)) + piece)
            connection.sendall(struct.pack(">I", 0))
            answer = _answer(connection)
    except OSError as error:
        raise ScannerAway(str(error)) from error
    if answer == b"stream: OK":
        return False
    if answer.startswith(b"stream: ") and answer.endswith(b" FOUND"):
        return True
    raise ScannerAway("no usable answer")


def _connect(address: str) -> socket.socket:
    """Connect to `tcp://host:3310`, `host:3310`, `unix:/path` or `/path`."""
    path = address.removeprefix("unix:")
    if path.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(_SECONDS)
        try:
            connection.connect(path.replace("//", "/", 1))
        except OSError:
            connection.close()
            raise
        return connection
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    return socket.create_connection((parts.hostname or "localhost", parts.port or 3310), timeout=_SECONDS)


def _answer(connection: socket.socket) -> bytes:
    received = b""
    while not received.endswith(b"\0") and (piece := connection.recv(4096)):
        received += piece
    return received.rstrip(b"\0\n")
