"""Tables that are filled at once: meanwhile without keys, indexes and triggers."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import LiteralString

import psycopg

SETTINGS: tuple[LiteralString, ...] = (
    "SET maintenance_work_mem = '1GB'",
    "SET synchronous_commit = off",
    "SET max_parallel_maintenance_workers = 2",
)
NO_TRIGGERS: LiteralString = "SET session_replication_role = replica"
TRIGGERS: LiteralString = "SET session_replication_role = origin"

CONSTRAINTS: LiteralString = """
    SELECT conrelid::regclass::text, conname, contype::text, pg_get_constraintdef(oid)
    FROM pg_constraint, (SELECT %(tables)s::regclass[] AS filled) t
    WHERE (contype IN ('p', 'u', 'f') AND conrelid = ANY(filled))
       OR (contype = 'f' AND confrelid = ANY(filled))
    ORDER BY contype"""
INDEXES: LiteralString = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = ANY(%(tables)s::regclass[]) AND NOT EXISTS (
        SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))"""


@contextmanager
def bare(connection: psycopg.Connection, tables: Sequence[str]) -> Iterator[None]:
    """Take keys and indexes off tables while they are filled, and put them back, checked, afterwards.

    No trigger runs meanwhile: it would look for each row without the index that it counts on.
    """
    for setting in SETTINGS:
        connection.execute(setting)
    constraints = connection.execute(CONSTRAINTS, {"tables": list(tables)}).fetchall()
    indexes = connection.execute(INDEXES, {"tables": list(tables)}).fetchall()
    for table, name, _kind, _text in constraints:  # foreign keys come first
        _run(connection, f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _text in indexes:
        _run(connection, f"DROP INDEX {name}")
    connection.execute(NO_TRIGGERS)
    yield
    connection.execute(TRIGGERS)
    _add(connection, [each for each in constraints if each[2] != "f"])
    for _name, text in indexes:
        _run(connection, text)
    # Told only now, the number of new rows would make autovacuum run again over everything, while we measure.
    connection.execute("SELECT pg_stat_force_next_flush()")
    for table in tables:
        _run(connection, f"VACUUM (ANALYZE) {table}")
    _add(connection, [each for each in constraints if each[2] == "f"])
    connection.execute("CHECKPOINT")


def _add(connection: psycopg.Connection, constraints: list[tuple[str, str, str, str]]) -> None:
    for table, name, _kind, text in constraints:
        _run(connection, f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {text}')


def _run(connection: psycopg.Connection, statement: str) -> None:
    connection.execute(statement.encode())
