"""The installation that is measured: database server, web server and worker of its own, in var/bench."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

import psycopg

from bench.client import Client
from sluitend.cli.launch import COMMAND, GUNICORN
from sluitend.cli.processes import Family, clean_environment
from sluitend.demo import embedded
from sluitend.demo.embedded.provision import ADMIN

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "var" / "bench"
BASE = "bench_base"
SWEEP_SECONDS = 5
STEP_SECONDS = 1800
READY_SECONDS = 60
PRODUCTION: tuple[LiteralString, ...] = (
    "ALTER SYSTEM SET max_wal_size = '4GB'",
    "ALTER SYSTEM SET checkpoint_timeout = '15min'",
    "SELECT pg_reload_conf()",
)
"""As `docs/beheer.md` asks: after each checkpoint every page that is written is logged whole once more."""


@dataclass
class Stage:
    """A running database server, with what a process needs to work on it."""

    server: embedded.Server
    data: Path
    secret: str

    def variables(self, database: str, role: str = "sl_app") -> dict[str, str]:
        """Return the environment of a process that works on a database in a role."""
        return {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "DATABASE_URL": self.server.url(role, database),
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "SLUITEND_MODE": "production",
            "SLUITEND_DATA": str(self.data),
            "SLUITEND_KEYS": str(self.data / "keys"),
            "SLUITEND_CHECKPOINTS": str(self.data / "checkpoints"),
            "SLUITEND_PACK": str(ROOT / "packs" / "eenheid-den-haag"),
            "SLUITEND_SECRET_KEY": self.secret,
            "SLUITEND_SWEEP_SECONDS": str(SWEEP_SECONDS),
            "SLUITEND_HOSTS": "localhost",
        }

    def inside(self, command: str, database: str, *arguments: str, role: str = "sl_app") -> Any:
        """Run a command of `bench.inside` in a process of its own and return what it answered."""
        answer = self.data / f"answer-{secrets.token_hex(4)}.json"
        subprocess.run(
            [sys.executable, "-m", "bench.inside", command, str(answer), *arguments],
            env=clean_environment() | self.variables(database, role),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            check=True,
            timeout=STEP_SECONDS,
        )
        return json.loads(answer.read_text())

    def connect(self, database: str) -> psycopg.Connection:
        """Return a connection as superuser."""
        return psycopg.connect(self.server.url(ADMIN, database), autocommit=True)

    def copy(self, name: str) -> str:
        """Make a database that is a copy of the base."""
        self.server.drop_database(name)
        self.server.create_database(name, template=BASE)
        return name

    @contextmanager
    def web(self, database: str, *, worker: bool = False) -> Iterator[int]:
        """Run the web server on a database, with a worker beside it if asked, and give its port."""
        port = _free_port()
        bind = {"SLUITEND_BIND": f"127.0.0.1:{port}"}
        with Family() as family:
            if worker:
                family.start("worker", *COMMAND, "worker", variables=self.variables(database, "sl_worker"))
            family.start("web", *GUNICORN, variables=self.variables(database) | bind)
            _wait_until_ready(port)
            yield port


@contextmanager
def stage(*, keep: bool) -> Iterator[Stage]:
    """Start the database server in an empty folder, prepare the base, and clean up at the end."""
    shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir(parents=True)
    try:
        with embedded.start(DATA) as server:
            prepared = Stage(server, DATA, secrets.token_urlsafe(50))
            server.create_database(BASE)
            with prepared.connect(BASE) as connection:
                for setting in PRODUCTION:
                    connection.execute(setting)
            prepared.inside("migrate", BASE, role="sl_owner")
            prepared.inside("prepare", BASE)
            yield prepared
    finally:
        if not keep:
            shutil.rmtree(DATA, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(port: int) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        client = Client(port)
        try:
            if client.get("/healthz").status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            client.close()
    raise TimeoutError("the web server did not come up")
