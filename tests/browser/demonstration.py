"""A second template: the year of invented work of the demonstration, made once a day and version."""

import hashlib
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

from sluitend.demo import embedded
from tests import database
from tests.browser.site import PASSWORD

SOURCES = (
    *(f"src/sluitend/{part}/**/*.py" for part in ("kernel", "journeys", "demo")),
    "packs/**/*.yaml",
    "src/sluitend/demo/year/*.yaml",
)


def version_of(schema_version: str) -> str:
    """Return a short name for how the year looks: it is made by the actions, and counted back from today."""
    files = [file for pattern in SOURCES for file in database.ROOT.glob(pattern)]
    digest = hashlib.sha256(f"{schema_version} {date.today()}".encode())  # noqa: DTZ011  (a name, no moment)
    for file in sorted(files):
        digest.update(str(file.relative_to(database.ROOT)).encode() + file.read_bytes())
    return f"demo_{digest.hexdigest()[:12]}"


def ensure_demonstration(server: embedded.Server, schema_version: str) -> str:
    """Make the template with the year when it is not there yet, and return its version."""
    version = version_of(schema_version)
    with database.one_at_a_time():
        done = database.DATA / f"template-{version}"
        if not done.exists():
            _forget_older(server)
            keys = database.keys_folder(version)
            shutil.rmtree(keys, ignore_errors=True)
            shutil.copytree(database.keys_folder(schema_version), keys)
            name = f"template_{version}"
            server.drop_database(name)
            server.create_database(name, template=f"template_{schema_version}")
            # Only the owner gives roles: the colleagues of care come before the year that they work in.
            _fill(server.url("sl_owner", name), keys, "people")
            _fill(server.url("sl_worker", name), keys, "year")
            done.touch()
    return version


def _forget_older(server: embedded.Server) -> None:
    for old in database.DATA.glob("template-demo_*"):
        version = old.name.removeprefix("template-")
        server.drop_database(f"template_{version}")
        shutil.rmtree(database.keys_folder(version), ignore_errors=True)
        old.unlink()


def _fill(url: str, keys: Path, part: str) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "SLUITEND_DEMO_PASSWORD": PASSWORD,
        "DATABASE_URL": url,
        "SLUITEND_KEYS": str(keys),
        "PYTHONPATH": f"{database.ROOT / 'src'}:{database.ROOT}",
    }
    subprocess.run(
        [sys.executable, "-m", "tests.browser.demonstration", part],
        env=environment,
        check=True,
        cwd=database.ROOT,
    )


if __name__ == "__main__":
    import django

    django.setup()

    from django.conf import settings

    from sluitend.demo.region import CARE_TEAM, load_people
    from sluitend.demo.work import load_year

    if sys.argv[1] == "people":
        load_people(CARE_TEAM, settings.SLUITEND_DEMO_PASSWORD)
    else:
        load_year()
