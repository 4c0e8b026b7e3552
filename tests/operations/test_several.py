"""Several web servers and workers on one database, behind a proxy that asks who is ready."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import psycopg
import pytest

from sluitend.cli import environment
from sluitend.cli.environment import URLS
from sluitend.demo import embedded
from tests import database
from tests.browser.site import build_bundles, free_port
from tests.faults import web
from tests.operations.load import under_load, wait_for


@dataclass
class Site:
    """Two web servers and two workers, with the proxy in front."""

    server: embedded.Server
    database: str
    data: Path
    ports: tuple[int, int]

    def __post_init__(self) -> None:
        """Begin with nothing running."""
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self._turn = cycle(self.ports)

    def start(self, name: str, *arguments: str, address: str) -> None:
        """Start a command of `sluitend` that knows one address of the database."""
        clean = {key: value for key, value in os.environ.items() if key not in URLS}
        variables = {
            "DJANGO_SETTINGS_MODULE": "sluitend.settings",
            "SLUITEND_MODE": "demo",
            "SLUITEND_DATA": str(self.data),
            "SLUITEND_KEYS": str(self.data / "keys"),
            "SLUITEND_WORKERS": "1",
            "SLUITEND_TRUSTED_PROXIES": "1",
            "SLUITEND_SWEEP_SECONDS": "1",
            "SLUITEND_DRAIN_SECONDS": "1",
            address: self.server.url(URLS[address], self.database),
        }
        with (self.data / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", "sluitend.cli", *arguments],
                env=clean | variables,
                stdout=log,
                stderr=log,
                cwd=database.ROOT,
            )

    def start_web(self, number: int) -> None:
        """Start a web server and return when it is ready."""
        port = self.ports[number]
        self.start(f"web {number}", "serve", "--port", str(port), address="DATABASE_URL")
        wait_for(lambda: self._up(number) and web.status_of(port, "/readyz") == 200, f"server {number}")

    def _up(self, number: int) -> bool:
        log = self.data / f"web {number}.log"
        assert self.running[f"web {number}"].poll() is None, log.read_text()
        return True

    def stop(self, name: str) -> int:
        """Ask one to stop as a service manager does, and return its exit status."""
        process = self.running.pop(name)
        process.send_signal(signal.SIGTERM)
        return process.wait(60)

    def where(self) -> int:
        """Return the port to ask, as a proxy chooses: in turn, and only who says to be ready."""
        for port in self._turn:
            if web.status_of(port, "/readyz") == 200:
                return port
        raise AssertionError

    def admin(self) -> psycopg.Connection:
        """Return a superuser's connection."""
        return psycopg.connect(self.server.url("sl_admin", self.database), autocommit=True)


@pytest.fixture
def site(server: embedded.Server, schema_version: str, own_database: str, tmp_path: Path) -> Iterator[Site]:
    """A site on a database that is there already."""
    import shutil

    build_bundles()
    shutil.copytree(database.keys_folder(schema_version), tmp_path / "keys")
    environment.mark_demo(tmp_path)
    site = Site(server, own_database, tmp_path, (free_port(), free_port()))
    try:
        yield site
    finally:
        for name in list(site.running):
            site.stop(name)


# A job that went well is deleted, so the test writes down what was queued by the clock.
WATCH = """
CREATE SCHEMA watching;
CREATE TABLE watching.queued (task text, moment text);
CREATE FUNCTION watching.watch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  INSERT INTO watching.queued VALUES (NEW.task_name, NEW.args ->> 'timestamp');
  RETURN NULL;
END $$;
CREATE TRIGGER watch AFTER INSERT ON procrastinate_jobs
  FOR EACH ROW WHEN (NEW.args ? 'timestamp') EXECUTE FUNCTION watching.watch();
"""


def test_servers_and_workers_take_turns_and_nothing_is_lost_or_done_twice(site: Site) -> None:
    with site.admin() as admin:
        admin.execute(WATCH)
    for number in (0, 1):
        site.start(f"worker {number}", "worker", address="SLUITEND_WORKER_URL")
        site.start_web(number)
    with under_load(site.where) as load:
        load.wait_for_more()
        assert site.stop("web 0") == 0
        load.wait_for_more()
        site.start_web(0)
        assert site.stop("worker 0") == 0
        assert site.stop("web 1") == 0
        load.wait_for_more()
    assert load.failed == []
    with site.admin() as admin:
        assert admin.execute("SELECT count(*) FROM reports_report").fetchone() == (len(load.receipts),)
        wait_for(
            lambda: admin.execute("SELECT count(*) FROM reports_report WHERE NOT swept").fetchone() == (0,),
            "the worker that is left takes up every report",
        )
        taken_up = admin.execute(
            # Who takes a report up seals it anew: twice would be a third revision.
            "SELECT count(*), count(*) FILTER (WHERE revision = 2) FROM reports_report"
        ).fetchone()
        assert taken_up == (len(load.receipts), len(load.receipts))
        runs = Counter(admin.execute("SELECT task, moment FROM watching.queued").fetchall())
        assert runs
        assert set(runs.values()) == {1}
    assert web.opens(site.where(), load.receipts[0])
