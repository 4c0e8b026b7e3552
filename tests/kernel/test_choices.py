"""What code chooses itself stands in the text of a statement, and what somebody typed never does."""

import psycopg
import pytest
from django.db.models import F, QuerySet
from tests import plans, samples

from sluitend.cli.rights import DESK_PLANS
from sluitend.demo import embedded
from sluitend.journeys.reports.models import Report, State
from sluitend.journeys.reports.queries import open_reports
from sluitend.kernel.organisations.models import Organisation

# Nearly all reports are decided on, as after years.
COPY = """'id', gen_random_uuid(), 'envelope_id', gen_random_uuid(), 'current_step_id', gen_random_uuid(),
    'code', 'm-' || n, 'state', CASE WHEN n % 100 = 0 THEN 'new' ELSE 'taken_in' END"""


def asked(rows: QuerySet[Report]) -> tuple[str, tuple[object, ...]]:
    """Return a question as SQL, and what is given beside it."""
    text, values = rows.query.sql_with_params()
    return text[text.index("WHERE") :].replace('"reports_report".', ""), tuple(values)


def test_a_member_of_an_enumeration_stands_in_the_text() -> None:
    assert asked(Report.objects.filter(state=State.NEW)) == ("WHERE \"state\" = 'new'", ())
    excluded = asked(Report.objects.exclude(state__in=[State.NEW, State.TAKEN_IN]))
    assert excluded == ("WHERE NOT (\"state\" IN ('new', 'taken_in'))", ())


def test_what_somebody_typed_is_given_beside_it() -> None:
    assert asked(Report.objects.filter(state="new")) == ('WHERE "state" = %s', ("new",))
    assert asked(Report.objects.filter(code="' OR 1=1 --")) == ('WHERE "code" = %s', ("' OR 1=1 --",))
    mixed = asked(Report.objects.filter(state__in=[State.NEW, "x' OR '1 %s"]))
    assert mixed == ("WHERE \"state\" IN ('new', %s)", ("x' OR '1 %s",))
    assert asked(Report.objects.filter(state=F("kind")))[1] == ()


def test_the_desk_plans_once_and_the_worker_does_not(server: embedded.Server, own_database: str) -> None:
    for role, found in (("sl_app", tuple(DESK_PLANS.values())), ("sl_worker", ("auto", "4"))):
        with psycopg.connect(server.url(role, own_database)) as session:
            asked_for = [session.execute(f"SHOW {name}".encode()).fetchone() for name in DESK_PLANS]
            assert tuple(value for (value,) in filter(None, asked_for)) == found


@pytest.mark.parametrize("kind", ["", "report"])
def test_what_is_new_is_read_from_its_index_whatever_is_asked(
    server: embedded.Server, own_database: str, kind: str
) -> None:
    focal = samples.actor("af@westland.example")
    samples.file_report(Organisation.objects.get(code="GM1783"))
    plans.copy(server.url("sl_admin", own_database), Report, 20_000, COPY)
    plan = plans.of_asking(focal, "reports_report", lambda: open_reports(focal, kind=kind))
    assert "using reports_report_new" in plan, plan
