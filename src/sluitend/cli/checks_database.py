"""Checks of the database: who we are there, what we may do, and whether the fence stands everywhere."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from sluitend.cli.checks import Level, Result, check
from sluitend.cli.rights import UPLOAD_SECONDS

OLDEST = 160000
DRIFT = timedelta(seconds=30)
NO_VALUES = {
    "auto_explain.log_min_duration": "-1",
    "log_min_duration_sample": "-1",
    "log_min_duration_statement": "-1",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
    "log_transaction_sample_rate": "0",
}
OPTIONAL = {"auto_explain.log_min_duration"}
"""There only when that module is loaded."""
LIMITS = """
SELECT name, setting FROM pg_settings
WHERE name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout')
"""


def _rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def _names(statement: str) -> set[str]:
    return {str(row[0]) for row in _rows(statement)}


@check("database")
def version() -> Result:
    """PostgreSQL answers and is new enough."""
    if int(_rows("SHOW server_version_num")[0][0]) < OLDEST:
        return Result("bad", f"PostgreSQL {OLDEST // 10000} of nieuwer is nodig.")
    return Result("ok", "PostgreSQL antwoordt en is nieuw genoeg.")


@check("rol in de database")
def role() -> Result:
    """The web signs in as somebody who cannot step around the policies."""
    name, superuser, bypass = _rows(
        "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = session_user"
    )[0]
    if superuser or bypass:
        return Result("bad", f"{name} mag langs de regels voor rijen; meld aan als sl_app of sl_intake.")
    owned = _names("SELECT relname FROM pg_class WHERE relowner = session_user::regrole LIMIT 3")
    if owned:
        return Result(
            "bad", f"{name} is eigenaar van {', '.join(sorted(owned))}; dat hoort sl_owner te zijn."
        )
    if settings.SLUITEND_PUBLIC_ONLY and name != "sl_intake":
        return Result("bad", f"Het openbare proces meldt zich aan als {name} in plaats van sl_intake.")
    return Result("ok", f"{name} is geen superuser, bezit niets en mag niet langs de regels voor rijen.")


@check("eigenaar buiten bereik")
def owner_out_of_reach() -> Result:
    """The web role cannot become the owner."""
    reachable = _names(
        "SELECT rolname FROM pg_roles WHERE rolname <> session_user AND pg_has_role(session_user, oid, 'SET')"
    )
    if wrong := sorted(reachable - {"sl_intake"}):
        return Result("bad", f"De webrol kan optreden als {', '.join(wrong)}; trek dat in.")
    return Result("ok", "De webrol kan hooguit optreden als sl_intake.")


@check("regels voor rijen")
def policies() -> Result:
    """Every table has row-level security, or stands on the list of those that need none."""
    from sluitend.kernel.organisations.rls import EXEMPT_TABLES

    bare = _names(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        " AND NOT (relrowsecurity AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid))"
    )
    if wrong := sorted(bare - EXEMPT_TABLES):
        return Result("bad", f"Zonder regels voor rijen: {', '.join(wrong)}. Draai `sluitend migrate`.")
    return Result("ok", "Elke tabel heeft regels voor rijen of staat op de lijst van uitzonderingen.")


@check("bijgewerkt")
def migrated() -> Result:
    """The database is of this release."""
    from django.db.migrations.executor import MigrationExecutor

    if not _rows("SELECT coalesce(has_table_privilege(to_regclass('django_migrations'), 'SELECT'), true)")[0][
        0
    ]:
        level: Level = "ok" if settings.SLUITEND_PUBLIC_ONLY else "warn"
        return Result(
            level, "Deze rol mag niet zien of de database is bijgewerkt; `sluitend migrate` doet het."
        )
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return Result("bad", "De database is niet bijgewerkt; draai `sluitend migrate`.")
    return Result("ok", "De database hoort bij deze uitgave.")


@check("klok")
def clock() -> Result:
    """Deadlines and the ledger need one time."""
    there = _rows("SELECT clock_timestamp()")[0][0]
    if abs(there - timezone.now()) > DRIFT:
        return Result("bad", "De klok van de database wijkt meer dan 30 seconden af; zet NTP aan.")
    return Result("ok", "Database en server hebben dezelfde tijd.")


@check("tijdslimieten in de database")
def limits() -> Result:
    """A page that hangs must not hold a connection, and cleaning a large upload must not cost one.

    A transaction is idle while a file is scanned and cleaned, so its limit lies above the time that takes.
    """
    found = {name: int(setting) for name, setting in _rows(LIMITS)}
    advice = "Zet de tijdslimieten van sl_app en sl_intake zoals in docs/beheer.md, deel 3."
    if missing := sorted(name for name, milliseconds in found.items() if milliseconds == 0):
        return Result("bad", f"Zonder limiet: {', '.join(missing)}. {advice}")
    if found["idle_in_transaction_session_timeout"] < 1000 * UPLOAD_SECONDS:
        return Result(
            "bad",
            f"idle_in_transaction_session_timeout is korter dan {UPLOAD_SECONDS} seconden, zodat een groot "
            f"bestand de melding afbreekt. {advice}",
        )
    return Result("ok", "Een pagina die hangt houdt de database niet vast; een groot bestand past erin.")


@check("waarden in het logboek van de database")
def no_values_in_log() -> Result:
    """The database's own log must not hold what a person typed."""
    found = dict(_rows(f"SELECT name, setting FROM pg_settings WHERE name IN {tuple(NO_VALUES)}"))  # noqa: S608  (constants)
    wanted = {name: value for name, value in NO_VALUES.items() if name not in OPTIONAL or name in found}
    if wrong := sorted(name for name, value in wanted.items() if found.get(name) != value):
        advice = ", ".join(f"{name} = {wanted[name]}" for name in wrong)
        return Result("bad", f"De database kan getypte tekst loggen. Zet in postgresql.conf: {advice}.")
    return Result("ok", "De database schrijft geen getypte tekst in zijn log.")
