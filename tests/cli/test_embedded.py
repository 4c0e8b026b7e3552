import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from sluitend.demo import embedded
from sluitend.demo.embedded.places import choose_folder

HOLDER = """
import sys, time
from pathlib import Path
from sluitend.demo import embedded
server = embedded.start(Path(sys.argv[1]))
print(server.process.pid, flush=True)
time.sleep(600)
"""


@contextmanager
def held(data: Path) -> Iterator[int]:
    """Run a server under another process and yield the number of PostgreSQL; then kill that process."""
    command = [sys.executable, "-c", HOLDER, str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        try:
            yield int(holder.stdout.readline())
        finally:
            holder.kill()


def alive(number: int) -> bool:
    try:
        return bool(Path(f"/proc/{number}/cmdline").read_bytes())
    except OSError:
        return False


def wait_until_gone(number: int) -> None:
    limit = time.monotonic() + 30
    while alive(number):
        assert time.monotonic() < limit
        time.sleep(0.02)


def do(url: str, statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statements)


def one(url: str, statement: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(statement).fetchone()
        return row and row[0]


def test_roles_may_do_only_their_part(running: embedded.Server) -> None:
    rights = "rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole"
    for role in ("sl_owner", "sl_app", "sl_intake", "sl_worker"):
        assert one(running.url(role), f"SELECT {rights} FROM pg_roles WHERE rolname = current_user") is False
    do(running.url("sl_owner"), "CREATE TABLE t (id int); GRANT SELECT ON t TO sl_app")
    for role in ("sl_app", "sl_intake", "sl_worker"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            do(running.url(role), "CREATE TABLE other (id int)")
    # The app inherits nothing from intake, the worker has what the app has.
    assert one(running.url("sl_worker"), "SELECT count(*) FROM t") == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        one(running.url("sl_intake"), "SELECT count(*) FROM t")


def test_the_app_can_step_down_to_intake_and_intake_nowhere(running: embedded.Server) -> None:
    with psycopg.connect(running.url("sl_app")) as connection:
        connection.execute("SET LOCAL ROLE sl_intake")
        assert connection.execute("SELECT current_user").fetchone() == ("sl_intake",)
    for role, other in (("sl_intake", "sl_app"), ("sl_app", "sl_owner"), ("sl_app", "sl_worker")):
        with (
            psycopg.connect(running.url(role)) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(f"SET ROLE {other}")


def test_everybody_needs_a_password_and_nobody_comes_by_network(running: embedded.Server) -> None:
    folder = running.place.socket
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(f"postgresql://sl_admin:wrong@/postgres?host={folder}")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(f"postgresql://sl_admin@/postgres?host={folder}", passfile="/nonexistent")
    assert one(running.url("sl_app"), "SHOW listen_addresses") == ""


def test_secrets_and_socket_are_for_their_owner_alone(running: embedded.Server) -> None:
    assert running.secrets.folder.stat().st_mode & 0o077 == 0
    assert {file.stat().st_mode & 0o777 for file in running.secrets.folder.iterdir()} == {0o600}
    assert running.place.socket.stat().st_mode & 0o077 == 0


def test_postgres_never_runs_as_root(running: embedded.Server) -> None:
    assert running.process is not None
    assert Path(f"/proc/{running.process.pid}").stat().st_uid != 0


def test_what_somebody_typed_does_not_reach_the_log(running: embedded.Server) -> None:
    planted = "Janneke-Proefpersoon"
    do(running.url("sl_owner"), "CREATE TABLE t (name text UNIQUE, at date)")
    with psycopg.connect(running.url("sl_owner"), autocommit=True) as connection:
        connection.execute("INSERT INTO t VALUES (%s)", [planted])
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO t VALUES (%s)", [planted])
        with pytest.raises(psycopg.errors.InvalidDatetimeFormat):
            connection.execute(f"INSERT INTO t (at) VALUES ('{planted}')")
    assert planted not in running.place.log.read_text()


def test_a_second_start_is_refused_and_the_first_goes_on(running: embedded.Server, data: Path) -> None:
    with pytest.raises(embedded.AlreadyRunning):
        embedded.start(data)
    assert one(running.url("sl_app"), "SELECT 1") == 1
    assert one(embedded.attach(data).url("sl_app"), "SELECT 1") == 1


def test_data_outlive_a_stop(data: Path) -> None:
    with embedded.start(data) as server:
        do(server.url("sl_owner"), "CREATE TABLE t AS SELECT 7 AS n")
    with embedded.start(data) as server:
        assert one(server.url("sl_owner"), "SELECT n FROM t") == 7


def test_killing_the_supervisor_stops_the_database(data: Path) -> None:
    with held(data) as postgres:
        pass
    wait_until_gone(postgres)
    with embedded.start(data) as server:
        assert one(server.url("sl_app"), "SELECT 1") == 1


def test_killing_everything_recovers(data: Path) -> None:
    with held(data) as postgres:
        do(embedded.attach(data).url("sl_owner"), "CREATE TABLE t AS SELECT 7 AS n")
        os.kill(postgres, signal.SIGKILL)
    with embedded.start(data) as server:
        assert one(server.url("sl_owner"), "SELECT n FROM t") == 7


def test_a_pid_file_that_names_another_process_is_forgotten(data: Path) -> None:
    embedded.start(data).stop()
    place = choose_folder(data)
    for file in (place.cluster / "postmaster.pid", place.socket / ".s.PGSQL.5432.lock"):
        file.write_text(f"{os.getpid()}\n{place.cluster}\n")
        place.give(file)
    with embedded.start(data) as server:
        assert one(server.url("sl_app"), "SELECT 1") == 1


def test_an_orphan_is_stopped_first(data: Path) -> None:
    first = embedded.start(data)
    assert first.process is not None
    assert first.lock is not None
    first.lock.close()  # what remains after a kill on a machine without a parent-death signal
    with embedded.start(data) as server:
        assert first.process.wait(5) == 0
        assert one(server.url("sl_app"), "SELECT 1") == 1


def test_a_long_path_gets_a_short_socket(data: Path) -> None:
    deep = data / ("x" * 60) / ("y" * 60)
    deep.mkdir(parents=True)
    with embedded.start(deep) as server:
        assert not server.place.socket.is_relative_to(deep)
        assert one(server.url("sl_app"), "SELECT 1") == 1
    server.place.socket.rmdir()


def test_a_socket_folder_of_somebody_else_is_refused(data: Path) -> None:
    place = choose_folder(data)
    place.socket.rmdir()
    place.socket.symlink_to(data)
    with pytest.raises(PermissionError):
        choose_folder(data)


def test_a_new_database_has_the_same_rights(running: embedded.Server) -> None:
    do(running.url("sl_owner"), "CREATE TABLE t (id int); GRANT SELECT ON t TO sl_app")
    running.create_database("copy", template="sluitend")
    assert one(running.url("sl_app", "copy"), "SELECT count(*) FROM t") == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        do(running.url("sl_app", "copy"), "CREATE TABLE other (id int)")
    running.drop_database("copy")
    with pytest.raises(psycopg.OperationalError):
        one(running.url("sl_app", "copy"), "SELECT 1")
