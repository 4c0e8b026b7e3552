"""The application, served for real on a loopback port over a database of its own."""

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
from urllib.error import URLError
from urllib.request import urlopen

from tests import database

PASSWORD = "wachtwoord-voor-de-proef"
GUNICORN = ("-m", "gunicorn", "-c", "python:sluitend.cli.gunicorn_conf", "sluitend.wsgi:application")
BUNDLES = database.ROOT / "src" / "sluitend" / "static" / "sluitend" / "dist"
START_SECONDS = 60


@dataclass(frozen=True)
class Site:
    """A running server: where it answers, and the database and keys behind it."""

    address: str
    database_url: str
    keys: Path
    log_file: Path

    def log(self) -> str:
        """Return what the server last said."""
        return self.log_file.read_text()[-2000:]


def build_bundles() -> None:
    """Make styles and scripts when they are not there yet."""
    if not (BUNDLES / "desk.css").exists():
        with database.one_at_a_time():
            if not (BUNDLES / "desk.css").exists():
                subprocess.run(["npm", "run", "--silent", "build"], cwd=database.ROOT, check=True)


def free_port() -> int:
    """Return a port on which nobody listens now, of those that no connection going out is given meanwhile."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port


@contextmanager
def serve(database_url: str, keys: Path, folder: Path, **variables: str) -> Iterator[Site]:
    """Run the web server over a database until the block ends.

    Args:
        keys: the folder of keys that belongs to the database; the server gets a copy.
        folder: where the server keeps its own files.
        variables: more of the environment.
    """
    own_keys = folder / "keys"
    shutil.copytree(keys, own_keys)
    port = free_port()
    environment = {
        **os.environ,
        "SLUITEND_MODE": "test",
        "SLUITEND_DEMO_PASSWORD": PASSWORD,
        "SLUITEND_DATA": str(folder),
        "SLUITEND_KEYS": str(own_keys),
        "SLUITEND_BIND": f"127.0.0.1:{port}",
        "SLUITEND_WORKERS": "1",
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "PYTHONPATH": f"{database.ROOT / 'src'}:{database.ROOT}",
        **variables,
    }
    log = folder / "web.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *GUNICORN], env=environment, stdout=output, stderr=output, cwd=database.ROOT
        )
        try:
            address = f"http://localhost:{port}"
            _wait_for(address, process, log)
            yield Site(address, database_url, own_keys, log)
        finally:
            process.terminate()
            process.wait(30)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"{address}/healthz", timeout=5):  # noqa: S310  (our own address)
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"the web server does not answer:\n{log.read_text()}")
