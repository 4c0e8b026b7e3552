"""Databases for tests: one server, one template a version of the schema, one clone a worker.

The template holds the released handbook and the organisations and people of the region. Tests sign in as
`sl_app`, the role of the
web server, which owns nothing and cannot bypass row-level security.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sluitend.demo import embedded

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("SLUITEND_TEST_DATA", ROOT / "var" / "test"))
SOURCES = (
    "src/sluitend/kernel/organisations/rls.py",
    "src/sluitend/kernel/handbook/directory.py",
    "src/sluitend/demo/region.py",
    "src/sluitend/kernel/sealing/keys.py",
    "src/sluitend/kernel/organisations/genuine.py",
    "tests/roles.py",
)


def schema_hash() -> str:
    """Return a short hash of everything that shapes the template: migrations, policies, the pack, the
    people, and the month, since its register of keys ends by itself."""
    files = [
        *ROOT.glob("src/sluitend/**/migrations/*.py"),
        *ROOT.glob("packs/**/*.yaml"),
        *(ROOT / name for name in SOURCES),
    ]
    digest = hashlib.sha256(time.strftime("%Y-%m").encode())
    for file in sorted(files):
        digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def keys_folder(version: str) -> Path:
    """Return the folder with the keys that belong to a template."""
    return DATA / "keys" / version


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let one process at a time make or copy databases."""
    DATA.mkdir(parents=True, exist_ok=True)
    with (DATA / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def ensure_template(server: embedded.Server) -> str:
    """Make the template database of this version of the schema if it is not there yet, and return the
    version."""
    version = schema_hash()
    with one_at_a_time():
        done = DATA / f"template-{version}"
        if not done.exists():
            shutil.rmtree(keys_folder(version), ignore_errors=True)
            server.drop_database(f"template_{version}")
            server.create_database(f"template_{version}")
            for step, role in (("migrate", "sl_owner"), ("fill", "sl_app")):
                environment = {
                    **os.environ,
                    "DJANGO_SETTINGS_MODULE": "tests.settings",
                    "DATABASE_URL": server.url(role, f"template_{version}"),
                    "SLUITEND_KEYS": str(keys_folder(version)),
                    "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
                }
                subprocess.run(
                    [sys.executable, "-m", "tests.template", step], env=environment, check=True, cwd=ROOT
                )
            done.touch()
    return version


def clone(server: embedded.Server, version: str, name: str) -> None:
    """Make a database that is a copy of the template."""
    with one_at_a_time():
        server.drop_database(name)
        server.create_database(name, template=f"template_{version}")
