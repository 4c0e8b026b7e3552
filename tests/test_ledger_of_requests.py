"""What a request leaves in the ledger: no read is unlogged, and a refusal outlives its rollback."""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from sluitend.cli import embedded
from sluitend.kernel.organisations.models import Account
from sluitend.urls import handler404, handler500, urlpatterns
from tests import database, samples


def lines(admin: psycopg.Connection, action: str) -> int:
    """Return how many lines of one action the ledger has."""
    row = admin.execute("SELECT count(*) FROM ledger_event WHERE action = %s", [action]).fetchone()
    return int(row[0]) if row else 0


@pytest.fixture
def admin(server: embedded.Server, own_database: str) -> Iterator[psycopg.Connection]:
    """A superuser's connection to the test's own database."""
    with psycopg.connect(server.url("sl_admin", own_database), autocommit=True) as connection:
        yield connection


def signed_in(email: str) -> str:
    """Return the session key of somebody who signed in."""
    client = Client()
    client.force_login(Account.objects.get(email=email))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@contextmanager
def served(url: str, how: str) -> Iterator[int]:
    """Serve the project in a process of its own that lives, or dies at its first commit; yield the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "SLUITEND_KEYS": str(settings.SLUITEND_KEYS),
        "PYTHONPATH": f"{database.ROOT / 'src'}:{database.ROOT}",
    }
    command = [sys.executable, "-m", "tests.dying_server", str(port), how]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, cwd=database.ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        try:
            yield port
        finally:
            process.kill()


def get(port: int, address: str, session: str) -> bytes:
    """Return all that a server sends for a page; nothing when it dies first."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", address, headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"})
    try:
        return connection.getresponse().read()
    except (http.client.HTTPException, ConnectionError):
        return b""
    finally:
        connection.close()


def test_a_process_killed_between_read_and_commit_has_shown_nothing(
    server: embedded.Server, own_database: str, admin: psycopg.Connection
) -> None:
    sample = samples.whole_route()
    session = signed_in("af@westland.example")
    before = lines(admin, "case.read")
    with served(server.url("sl_app", own_database), "die") as port:
        assert get(port, f"/werk/casussen/{sample.case}/", session) == b""
    assert lines(admin, "case.read") == before


def test_a_page_that_was_shown_is_in_the_ledger(
    server: embedded.Server, own_database: str, admin: psycopg.Connection
) -> None:
    sample = samples.whole_route()
    session = signed_in("af@westland.example")
    before = lines(admin, "case.read")
    with served(server.url("sl_app", own_database), "live") as port:
        assert sample.case.encode() in get(port, f"/werk/casussen/{sample.case}/", session)
    assert lines(admin, "case.read") > before


def test_a_refusal_is_kept_although_its_transaction_was_rolled_back(admin: psycopg.Connection) -> None:
    sample = samples.whole_route()
    client = Client()
    client.force_login(Account.objects.get(email="af@denhaag.example"))
    assert client.get(f"/werk/casussen/{sample.case}/").status_code == 404
    row = admin.execute(
        "SELECT outcome, account, organisation_id FROM ledger_event WHERE action = 'refused.cases:case'"
    ).fetchone()
    refused = samples.actor("af@denhaag.example")
    assert row == ("refused", refused.account_id, refused.organisation_id)


def breaks(request: HttpRequest) -> HttpResponse:
    """Write something, then fail, as a bug would."""
    Account.objects.filter(email="af@denhaag.example").update(name="Half geschreven")
    raise ZeroDivisionError(request.path)


class Broken:
    """The project's addresses, and one that fails."""

    urlpatterns = [*urlpatterns, path("werk/kapot/", breaks, name="broken")]
    handler404 = staticmethod(handler404)
    handler500 = staticmethod(handler500)


@override_settings(ROOT_URLCONF=Broken)
def test_a_failure_is_kept_and_nothing_half_with_it(admin: psycopg.Connection) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(email="af@denhaag.example"))
    response = client.get("/werk/kapot/")
    assert response.status_code == 500
    assert "ZeroDivisionError" not in response.text
    assert lines(admin, "failed.broken") == 1
    assert Account.objects.get(email="af@denhaag.example").name == "Thijs van Rooden"


def test_a_failed_sign_in_is_kept(admin: psycopg.Connection) -> None:
    Client().post("/inloggen/", {"login": "af@denhaag.example", "password": "dit is het niet"})
    assert lines(admin, "signin.failed") == 1
    row = admin.execute("SELECT account FROM ledger_event WHERE action = 'signin.failed'").fetchone()
    assert row == (None,)


def test_reading_a_case_is_one_line_a_person(admin: psycopg.Connection, own_database: str) -> None:
    sample = samples.whole_route()
    before = lines(admin, "case.read")
    client = Client()
    client.force_login(Account.objects.get(email="af@westland.example"))
    assert client.get(f"/werk/casussen/{sample.case}/").status_code == 200
    persons = admin.execute("SELECT count(*) FROM cases_subject WHERE kind = 'person'").fetchone()
    assert persons is not None
    assert lines(admin, "case.read") - before == 1 + persons[0]


def test_a_broken_seal_hides_no_step(own_database: str, admin: psycopg.Connection) -> None:
    """The steps stand there without names; opening the case itself fails for all to see."""
    sample = samples.whole_route()
    admin.execute("UPDATE sealing_seal SET sealed = overlay(sealed PLACING '\\x00' FROM 40)")
    client = Client()
    client.force_login(Account.objects.get(email="af@westland.example"))
    page = client.get("/werk/").content.decode()
    assert sample.new_report in page
