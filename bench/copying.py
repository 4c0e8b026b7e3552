"""Filling a store: copies of real matters, made inside the database by its superuser.

A copy has ids, codes and times of its own and every row that a list or a count can meet. Its sealed bytes
are those of the model, so they have the right size and format and do not open; no measured page opens a copy.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, LiteralString
from uuid import UUID

import psycopg
from psycopg import sql

from bench.bare import bare

SHARES = (("closed", 80), ("weighing", 4), ("minor", 1), ("routing", 5), ("running", 10))
"""Of a hundred cases so many are a copy of this model: four in five are closed."""
CARE_SHARES = (("helped", 80), ("asked", 20))
"""So is care: of a hundred requests with their care files and searches."""
DAYS_BACK = {
    "helped": 1800,
    "asked": 60,
    "closed": 1800,
    "weighing": 60,
    "minor": 60,
    "routing": 90,
    "running": 360,
}
FORWARD = ("due", "expires", "answer_by", "held_until", "retention_until")
"""Days that lie ahead of an open case, and are spread over the coming two months."""

FIXED: dict[tuple[str, str], LiteralString] = {
    # Vandaag opens the cases of its steps: those of copies come after the real ones, which open.
    ("followup_nextstep", "urgent"): "false",
    ("followup_nextstep", "minor"): "false",
    # What waits to be noted in the ledger would keep the worker busy for hours.
    ("ledger_content", "noted"): "sha256('')",
    # So would a day that is over and was not written anew, and mail that nobody was sent.
    ("reports_report", "fresh"): "false",
    ("reports_report", "told"): "true",
}
CARE_FIXED: dict[tuple[str, str], LiteralString] = {
    # The list of care opens what it shows: what cannot wait comes first, and copies can.
    ("reports_report", "acute"): "false",
    ("reports_report", "minor"): "'no'",
}

BY_CASE: LiteralString = """
    SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind = 'r' AND a.attname = 'case_id' AND c.relname LIKE 'cases\\_%' ORDER BY 1"""
ENVELOPES: LiteralString = """
    SELECT envelope_id FROM cases_case WHERE id = ANY(%(cases)s)
    UNION SELECT envelope_id FROM reports_report WHERE id = ANY(%(reports)s)
    UNION SELECT envelope_id FROM referrals_referral WHERE id = ANY(%(referrals)s)
    UNION SELECT envelope_id FROM referrals_referralorigin WHERE referral_id = ANY(%(referrals)s)"""
CARE_ENVELOPES: LiteralString = """
    SELECT envelope_id FROM reports_report WHERE id = ANY(%(reports)s)
    UNION SELECT envelope_id FROM care_files_carefile WHERE id = ANY(%(files)s)
    UNION SELECT envelope_id FROM shelter_search WHERE id = ANY(%(searches)s)"""
COLUMNS: LiteralString = """
    SELECT attname, format_type(atttypid, NULL) FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''"""
COPY: LiteralString = """
    INSERT INTO {table} ({names}) SELECT {values} FROM generate_series({first}, {last} - 1) n,
    LATERAL (SELECT CASE WHEN n % 3 = 0 THEN {main} ELSE ({others}::uuid[])[1 + n % {many}] END AS org) o,
    {model} t"""

ANOTHER: LiteralString = "md5({0}::text || n)::uuid"
IDENTITY: LiteralString = """CASE WHEN {0} = {1} THEN o.org
    WHEN {0} = ANY({2}::uuid[]) THEN md5({0}::text || n)::uuid ELSE {0} END"""
CODE: LiteralString = (
    "CASE WHEN {0} ~ '^[A-Z]-' THEN left({0}, 2) || upper(lpad(to_hex(n), 8, '0')) ELSE {0} END"
)
AHEAD: LiteralString = "({0} + (n % 60) * interval '1 day')"
BACK: LiteralString = (
    "({0} - (1 + (n * 7919::bigint) % {1}) * interval '1 day' - (n % 86400) * interval '1 second')"
)


@dataclass
class Model:
    """A real matter: the ids of all its rows, and of those by table."""

    kind: str
    ids: set[UUID] = field(default_factory=set)
    tables: dict[str, list[UUID]] = field(default_factory=dict)
    fixed: dict[tuple[str, str], LiteralString] = field(default_factory=lambda: FIXED)

    def source(self, table: str) -> sql.Identifier:
        """Return the temporary table that keeps the rows of a table apart, as that one grows."""
        return sql.Identifier(f"{self.kind}_{table}")


def fill(connection: psycopg.Connection, made: Mapping[str, Any], number: int) -> None:
    """Add so many cases: a third for one municipality, the rest spread over the others.

    And as many requests for help with what follows from each, all of them at the one who coordinates care.

    Args:
        made: what `bench.inside` made, of which these are copies; without models of cases there are none.
    """
    towns, care = [UUID(made["main"]), *(UUID(each) for each in made["others"])], UUID(made["care_at"])
    cases = {kind: _model(connection, kind, UUID(each)) for kind, each in made["models"].items()}
    helped = {kind: _care_model(connection, kind, UUID(each)) for kind, each in made["care_models"].items()}
    tables = sorted({table for model in (*cases.values(), *helped.values()) for table in model.tables})
    with bare(connection, tables):
        if cases:
            _spread(connection, cases, SHARES, towns, number)
        _spread(connection, helped, CARE_SHARES, [care, care], number)


def _spread(
    connection: psycopg.Connection,
    models: dict[str, Model],
    shares: Sequence[tuple[str, int]],
    organisations: list[UUID],
    number: int,
) -> None:
    first = 1
    for kind, share in shares:
        last = first + number * share // 100
        for table in models[kind].tables:
            _copy(connection, models[kind], table, organisations, first=first, last=last)
        first = last


def _ids(connection: psycopg.Connection, statement: LiteralString, values: Any) -> list[UUID]:
    return [row[0] for row in connection.execute(statement, values)]


def _model(connection: psycopg.Connection, kind: str, case: UUID) -> Model:
    """Find the rows of a matter, journey by journey, and keep them apart."""
    reports = _ids(connection, "SELECT report_id FROM cases_casereport WHERE case_id = %s", [case])
    referrals = _ids(connection, "SELECT referral_id FROM cases_sentreferral WHERE case_id = %s", [case])
    tracks = _ids(connection, "SELECT id FROM cases_track WHERE case_id = %s", [case])
    envelopes = _ids(connection, ENVELOPES, {"cases": [case], "reports": reports, "referrals": referrals})
    by_case = [str(row[0]) for row in connection.execute(BY_CASE)]
    model = Model(kind)
    for table, column, keys in (
        ("sealing_envelope", "id", envelopes),
        ("sealing_seal", "envelope_id", envelopes),
        ("followup_nextstep", "subject_id", [case, *tracks, *reports, *referrals]),
        ("cases_case", "id", [case]),
        *((table, "case_id", [case]) for table in by_case),
        ("cases_intake", "report_id", reports),
        ("reports_report", "id", reports),
        ("reports_reporttoken", "report_id", reports),
        ("referrals_referral", "id", referrals),
        ("referrals_referralorigin", "referral_id", referrals),
    ):
        _keep_apart(connection, model, table, column, keys)
    # What the database remembers of each of these rows; their triggers rest while copies are made.
    _keep_apart(connection, model, "ledger_content", "row_id", sorted(model.ids))
    return model


def _care_model(connection: psycopg.Connection, kind: str, request: UUID) -> Model:
    """Find the rows of a request for help: those of its care file and its searches too."""
    files = _ids(connection, "SELECT id FROM care_files_carefile WHERE request_id = %s", [request])
    searches = _ids(connection, "SELECT id FROM shelter_search WHERE request = %s", [request])
    own = {"reports": [request], "files": files, "searches": searches}
    envelopes = _ids(connection, CARE_ENVELOPES, own)
    model = Model(kind, fixed=FIXED | CARE_FIXED)
    for table, column, keys in (
        ("sealing_envelope", "id", envelopes),
        ("sealing_seal", "envelope_id", envelopes),
        ("followup_nextstep", "subject_id", [request, *files, *searches]),
        ("reports_report", "id", [request]),
        ("reports_reporttoken", "report_id", [request]),
        ("care_files_carefile", "id", files),
        ("shelter_search", "id", searches),
        ("shelter_searchnight", "search_id", searches),
    ):
        _keep_apart(connection, model, table, column, keys)
    _keep_apart(connection, model, "ledger_content", "row_id", sorted(model.ids))
    return model


def _keep_apart(
    connection: psycopg.Connection, model: Model, table: str, column: str, keys: list[UUID]
) -> None:
    source = model.source(table)
    connection.execute(
        sql.SQL("CREATE TEMP TABLE {} AS SELECT * FROM {} WHERE {} = ANY({}::uuid[])").format(
            source, sql.Identifier(table), sql.Identifier(column), sql.Literal(keys)
        )
    )
    rows = connection.execute(sql.SQL("SELECT id FROM {}").format(source)).fetchall()
    if rows:
        model.tables[table] = [row[0] for row in rows]
        model.ids.update(model.tables[table])


def _copy(
    connection: psycopg.Connection,
    model: Model,
    table: str,
    organisations: list[UUID],
    *,
    first: int,
    last: int,
) -> None:
    main, *others = organisations
    columns = connection.execute(COLUMNS, [table]).fetchall()
    connection.execute(
        sql.SQL(COPY).format(
            table=sql.Identifier(table),
            names=sql.SQL(", ").join(sql.Identifier(name) for name, _of in columns),
            values=sql.SQL(", ").join(_value(table, name, of, model, main) for name, of in columns),
            first=sql.Literal(first),
            last=sql.Literal(last),
            main=sql.Literal(main),
            others=sql.Literal(others),
            many=sql.Literal(len(others)),
            model=model.source(table),
        )
    )


def _value(table: str, name: str, of: str, model: Model, main: UUID) -> sql.Composable:
    """Return what a column of a copy holds."""
    column = sql.SQL("t.{}").format(sql.Identifier(name))
    if (table, name) in model.fixed:
        return sql.SQL(model.fixed[table, name])
    if name == "token":
        return sql.SQL(ANOTHER).format(column)
    if of == "uuid":
        return sql.SQL(IDENTITY).format(column, sql.Literal(main), sql.Literal(sorted(model.ids)))
    if of.startswith(("timestamp", "date")):
        moved = sql.SQL(AHEAD if name in FORWARD else BACK).format(column, sql.Literal(DAYS_BACK[model.kind]))
        return sql.SQL("{}::date" if of == "date" else "{}").format(moved)
    if name.endswith("code") and of.startswith("character varying"):
        return sql.SQL(CODE).format(column)
    return column
