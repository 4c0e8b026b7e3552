"""The public pages and the desk as two processes: each serves its own pages, one has no private key."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sluitend.cli.environment import URLS
from sluitend.cli.errors import CommandError
from sluitend.cli.launch import serve
from sluitend.kernel.sealing.keyfolder import PARTS
from tests.cli.installation import Installation

ASK = """
import json, sys, django
django.setup()
from django.test import Client
client, found = Client(), {}
for path in json.loads(sys.argv[1]):
    answer = client.get(path)
    found[path] = [answer.status_code, answer.headers.get("Location", "")]
print(json.dumps(found))
"""
FILE = """
import django
django.setup()
from tests.kernel.sealing.test_custodian_process import filed
from uuid import UUID
import sys
class Municipality:
    id = UUID(sys.argv[1])
filed(Municipality)
"""


def run(installation: Installation, script: str, *arguments: str, role: str, **more: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=installation.environment({"DATABASE_URL": installation.urls(role)[role]}) | more,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def answers(installation: Installation, *paths: str, role: str, **more: str) -> dict[str, list[object]]:
    found: dict[str, list[object]] = json.loads(
        run(installation, ASK, json.dumps(paths), role=role, **more).splitlines()[-1]
    )
    return found


def test_the_desk_does_not_answer_for_the_public_pages(installation: Installation) -> None:
    public = (
        "/melden/",
        "/hulp-vragen/",
        "/overleg/",
        "/ontvangst/",
        "/werken-en-wonen/",
        "/melden/markeer/",
    )
    kept = (
        *("/privacy/", "/toegankelijkheid/", "/taal/", "/inloggen/", "/handboek/", "/handboek/partners/"),
        "/huisstijl/0e5c3a-0a4529-e5f1ea-9bc5ae-ffffff-0e5c3a.css",
    )
    found = answers(installation, *public, *kept, "/", "/werk/", role="DATABASE_URL", SLUITEND_DESK_ONLY="1")
    assert {path: found[path][0] for path in public} == dict.fromkeys(public, 404)
    assert {path: found[path][0] for path in kept} == dict.fromkeys(kept, 200)
    assert found["/"] == [302, "/werk/"]
    assert found["/werk/"][0] == 302
    sent = answers(
        installation,
        "/melden/",
        role="DATABASE_URL",
        SLUITEND_DESK_ONLY="1",
        SLUITEND_PUBLIC_ADDRESS="https://meldpunt.gemeente.example/",
    )
    assert sent == {"/melden/": [302, "https://meldpunt.gemeente.example/melden/"]}


def test_the_public_process_files_with_a_folder_that_opens_nothing(
    installation: Installation, tmp_path: Path
) -> None:
    from sluitend.journeys.reports.models import Report
    from sluitend.kernel.access.acting import acting, system_actor
    from sluitend.kernel.organisations.models import Organisation

    folder = tmp_path / "public"
    done = installation.run("keys", "public-export", str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    assert {each.name for each in folder.iterdir()} == set(PARTS["public"])
    assert all(not each.stat().st_mode & 0o077 for each in (folder, *folder.iterdir()))
    public = {"SLUITEND_PUBLIC_ONLY": "1", "SLUITEND_KEYS": str(folder), "SLUITEND_PROCESS": "public"}
    found = answers(installation, "/melden/", "/werk/", "/inloggen/", role="SLUITEND_INTAKE_URL", **public)
    assert [found[path][0] for path in ("/melden/", "/werk/", "/inloggen/")] == [200, 404, 404]
    checked = installation.run(
        "doctor", "--public", urls=installation.urls("SLUITEND_INTAKE_URL"), SLUITEND_KEYS=str(folder)
    )
    assert "bedient alleen de openbare pagina's en heeft geen geheime sleutels" in checked.stdout
    assert "goed   wie er is" in checked.stdout
    assert "brak af" not in checked.stdout + checked.stderr
    westland = Organisation.objects.get(code="GM1783")
    run(installation, FILE, str(westland.id), role="SLUITEND_INTAKE_URL", **public)
    with acting(system_actor(westland.id)):
        assert Report.objects.count() == 1


@pytest.mark.parametrize("kind", sorted(PARTS))
def test_what_is_exported_opens_nothing(installation: Installation, tmp_path: Path, kind: str) -> None:
    folder = tmp_path / kind
    assert installation.run("keys", "public-export", str(folder), "--for", kind).returncode == 0
    exported = {each.name for each in folder.rglob("*")}
    assert exported <= set(PARTS[kind])
    assert not exported & {
        "private",
        "tokens",
        "signing.key",
        "mfa.key",
        "pseudonym.key",
        "checkpoint.key",
        "link.key",
    }
    others = {"public", "desk", "worker", "command"} - ({"public", "desk"} if kind == "desk" else {kind})
    assert not exported & {f"mac-{other}.key" for other in others}
    refused = installation.run("keys", "public-export", str(installation.keys), "--for", kind)
    assert "geheime sleutels" in refused.stderr


def test_nobody_asks_for_both(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    from argparse import Namespace

    for name in URLS:
        monkeypatch.setenv(name, installation.urls(name)[name])
    with pytest.raises(CommandError, match="Kies --public of --desk"):
        serve(Namespace(host="127.0.0.1", port=0, public=True, desk=True))
