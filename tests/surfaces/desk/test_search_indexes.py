"""What is sought within a list is found by an index, also where a municipality has years of it."""

from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import connection
from tests import samples

from sluitend.demo import embedded
from sluitend.journeys.cases import queries as cases
from sluitend.journeys.cases.queries.inbox import inbox
from sluitend.journeys.exchanges import queries as exchanges
from sluitend.journeys.referrals import queries as referrals
from sluitend.journeys.visits import queries as visits
from sluitend.kernel.access.acting import acting

AF, NLA, AVIM = "af@westland.example", "nla@arbeidsinspectie.example", "avim@politie.example"
PLANNER, MANAGER = "toezicht@westland.example", "manager@westland.example"
MANY = 4000
# As many more of one row, each with its own id, code, envelope and token.
FILL = """
    INSERT INTO {table} ({names})
    SELECT {columns} FROM (SELECT * FROM {table} LIMIT 1) s, generate_series(1, %(many)s) n,
    LATERAL jsonb_populate_record(NULL::{table}, to_jsonb(s) || jsonb_build_object(
        'id', gen_random_uuid(), 'code', 'X-' || n, 'token', gen_random_uuid(), {own})) r"""


def between(*pairs: tuple[str, str]) -> str:
    """Return of a matter with two sides when it was sent and by whom to whom: the same, or one of these."""
    return "'sent', now() - n * interval '1 minute', " + ", ".join(
        f"'{column}', CASE n %% 4 WHEN 0 THEN s.{column} "
        + " ".join(
            f"WHEN {number} THEN (SELECT id FROM organisations_organisation WHERE code = '{pair[side]}')"
            for number, pair in enumerate(pairs, 1)
        )
        + " END"
        for side, column in enumerate(("organisation_id", "recipient_id"))
    )


FILLED = {
    "cases.Case": "'closed', now(), 'state', 'closed', 'current_step_id', NULL",
    "cases.SubjectToken": "'case_id', gen_random_uuid()",
    "reports.Report": "'envelope_id', gen_random_uuid()",
    "reports.ReportToken": "'report_id', gen_random_uuid()",
    "referrals.Referral": between(("GM0503", "avim"), ("GM0503", "avim"), ("GM0518", "avim")),
    "referrals.ReferralOrigin": "'referral_id', gen_random_uuid(), 'case_id', gen_random_uuid()",
    "referrals.ReceivedToken": "'referral_id', gen_random_uuid()",
    "exchanges.Transfer": between(("GM1783", "GM0518"), ("GM0503", "GM0518"), ("GM0518", "GM1783")),
    "exchanges.Request": between(("GM1783", "GM0518"), ("GM0503", "GM0518"), ("GM0518", "GM0503")),
    "visits.Visit": "'envelope_id', gen_random_uuid(), 'day', current_date + n",
    "visits.VisitToken": "'visit_id', gen_random_uuid()",
    "visits.WaitRequest": """'envelope_id', gen_random_uuid(), 'until', current_date + n,
        'state', 'lifted', 'lifted', 'asker', 'lifted_at', now(), 'lift_reason', 'x', 'closed', now(),
        'current_step_id', NULL, 'retention_until', current_date + 100""",
    "visits.WaitRequestToken": "'wait_request_id', gen_random_uuid()",
}


@pytest.fixture
def years(server: embedded.Server, own_database: str) -> samples.Sample:
    """A matter of each kind among thousands."""
    sample = samples.whole_route()
    samples.hand_over(samples.ready_to_hand_over(), samples.actor(AF))
    samples.ask(samples.actor(NLA), "GM1783", kind="question")
    with psycopg.connect(server.url("sl_admin", own_database), autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        for name, own in FILLED.items():
            model = apps.get_model(name)
            names = [str(each.column) for each in model._meta.local_concrete_fields]
            fill = FILL.format(
                table=model._meta.db_table,
                names=", ".join(names),
                columns=", ".join(f"r.{each}" for each in names),
                own=own,
            )
            admin.execute(fill.encode(), {"many": MANY})
            admin.execute(f"VACUUM ANALYZE {model._meta.db_table}".encode())
    return sample


class Plans:
    """Notes how the database finds a page of a list, and what has a token."""

    TABLES = tuple(apps.get_model(each)._meta.db_table for each in FILLED)

    def __init__(self) -> None:
        self.found: list[str] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip("( ").startswith("SELECT") and self.counts(sql):
            with connection.connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN {sql}", params)
                self.found.append("\n".join(row[0] for row in cursor.fetchall()))
        return execute(sql, params, many, context)

    @staticmethod
    def counts(sql: str) -> bool:
        return "LIMIT 51" in sql or "token" in sql or '"indexed"' in sql

    def whole(self) -> list[str]:
        """Return the plans that read all of a table that is filled."""
        return [plan for plan in self.found if any(f"Seq Scan on {each}" in plan for each in self.TABLES)]


def sent(actor: Any, asked: dict[str, str]) -> Any:
    return referrals.sent_list(actor, {**asked, "toon": "alle"})


SEARCHES = (
    (AF, cases.cases, ("{case}", samples.PLANTED_PHONE), ("case_code", "subject_token")),
    (AF, inbox, ("{new_report}", samples.PLANTED_PHONE), ("reports_report_code", "reports_token_search")),
    (
        AF,
        sent,
        ("{referral}", "{case}", "Veilig Thuis"),
        ("referral_code", "referral_of_case", "referral_sent_to"),
    ),
    (
        NLA,
        referrals.received_list,
        ("{referral}", samples.PLANTED_PHONE, "Delft"),
        ("referral_code", "referral_received_token", "referral_received_from"),
    ),
    (
        AF,
        exchanges.exchange_list,
        ("V-2345", "Delft"),
        ("transfer_sent_to", "transfer_received_from", "request_received_from"),
    ),
    (PLANNER, visits.own_visits, ("{visit}", samples.PLANTED_PLATE), ("visit_code", "visit_token")),
    (
        AF,
        visits.waiting,
        ("{visit}", samples.PLANTED_PLATE, "Bakker"),
        ("visit_code", "visit_token"),
    ),
    (
        AF,
        visits.wait_requests,
        ("{wait_request}", samples.PLANTED_PLATE, "Arbeidsinspectie"),
        ("wait_code", "wait_token", "wait_of_partner"),
    ),
    (AVIM, visits.asked, ("{wait_request}", "Delft"), ("wait_code_of_asker",)),
    (MANAGER, visits.binding, ("{wait_request}", "Arbeidsinspectie"), ("wait_code",)),
)


def test_no_search_within_a_list_reads_a_whole_table(years: samples.Sample) -> None:
    for who, search, words, indexes in SEARCHES:
        plans, actor = Plans(), samples.actor(who)
        with acting(actor), connection.execute_wrapper(plans):
            for each in words:
                search(actor, {"q": each.format(**vars(years))})
        assert plans.found, search
        assert plans.whole() == [], search
        found = "\n".join(plans.found)
        assert [each for each in indexes if each not in found] == [], (search, found)
