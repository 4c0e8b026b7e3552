"""What each role of the web may do in the database, as lines; `tests/rights.txt` is the list that holds.

Whoever adds a table or a function looks there whether what they give is meant. `python -m tests.rights
ADDRESS` writes the list anew, of the database at that address.
"""

import sys
from pathlib import Path

import psycopg

LIST = Path(__file__).parent / "rights.txt"
ROLES = ("sl_app", "sl_intake", "sl_worker")
TABLES = """
SELECT role || ' ' || c.relname || ' ' || string_agg(kind, ' ' ORDER BY kind)
FROM unnest(%(roles)s::text[]) role, pg_class c, unnest(
  ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']) kind
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')
  AND has_table_privilege(role, c.oid, kind)
GROUP BY role, c.relname
"""
COLUMNS = """
SELECT role || ' ' || c.relname || '(' || string_agg(a.attname, ', ' ORDER BY a.attname) || ') ' || kind
FROM unnest(%(roles)s::text[]) role, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE']) kind,
  pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')
  AND a.attnum > 0 AND NOT a.attisdropped
  AND has_column_privilege(role, c.oid, a.attnum, kind) AND NOT has_table_privilege(role, c.oid, kind)
GROUP BY role, c.relname, kind
"""
# What the library of the queue defines runs with the rights of whoever calls it; some is for tests only.
FUNCTIONS = """
SELECT role || ' ' || p.proname || '()' || CASE WHEN p.prosecdef THEN ' as the owner' ELSE '' END
FROM unnest(%(roles)s::text[]) role, pg_proc p
WHERE p.pronamespace = 'public'::regnamespace AND p.prorettype <> 'trigger'::regtype
  AND p.proname !~ '^(procrastinate|tests)_' AND has_function_privilege(role, p.oid, 'EXECUTE')
"""


def rights(connection: psycopg.Connection) -> list[str]:
    """Return every right, sorted; of the worker only what it has beyond what it inherits of the others."""
    found = {
        str(line)
        for statement in (TABLES, COLUMNS, FUNCTIONS)
        for (line,) in connection.execute(statement, {"roles": list(ROLES)}).fetchall()
    }
    inherited = {f"sl_worker {line.partition(' ')[2]}" for line in found if not line.startswith("sl_worker ")}
    return sorted(found - inherited)


if __name__ == "__main__":
    with psycopg.connect(sys.argv[1]) as one:
        LIST.write_text("\n".join([*rights(one), ""]))
