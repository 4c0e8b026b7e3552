"""Production works where the demonstration was left out: no module needs it."""

import os
import subprocess
import sys

EVERYTHING = """
import pkgutil, sys
from importlib import import_module

sys.modules["sluitend.demo"] = None  # as if it were not there
import django

django.setup()
import sluitend

OUT = ("sluitend.demo", "sluitend.cli.__main__", "sluitend.cli.gunicorn_conf")
for each in pkgutil.walk_packages(sluitend.__path__, "sluitend."):
    if not each.name.startswith(OUT):
        import_module(each.name)
        print(each.name)
"""


def test_every_module_of_production_is_imported_without_it() -> None:
    done = run("-c", EVERYTHING)
    assert done.returncode == 0, done.stderr
    names = done.stdout.split()
    assert {"sluitend.wsgi", "sluitend.cli.commands", "sluitend.surfaces.desk.views.region"} <= set(names)


def test_who_asks_for_it_hears_that_it_is_not_there() -> None:
    done = run(
        "-c",
        "import sys; sys.modules['sluitend.demo'] = None\n"
        "from sluitend.cli.demonstration import demonstration\n"
        "from sluitend.cli.errors import CommandError\n"
        "try: demonstration()\nexcept CommandError as error: print(error)",
    )
    assert done.stdout.strip() == "Deze installatie heeft geen demonstratie.", done.stderr


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, without a database."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    return subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False
    )
