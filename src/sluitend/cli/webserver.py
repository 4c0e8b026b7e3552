"""The web server of `serve`, which can be replaced while people work.

The parent holds the socket and never serves. A new server begins on the same socket, and only when it answers
the old one is asked to finish what it has in hand: no connection is refused, and none waits for nobody.
"""

import os
import shutil
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sluitend.cli import metrics
from sluitend.cli.environment import URLS
from sluitend.cli.errors import CommandError
from sluitend.cli.processes import Family, Stopped

GUNICORN = ("-m", "gunicorn", "-c", "python:sluitend.cli.gunicorn_conf", "sluitend.wsgi:application")
WEB, MEASURES = "web", "measures"
START_SECONDS = 120
RENEWED = "De nieuwe webserver bedient; de oude maakt af wat hij heeft."
NOT_RENEWED = "De nieuwe webserver start niet; de oude blijft bedienen."


def open_door(host: str, port: int) -> socket.socket:
    """Take an address, without listening yet.

    Raises:
        CommandError: it is taken.
    """
    door = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except OSError as error:
        door.close()
        raise CommandError(
            f"Poort {port} is niet vrij ({error.strerror}). Kies een andere: make run PORT={port + 1}"
        ) from error
    return door


@dataclass
class WebServer:
    """The present web server of a family, on a socket that outlives it.

    Attributes:
        prepare: what goes before each start, such as the checks of `doctor`; raises `CommandError`.
    """

    family: Family
    door: socket.socket
    variables: dict[str, str]
    prepare: Callable[[], None]
    number: int = 0
    _asked: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        """Make the folder in which servers say that they are there, and read that it is over."""
        kind = "public" if self.variables.get("SLUITEND_PUBLIC_ONLY") else "desk"
        port = self.door.getsockname()[1]
        data = Path(self.variables["SLUITEND_DATA"])
        self._signs = data / "run" / f"{kind}-{port}"
        shutil.rmtree(self._signs, ignore_errors=True)
        self._signs.mkdir(parents=True, mode=0o700)
        self.variables = self.variables | {
            "SLUITEND_BIND": f"fd://{self.door.fileno()}",
            "SLUITEND_PROCESS": kind,
            "SLUITEND_DRAINING": str(self._signs / "draining"),
        }
        self.variables |= metrics.folder(data, f"{kind}-{port}")

    def start(self) -> None:
        """Start the server and return when it answers, or has stopped."""
        self._begin()
        self._wait_until_there()
        if metrics.FOLDER in self.variables:
            known = {name: value for name, value in self.variables.items() if name not in URLS}
            self.family.start(MEASURES, "-m", "sluitend.cli", "measures", variables=known, may_end=True)

    def ask(self, number: int, frame: object) -> None:
        """Remember that a signal asked for a new server."""
        self._asked = True

    def renew_if_asked(self) -> None:
        """Put a new server in the place of the present one, when a signal asked for that."""
        if not self._asked:
            return
        self._asked = False
        try:
            self.prepare()
        except CommandError as error:
            print(f"{error}\n{NOT_RENEWED}", flush=True)
            return
        before = self.family.children.pop(WEB)
        self._begin()
        if self._wait_until_there():
            self.family.retire(before)
            print(RENEWED, flush=True)
        else:
            self.family.retire(self.family.children[WEB])
            self.family.children[WEB] = before
            print(NOT_RENEWED, flush=True)

    @contextmanager
    def draining(self) -> Iterator[None]:
        """On a signal to stop, say so to the proxy in front and go on for a while, so that it looks away."""
        try:
            yield
        except Stopped:
            (self._signs / "draining").touch()
            time.sleep(float(os.environ.get("SLUITEND_DRAIN_SECONDS", "0")))
            raise

    def _begin(self) -> None:
        self.number += 1
        self.family.start(
            WEB,
            *GUNICORN,
            variables=self.variables | {"SLUITEND_READY": str(self._sign())},
            keep=[self.door.fileno()],
        )

    def _sign(self) -> Path:
        return self._signs / f"ready-{self.number}"

    def _wait_until_there(self) -> bool:
        web, end = self.family.children[WEB], time.monotonic() + START_SECONDS
        while web.poll() is None and time.monotonic() < end:
            if self._sign().exists():
                return True
            time.sleep(0.05)
        return False


def renew_on_hangup(server: WebServer) -> None:
    """Let SIGHUP ask for a new server."""
    signal.signal(signal.SIGHUP, server.ask)
