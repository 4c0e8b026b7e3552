"""The fence: what PostgreSQL itself lets the web server's roles see and do."""

from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from sluitend.demo import embedded
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.organisations.models import PLATFORM_ID, Organisation
from sluitend.kernel.organisations.rls import EXEMPT_TABLES

pytestmark = pytest.mark.django_db

TABLES = """
SELECT c.relname, c.relrowsecurity, (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
"""


def rows(statement: str, *parameters: str | UUID) -> list[tuple[Any, ...]]:
    """Run a statement on Django's own connection."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def test_every_table_has_a_policy_or_stands_on_the_list() -> None:
    unguarded = {name for name, enabled, policies in rows(TABLES) if not (enabled and policies)}
    assert unguarded <= EXEMPT_TABLES


def test_no_table_on_the_list_is_a_leftover() -> None:
    assert {name for name, *_ in rows(TABLES)} >= EXEMPT_TABLES


def test_the_web_role_owns_nothing_and_cannot_bypass() -> None:
    assert rows("SELECT current_user::text") == [("sl_app",)]
    assert rows(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
    ) == [(False, False, False, False)]
    assert rows(
        "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = current_user"
    ) == [(0,)]


def test_no_policy_looks_at_another_table() -> None:
    conditions = rows(
        "SELECT tablename, coalesce(qual, '') || coalesce(with_check, '') "
        "FROM pg_policies WHERE schemaname = 'public'"
    )
    looking = [
        table
        for table, condition in conditions
        if " FROM " in str(condition).replace("SELECT acting_org() AS acting_org", "")
    ]
    assert looking == []


def test_nothing_is_seen_without_a_setting() -> None:
    organisation = Organisation.objects.get(code="GM1783")
    with acting(system_actor(organisation.id)) as actor:
        from sluitend.kernel.ledger.actions import record

        record(actor=actor, action="test", activity="toegang")
        assert rows("SELECT count(*) FROM ledger_event") == [(1,)]
    rows("SELECT set_config('sl.org', '', true)")
    assert rows("SELECT count(*) FROM ledger_event") == [(0,)]


def test_another_organisation_sees_nothing_of_it() -> None:
    mine, other = Organisation.objects.get(code="GM1783"), Organisation.objects.get(code="GM0518")
    from sluitend.kernel.ledger.actions import record

    with acting(system_actor(mine.id)) as actor:
        record(actor=actor, action="test", activity="toegang")
    with acting(system_actor(other.id)):
        assert rows("SELECT count(*) FROM ledger_event WHERE organisation_id = %s", mine.id) == [(0,)]


def test_acting_always_forgets_who_acted_before() -> None:
    with acting(system_actor(Organisation.objects.get(code="GM1783").id)):
        pass
    with acting(system_actor(PLATFORM_ID)):
        assert rows("SELECT acting_org()") == [(PLATFORM_ID,)]


@pytest.mark.parametrize(
    "table",
    [
        "ledger_event",
        "followup_nextstep",
        "reports_report",
        "reports_mailbox",
        "sealing_seal",
        "sealing_envelope",
    ],
)
def test_whoever_signs_in_as_intake_cannot_select(
    server: embedded.Server, database_name: str, table: str
) -> None:
    with (
        psycopg.connect(server.url("sl_intake", database_name)) as intake,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        intake.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(table)))


def test_whoever_signs_in_as_intake_cannot_become_the_app(
    server: embedded.Server, database_name: str
) -> None:
    with (
        psycopg.connect(server.url("sl_intake", database_name)) as intake,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        intake.execute("SET ROLE sl_app")


def test_the_web_role_cannot_change_or_remove_a_ledger_line(
    server: embedded.Server, database_name: str
) -> None:
    with psycopg.connect(server.url("sl_app", database_name), autocommit=True) as app:
        for statement in (
            "UPDATE ledger_event SET action = 'x'",
            "DELETE FROM ledger_event",
            "TRUNCATE ledger_event",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(statement)


def test_the_web_role_cannot_read_what_waits_in_the_queue(
    server: embedded.Server, database_name: str
) -> None:
    with (
        psycopg.connect(server.url("sl_app", database_name)) as app,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        app.execute("SELECT args FROM procrastinate_jobs")


def test_no_web_role_owns_or_may_create_anything(server: embedded.Server, database_name: str) -> None:
    for role in ("sl_app", "sl_intake"):
        with (
            psycopg.connect(server.url(role, database_name)) as session,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            session.execute("CREATE TABLE mine (id int)")
