"""A great many tokens that nobody looks for."""

from collections.abc import Sequence
from typing import LiteralString
from uuid import UUID

import psycopg
from psycopg import sql

from bench.bare import bare

OF_REPORTS: LiteralString = """
    INSERT INTO reports_reporttoken (id, organisation_id, report_id, kind, token)
    SELECT gen_random_uuid(), {}, r.ids[1 + n % r.many], 'phone', gen_random_uuid()
    FROM generate_series(1, {}) n,
         (SELECT array_agg(id) AS ids, count(*)::int AS many FROM reports_report) r"""
OF_CASES: LiteralString = """
    INSERT INTO cases_subjecttoken (id, organisation_id, revision, case_id, subject_id, kind, token)
    SELECT gen_random_uuid(), {}, 1, s.cases[1 + n % s.many], s.ids[1 + n % s.many], 'phone',
           gen_random_uuid()
    FROM generate_series(1, {}) n,
         (SELECT array_agg(id) AS ids, array_agg(case_id) AS cases, count(*)::int AS many
          FROM cases_subject) s"""


def add_tokens(connection: psycopg.Connection, main: str, others: Sequence[str], number: int) -> None:
    """Add so many tokens: half of reports, half of cases; half of one municipality."""
    organisation = sql.SQL("CASE WHEN n % 2 = 0 THEN {}::uuid ELSE ({}::uuid[])[1 + n % {}] END").format(
        sql.Literal(main), sql.Literal([UUID(each) for each in others]), sql.Literal(len(others))
    )
    with bare(connection, ["reports_reporttoken", "cases_subjecttoken"]):
        for statement in (OF_REPORTS, OF_CASES):
            connection.execute(sql.SQL(statement).format(organisation, sql.Literal(number // 2)))
