"""Roles, databases and their rights on the embedded server."""

import os
from urllib.parse import quote

import psycopg
from psycopg import sql

from sluitend.cli.rights import CLOSE, DESK, DESK_PLANS, OWNER, WEB_LIMITS, WEB_ROLES, WORKER
from sluitend.demo.embedded.places import DataFolder, Secrets

ADMIN = "sl_admin"
DATABASE = "sluitend"


def shares() -> dict[str, int]:
    """Return how many connections each role has at most: a web server twice, while a new one takes over."""
    processes = 1 + (os.cpu_count() or 1)
    return {"sl_app": 16 + 16 * processes, "sl_intake": 4 + 16 * processes, WORKER: 24}


def url(place: DataFolder, secrets: Secrets, role: str, database: str) -> str:
    """Return the address of a database for a role."""
    password = quote(secrets.get(role), safe="")
    return f"postgresql://{role}:{password}@/{database}?host={quote(str(place.socket), safe='')}"


def provision(place: DataFolder, secrets: Secrets) -> None:
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
        for name, value in DESK_PLANS.items():
            _run(connection, "ALTER ROLE {} SET {} = {}", DESK, name, sql.Literal(value))
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


def create_database(place: DataFolder, secrets: Secrets, name: str, template: str = "template1") -> None:
    """Make a database of `sl_owner` that the web roles may use but not change."""
    with _connect(place, secrets, "postgres") as connection:
        _run(connection, "CREATE DATABASE {} OWNER {} TEMPLATE {}", name, OWNER, template)
    _grant(place, secrets, name)


def drop_database(place: DataFolder, secrets: Secrets, name: str) -> None:
    """Remove a database, whoever is connected to it."""
    with _connect(place, secrets, "postgres") as connection:
        _run(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _grant(place: DataFolder, secrets: Secrets, name: str) -> None:
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


def _connect(place: DataFolder, secrets: Secrets, database: str) -> psycopg.Connection:
    return psycopg.connect(url(place, secrets, ADMIN, database), autocommit=True)


def _run(connection: psycopg.Connection, statement: str, *parts: str | sql.Literal) -> None:
    """Run a statement in which names are quoted as identifiers, and literals as values."""
    filled = [part if isinstance(part, sql.Literal) else sql.Identifier(part) for part in parts]
    connection.execute(sql.SQL(statement).format(*filled))
