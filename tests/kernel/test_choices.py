"""What code chooses itself stands in the text of a statement, and what somebody typed never does."""

from contextlib import suppress

import psycopg
import pytest
from django.db import connection
from django.db.models import F, QuerySet
from tests import plans, samples

from sluitend.cli.rights import PLANNED_ONCE
from sluitend.demo import embedded
from sluitend.journeys.reports.models import Report, State
from sluitend.journeys.reports.queries import open_reports
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.errors import NotGenuine

FOCAL = "af@westland.example"
# Nearly all reports are decided on, as after years.
MANY = """
    INSERT INTO reports_report ({names})
    SELECT {columns} FROM (SELECT * FROM reports_report LIMIT 1) c, generate_series(1, 20000) n,
    LATERAL jsonb_populate_record(NULL::reports_report, to_jsonb(c) || jsonb_build_object(
        'id', gen_random_uuid(), 'envelope_id', gen_random_uuid(), 'current_step_id', gen_random_uuid(),
        'code', 'M-' || n, 'state', CASE WHEN n % 100 = 0 THEN 'new' ELSE 'joined' END)) r"""


def asked(rows: QuerySet[Report]) -> tuple[str, tuple[object, ...]]:
    """Return a question as SQL, and what is given beside it."""
    text, values = rows.query.sql_with_params()
    return text[text.index("WHERE") :].replace('"reports_report".', ""), tuple(values)


def test_a_member_of_an_enumeration_stands_in_the_text() -> None:
    assert asked(Report.objects.filter(state=State.NEW)) == ("WHERE \"state\" = 'new'", ())
    excluded = asked(Report.objects.exclude(state__in=[State.NEW, State.JOINED]))
    assert excluded == ("WHERE NOT (\"state\" IN ('new', 'joined'))", ())


def test_what_somebody_typed_is_given_beside_it() -> None:
    assert asked(Report.objects.filter(state="new")) == ('WHERE "state" = %s', ("new",))
    assert asked(Report.objects.filter(code="' OR 1=1 --")) == ('WHERE "code" = %s', ("' OR 1=1 --",))
    mixed = asked(Report.objects.filter(state__in=[State.NEW, "x' OR '1 %s"]))
    assert mixed == ("WHERE \"state\" IN ('new', %s)", ("x' OR '1 %s",))
    assert asked(Report.objects.filter(state=F("kind")))[1] == ()


class Noted:
    """Notes each question about a table."""

    def __init__(self, table: str) -> None:
        self.table, self.found = table, list[str]()

    def __call__(self, execute: object, sql: str, params: object, many: bool, context: object) -> object:
        if "SELECT" in sql and self.table in sql and "ORDER BY" in sql:
            self.found.append(sql)
        return execute(sql, params, many, context)  # type: ignore[operator]


@pytest.fixture
def years(server: embedded.Server, own_database: str) -> Actor:
    """A focal point of a municipality with many reports, of which few are new."""
    samples.file_report(Organisation.objects.get(code="GM1783"))
    names = [each.column for each in Report._meta.local_concrete_fields if each.column]
    fill = MANY.format(names=", ".join(names), columns=", ".join(f"r.{each}" for each in names))
    with psycopg.connect(server.url("sl_admin", own_database), autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute(fill.encode())
        admin.execute("VACUUM ANALYZE reports_report")
    return samples.actor(FOCAL)


def test_the_desk_plans_once_and_the_worker_does_not(server: embedded.Server, own_database: str) -> None:
    for role, mode in (("sl_app", PLANNED_ONCE["plan_cache_mode"]), ("sl_worker", "auto")):
        with psycopg.connect(server.url(role, own_database)) as session:
            assert session.execute("SHOW plan_cache_mode").fetchone() == (mode,)


@pytest.mark.parametrize("kind", ["", "report"])
def test_what_is_new_is_read_from_its_index_whatever_is_asked(kind: str, years: Actor) -> None:
    noted = Noted("reports_report")
    with acting(years), connection.execute_wrapper(noted), suppress(NotGenuine):
        open_reports(years, kind=kind)
    with acting(years):
        plan = plans.for_any_values(noted.found[0])
    assert "using reports_report_new" in plan
