"""The watch over connections, without anything of pytest: children of a test load it too."""

import ipaddress
import os
import socket
import sys
import traceback
from pathlib import Path
from typing import Any

REPORT = "SLUITEND_TEST_NETWORK_REPORT"
LOOKUPS = ("socket.getaddrinfo", "socket.gethostbyname")
SENDS = ("socket.connect", "socket.sendto", "socket.sendmsg")
HERE = ("", "localhost", "0.0.0.0", "::")  # noqa: S104 (compared, never bound)
_installed: list[bool] = []


class ReachedOutside(OSError):
    """A connection that no test may make."""


def is_outside(address: object) -> bool:
    """Return whether an address of a socket, or the name of a host, is not of this machine."""
    host = address[0] if isinstance(address, tuple) and address else address
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    if not isinstance(host, str) or host in HERE or host.endswith(".localhost"):
        return False
    try:
        return not ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return True


def install() -> None:
    """Watch this process from now on. An audit hook cannot be taken away again."""
    if not _installed:
        _installed.append(True)
        sys.addaudithook(_watch)


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in LOOKUPS:
        address = arguments[0]
    elif event in SENDS and arguments[0].family in (socket.AF_INET, socket.AF_INET6):
        address = arguments[1]
    else:
        return
    if is_outside(address):
        where = "".join(traceback.format_stack(limit=6)[:-1])
        _note(f"{event} {address!r} by {' '.join(sys.argv)}\n{where}")
        raise ReachedOutside(f"{event} {address!r}: a test may not leave this machine")


def _note(text: str) -> None:
    if report := os.environ.get(REPORT):
        with Path(report).open("a", encoding="utf-8") as output:
            output.write(f"{text}\n")
