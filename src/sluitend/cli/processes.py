"""A family of child processes: started together, stopped together, in the reverse order."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from sluitend.cli.environment import URLS

STOP_SECONDS = 35
"""Longer than the web server gives to what it has in hand, see `gunicorn_conf`."""
TENDED: set[Callable[[], None]] = set()
"""What is looked after while a family runs, such as a database of our own."""


class Stopped(BaseException):
    """A signal asked us to stop; not an `Exception`, so that nothing on the way takes it for a fault."""


def parent_death_signal(number: signal.Signals) -> Callable[[], None]:
    """Return a `preexec_fn` that makes the kernel send `number` when the parent dies, however it dies."""
    if not sys.platform.startswith("linux"):
        return lambda: None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def ask() -> None:
        prctl(1, int(number), 0, 0, 0)  # 1 = PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)

    return ask


@dataclass
class Family:
    """The children of this process, in order of birth."""

    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    retired: list[subprocess.Popen[bytes]] = field(default_factory=list)
    dispensable: set[str] = field(default_factory=set)

    def start(
        self,
        name: str,
        *arguments: str,
        variables: dict[str, str],
        keep: Sequence[int] = (),
        may_end: bool = False,
    ) -> None:
        """Start `python arguments`; the kernel ends it when we are killed without a chance to do so.

        Args:
            name: what it is called.
            arguments: of Python.
            variables: added to the environment.
            keep: file descriptors that it inherits.
            may_end: whether the others go on without it.
        """
        if may_end:
            self.dispensable.add(name)
        self.children[name] = subprocess.Popen(
            [sys.executable, *arguments],
            env=clean_environment() | variables,
            stdin=subprocess.DEVNULL,
            process_group=0,
            pass_fds=keep,
            preexec_fn=parent_death_signal(signal.SIGTERM),  # noqa: PLW1509  (one thread at this point)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def wait(self, meanwhile: Callable[[], None] = lambda: None) -> str:
        """Wait until a child ends by itself, and return its name; a database of our own is started again.

        Args:
            meanwhile: called five times a second.
        """
        while True:
            for tend in TENDED:
                tend()
            meanwhile()
            self.retired = [child for child in self.retired if child.poll() is None]
            for name, child in list(self.children.items()):
                if child.poll() is not None:
                    if name not in self.dispensable:
                        return name
                    del self.children[name]
            time.sleep(0.2)

    def retire(self, child: subprocess.Popen[bytes]) -> None:
        """Ask a child to finish what it has in hand; nobody waits for that until all of us stop."""
        child.terminate()
        self.retired.append(child)

    def stop(self) -> None:
        """Ask every child to stop, the last one first, and insist when one does not."""
        for child in (*reversed(self.children.values()), *self.retired):
            if child.poll() is None:
                child.terminate()
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self.children.clear()
        self.retired.clear()


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
