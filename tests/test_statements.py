"""How many statements the most asked pages take: each is a round trip, and one more is easily added."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sluitend.demo import embedded
from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.actions import NewSubject
from sluitend.journeys.cases.models import Case
from sluitend.journeys.referrals import queries as referrals
from sluitend.journeys.reports.place_fields import PackForm
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.organisations.models import Account, Organisation
from tests import samples

FOCAL_POINT = "af@westland.example"
FILING, LIST, CASE, PICTURE = 6, 12, 27, 36
QUIET, BUSY = 17, 19
"""Vandaag on an empty day, and with a second pair of eyes to look for and news of while somebody was away."""
"""All of them, BEGIN and COMMIT too. Fewer is fine: then lower the number."""


def statements(ask: Callable[[], object]) -> int:
    """Return how many statements it takes, the second time: handbook and keys are in memory by then."""
    ask()
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def file_report() -> None:
    """Send the last page of the public form, with the answers of the pages before."""
    answers = {
        "step": "5",
        "go": "send",
        "kind": "report",
        "sending": str(uuid4()),
        "saw": "Vijf bedden in een schuur.",
        "where": "Tuinderspad 12, De Lier",
        "when": "today",
        "minor": "no",
        "phone": "0612345678",
        "role": "huisvesting",
        "anonymity": "anonymous",
    }
    assert "Bewaar deze code" in Client().post("/melden/", answers).text


@pytest.fixture
def desk(own_database: str, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A focal point who signed in with a second factor, as outside the demonstration."""
    monkeypatch.setattr(settings, "SLUITEND_SECOND_FACTOR_REQUIRED", True)
    account = Account.objects.get(email=FOCAL_POINT)
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": ""})
    client = Client()
    client.force_login(account)
    return client


def running_case() -> str:
    """Make a case in which every kind of thing was done, and return its code."""
    who = samples.actor(FOCAL_POINT)
    report, _receipt = samples.file_report(Organisation.objects.get(code="GM1783"))
    code = samples.take_in(report, who)
    samples.work(code, who)
    samples.weigh(code, who)
    samples.compose(code, who)
    samples.refer(code, who)
    return code


def test_taking_in_a_report(own_database: str) -> None:
    assert statements(file_report) == FILING


def test_every_form_of_a_report_is_checked_once(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    clean = PackForm.full_clean

    def counted(form: PackForm) -> None:
        checked.append(type(form).__name__)
        clean(form)

    monkeypatch.setattr(PackForm, "full_clean", counted)
    file_report()
    assert checked == ["WhatForm", "SignalsForm", "WhoForm", "CheckForm"]


def test_the_pages_of_cases(desk: Client) -> None:
    code = running_case()
    assert statements(lambda: desk.get("/werk/casussen/").content) == LIST
    assert statements(lambda: desk.get(f"/werk/casussen/{code}/").content) == CASE


def test_the_pages_asked_most_put_nothing_into_sql_anew(desk: Client, put_into_sql: list[str]) -> None:
    code = running_case()
    look_along()
    for page in ("/werk/", "/werk/casussen/", f"/werk/casussen/{code}/"):
        desk.get(page)
        before = len(put_into_sql)
        desk.get(page)
        assert put_into_sql[before:] == [], page


def test_a_picture_takes_as_many_statements_whatever_hangs_together(desk: Client) -> None:
    codes = [running_case() for _each in range(4)]
    who, page = samples.actor(FOCAL_POINT), f"/werk/casussen/{codes[0]}/beeld/"

    def link(*others: str) -> None:
        for code in others:
            with acting(who):
                earlier_id = Case.objects.get(code=code).id
                cases.link_earlier(actor=who, code=codes[0], earlier_id=earlier_id)

    link(codes[1])
    assert statements(lambda: desk.get(page).content) == PICTURE
    for name in ("Anna", "Bram", "Cas"):
        with acting(who):
            person = NewSubject("person", name, identifiers=(("phone", f"061111111{len(name)}"),))
            cases.add_subject(actor=who, code=codes[0], new=person)
    link(*codes[2:])
    assert statements(lambda: desk.get(page).content) == PICTURE


def test_more_cases_take_no_more_statements(desk: Client) -> None:
    running_case()
    running_case()
    assert statements(lambda: desk.get("/werk/casussen/").content) == LIST


def look_along() -> None:
    """Let an acute report wait for the focal point, who was here a week ago for the last time."""
    samples.file_report(Organisation.objects.get(code="GM1783"), acute=True)
    Account.objects.filter(email=FOCAL_POINT).update(seen_before=timezone.now() - timedelta(days=7))


def test_today_takes_as_many_statements_whatever_waits(desk: Client) -> None:
    running_case()
    assert statements(lambda: desk.get("/werk/").content) == QUIET
    look_along()
    running_case()
    assert statements(lambda: desk.get("/werk/").content) == BUSY


@contextmanager
def counted_as_many(server: embedded.Server, table: str) -> Iterator[None]:
    """Let PostgreSQL plan as for a table with many rows: of one or two any index costs the same."""
    url = server.url("sl_admin", str(connection.settings_dict["NAME"]))
    with psycopg.connect(url, autocommit=True) as admin:
        known = "'schemaname', 'public', 'relname', %s::text"
        many = "'relpages', 1, 'reltuples', 100000::real"
        admin.execute(f"SELECT pg_restore_relation_stats({known}, {many})".encode(), [table])
        yield
        admin.execute("SELECT pg_clear_relation_stats('public', %s::text)", [table])


@pytest.mark.parametrize("asking", [referrals.open_by_partner, referrals.lists_due])
def test_what_is_open_with_each_partner_is_counted_in_an_index_alone(
    desk: Client, server: embedded.Server, asking: Callable[[Actor], object]
) -> None:
    running_case()
    who = samples.actor(FOCAL_POINT)
    with acting(who), CaptureQueriesContext(connection) as asked:
        asking(who)
    (counting,) = (query["sql"] for query in asked.captured_queries)
    with acting(who), connection.cursor() as cursor, counted_as_many(server, "referrals_referral"):
        # So few rows would rather be read as they lie.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {counting}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Only Scan using referral_with_partner" in plan
    assert "Index Scan using referral" not in plan
