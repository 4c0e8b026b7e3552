"""Asks ClamAV about bytes in memory, by its INSTREAM command.

Small enough not to need a library that also reads files.
"""

import socket
import struct
import time
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 30.0
_PIECE = 128 * 1024


class ScannerAway(Exception):
    """A scanner is set up and gives no answer that can be used."""


def scanner_present() -> bool:
    """Return whether this installation has a scanner."""
    return bool(getattr(settings, "SLUITEND_CLAMAV", ""))


def answers() -> bool:
    """Return whether the scanner of `settings.SLUITEND_CLAMAV` says that it is there."""
    try:
        with _Talk(settings.SLUITEND_CLAMAV) as talk:
            talk.say(b"zPING\0")
            return talk.answer() == b"PONG"
    except (OSError, ValueError):  # an address without a usable port is a ValueError
        return False


def is_infected(content: bytes) -> bool:
    """Return whether the scanner of `settings.SLUITEND_CLAMAV` knows something bad in this content.

    Raises:
        ScannerAway: it cannot be reached, takes more than half a minute, or refuses to look.
    """
    try:
        with _Talk(settings.SLUITEND_CLAMAV) as talk:
            talk.say(b"zINSTREAM\0")
            for start in range(0, len(content), _PIECE):
                piece = content[start : start + _PIECE]
                talk.say(struct.pack(">I", len(piece)) + piece)
            talk.say(struct.pack(">I", 0))
            answer = talk.answer()
    except (OSError, ValueError) as error:
        raise ScannerAway(str(error)) from error
    if answer == b"stream: OK":
        return False
    if answer.startswith(b"stream: ") and answer.endswith(b" FOUND"):
        return True
    raise ScannerAway("no usable answer")


class _Talk:
    """A conversation that is over after `SECONDS`, however slow the other is: a transaction waits for it."""

    def __init__(self, address: str) -> None:
        self._end = time.monotonic() + SECONDS
        self._connection = _connect(address)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._connection.close()

    def say(self, words: bytes) -> None:
        """Send something."""
        self._hurry()
        self._connection.sendall(words)

    def answer(self) -> bytes:
        """Return what comes back, up to the end of the answer."""
        received = b""
        while not received.endswith(b"\0"):
            self._hurry()
            piece = self._connection.recv(4096)
            if not piece:
                break
            received += piece
        return received.rstrip(b"\0\n")

    def _hurry(self) -> None:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("the scanner takes too long")
        self._connection.settimeout(left)


def _connect(address: str) -> socket.socket:
    """Connect to `tcp://host:3310`, `host:3310`, `unix:/path` or `/path`."""
    path = address.removeprefix("unix:")
    if path.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(SECONDS)
        try:
            connection.connect(path.replace("//", "/", 1))
        except OSError:
            connection.close()
            raise
        return connection
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    return socket.create_connection((parts.hostname or "localhost", parts.port or 3310), timeout=SECONDS)
