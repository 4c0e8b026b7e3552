"""A family of child processes: started together, stopped together, in the reverse order."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from sluitend.cli.embedded import parent_death_signal, tend
from sluitend.cli.environment import URLS

STOP_SECONDS = 15


class Stopped(BaseException):
    """A signal asked us to stop; not an `Exception`, so that nothing on the way takes it for a fault."""


@dataclass
class Family:
    """The children of this process, in order of birth."""

    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, *arguments: str, variables: dict[str, str]) -> None:
        """Start `python arguments`; the kernel ends it when we are killed without a chance to do so."""
        self.children[name] = subprocess.Popen(
            [sys.executable, *arguments],
            env=clean_environment() | variables,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=parent_death_signal(signal.SIGTERM),  # noqa: PLW1509  (one thread at this point)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def wait(self) -> str:
        """Wait until a child ends by itself, and return its name; a database of our own is started again."""
        while True:
            tend()
            for name, child in self.children.items():
                if child.poll() is not None:
                    return name
            time.sleep(0.2)

    def stop(self) -> None:
        """Ask every child to stop, the last one first, and insist when one does not."""
        for child in reversed(self.children.values()):
            if child.poll() is None:
                child.terminate()
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self.children.clear()


def clean_environment() -> dict[str, str]:
    """Return the environment without any address of a database; each child gets the one it may have."""
    return {name: value for name, value in os.environ.items() if name not in URLS}


def stop_on_signals() -> None:
    """Turn SIGINT and SIGTERM into `Stopped`, once: a second Ctrl-C must not cut the stopping short."""

    def handle(number: int, frame: object) -> None:
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, handle)
