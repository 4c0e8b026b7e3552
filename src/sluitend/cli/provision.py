"""Roles, databases and their rights on the embedded server."""

import os
from urllib.parse import quote

import psycopg
from psycopg import sql

from sluitend.cli.places import Place, Secrets

ADMIN = "sl_admin"
OWNER = "sl_owner"
WORKER = "sl_worker"
WEB_ROLES = ("sl_app", "sl_intake")
DATABASE = "sluitend"

# The longest that one upload keeps a transaction waiting: the scanner's patience, and twice that of the
# process that cleans the file (once for the processor, once for a busy machine).
UPLOAD_SECONDS = 30 + 2 * 20

# A web page that takes longer than this is broken; better one error than a pool that fills up.
WEB_LIMITS = {
    "statement_timeout": "30s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "120s",
}

# Named locks, counters of how much is written, objects that stand in no table, an end to somebody else's
# session: by default anybody may have those. Whoever holds the lock that work waits for stops that work, who
# reads a counter or the list of locks often has a clock of what comes in (rows and pages, transactions, the
# write-ahead log), and no policy guards an object.
LOCKS_AND_COUNTERS = (
    "SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace AND (p.proname ~ "
    "'^(pg_(try_)?advisory_|pg_stat_get_|pg_current_|pg_last_|pg_xact_|pg_control_(checkpoint|recovery)"
    "|pg_wal_summary_|pg_available_wal_|pg_get_(wal_|multixact_members|replication_slots)"
    "|pg_(safe_snapshot_)?blocking_pids$|pg_(lock_status|prepared_xact|export_snapshot|sequence_last_value)$"
    "|txid_(current|status)|mxid_age$|pg_(total_)?(relation|table|indexes|database|tablespace)_size$"
    "|lo_|lo(creat|read|write)$|pg_(notify|logical_emit_message|(cancel|terminate)_backend)$)' "
    "OR p.oid = to_regprocedure('age(xid)'))"
)
COUNTED = "'relpages', 'reltuples', 'relallvisible', 'relallfrozen', 'relfrozenxid', 'relminmxid'"
"""Columns of the list of tables that tell how much stands in each."""
SAMPLES = "pg_stats, pg_stats_ext, pg_stats_ext_exprs"
"""Views with samples of what stands in tables."""
CLOSE = (
    # First: with the right on a table goes that on its columns.
    f"REVOKE SELECT ON pg_class, {SAMPLES} FROM PUBLIC; "  # noqa: S608 - names of the database's own
    f"GRANT SELECT ON pg_class, {SAMPLES} TO sl_owner; "
    f"DO $$ DECLARE each regprocedure; BEGIN FOR each IN {LOCKS_AND_COUNTERS} LOOP "
    "EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', each); "
    "EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO sl_owner', each); END LOOP; "
    "EXECUTE (SELECT format('GRANT SELECT (%s) ON pg_class TO PUBLIC', string_agg(attname, ', ')) "
    "FROM pg_attribute WHERE attrelid = 'pg_class'::regclass AND attnum > 0 AND NOT attisdropped "
    f"AND attname NOT IN ({COUNTED})); END $$; "
    # To see which session of the web holds what others wait for, and to end it.
    "GRANT EXECUTE ON FUNCTION pg_stat_get_activity(integer), pg_terminate_backend(integer, bigint) "
    "TO sl_worker; "
    # What is planned at a door is locked for one municipality at a time.
    "GRANT EXECUTE ON FUNCTION pg_advisory_xact_lock(integer, integer) TO sl_app"
)


def shares() -> dict[str, int]:
    """Return how many connections each role has at most: a web server twice, while a new one takes over."""
    processes = 1 + (os.cpu_count() or 1)
    return {"sl_app": 16 + 16 * processes, "sl_intake": 4 + 16 * processes, WORKER: 24}


def url(place: Place, secrets: Secrets, role: str, database: str) -> str:
    """Return the address of a database for a role."""
    password = quote(secrets.get(role), safe="")
    return f"postgresql://{role}:{password}@/{database}?host={quote(str(place.socket), safe='')}"


def provision(place: Place, secrets: Secrets) -> None:
    """Make what is missing: roles, their passwords and the main database; again is harmless."""
    with _connect(place, secrets, "postgres") as connection:
        for role in (OWNER, WORKER, *WEB_ROLES):
            _make_role(connection, role, secrets.get(role))
        for role in (WORKER, *WEB_ROLES):
            # A role may change what its own sessions begin with, such as reading only: that ends here.
            _run(connection, "ALTER ROLE {} RESET ALL", role)
        for role in WEB_ROLES:
            for name, value in WEB_LIMITS.items():
                _run(connection, "ALTER ROLE {} SET {} = {}", role, name, sql.Literal(value))
        # What somebody holds is left for the next round: the others must not wait for it.
        _run(connection, "ALTER ROLE {} SET lock_timeout = '30s'", WORKER)
        for role, most in shares().items():
            _run(connection, f"ALTER ROLE {{}} CONNECTION LIMIT {most}", role)
        # Filing a report runs as `sl_intake`, also for who is signed in; the app inherits nothing of it.
        _run(connection, "GRANT {} TO {} WITH INHERIT FALSE, SET TRUE", "sl_intake", "sl_app")
        # The worker is the app plus the queue, whose rows no web role may read.
        _run(connection, "GRANT {} TO {} WITH INHERIT TRUE", "sl_app", WORKER)
        # It could become intake by way of the app; of its own it may end a session of intake that holds what
        # others wait for.
        _run(connection, "GRANT {} TO {} WITH INHERIT TRUE", "sl_intake", WORKER)
        for name in ("postgres", "template1"):
            _run(connection, "REVOKE ALL ON DATABASE {} FROM PUBLIC", name)
        exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
    if exists is None:
        create_database(place, secrets, DATABASE)
    else:
        _grant(place, secrets, DATABASE)


def create_database(place: Place, secrets: Secrets, name: str, template: str = "template1") -> None:
    """Make a database of `sl_owner` that the web roles may use but not change."""
    with _connect(place, secrets, "postgres") as connection:
        _run(connection, "CREATE DATABASE {} OWNER {} TEMPLATE {}", name, OWNER, template)
    _grant(place, secrets, name)


def drop_database(place: Place, secrets: Secrets, name: str) -> None:
    """Remove a database, whoever is connected to it."""
    with _connect(place, secrets, "postgres") as connection:
        _run(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _grant(place: Place, secrets: Secrets, name: str) -> None:
    with _connect(place, secrets, name) as connection:
        _run(connection, "REVOKE ALL ON DATABASE {} FROM PUBLIC", name)
        _run(connection, "ALTER SCHEMA public OWNER TO {}", OWNER)
        _run(connection, "REVOKE ALL ON SCHEMA public FROM PUBLIC")
        connection.execute(CLOSE)
        for role in (WORKER, *WEB_ROLES):
            _run(connection, "ALTER ROLE {} IN DATABASE {} RESET ALL", role, name)
            _run(connection, "GRANT CONNECT ON DATABASE {} TO {}", name, role)
            _run(connection, "GRANT USAGE ON SCHEMA public TO {}", role)


def _make_role(connection: psycopg.Connection, role: str, password: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    if known is None:
        _run(connection, "CREATE ROLE {}", role)
    # The password leaves this process as a SCRAM verifier, so not even a trace of the statement holds it.
    verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    attributes = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION "
    attributes += "NOINHERIT" if role in WEB_ROLES else "INHERIT"
    _run(connection, f"ALTER ROLE {{}} {attributes} PASSWORD {{}}", role, sql.Literal(verifier.decode()))


def _connect(place: Place, secrets: Secrets, database: str) -> psycopg.Connection:
    return psycopg.connect(url(place, secrets, ADMIN, database), autocommit=True)


def _run(connection: psycopg.Connection, statement: str, *parts: str | sql.Literal) -> None:
    """Run a statement in which names are quoted as identifiers, and literals as values."""
    filled = [part if isinstance(part, sql.Literal) else sql.Identifier(part) for part in parts]
    connection.execute(sql.SQL(statement).format(*filled))
