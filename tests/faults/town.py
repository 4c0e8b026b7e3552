"""An installation to be hard on: `sluitend serve` with a database of its own that may be killed too."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import psycopg

from sluitend.cli import environment
from sluitend.cli.environment import URLS
from sluitend.demo import embedded
from tests import database
from tests.browser.site import build_bundles, free_port
from tests.faults import web

PATIENCE = 180.0
"""Seconds after which waiting for something is given up, on a busy machine too."""


@dataclass(frozen=True)
class Town:
    """A running installation: where it answers, and what an intruder into its machine could kill."""

    port: int
    data: Path
    serving: subprocess.Popen[bytes]
    variables: Mapping[str, str]
    apart: embedded.Server | None = None

    @property
    def server(self) -> embedded.Server:
        """The database that runs under `sluitend serve`."""
        return embedded.attach(self.data)

    def admin(self) -> psycopg.Connection:
        """Return a superuser's connection, which no policy hides anything from."""
        return psycopg.connect(self.server.url("sl_admin"), autocommit=True)

    def web_processes(self) -> list[int]:
        """Return the processes that answer requests: the children of gunicorn."""
        return [each for parent in self._named("gunicorn") for each in children(parent)]

    def postmaster(self) -> int:
        """Return the process of the database that all its others come from; 0 when there is none."""
        return next(iter(self._named("postgres")), 0)

    def backends(self) -> list[int]:
        """Return the processes of the database that serve the web processes; none while it comes up."""
        try:
            with self.admin() as connection:
                rows = connection.execute("SELECT pid FROM pg_stat_activity WHERE usename = 'sl_app'")
                return [pid for (pid,) in rows]
        except psycopg.OperationalError:
            return []

    def leave_to_kernel(self) -> None:
        """Let the kernel choose when what was written reaches the disk, once the server has started with it.

        Whatever is killed loses nothing by that: only a machine without power does. And no coming up begins
        with seconds of waiting for the disk any more, once for each file.
        """
        with self.admin() as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")

    def is_ready(self) -> bool:
        """Return whether the server says that it can do its work."""
        return web.status_of(self.port, "/readyz") == 200

    def worker(self, **variables: str) -> AbstractContextManager[subprocess.Popen[bytes]]:
        """Run the worker of this installation until the block ends."""
        return _worker(self, variables)

    @contextmanager
    def without_database(self) -> Iterator[None]:
        """Stop the database, which stands apart from this installation, until the block ends."""
        assert self.apart is not None
        self.apart.stop()
        try:
            yield
        finally:
            again = embedded.start(self.data)
            self.apart.process, self.apart.lock = again.process, again.lock

    def _named(self, word: str) -> list[int]:
        return [each for each in children(self.serving.pid) if word in command_of(each)]


def children(parent: int) -> list[int]:
    """Return the processes that a process started and that live."""
    try:
        tasks = list(Path(f"/proc/{parent}/task").iterdir())
        found = " ".join((task / "children").read_text() for task in tasks)
    except OSError:
        return []
    return [int(each) for each in found.split()]


def command_of(process: int) -> str:
    """Return the command line of a process; empty for one that is gone or a zombie."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def kill(process: int) -> bool:
    """End a process at once, as a crash or a lack of memory does; say whether it was there."""
    if process <= 1:  # to the kernel 0 means all of us
        return False
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def wait_for(true: Callable[[], object], what: str) -> None:
    """Wait until something holds; fail when it takes too long."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain: {what}")
        time.sleep(0.01)


@contextmanager
def town(server: embedded.Server, version: str, **variables: str) -> Iterator[Town]:
    """Run an installation over a copy of the template until the block ends.

    Args:
        server: of the tests, which holds the template.
        version: of the template.
        variables: more of the environment.
    """
    with town_at(server, version, variables=variables) as running:
        yield running


@contextmanager
def town_at(
    server: embedded.Server,
    version: str,
    *,
    folder: Path | None = None,
    apart: bool = False,
    variables: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Town]:
    """Run one in a certain place.

    Args:
        server: of the tests, which holds the template.
        version: of the template.
        folder: where everything of it stands; else in a folder of its own.
        apart: run its database as a server beside it, which it does not look after.
        variables: more of the environment.
    """
    build_bundles()
    data = folder or Path(tempfile.mkdtemp(prefix="sluitend-town-"))
    data.chmod(0o711)
    try:
        _furnish(data, server, version)
        if not apart:
            with _serving(data, variables) as running:
                yield running
            return
        with embedded.start(data) as own:
            urls = {name: own.url(role) for name, role in URLS.items()}
            with _serving(data, {**urls, **variables}, own) as running:
                yield running
    finally:
        if folder is None:
            shutil.rmtree(data, ignore_errors=True)


def _furnish(data: Path, server: embedded.Server, version: str) -> None:
    """Make a cluster of its own, copy the template into it, and let go of it."""
    shutil.copytree(database.keys_folder(version), data / "keys")
    environment.mark_demo(data)
    tools = embedded.binaries() / "bin"
    with embedded.start(data) as own:
        dump = [str(tools / "pg_dump"), "-Fc", server.url("sl_admin", f"template_{version}")]
        put = [str(tools / "pg_restore"), "--exit-on-error", "-d", own.url("sl_admin")]
        archive = subprocess.run(dump, capture_output=True, check=True).stdout
        subprocess.run(put, input=archive, check=True, capture_output=True)


@contextmanager
def _serving(
    data: Path, variables: Mapping[str, str], apart: embedded.Server | None = None
) -> Iterator[Town]:
    port = free_port()
    clean = {name: value for name, value in os.environ.items() if name not in URLS}
    given = {
        **clean,
        "DJANGO_SETTINGS_MODULE": "sluitend.settings",
        "SLUITEND_MODE": "demo",
        "SLUITEND_DATA": str(data),
        "SLUITEND_KEYS": str(data / "keys"),
        "SLUITEND_WORKERS": "2",
        "SLUITEND_TRUSTED_PROXIES": "1",
        # A new process is there in a tenth of a second when its code was read before.
        "GUNICORN_CMD_ARGS": "--preload",
        **variables,
    }
    command = [sys.executable, "-m", "sluitend.cli", "serve", "--port", str(port)]
    log = data / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=given, stdout=output, stderr=output, cwd=database.ROOT)
    running = Town(port, data, process, given, apart)
    try:
        wait_for(lambda: process.poll() is not None or running.is_ready(), "the server answers")
        if process.poll() is not None:
            raise RuntimeError(f"the server does not start:\n{log.read_text()}")
        yield running
    finally:
        process.terminate()
        process.wait(60)


@contextmanager
def _worker(running: Town, variables: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "sluitend.cli", "worker"]
    with (running.data / "worker.log").open("ab") as output:
        process = subprocess.Popen(
            command, env={**running.variables, **variables}, stdout=output, stderr=output, cwd=database.ROOT
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)
