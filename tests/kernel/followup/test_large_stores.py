"""What a page counts and a sweep looks for is found by an index, also where years of steps are done."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from tests import samples
from tests.plans import for_any_values

from sluitend.demo import embedded
from sluitend.journeys.reports.actions.sweeping import sweep
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.followup import escalation
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.followup.queries import own as queries
from sluitend.kernel.manifest import News, steps
from sluitend.kernel.organisations.models import Organisation

FOCAL = "af@westland.example"
MANY = 20_000
# Four in five are done and stand first, as they do after years; the rest is open, of many kinds.
FILL = """
    INSERT INTO followup_nextstep ({names})
    SELECT {columns} FROM (SELECT * FROM followup_nextstep LIMIT 1) s, generate_series(1, %(many)s) n,
    LATERAL jsonb_populate_record(NULL::followup_nextstep, to_jsonb(s) || jsonb_build_object(
        'id', gen_random_uuid(), 'subject_id', gen_random_uuid(), 'owner_id', NULL, 'work_of', NULL,
        'owner_role', 'focal_point', 'waits_on_other', false,
        'what', (ARRAY['weigh', 'work_track', 'follow_case'])[1 + n %% 3],
        'organisation_id', %(org)s::text,
        'done', CASE WHEN n < %(many)s * 0.8 THEN now() END)) r"""
NAMES = [str(each.column) for each in NextStep._meta.local_concrete_fields]


@pytest.fixture
def years(server: embedded.Server, own_database: str) -> Organisation:
    """A municipality with a report that came in, after years of steps."""
    town = Organisation.objects.get(code="GM1783")
    samples.file_report(town)
    with psycopg.connect(server.url("sl_admin", own_database), autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute(
            FILL.format(names=", ".join(NAMES), columns=", ".join(f"r.{each}" for each in NAMES)).encode(),
            {"org": str(town.id), "many": MANY},
        )
        admin.execute("VACUUM ANALYZE followup_nextstep")
    return town


class Asked:
    """Notes what is asked of the steps, and how the database would find it."""

    def __init__(self) -> None:
        self.statements: list[tuple[str, Any]] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip("( ").startswith("SELECT") and "followup_nextstep" in sql:
            self.statements.append((sql, params))
        return execute(sql, params, many, context)

    def plans(self, *, for_any: bool = False) -> list[str]:
        """Return the plan of each statement: for these values, or for any."""
        if for_any:
            return [for_any_values(sql) for sql, _params in self.statements]
        found = []
        for sql, params in self.statements:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN {sql}", params)
                found.append("\n".join(row[0] for row in cursor.fetchall()))
        return found


def test_no_question_starts_parallel_workers(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW max_parallel_workers_per_gather")
        assert cursor.fetchone() == ("0",)


def test_what_the_navigation_counts_reads_no_step_that_is_done(years: Organisation) -> None:
    asked = Asked()
    actor = samples.actor(FOCAL)
    with acting(actor), connection.execute_wrapper(asked):
        queries.open_counts(actor, apart=[frozenset(["read_report"]), frozenset(["release_visit"])])
        plans = asked.plans()
    assert len(plans) == 1
    assert "Seq Scan on followup_nextstep" not in plans[0]
    assert "Index Only Scan using step_role_count" in plans[0]


@pytest.mark.parametrize("for_any", [False, True])
def test_what_came_in_is_found_by_an_index_whatever_a_journey_calls_an_arrival(
    for_any: bool, years: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrivals = [text for text, step in steps().items() if step.news is News.ARRIVED]
    monkeypatch.setattr(queries, "_arrivals", lambda: [*arrivals, "weigh"])
    queries._since.cache_clear()
    asked = Asked()
    actor = samples.actor(FOCAL)
    try:
        with acting(actor), connection.execute_wrapper(asked):
            found = queries.since(actor, timezone.now() - timedelta(days=3))
            plans = asked.plans(for_any=for_any)
    finally:
        queries._since.cache_clear()
    assert found.new == dict.fromkeys(arrivals, 0) | {"read_report": 1, "weigh": queries.MOST_SAID + 1}
    assert len(plans) == 1
    assert "Seq Scan on followup_nextstep" not in plans[0]
    conditions = [line for line in plans[0].splitlines() if "Index Cond" in line and "created_day >=" in line]
    assert len([line for line in conditions if "what" in line]) == len(arrivals) + 1, plans[0]


def test_a_sweep_looks_at_no_more_steps_than_those_it_is_about(years: Organisation) -> None:
    asked = Asked()
    system = system_actor(years.id)
    with acting(system), connection.execute_wrapper(asked):
        sweep(system)
        plans = [each for each in asked.plans() if "unreadable" in each]
    assert plans
    for plan in plans:
        assert "Seq Scan on followup_nextstep" not in plan
        conditions = [line for line in plan.splitlines() if "Index Cond" in line and "what" in line]
        assert len(conditions) == plan.count("on followup_nextstep"), plan


def test_what_may_climb_is_found_by_an_index(years: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(escalation, "BATCH", 20)
    asked = Asked()
    system = system_actor(years.id)
    with acting(system), connection.execute_wrapper(asked):
        escalation.escalate(system, timezone.now() + timedelta(days=60))
        plans = [each for each in asked.plans(for_any=True) if "level" in each]
    assert plans
    for plan in plans:
        assert "Seq Scan on followup_nextstep" not in plan
        assert "organisation_id = $" in plan.partition("Index Scan using step_")[2], plan
