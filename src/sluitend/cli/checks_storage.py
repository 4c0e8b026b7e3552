"""Checks of how the database keeps what was confirmed, over which line, and of what a role may do there."""

from typing import Any

from django.db import connection

from sluitend.cli.checks import Result, check
from sluitend.cli.rights import DESK_PLANS, LOCKS_AND_COUNTERS, WEB_LIMITS, WEB_ROLES, WORKER

DURABLE = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "remote_apply", "local"),
}
INTAKE_READS = frozenset(
    {
        "handbook_release",
        "organisations_organisation",
        "organisations_organisation_subregions",
        "organisations_region",
        "organisations_subregion",
        "sealing_standing",
    }
)
"""What the public pages need to know."""
FIXED = ("ledger_event", "ledger_intake", "ledger_link", "sealing_destruction")
RIGHTS = """
SELECT relname, has_table_privilege('sl_intake', oid, 'SELECT'),
  has_table_privilege('sl_intake', oid, 'UPDATE, DELETE, TRUNCATE'),
  has_table_privilege('sl_app', oid, 'UPDATE, DELETE, TRUNCATE')
FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
"""
LINE = """
SELECT inet_server_addr() IS NULL OR inet_server_addr() <<= '127.0.0.0/8' OR inet_server_addr() = '::1'
"""
OPEN_TO_ALL = f"""
SELECT EXISTS ({LOCKS_AND_COUNTERS} AND has_function_privilege('sl_intake', p.oid, 'EXECUTE'))
  OR has_column_privilege('sl_intake', 'pg_class', 'reltuples', 'SELECT')
  OR has_table_privilege('sl_intake', 'pg_stats', 'SELECT')
"""


# Each role may set for itself what its sessions begin with, and so stop what comes after it.
BEGINS_WITH = """
SELECT DISTINCT r.rolname || ': ' || split_part(setting, '=', 1)
FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole, unnest(s.setconfig) setting
WHERE r.rolname = ANY (%s) AND NOT split_part(setting, '=', 1) = ANY (%s) ORDER BY 1
"""


def _rows(statement: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


@check("vastgelegd is vastgelegd")
def durable() -> Result:
    """A report that was confirmed must survive a power cut."""
    found = dict(_rows("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(DURABLE)]))
    if wrong := sorted(name for name, good in DURABLE.items() if found.get(name) not in good):
        return Result(
            "bad", f"Een bevestigde melding kan verdwijnen. Zet {', '.join(wrong)} in postgresql.conf aan."
        )
    return Result("ok", "Wat bevestigd is, overleeft een stroomstoring.")


@check("verbinding met de database", demo_may=True)
def line() -> Result:
    """Between two machines even metadata travels encrypted."""
    here = _rows(LINE)[0][0]
    if not here and not _encrypted():
        return Result(
            "bad", "De database is over het netwerk zonder TLS. Zet `?sslmode=verify-full` achter het adres."
        )
    return Result("ok", "De verbinding met de database blijft op deze machine of gaat over TLS.")


def _encrypted() -> bool:
    connection.ensure_connection()
    return bool(connection.connection.pgconn.ssl_in_use)


@check("rechten van de rollen")
def rights() -> Result:
    """Public pages add and do not read; nobody rewrites the ledger."""
    rows = _rows(RIGHTS)
    reads = {name for name, may_read, _, _ in rows if may_read} - INTAKE_READS
    changes = {name for name, _, may_change, _ in rows if may_change}
    if wrong := sorted(reads | changes):
        return Result(
            "bad",
            f"sl_intake mag te veel in {', '.join(wrong[:5])}. Trek dat recht in.",
        )
    if wrong := sorted(name for name, _, _, may_change in rows if may_change and name in FIXED):
        return Result("bad", f"sl_app mag {', '.join(wrong)} wijzigen. Trek UPDATE en DELETE in.")
    return Result("ok", "Openbare pagina's voegen alleen toe, en niemand herschrijft het logboek.")


@check("sloten, tellers en verbindingen")
def shares() -> Result:
    """No role of the web holds what others wait for, sees how much comes in, or takes every connection."""
    if _rows(OPEN_TO_ALL)[0][0]:
        return Result(
            "bad",
            "sl_intake mag sloten vasthouden en tellers lezen. Trek dat in zoals in docs/beheer.md, deel 3.",
        )
    usual = [*WEB_LIMITS, *DESK_PLANS]
    if own := [str(each) for (each,) in _rows(BEGINS_WITH, [[*WEB_ROLES, WORKER], usual])]:
        return Result(
            "bad",
            f"Een rol kreeg een instelling die hier niet hoort ({', '.join(own[:5])}). "
            "Zoek uit wie dat deed, en haal die weg met ALTER ROLE ... RESET.",
        )
    limits = dict(
        _rows("SELECT rolname, rolconnlimit FROM pg_roles WHERE rolname = ANY(%s)", [list(WEB_ROLES)])
    )
    if unlimited := sorted(role for role, most in limits.items() if most < 0):
        return Result(
            "warn",
            f"{', '.join(unlimited)} mag alle verbindingen nemen; geef een grens (docs/beheer.md, deel 3).",
        )
    return Result("ok", "Geen webrol houdt anderen op of neemt alle verbindingen.")
