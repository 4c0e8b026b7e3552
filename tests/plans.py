"""How the database finds what a statement asks, planned as for the desk: once, for any values."""

import re
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import Any

import psycopg
from django.db import connection
from django.db.models import Model

from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.sealing.errors import NotGenuine


def for_any_values(statement: str) -> str:
    """Return the plan of a statement with places, as a query set or cursor sends it."""
    numbers = count(1)
    text = re.sub("%s", lambda _place: f"${next(numbers)}", statement).replace("%%", "%")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (GENERIC_PLAN) {text}")
        return "\n".join(line for (line,) in cursor.fetchall())


def of_asking(actor: Actor, table: str, ask: Callable[[], object]) -> str:
    """Return the plan of what is asked of a table first; that a copy does not open comes after it."""
    return of_each(actor, table, ask)[0]


def of_each(actor: Actor, table: str, ask: Callable[[], object]) -> list[str]:
    """Return the plans of all that is asked of a table."""
    found: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if f'FROM "{table}"' in sql and not sql.startswith(("INSERT", "UPDATE")):
            found.append(sql)
        return execute(sql, params, many, context)

    with acting(actor), connection.execute_wrapper(note), suppress(NotGenuine):
        ask()
    with acting(actor):
        return [for_any_values(each) for each in found]


def copy(url: str, kind: type[Model], many: int, changed: str) -> None:
    """Let a table have many copies of one of its rows, as after years.

    Args:
        url: of a role that may.
        kind: of row.
        many: how many.
        changed: what differs, as pairs for `jsonb_build_object`; `n` is the number of the copy. A code begins
            with a small letter: a number after a capital can be the code that another row drew.
    """
    table = kind._meta.db_table
    names = [each.column for each in kind._meta.local_concrete_fields if each.column]
    fill = f"""INSERT INTO {table} ({", ".join(names)})
        SELECT {", ".join(f"r.{each}" for each in names)}
        FROM (SELECT * FROM {table} LIMIT 1) c, generate_series(1, {many}) n,
        LATERAL (SELECT jsonb_build_object('n', n, {changed}) AS other) o,
        LATERAL jsonb_populate_record(NULL::{table}, to_jsonb(c) || o.other) r"""
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute(fill.encode())
        admin.execute(f"VACUUM ANALYZE {table}".encode())
