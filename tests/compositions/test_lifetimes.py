"""A row from its birth to its destruction: every table has an end, and what is said to end is gone then."""

from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.test import Client
from django.utils import timezone

from sluitend.demo import embedded
from sluitend.demo.clock import at
from sluitend.forms.actions import claim_form
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import NOBODY, acting, system_actor
from sluitend.kernel.access.jobs import forget
from sluitend.kernel.followup.jobs import app
from sluitend.kernel.organisations.models import Account, Organisation
from tests import samples
from tests.compositions.lifetimes import LIVES, End

TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
COLUMNS = """SELECT table_name, column_name FROM information_schema.columns
  WHERE table_schema = 'public' AND column_name IN ('report_id', 'envelope_id') ORDER BY table_name"""


@pytest.fixture
def admin(server: embedded.Server, own_database: str) -> psycopg.Connection:
    """A superuser's connection to the test's own database."""
    return psycopg.connect(server.url("sl_admin", own_database), autocommit=True)


def count(admin: psycopg.Connection, query: str, *values: object) -> int:
    """Return one number."""
    (number,) = admin.execute(query.encode(), values).fetchone() or (0,)
    return int(number)


def test_every_table_has_a_line_and_every_line_a_table(admin: psycopg.Connection) -> None:
    there = {name for (name,) in admin.execute(TABLES).fetchall()}
    assert there - set(LIVES) == set()
    assert set(LIVES) - there == set()


def test_of_a_destroyed_report_nothing_is_left_but_its_count(admin: psycopg.Connection) -> None:
    westland = Organisation.objects.get(code="GM1783")
    code, receipt = samples.file_report(westland, anonymity="confidential")
    with acting(NOBODY):
        reports.add_to_report(receipt=receipt, text="Nog iets")
    (row,) = admin.execute("SELECT id, envelope_id FROM reports_report WHERE code = %s", [code]).fetchall()
    identity = admin.execute(
        "SELECT envelope_id FROM reports_reporteridentity WHERE report_id = %s", [row[0]]
    ).fetchone()
    assert identity
    with acting(samples.actor("af@westland.example")) as who:
        reports.close(Report.objects.get(code=code).id, outcome="not_in_scope", actor=who)
    with acting(system_actor(westland.id)) as system:
        reports.destroy_report(row[0], actor=system)
    left = set()
    for table, column in admin.execute(COLUMNS).fetchall():
        ids = [row[0]] if column == "report_id" else [row[1], identity[0]]
        if count(admin, f"SELECT count(*) FROM {table} WHERE {column} = ANY(%s)", ids):
            left.add(table)
    # That it was destroyed is remembered, and of what was there a digest.
    assert left == {"sealing_destruction", "ledger_content"}
    assert {name for name in left if LIVES[name].end in (End.REPORT, End.ENVELOPE)} == set()
    assert count(admin, "SELECT count(*) FROM reports_report WHERE code = %s AND content IS NULL", code) == 1


def test_what_a_job_ends_by_itself_names_a_job_of_the_clock() -> None:
    periodic = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    assert {life.by for life in LIVES.values() if life.end is End.JOB} - periodic == set()


def test_what_was_typed_and_sent_at_the_desk_is_gone_in_a_year(admin: psycopg.Connection) -> None:
    who = samples.actor("melder@westland.example")
    with acting(who):
        claim_form(uuid4(), actor=who)
    with at(timezone.now() + timedelta(days=366)), acting(system_actor(who.own_organisation)) as system:
        reports.sweep(system)
    assert count(admin, "SELECT count(*) FROM forms_sentform") == 0


@pytest.mark.usefixtures("as_worker")
def test_a_session_that_is_over_is_gone_within_the_hour(admin: psycopg.Connection) -> None:
    Client().force_login(Account.objects.get(email="af@westland.example"))
    assert count(admin, "SELECT count(*) FROM django_session") == 1
    forget(timestamp=0)
    assert count(admin, "SELECT count(*) FROM django_session") == 1
    with at(timezone.now() + timedelta(hours=13)):
        forget(timestamp=0)
    assert count(admin, "SELECT count(*) FROM django_session") == 0
