"""Databases in which a situation stands already: made once an hour and version, copied by each worker.

A test that asks for one gets exactly what its maker makes, in a transaction that is rolled back; nothing else
stands in its database. Making them anew each hour keeps a test from leaning on how long ago it happened.
"""

import hashlib
import importlib
import os
import pickle
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django

from sluitend.demo import embedded
from tests import database

MAKERS = {
    "ready": "tests.journeys.referrals.situations:make_ready",
    "between": "tests.journeys.exchanges.situations:make_between",
    "sample": "tests.test_access_matrix:every_kind",
    "whole_route": "tests.samples:whole_route",
}
"""What a test asks for by the name of a fixture, and the function that makes it."""
SOURCES = (
    "src/sluitend/kernel/**/*.py",
    "src/sluitend/journeys/**/*.py",
    "tests/*.py",
    "tests/**/situations.py",
)


def wanted(fixtures: Iterable[str]) -> str:
    """Return the situation that a test asks for, or nothing.

    Raises:
        ValueError: it asks for two, which stand in two databases.
    """
    found = [name for name in MAKERS if name in fixtures]
    if len(found) > 1:
        raise ValueError(f"one situation a test, not {found}")
    return found[0] if found else ""


@dataclass(frozen=True)
class Situation:
    """A database that stands ready to be copied, the keys that belong to it, and what its maker returned."""

    version: str
    keys: Path
    made: bytes

    def value(self) -> Any:
        """Return the codes and people of the situation."""
        return pickle.loads(self.made)  # noqa: S301  # written by these tests themselves


def ensure(server: embedded.Server, schema_version: str, name: str, *, keys: Path, copy: str) -> Situation:
    """Make a situation if it is not there yet, and copy it and its keys.

    Args:
        server: the running PostgreSQL.
        schema_version: the version of the template.
        name: one of `MAKERS`.
        keys: the folder that is made for the copy of the keys.
        copy: the name of the copy of the database.
    """
    version = _version(schema_version, name)
    with database.one_at_a_time():
        if not _made(version).exists():
            _make(server, schema_version, name, version)
        shutil.copytree(database.keys_folder(version), keys)
        server.drop_database(copy)
        server.create_database(copy, template=f"template_{version}")
        return Situation(version, keys, _made(version).read_bytes())


def _version(schema_version: str, name: str) -> str:
    digest = hashlib.sha256(f"{schema_version} {time.strftime('%Y-%m-%d %H')}".encode())
    for file in sorted({file for pattern in SOURCES for file in database.ROOT.glob(pattern)}):
        digest.update(file.read_bytes())
    return f"{name}_{digest.hexdigest()[:12]}"


def _made(version: str) -> Path:
    return database.DATA / f"template-{version}"


def _make(server: embedded.Server, schema_version: str, name: str, version: str) -> None:
    _drop_older(server, name)
    keys = database.keys_folder(version)
    shutil.rmtree(keys, ignore_errors=True)
    shutil.copytree(database.keys_folder(schema_version), keys)
    server.drop_database(f"template_{version}")
    server.create_database(f"template_{version}", template=f"template_{schema_version}")
    half = _made(version).with_suffix(".half")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": server.url("sl_app", f"template_{version}"),
        "SLUITEND_KEYS": str(keys),
        "PYTHONPATH": f"{database.ROOT / 'src'}:{database.ROOT}",
    }
    arguments = [sys.executable, "-m", "tests.situations", name, str(half)]
    subprocess.run(arguments, env=environment, check=True, cwd=database.ROOT)
    half.replace(_made(version))


def _drop_older(server: embedded.Server, name: str) -> None:
    """Leave nothing of hours and versions that are over."""
    for old in database.DATA.glob(f"template-{name}_*"):
        version = old.name.removeprefix("template-")
        server.drop_database(f"template_{version}")
        shutil.rmtree(database.keys_folder(version), ignore_errors=True)
        old.unlink(missing_ok=True)


def make(name: str) -> Any:
    """Make a situation in the database of this process, and return what its maker returns."""
    module, function = MAKERS[name].split(":")
    maker: Callable[[], Any] = getattr(importlib.import_module(module), function)
    return maker()


if __name__ == "__main__":
    django.setup()
    Path(sys.argv[2]).write_bytes(pickle.dumps(make(sys.argv[1])))
