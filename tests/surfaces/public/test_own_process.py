"""The public pages as a process of their own: signed in as intake, without sessions, without the desk."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from tests import database

from sluitend.demo import embedded

SCRIPT = """
import json, django
django.setup()
from django.test import Client
browser = Client(headers={"host": "localhost"})
browser.cookies["sluitend"] = "a" * 32
paths = ["/", "/melden/", "/melden/markeer/", "/ontvangst/", "/overleg/", "/werken-en-wonen/"]
paths += ["/werk/", "/inloggen/"]
got = {path: browser.get(path).status_code for path in paths}
got["wrong code"] = browser.post("/ontvangst/", {"code": "AAAA-BBBB-CCCC-DDDD-EEEE"}).status_code
got["from another site"] = browser.post("/melden/", {}, headers={"sec-fetch-site": "cross-site"}).status_code
got["cookies"] = sorted(name for name in browser.cookies if name != "sluitend")
print(json.dumps(got))
"""


@pytest.fixture
def answers(server: embedded.Server, own_database: str) -> dict[str, object]:
    """What a visitor gets who carries a session cookie of the desk."""
    environment = {
        **os.environ,
        "DATABASE_URL": server.url("sl_intake", own_database),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "SLUITEND_PUBLIC_ONLY": "1",
        "SLUITEND_KEYS": str(settings.SLUITEND_KEYS),
        "PYTHONPATH": f"{database.ROOT / 'src'}:{database.ROOT}",
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, cwd=database.ROOT, capture_output=True, check=True
    )
    answered: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return answered


def test_it_serves_what_is_for_anyone_and_nothing_of_the_desk(answers: dict[str, object]) -> None:
    assert answers == {
        "/": 200,
        "/melden/": 200,
        "/melden/markeer/": 200,
        "/ontvangst/": 200,
        "/overleg/": 200,
        "/werken-en-wonen/": 200,
        "/werk/": 404,
        "/inloggen/": 404,
        "wrong code": 200,
        "from another site": 400,
        "cookies": [],
    }
