"""What people type is sealed: a word from every free field is found in no table, mail or log."""

import logging
from collections import Counter
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from psycopg import sql

from sluitend.demo import embedded
from sluitend.kernel.access.acting import NOBODY, acting, system_actor
from sluitend.kernel.organisations.models import Account, Organisation
from tests import samples
from tests.filling import filled_forms
from tests.test_access_matrix import PEOPLE, addresses

NOT_CONTENT = frozenset({"account", "choose_organisation"})
"""Pages on which an account says how it likes to work."""

type Moment = tuple[str, str, datetime]
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FIXED_HOURS = {time(0), time(12), time(17)}
"""Of a day that begins, of what came in on it, and of an office day that ends."""

COLUMNS = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


def spellings(planted: str) -> list[str]:
    """How a text would look in a row as text: plain, and as the hexadecimal digits of bytes."""
    return [planted, planted.encode().hex()]


def tables_with(admin: psycopg.Connection, planted: str) -> list[str]:
    """Return every table of which a row holds the text, seen by a superuser."""
    names = [name for (name,) in admin.execute(COLUMNS)]
    found = []
    for name in names:
        for spelling in spellings(planted):
            query = sql.SQL("SELECT 1 FROM {table} t WHERE lower(t::text) LIKE %s LIMIT 1").format(
                table=sql.Identifier(name)
            )
            if admin.execute(query, [f"%{spelling.lower()}%"]).fetchone():
                found.append(name)
    return found


@pytest.fixture
def admin(server: embedded.Server, own_database: str) -> psycopg.Connection:
    """A superuser's connection to the test's own database."""
    return psycopg.connect(server.url("sl_admin", own_database), autocommit=True)


def test_nothing_that_was_typed_stands_in_the_database_in_plain(
    own_database: str, admin: psycopg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sample = samples.whole_route()
    planted = [
        samples.PLANT,
        samples.PLANTED_PHONE,
        samples.PLANTED_PLATE,
        samples.PLANTED_KVK,
        "Tuinderspad",
        sample.report_receipt,
        sample.report_receipt.replace("-", ""),
    ]
    assert {word: tables_with(admin, word) for word in planted} == {word: [] for word in planted}
    assert samples.PLANT not in caplog.text
    assert samples.PLANT not in str([(message.subject, message.body) for message in mail.outbox])


def test_the_planted_word_would_have_been_found(own_database: str, admin: psycopg.Connection) -> None:
    """The search above finds what is there, in text and in bytes: without this it could not fail."""
    admin.execute(
        "UPDATE organisations_organisation SET telephone = %s WHERE code = 'GM1783'", [samples.PLANT]
    )
    assert "organisations_organisation" in tables_with(admin, samples.PLANT)


def test_the_server_log_holds_no_value(
    own_database: str, admin: psycopg.Connection, server: embedded.Server
) -> None:
    with pytest.raises(psycopg.Error):
        admin.execute(
            "INSERT INTO organisations_region (id, code, name) VALUES (%s, %s, NULL)",
            [UUID(int=1), samples.PLANT],
        )
    assert samples.PLANT not in server.place.log.read_text(errors="replace")


def test_no_clock_of_an_anonymous_report_is_finer_than_a_day(
    own_database: str, admin: psycopg.Connection
) -> None:
    """Filed at two hours of a day nothing differs: a column that kept the hour would."""
    westland = Organisation.objects.get(code="GM1783")
    at_night, in_the_evening = (moments_after_filing(westland, admin, hour) for hour in (2, 21))
    assert at_night
    assert at_night == in_the_evening
    assert {moment.astimezone(AMSTERDAM).time() for _table, _column, moment in at_night} <= FIXED_HOURS
    assert admin.execute(
        "SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE '%report%'"
    ).fetchone() == (0,)


def moments_after_filing(westland: Organisation, admin: psycopg.Connection, hour: int) -> set[Moment]:
    """Return every moment in every table that was not there before an anonymous report of that hour."""
    before = moments(admin)
    at = timezone.localtime().replace(hour=hour, minute=10)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: at)
        samples.file_report(westland, anonymity="anonymous")
    return {each for each, number in (moments(admin) - before).items() if number}


def moments(admin: psycopg.Connection) -> Counter[Moment]:
    """Return the moments in all tables but those of the framework and of what everybody may know."""
    found: list[Moment] = []
    for (name,) in admin.execute(COLUMNS).fetchall():
        if name.startswith(("django_", "procrastinate_", "organisations_", "handbook_", "account_")):
            continue
        columns = admin.execute(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_name = %s AND data_type LIKE 'timestamp%%'",
            [name],
        ).fetchall()
        for (column,) in columns:
            query = sql.SQL("SELECT {column} FROM {table}").format(
                column=sql.Identifier(column), table=sql.Identifier(name)
            )
            found += [(name, column, moment) for (moment,) in admin.execute(query) if moment is not None]
    return Counter(found)


def test_a_column_at_the_hour_would_have_been_found(own_database: str, admin: psycopg.Connection) -> None:
    """Without this the search above could not fail on a moment that was cut to the hour."""
    admin.execute("ALTER TABLE reports_report ADD at timestamptz DEFAULT date_trunc('hour', now())")
    westland = Organisation.objects.get(code="GM1783")
    found = moments_after_filing(westland, admin, 2)
    (cut,) = [moment for table, column, moment in found if (table, column) == ("reports_report", "at")]
    assert cut.astimezone(AMSTERDAM).time() not in FIXED_HOURS or timezone.localtime().hour in (0, 12, 17)


def test_a_destroyed_report_cannot_be_read_and_is_still_counted(
    own_database: str, admin: psycopg.Connection
) -> None:
    from sluitend.journeys.reports import actions as reports
    from sluitend.journeys.reports.models import Report

    westland = Organisation.objects.get(code="GM1783")
    code, receipt = samples.file_report(westland)
    who = samples.actor("af@westland.example")
    with acting(who):
        report = Report.objects.get(code=code)
        reports.close(report.id, outcome="not_in_scope", actor=who)
    with acting(system_actor(westland.id)) as system:
        reports.destroy_report(report.id, actor=system)
    assert admin.execute(
        "SELECT count(*) FROM sealing_seal WHERE envelope_id = %s", [report.envelope_id]
    ).fetchone() == (0,)
    assert admin.execute(
        "SELECT count(*), count(content) FROM reports_report WHERE id = %s", [report.id]
    ).fetchone() == (1, 0)
    with acting(NOBODY):
        from sluitend.journeys.reports.queries import mailbox

        assert mailbox(receipt) is None


def test_a_word_typed_in_every_form_of_every_page_is_sealed(
    kept_connection: str, admin: psycopg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    """The forms come from the pages, the pages from the URL map: a new field cannot be forgotten."""
    caplog.set_level(logging.DEBUG)
    sample = samples.whole_route()
    typed: set[str] = set()
    for who in ("focal_point", "recipient", "other_partner", "inspector", "manager", "reporter", None):
        client = Client(raise_request_exception=True)
        if who:
            client.force_login(Account.objects.get(email=PEOPLE[who]))
        for address in addresses():
            if address.name not in NOT_CONTENT:
                typed |= fill_page(client, address.path(sample))
    assert len(typed) > 45
    assert tables_with(admin, samples.PLANT) == []
    assert samples.PLANT not in caplog.text
    assert samples.PLANT not in str([(message.subject, message.body) for message in mail.outbox])


def fill_page(client: Client, path: str) -> set[str]:
    """Fill in and send every form of a page; return which fields were typed in."""
    page = client.get(path)
    if page.status_code != 200 or "text/html" not in page.headers["Content-Type"]:
        return set()
    typed: set[str] = set()
    for form in filled_forms(page.content.decode(), samples.PLANT):
        if "/inloggen/" in form.action or "/uitloggen/" in form.action:
            continue
        if name := form.values.get("draft"):
            assert client.post(f"/werk/concept/{name}/", form.values).status_code == 204, path
        answer = client.post(form.action or path, form.values)
        assert answer.status_code < 500, path
        typed |= {f"{path}:{name}" for name in form.typed}
    return typed
