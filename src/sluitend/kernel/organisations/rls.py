"""Migration operations for row-level security, and the list of tables that need none.

Policies compare only the row's own columns with the acting organisation: a policy that looks at another
table makes a list a
hundred times slower, and a refusal by the database never depends on what somebody else may see.
"""

from collections.abc import Sequence

from django.db.migrations import RunSQL

ACTING = "(SELECT acting_org())"
CODE = "code ~ '^[A-Z]-[0-9A-Z]{4,8}$'"
"""That a row has a code as our pages make it."""

EXEMPT_TABLES = frozenset(
    {
        # who works where: needed before anybody acts
        "organisations_region",
        "organisations_subregion",
        "organisations_organisation",
        "organisations_organisation_subregions",
        "organisations_account",
        "organisations_account_groups",
        "organisations_account_user_permissions",
        "organisations_membership",
        "organisations_invitation",
        "organisations_team",
        "organisations_teammember",
        "organisations_absence",
        "organisations_poolagreement",
        "organisations_poolmember",
        # sign-in
        "account_emailaddress",
        "account_emailconfirmation",
        "mfa_authenticator",
        "django_session",
        "access_guess",
        # the framework's own
        "django_migrations",
        "django_content_type",
        "auth_permission",
        "auth_group",
        "auth_group_permissions",
        # how what runs by the clock ended: names of jobs and of organisations, written by the worker alone
        "installation_run",
        # public knowledge
        "handbook_release",
        # what is told of a half year to whoever may look at the region, without a count under ten
        "assurance_figurerelease",
        "sealing_publickeycopy",
        "followup_kind",
        # the queue: arguments are ids only, and no web role may read them
        "procrastinate_jobs",
        "procrastinate_events",
        "procrastinate_periodic_defers",
        "procrastinate_workers",
    }
)


def _run(statements: Sequence[str]) -> list[RunSQL]:
    return [RunSQL(statement, RunSQL.noop) for statement in statements]


def matter(kind: str) -> list[RunSQL]:
    """Let next steps be about a kind of matter."""
    return _run([f"INSERT INTO followup_kind VALUES ('{kind}')"])  # noqa: S608  # our own word


def grants(table: str, *, app: str = "", intake: str = "") -> list[RunSQL]:
    """Give the two web roles exactly these rights (comma separated SQL words) on an exempt table."""
    statements = []
    if app:
        statements.append(f'GRANT {app} ON "{table}" TO sl_app')
    if intake:
        statements.append(f'GRANT {intake} ON "{table}" TO sl_intake')
    return _run(statements)


def own_rows(
    table: str, *, app: str = "SELECT, INSERT, UPDATE, DELETE", column: str = "organisation_id"
) -> list[RunSQL]:
    """Rows of one organisation: seen and changed by that organisation alone."""
    own = f"{column} = {ACTING}"
    return _run(
        [
            f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
            f'CREATE POLICY own ON "{table}" TO sl_app USING ({own}) WITH CHECK ({own})',
            f'GRANT {app} ON "{table}" TO sl_app',
        ]
    )


def of_one_account(table: str) -> list[RunSQL]:
    """Rows of one organisation, and there of one person. Jobs act for an organisation without an account."""
    return _run(
        [
            f"""CREATE POLICY mine ON "{table}" AS RESTRICTIVE TO sl_app
              USING (account_id = (SELECT acting_account()) OR (SELECT acting_account()) IS NULL)"""
        ]
    )


def two_sided(
    table: str,
    writer: str,
    reader: str,
    *,
    app: str = "SELECT, INSERT, UPDATE, DELETE",
    reader_updates: bool = True,
    deletes: bool = True,
) -> list[RunSQL]:
    """Rows with two organisations: the writer adds, both see and may delete, the reader may change or not."""
    both = f"{writer} = {ACTING} OR {reader} = {ACTING}"
    change = both if reader_updates else f"{writer} = {ACTING}"
    drop = [f'CREATE POLICY drop ON "{table}" FOR DELETE TO sl_app USING ({both})'] if deletes else []
    return _run(
        [
            f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
            f'CREATE POLICY see ON "{table}" FOR SELECT TO sl_app USING ({both})',
            f'CREATE POLICY add ON "{table}" FOR INSERT TO sl_app WITH CHECK ({writer} = {ACTING})',
            f'CREATE POLICY change ON "{table}" FOR UPDATE TO sl_app USING ({change}) WITH CHECK ({change})',
            *drop,
            f'GRANT {app} ON "{table}" TO sl_app',
        ]
    )


def fixed_columns(table: str, columns: Sequence[str]) -> list[RunSQL]:
    """Refuse any change of these columns: a row belongs to its organisations for life."""
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    name = f"{table}_fixed"
    return _run(
        [
            f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF {changed} THEN RAISE EXCEPTION 'a row keeps its organisations'; END IF;
              RETURN NEW;
            END $$""",
            f'CREATE TRIGGER {name} BEFORE UPDATE ON "{table}" FOR EACH ROW EXECUTE FUNCTION {name}()',
        ]
    )


def intake_inserts(table: str, row: str = "true") -> list[RunSQL]:
    """Let the public intake role add rows of this form for any organisation, and nothing else."""
    return _run(
        [
            f'CREATE POLICY intake ON "{table}" FOR INSERT TO sl_intake WITH CHECK ({row})',
            f'GRANT INSERT ON "{table}" TO sl_intake',
        ]
    )


def sane_day(column: str) -> str:
    """Return SQL that a day is one of a calendar. Widely: the clock of a server may be wrong."""
    return f"{column} >= '2000-01-01' AND {column} < '2200-01-01'"


def sane_days(table: str, columns: Sequence[str]) -> list[RunSQL]:
    """Let each of these days of a table be one of a calendar, or none."""
    each = " AND ".join(f"({column} IS NULL OR ({sane_day(column)}))" for column in columns)
    return _run([f'ALTER TABLE "{table}" ADD CONSTRAINT {table}_days CHECK ({each})'])


def open_subject(
    table: str, *, step: str = "current_step_id", closed: str = "closed", name: str = "open"
) -> list[RunSQL]:
    """Let the database refuse an open row of `table` that has no open next step.

    A plain foreign key onto `(id, is_open)` holds in every interleaving of two transactions, where a
    counting trigger does not.
    """
    flag = f"must_be_{name}"
    return _run(
        [
            f"""ALTER TABLE "{table}" ADD {flag} boolean
              GENERATED ALWAYS AS (CASE WHEN {closed} IS NULL THEN true END) STORED""",
            f"""ALTER TABLE "{table}" ADD CONSTRAINT {table}_{name}_has_step
              CHECK ({closed} IS NOT NULL OR {step} IS NOT NULL)""",
            f"""ALTER TABLE "{table}" ADD CONSTRAINT {table}_{name}_step FOREIGN KEY ({step}, {flag})
              REFERENCES followup_nextstep (id, is_open) DEFERRABLE INITIALLY DEFERRED""",
            f'CREATE INDEX {table}_{name}_step_i ON "{table}" ({step})',
        ]
    )
