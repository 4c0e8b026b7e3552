"""What a request leaves in the ledger: no read is unlogged, and a refusal outlives its rollback."""

import http.client
import os
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time

import psycopg
import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.utils import timezone

from sluitend.demo import embedded
from sluitend.journeys.editing import actions as editing
from sluitend.journeys.reports.slowing import GUESSING
from sluitend.kernel.access.acting import acting
from sluitend.kernel.handbook.plain import plain
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Account
from sluitend.kernel.sealing.receipts import new_receipt
from sluitend.urls import handler404, handler500, urlpatterns
from tests import database, samples
from tests.test_access_matrix import PEOPLE, addresses, ask, every_kind

TRIES = GUESSING.number + 1
EVERY = "SELECT action, outcome FROM ledger_event UNION ALL SELECT action, outcome FROM ledger_intake"


def lines(admin: psycopg.Connection, action: str) -> int:
    """Return how many lines of one action the ledger has, or will have when the day is over."""
    row = admin.execute(f"SELECT count(*) FROM ({EVERY}) l WHERE action = %s", [action]).fetchone()
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


def kept(admin: psycopg.Connection) -> Counter[str]:
    """Return how often each refusal stands in the ledger."""
    rows = admin.execute(f"SELECT action FROM ({EVERY}) l WHERE outcome = 'refused'").fetchall()
    return Counter(row[0] for row in rows)


@pytest.mark.parametrize("who", ["reporter", "other_focal_point", "inspector"])
def test_the_refusal_of_every_page_is_kept(kept_connection: str, admin: psycopg.Connection, who: str) -> None:
    """Of every address of the URL map, read and sent: each refusal leaves its line, and nothing else does."""
    sample, client, refused = every_kind(), Client(), Counter[str]()
    client.force_login(Account.objects.get(email=PEOPLE[who]))
    before = kept(admin)
    for address in addresses():
        for method in ("get", "post"):
            if ask(client, method, address.path(sample)) == "none":
                refused[f"refused.{address.name}"[:60]] += 1
    assert len(refused) > 50
    assert kept(admin) - before == refused


def test_a_forged_form_is_kept_as_refused(admin: psycopg.Connection) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(Account.objects.get(email="af@denhaag.example"))
    assert client.post("/werk/team/", {"take": "x"}).status_code == 400
    forged = Client(enforce_csrf_checks=True).post("/melden/", headers={"Sec-Fetch-Site": "cross-site"})
    assert forged.status_code == 400
    assert (lines(admin, "refused.team"), lines(admin, "refused.report_start")) == (1, 1)


def test_guessing_that_is_held_back_is_kept_as_refused(admin: psycopg.Connection) -> None:
    answers = [
        Client().post("/ontvangst/", {"code": new_receipt()}).status_code for _ in range(GUESSING.number + 1)
    ]
    assert answers[-1] == 429
    assert lines(admin, "refused.receipt") == 1
    row = admin.execute("SELECT at FROM ledger_intake WHERE action = 'refused.receipt'").fetchone()
    assert row is not None
    assert timezone.localtime(row[0]).time() == time(12)  # of a page for everybody no finer moment is kept


def test_what_another_has_to_do_is_kept_as_refused(admin: psycopg.Connection) -> None:
    """The page says so in words; to who may do the same for another it is no page that is not there."""
    coordinator = samples.actor("regio@rsiv.example")
    with acting(coordinator):
        editing.start(actor=coordinator)
        content = plain(current_release().pack.card_answers["weet_niet"]) | {"review_by": "2027-12-01"}
        editing.save(actor=coordinator, edit=editing.Edit("card_answers", "weet_niet", content, 0))
        editing.offer(actor=coordinator)
    client = Client()
    client.force_login(Account.objects.get(email="regio@rsiv.example"))
    client.post("/werk/handboek/uitgeven/")
    administrator = Account.objects.get(email="beheer@westland.example")
    client.force_login(administrator)
    role = {"do": "role", "organisation": str(samples.actor(administrator.email).organisation_id)}
    client.post(f"/werk/beheer/mensen/{administrator.pk}/", role | {"role": "deputy"})
    assert (lines(admin, "refused.editing:publish"), lines(admin, "refused.manage_person")) == (1, 1)


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
