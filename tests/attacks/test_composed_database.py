"""What a role of the database reaches that was taken over by itself: the queue, locks, connections, counters.

See `test_composed.py` for the walks of whoever comes by the pages.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from datetime import time as time_of_day
from typing import LiteralString
from uuid import uuid4

import psycopg
import pytest
from django.utils import timezone
from psycopg import pq, sql

from sluitend.demo import embedded
from sluitend.journeys.reports import jobs as reports
from sluitend.kernel.access import holding, rounds
from sluitend.kernel.access.rounds import SomeFailed
from sluitend.kernel.organisations.models import Organisation
from sluitend.surfaces.desk import jobs as desk
from tests import samples
from tests.faults.test_one_bad import unswept
from tests.rights import LIST, rights
from tests.working import as_worker

WEB_ROLES = ("sl_app", "sl_intake")
SWEEP = "sluitend.journeys.reports.jobs.sweep_now"
ASK = "SELECT queue_add(%s, 'default', %s::uuid[])"
REFUSED = psycopg.errors.InsufficientPrivilege


@pytest.fixture
def admin(server: embedded.Server, own_database: str) -> Iterator[psycopg.Connection]:
    """A superuser, to see what came of it."""
    with psycopg.connect(server.url("sl_admin", own_database), autocommit=True) as found:
        yield found


LOCKING = (
    "SELECT FROM {} FOR UPDATE",
    "SELECT FROM {} FOR NO KEY UPDATE",
    "SELECT FROM {} FOR SHARE",
    "SELECT FROM {} FOR KEY SHARE",
    "LOCK TABLE {} IN ACCESS EXCLUSIVE MODE",
    "LOCK TABLE {} IN SHARE MODE",
    "LOCK TABLE {} IN ROW EXCLUSIVE MODE",
)
NAMED = (
    "SELECT pg_advisory_lock(n) FROM generate_series(1, 100) n",
    "SELECT pg_advisory_xact_lock(hashtext('visits'), n) FROM generate_series(1, 100) n",
    "SELECT pg_try_advisory_lock(n, n) FROM generate_series(1, 100) n",
)


@pytest.fixture
def as_role(server: embedded.Server, own_database: str) -> Iterator[Callable[[str], psycopg.Connection]]:
    """Sign in to the database itself, with all that a role may do there."""
    opened: list[psycopg.Connection] = []

    def sign_in(role: str) -> psycopg.Connection:
        opened.append(psycopg.connect(server.url(role, own_database), autocommit=True))
        return opened[-1]

    yield sign_in
    for each in opened:
        each.close()


def refused(connection: psycopg.Connection, statement: LiteralString, *values: object) -> bool:
    """Return whether the database refuses it for want of a right."""
    try:
        connection.execute(statement, values)
    except REFUSED:
        return True
    return False


@pytest.mark.parametrize("role", WEB_ROLES)
def test_a_role_of_the_web_does_not_stop_what_runs_by_the_clock(
    admin: psycopg.Connection, as_role: Callable[[str], psycopg.Connection], role: str
) -> None:
    """Rows with the locks of periodic work, far ahead: by hand, by the library's functions, by ours."""
    admin.execute(
        "INSERT INTO procrastinate_periodic_defers (task_name, defer_timestamp, periodic_id) "
        "VALUES ('ledger.link', 1, '')"
    )
    web, somebody = as_role(role), [uuid4()]
    assert refused(
        web,
        "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, scheduled_at) "
        "VALUES ('default', 'ledger.link', 'ledger.link', '2099-01-01')",
    )
    assert refused(
        web,
        "SELECT procrastinate_defer_periodic_job_v2('default', NULL, 'x', 'ledger.link', 0, '', 2, '{}')",
    )
    assert refused(web, ASK, "ledger.link", somebody)
    assert refused(web, "UPDATE procrastinate_jobs SET status = 'failed'")
    assert refused(web, "SELECT nextval('procrastinate_jobs_id_seq')")
    assert refused(web, ASK, SWEEP, [])
    assert refused(web, ASK, SWEEP, [None])
    assert refused(web, ASK, "a task; with more", somebody)
    assert admin.execute("SELECT count(*) FROM procrastinate_jobs").fetchone() == (0,)


def test_the_public_asks_the_queue_for_what_its_pages_do_and_a_flood_adds_nothing(
    admin: psycopg.Connection, as_role: Callable[[str], psycopg.Connection]
) -> None:
    web = as_role("sl_intake")
    found = admin.execute("SELECT id FROM organisations_organisation WHERE code = 'GM1783'").fetchone()
    assert found is not None
    assert refused(web, ASK, SWEEP, [uuid4()])
    assert refused(web, ASK, "followup.tell", [found[0]])
    assert refused(web, ASK, "referrals.log_pickup", [uuid4(), found[0]])
    for _ in range(200):
        web.execute(ASK, [SWEEP, [found[0]]])
    assert admin.execute("SELECT count(*) FROM procrastinate_jobs").fetchone() == (20,)


def test_the_public_holds_every_lock_it_can_and_a_report_is_taken_up_all_the_same(
    admin: psycopg.Connection, as_role: Callable[[str], psycopg.Connection]
) -> None:
    thief = as_role("sl_intake")
    thief.autocommit = False
    thief.execute("SET lock_timeout = 0")
    tables = admin.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    ).fetchall()
    for (name,) in tables:
        for statement in LOCKING:
            with suppress(psycopg.Error), thief.transaction():
                thief.execute(sql.SQL(statement).format(sql.Identifier(name)))
    for statement in NAMED:
        with suppress(psycopg.Error), thief.transaction():
            thief.execute(statement)
    held = (
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' "
        "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    assert admin.execute(held).fetchone() == (0,)
    municipality = Organisation.objects.get(code="GM1783")
    with as_worker():
        samples.file_report(municipality)  # and sweeps it
    rows = admin.execute("SELECT swept FROM reports_report").fetchall()
    assert rows == [(True,)]


HELD = """
SELECT b.lookup, r.id, r.organisation_id, r.envelope_id FROM reports_mailbox b
JOIN reports_report r ON r.id = b.report_id ORDER BY b.id LIMIT 2
"""


def test_the_public_holds_rows_of_reports_of_its_own_and_the_others_are_taken_up_at_once(
    admin: psycopg.Connection, as_role: Callable[[str], psycopg.Connection]
) -> None:
    """Whoever took over the public process has receipts of its own, and may point at what it filed."""
    for _number in range(2):
        unswept()
    held = admin.execute(HELD).fetchall()
    thief = as_role("sl_intake")
    thief.autocommit = False
    thief.execute("SET idle_in_transaction_session_timeout = 0")
    append = (
        "SELECT mailbox_append(%s, %s, gen_random_uuid(), 'addition', current_date, '\\x00', false, false)"
    )
    points = "INSERT INTO reports_reporteridentity VALUES (gen_random_uuid(), 1, '\\x00', %s, %s, %s)"
    for lookup, report, organisation, envelope in held:
        thief.execute(append, [lookup, report])
        thief.commit()
        thief.execute(append, [lookup, report])
        thief.execute(points, [envelope, organisation, report])
    thief.execute("SET CONSTRAINTS ALL IMMEDIATE")
    sound = unswept()
    with as_worker(), suppress(SomeFailed):
        reports.sweep_all.func(timestamp=0)
    # Whoever holds rows is still at it: nobody waited until they let go.
    assert thief.info.transaction_status == pq.TransactionStatus.INTRANS
    assert admin.execute("SELECT swept FROM reports_report WHERE id = %s", [sound]).fetchone() == (True,)


STEP: dict[str, object] = {
    "subject_kind": "report",
    "code": "M-AAAA",
    "what": "read_report",
    "owner_role": "focal_point",
    "due": "2026-11-27 12:00+01",
    "created_day": "2026-11-27",
    "because": "",
    "level": 0,
    **dict.fromkeys(("urgent", "minor", "waits_on_other"), False),
}
REPORT: dict[str, object] = {
    "revision": 1,
    "code": "M-AAAA",
    "kind": "report",
    "state": "new",
    "channel": "form",
    "received": "2026-11-27",
    "anonymity": "anonymous",
    "minor": "no",
    "content": b"made up",
    "fresh": True,
    **dict.fromkeys(("theme", "outcome"), ""),
    **dict.fromkeys(("acute", "swept", "told"), False),
}
OTHERWISE = [
    ("followup_nextstep", change)
    for change in (
        {"what": "boom"},
        {"what": "confirm_role", "subject_kind": "role"},
        {"owner_role": "administrator"},
        {"due": "infinity"},
        {"due": "9999-12-31 23:59+00"},
        {"created_day": "-infinity"},
        {"code": "/../.."},
        {"done": "2026-11-27 12:00+01"},
        {"work_of": uuid4()},
    )
] + [
    ("reports_report", change)
    for change in (
        {"code": "/../.."},
        {"received": "infinity"},
        {"received": "0044-03-15 BC"},
        {"second_eyes": "infinity"},
        {"retention_until": "infinity"},
        {"closed": "infinity", "state": "closed"},
        {"revision": 2},
        {"swept": True},
        {"outcome": "boom"},
    )
]


@pytest.mark.parametrize(("table", "change"), OTHERWISE)
def test_the_public_writes_no_row_that_its_pages_would_not(
    admin: psycopg.Connection,
    as_role: Callable[[str], psycopg.Connection],
    table: str,
    change: dict[str, object],
) -> None:
    """One such row was an error on the page that each colleague of that municipality begins with."""
    found = admin.execute("SELECT id FROM organisations_organisation WHERE code = 'GM1783'").fetchone()
    assert found is not None
    row = {"id": uuid4(), "organisation_id": found[0], **(STEP if table == "followup_nextstep" else REPORT)}
    if table == "followup_nextstep":
        row |= {"writer_id": found[0], "subject_id": uuid4()}
    else:
        row |= {"envelope_id": uuid4(), "current_step_id": uuid4()}
    thief = as_role("sl_intake")
    with pytest.raises(REFUSED):
        _put(thief, table, row | change)
    with thief.transaction(force_rollback=True):  # nothing but the change is why; its references wait
        _put(thief, table, row)


def _put(connection: psycopg.Connection, table: str, row: dict[str, object]) -> None:
    names, values = map(sql.Identifier, row), list(row.values())
    into = sql.SQL("INSERT INTO {} ({}) VALUES ({})")
    places = sql.SQL(", ").join([sql.Placeholder()] * len(row))
    connection.execute(into.format(sql.Identifier(table), sql.SQL(", ").join(names), places), values)


def test_no_message_to_a_mailbox_has_a_day_that_no_page_can_show(
    admin: psycopg.Connection, as_role: Callable[[str], psycopg.Connection]
) -> None:
    unswept()
    box = admin.execute("SELECT lookup, report_id FROM reports_mailbox").fetchone() or (b"", None)
    append = "SELECT mailbox_append(%s, %s, gen_random_uuid(), 'addition', %s, '\\x00', false, false)"
    for day in ("infinity", "9999-12-31", "0044-03-15 BC"):
        with pytest.raises(psycopg.errors.CheckViolation):
            as_role("sl_intake").execute(append, [*box, day])


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT FROM organisations_organisation WHERE code = 'GM1783' FOR UPDATE",
        "LOCK TABLE reports_report IN ACCESS EXCLUSIVE MODE",
        "LOCK TABLE organisations_organisation IN ACCESS EXCLUSIVE MODE",
    ],
)
def test_what_injected_sql_at_the_desk_holds_is_ended_and_a_report_is_taken_up(
    admin: psycopg.Connection,
    as_role: Callable[[str], psycopg.Connection],
    monkeypatch: pytest.MonkeyPatch,
    statement: LiteralString,
) -> None:
    monkeypatch.setattr(holding, "LONGEST", timedelta(0))
    monkeypatch.setattr(rounds, "LONGEST_REST", 0.0)
    unswept()
    thief, page = as_role("sl_app"), as_role("sl_app")
    thief.autocommit = False
    for limit in ("lock_timeout", "idle_in_transaction_session_timeout", "statement_timeout"):
        thief.execute(sql.SQL("SET {} = 0").format(sql.Identifier(limit)))
    thief.execute(statement)
    with as_worker():
        desk.release.func(timestamp=0)
        reports.sweep_all.func(timestamp=0)
    with pytest.raises(psycopg.OperationalError):
        thief.execute("SELECT 1")
    page.execute("SELECT 1")  # who does nothing is left alone
    assert admin.execute("SELECT swept FROM reports_report").fetchall() == [(True,)]


def test_no_role_of_the_web_takes_every_connection_or_reads_a_counter(
    admin: psycopg.Connection, as_role: Callable[[str], psycopg.Connection]
) -> None:
    limits: dict[str, int] = dict(admin.execute("SELECT rolname, rolconnlimit FROM pg_roles").fetchall())
    most = admin.execute("SELECT current_setting('max_connections')::int").fetchone()
    assert most is not None
    assert all(limits[role] > 0 for role in (*WEB_ROLES, "sl_worker"))
    assert sum(limits[role] for role in (*WEB_ROLES, "sl_worker")) < most[0]
    for role in WEB_ROLES:
        web = as_role(role)
        assert refused(web, "SELECT n_tup_ins FROM pg_stat_user_tables")
        assert refused(web, "SELECT * FROM pg_stat_activity")
        assert refused(web, "SELECT xact_commit FROM pg_stat_database")
        assert refused(web, "SELECT pg_relation_size('reports_report')")
        assert refused(web, "SELECT pg_current_wal_lsn()")


@pytest.mark.parametrize("role", WEB_ROLES)
def test_a_role_of_the_web_that_listens_hears_nothing_and_keeps_nothing_outside_the_tables(
    admin: psycopg.Connection, as_role: Callable[[str], psycopg.Connection], role: str
) -> None:
    """Each call would be a clock of what comes in, finer than any counter; a large object has no policy."""
    web = as_role(role)
    for queue in ("any_queue_v1", "queue_v1#default", "queue_v1#mail"):
        web.execute(sql.SQL("LISTEN {}").format(sql.Identifier(f"procrastinate_{queue}")))
    found = admin.execute("SELECT id FROM organisations_organisation WHERE code = 'GM1783'").fetchone()
    assert found is not None
    as_role("sl_intake").execute(ASK, [SWEEP, [found[0]]])
    assert list(web.notifies(timeout=0.5, stop_after=1)) == []
    assert refused(web, "SELECT * FROM pg_locks")
    assert refused(web, "SELECT lo_from_bytea(0, 'words')")
    assert refused(web, "SELECT pg_logical_emit_message(false, 'a', 'b')")
    assert refused(web, "SELECT pg_terminate_backend(pg_backend_pid())")


TELLS_NOTHING = {
    "pg_available_extension_versions",
    "pg_available_extensions",
    "pg_cursors",
    "pg_group",
    "pg_indexes",
    "pg_matviews",
    "pg_policies",
    "pg_prepared_statements",
    "pg_publication_tables",
    "pg_roles",
    "pg_rules",
    "pg_seclabels",
    "pg_settings",
    "pg_tables",
    "pg_timezone_abbrevs",
    "pg_timezone_names",
    "pg_user",
    "pg_user_mappings",
    "pg_views",
    "pg_wait_events",
}
"""Views of the database's own of what is set up, or of one's own session."""


@pytest.mark.parametrize("role", WEB_ROLES)
def test_no_view_of_the_database_tells_a_role_of_the_web_what_others_write(
    admin: psycopg.Connection, as_role: Callable[[str], psycopg.Connection], role: str
) -> None:
    web = as_role(role)
    views = admin.execute("SELECT viewname FROM pg_views WHERE schemaname = 'pg_catalog'").fetchall()
    may = set()
    for (view,) in views:
        with suppress(REFUSED):
            web.execute(sql.SQL("SELECT * FROM pg_catalog.{}").format(sql.Identifier(view)))
            may.add(view)
    assert may <= TELLS_NOTHING


COUNTERS: tuple[LiteralString, ...] = (
    "SELECT reltuples FROM pg_class WHERE relname = 'reports_report'",
    "SELECT relpages, relallvisible FROM pg_class",
    "SELECT c FROM pg_class c",
    "SELECT age('3'::xid)",
    "SELECT mxid_age('1'::xid)",
    "SELECT txid_current()",
    "SELECT txid_status(1)",
    "SELECT pg_xact_status('3')",
    "SELECT pg_xact_commit_timestamp('3')",
    "SELECT pg_last_committed_xact()",
    "SELECT next_xid FROM pg_control_checkpoint()",
    "SELECT pg_export_snapshot()",
    "SELECT pg_lock_status()",
    "SELECT pg_get_multixact_members('1')",
    "SELECT pg_sequence_last_value('procrastinate_jobs_id_seq')",
    "SELECT last_value FROM procrastinate_jobs_id_seq",
    "SELECT pg_stat_get_tuples_inserted('reports_report'::regclass)",
    "SELECT pg_stat_get_live_tuples(0)",
    "SELECT pg_stat_get_snapshot_timestamp()",
)


@pytest.mark.parametrize("role", WEB_ROLES)
def test_no_counter_of_the_database_is_a_clock_for_a_role_of_the_web(
    as_role: Callable[[str], psycopg.Connection], role: str
) -> None:
    web = as_role(role)
    assert [each for each in COUNTERS if not refused(web, each)] == []
    # What names and lists things goes on.
    assert web.execute("SELECT count(relname) FROM pg_class").fetchone() != (0,)


def test_what_each_role_may_do_is_exactly_what_is_written_down(admin: psycopg.Connection) -> None:
    """`python -m tests.rights ADDRESS` prints the list anew; look at what changed before writing it down."""
    assert rights(admin) == LIST.read_text().splitlines()


def test_the_public_writes_no_words_of_its_own_in_the_ledger(
    admin: psycopg.Connection, as_role: Callable[[str], psycopg.Connection]
) -> None:
    found = admin.execute("SELECT id FROM organisations_organisation WHERE code = 'GM1783'").fetchone()
    assert found is not None
    line: dict[str, object] = {
        "organisation_id": found[0],
        "action": "report.mailbox",
        "activity": "meldingen",
    }
    at = datetime.combine(timezone.localdate(), time_of_day(12), timezone.get_current_timezone())
    line |= {"id": uuid4(), "outcome": "ok", "at": at, "trace": "0" * 32, "span": "0" * 16}
    line |= {"process": "public", "mac": b"made up", "purpose": "", "subject_kind": ""}
    thief = as_role("sl_intake")
    for change in (
        {"activity": "Jan zag het"},
        {"activity": "doorzetten"},
        {"action": "referral.pickup.wrong"},
    ):
        with pytest.raises(REFUSED):
            _put(thief, "ledger_intake", line | change)
    _put(thief, "ledger_intake", line)
