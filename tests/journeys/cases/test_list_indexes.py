"""Each way of looking at the list of cases reads an index of its own, and puts nothing in order itself."""

from contextlib import suppress

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.journeys.cases.matters import somebody, taken_in

from sluitend.demo import embedded
from sluitend.journeys.cases import queries
from sluitend.journeys.cases.models import Case, CaseReport
from sluitend.journeys.cases.queries.glances import _in_cases
from sluitend.kernel.sealing.errors import NotGenuine

# Of a thousand cases one in ten is closed, and none of these is in haste.
MANY = """
    INSERT INTO cases_case ({names})
    SELECT {columns} FROM (SELECT * FROM cases_case LIMIT 1) c, generate_series(1, 1000) n,
    LATERAL jsonb_populate_record(NULL::cases_case, to_jsonb(c) || jsonb_build_object(
        'id', gen_random_uuid(), 'code', 'c-' || n, 'acute', false, 'minor', 'no',
        'state', CASE WHEN n % 10 = 0 THEN 'closed' ELSE 'weighing' END,
        'closed', CASE WHEN n % 10 = 0 THEN now() END)) r"""

REPORTS = """
    INSERT INTO cases_casereport ({names})
    SELECT {columns} FROM (SELECT * FROM cases_casereport LIMIT 1) c, generate_series(1, 20000) n,
    LATERAL jsonb_populate_record(NULL::cases_casereport, to_jsonb(c) || jsonb_build_object(
        'id', gen_random_uuid(), 'report_code', 'm-' || n, 'case_id', gen_random_uuid(),
        'report_id', gen_random_uuid())) r"""


def test_what_came_in_last_is_looked_up_in_the_cases_that_are_asked(
    server: embedded.Server, own_database: str
) -> None:
    taken_in()
    names = [each.column for each in CaseReport._meta.local_concrete_fields if each.column]
    fill = REPORTS.format(names=", ".join(names), columns=", ".join(f"r.{each}" for each in names))
    with psycopg.connect(server.url("sl_admin", own_database), autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute(fill.encode())
        admin.execute("VACUUM ANALYZE cases_casereport")
    with somebody() as actor, CaptureQueriesContext(connection) as asked:
        heard = Case.objects.get().id
        found = _in_cases(actor.own_organisation, {}, [heard])
        statement = next(each["sql"] for each in asked.captured_queries if "UNION ALL" in each["sql"])
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {statement}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
    assert list(found.joined) == [heard]
    assert "Seq Scan on cases_casereport" not in plan, plan


def test_each_way_of_looking_has_its_index(server: embedded.Server, own_database: str) -> None:
    taken_in(acute=True)
    names = [each.column for each in Case._meta.local_concrete_fields if each.column]
    fill = MANY.format(names=", ".join(names), columns=", ".join(f"r.{each}" for each in names))
    with psycopg.connect(server.url("sl_admin", own_database), autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute(fill.encode())
        admin.execute("VACUUM ANALYZE cases_case")
    for asked, index in (
        ({"haast": "ja"}, "case_pressing"),
        ({"volgorde": "oud"}, "case_opened"),
        ({"stand": "closed", "volgorde": "oud"}, "case_state_opened"),
    ):
        plan = planned(asked)
        assert f"using {index} " in plan, plan
        assert "Sort" not in plan


def planned(asked: dict[str, str]) -> str:
    """Return how the database finds a page of cases."""
    # The copies do not open: what is asked comes before that.
    with somebody() as actor, CaptureQueriesContext(connection) as captured, suppress(NotGenuine):
        queries.cases(actor, asked)
    (paged,) = [
        each["sql"]
        for each in captured.captured_queries
        if "ORDER BY" in each["sql"] and "cases_case" in each["sql"]
    ]
    with somebody(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {paged}")
        return "\n".join(line for (line,) in cursor.fetchall())
