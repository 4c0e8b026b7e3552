"""Whoever takes the database after the night cannot tell when, or in which order, reports of a day came in.

The observer is a superuser. Lines of a colleague, each with its moment, are the clock; beside it every table,
every long value and every order that the database keeps is looked at. A new table in which a row of a report
stays as it was written fails here.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from psycopg import sql

from sluitend.demo import embedded
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports import jobs
from sluitend.journeys.reports.actions import night
from sluitend.kernel.access import rounds
from sluitend.kernel.access.acting import NOBODY, acting, system_actor
from sluitend.kernel.ledger import diary
from sluitend.kernel.ledger.actions import pseudonym, record
from sluitend.kernel.ledger.chain import link_all
from sluitend.kernel.organisations.models import Organisation
from tests import samples
from tests.faults.test_clock import jump
from tests.working import as_worker

DAY = timedelta(days=1)
REPORTS = 9
"""Of so many the same order by chance comes once in 180,000 times."""
LONG = "Ik zag het busje weer. " * 200
UUIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
COLLEAGUE = frozenset({"ledger_event", "ledger_link", "installation_run"})
"""Where something may stand that was written during the day: lines with a moment, and how each job ended."""
FIXED_HOURS = {time(0), time(12), time(17)}
TABLES = """
SELECT c.relname, t.relname FROM pg_class c LEFT JOIN pg_class t ON t.oid = c.reltoastrelid
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
"""
ROWS = "SELECT xmin::text::bigint, cmin::text::bigint, ctid::text, to_jsonb(t) FROM {} t"
NOW = "SELECT pg_current_xact_id()::text::bigint"


class Row(NamedTuple):
    """A row, with what the database itself keeps of when it was written."""

    table: str
    xmin: int
    cmin: int
    place: tuple[int, ...]
    values: dict[str, Any]


@dataclass
class Observer:
    """A superuser, who knows which ids belong to which report and when the day was."""

    admin: psycopg.Connection
    known: list[set[str]] = field(default_factory=list)
    began: int = 0
    ended: int = 0

    def now(self) -> int:
        row = self.admin.execute(NOW).fetchone()
        assert row is not None
        return int(row[0])

    def rows(self) -> Iterator[Row]:
        for name, _long in self.admin.execute(TABLES).fetchall():
            query = sql.SQL(ROWS).format(sql.Identifier("public", name))
            for xmin, cmin, ctid, values in self.admin.execute(query):
                yield Row(name, xmin, cmin, tuple(map(int, re.findall(r"\d+", ctid))), values)

    def long_values(self) -> Iterator[tuple[str, int]]:
        for name, long in self.admin.execute(TABLES).fetchall():
            if long:
                query = sql.SQL("SELECT xmin::text::bigint FROM {}").format(sql.Identifier("pg_toast", long))
                yield from ((name, xmin) for (xmin,) in self.admin.execute(query))

    def learn(self, found: list[Row]) -> None:
        """Follow the ids: what names a report is of that report, and so is what names that."""
        for _step in range(4):
            for row in found:
                whose = self.of_report(row)
                if whose is not None:
                    self.known[whose] |= {str(row.values.get(key)) for key in ("id", "envelope_id")}

    def of_report(self, row: Row) -> int | None:
        names = set(UUIDS.findall(str(row.values)))
        return next((number for number, ids in enumerate(self.known) if ids & names), None)

    def written_in_the_day(self, xmin: int) -> bool:
        return self.began <= xmin <= self.ended

    def dated(self) -> list[str]:
        """Return what tells when in the day a report came in."""
        found = list(self.rows())
        self.learn(found)
        told = [
            f"{row.table}: written in the day"
            for row in found
            if self.written_in_the_day(row.xmin)
            and (row.table not in COLLEAGUE or self.of_report(row) is not None)
        ]
        told += [f"{name}: long value" for name, xmin in self.long_values() if self.written_in_the_day(xmin)]
        told += [
            f"{row.table}.{column}: {value}"
            for row in found
            if self.of_report(row) is not None
            for column, value in row.values.items()
            if is_moment(value) and local_time(value) not in FIXED_HOURS
        ]
        return told

    def ordered(self) -> list[str]:
        """Return the tables and columns in whose order the reports stand as they came in, or the reverse."""
        places = defaultdict[tuple[str, str], dict[int, list[Any]]](lambda: defaultdict(list))
        for row in self.rows():
            whose = self.of_report(row)
            if whose is None:
                continue
            orders: dict[str, Any] = {"xmin": row.xmin, "cmin": row.cmin, "ctid": row.place}
            orders |= {
                key: value for key, value in row.values.items() if type(value) is int or is_moment(value)
            }
            for key, value in orders.items():
                places[row.table, key][whose].append(value)
        return [f"{table}.{key}" for (table, key), found in places.items() if is_in_order(found)]


def is_moment(value: object) -> bool:
    return isinstance(value, str) and bool(re.match(r"\d{4}-\d{2}-\d{2}T\d{2}:", value))


def local_time(value: str) -> time:
    return timezone.localtime(datetime.fromisoformat(value)).time()


def is_in_order(found: dict[int, list[Any]]) -> bool:
    """Return whether all reports follow each other, so that each stands wholly before the next."""
    if len(found) < REPORTS:
        return False
    following = [(found[number], found[number + 1]) for number in range(REPORTS - 1)]
    return all(max(a) < min(b) for a, b in following) or all(min(a) > max(b) for a, b in following)


@pytest.fixture
def observer(
    server: embedded.Server, own_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Observer]:
    """A day, yesterday, on which reports came in among page views of a colleague."""
    monkeypatch.setattr(settings, "SLUITEND_CHECKPOINTS", tmp_path / "checkpoints")
    monkeypatch.setattr(settings, "SLUITEND_DIARY", tmp_path / "diary")
    monkeypatch.setattr(rounds, "LONGEST_REST", 0.0)
    url = server.url("sl_admin", own_database)
    with psycopg.connect(url, autocommit=True) as admin:
        observer = Observer(admin)
        with pytest.MonkeyPatch.context() as patch:
            jump(patch, -DAY)
            with as_worker():
                link_all()
            observer.began = observer.now()
            for number in range(REPORTS):
                look_at_a_page()
                observer.known.append(came_in(number))
            look_at_a_page()
            with as_worker():
                link_all()
            observer.ended = observer.now()
        yield observer


def look_at_a_page() -> None:
    with acting(samples.actor("af@westland.example")) as actor:
        record(actor=actor, action="case.read", subject=("case", uuid4()), activity="casus")


def came_in(number: int) -> set[str]:
    """File one report with a file, add to it with its receipt, and sweep; return what names it."""
    town = Organisation.objects.get(code="GM1783")
    with acting(NOBODY):
        filed = reports.file_report(
            reports.Filing(
                organisation_id=town.id,
                content=samples.content(saw=f"{number} {LONG}"),
                anonymity="anonymous",
                minor="yes" if number % 3 == 0 else "no",
                uploads=[SimpleUploadedFile("gezien.txt", LONG.encode())],
            )
        )
    with acting(NOBODY):
        reports.add_to_report(receipt=filed.receipt, text=f"{number} {LONG}")
    with as_worker():
        jobs.sweep_all.func(timestamp=0)
        link_all()
    about = pseudonym(town.id, ("report", filed.report_id), timezone.localdate().year)
    return {str(filed.report_id), str(about)}


def the_queue_is_done(observer: Observer) -> None:
    """Work what waits, as a worker does: what was done leaves the queue."""
    names = {job.name: job for job in (jobs.draw_file, jobs.mail_new_work)}
    for task, given in observer.admin.execute("SELECT task_name, args FROM procrastinate_jobs").fetchall():
        names[task].func(**given)
    observer.admin.execute("DELETE FROM procrastinate_jobs")


def the_night_passes(observer: Observer) -> None:
    with as_worker():
        the_queue_is_done(observer)
        jobs.end_days.func(timestamp=0)


def former_rows(observer: Observer) -> set[str]:
    """Return the tables in whose files former versions of rows stood, which whoever has the files reads."""
    said: list[str] = []
    observer.admin.add_notice_handler(lambda notice: said.append(notice.message_primary or ""))
    observer.admin.execute("VACUUM (VERBOSE)")
    found = (re.search(r'"\w+\.(\w+)\.(\w+)".*tuples: (\d+) removed', each, re.DOTALL) for each in said)
    taken = {(one[1], one[2]) for one in found if one and int(one[3])}
    longs = {long: f"{name}: long value" for name, long in observer.admin.execute(TABLES).fetchall()}
    return {longs.get(name, name) for _place, name in taken}


def pages(observer: Observer) -> dict[tuple[str, str], int]:
    """Return in which page of its table each row of a report stands."""
    return {
        (row.table, str(row.values["id"])): row.place[0]
        for row in observer.rows()
        if row.table in night.WRITTEN and observer.of_report(row) is not None
    }


def test_the_night_leaves_no_row_in_its_page_where_there_is_room(observer: Observer) -> None:
    """By itself the database writes a row anew in the same page: then pages stand in order of coming in."""
    observer.dated()
    observer.admin.execute("VACUUM")  # what the sweep wrote anew left room, as it does within a minute
    before = pages(observer)
    assert {table for table, _id in before} >= {"reports_report", "sealing_seal", "followup_nextstep"}
    the_night_passes(observer)
    stayed = {key for key, page in pages(observer).items() if before.get(key) == page}
    assert {table for table, _id in stayed} <= {"ledger_content"}  # gets its place in the ledger after that


def test_the_night_leaves_no_former_row_in_the_files(observer: Observer) -> None:
    the_night_passes(observer)
    assert not {each.split(":")[0] for each in former_rows(observer)} & set(night.WRITTEN)


def test_without_cleaning_up_there_would_be_former_rows(
    observer: Observer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "clean_up", lambda: None)
    the_night_passes(observer)
    # Not each of them: PostgreSQL itself may have been there meanwhile.
    assert former_rows(observer) & {"reports_report", "reports_report: long value", "ledger_intake"}


def test_before_the_night_the_observer_finds_them(observer: Observer) -> None:
    """Without this it could not fail: until then whoever takes the live database knows when."""
    told = observer.dated()
    assert {"reports_report: written in the day", "reports_report: long value"} <= set(told)
    assert {each.split(":")[0] for each in told} >= {
        "sealing_seal",
        "sealing_attachmentchunk",
        "ledger_intake",
    }
    assert "reports_report.xmin" in observer.ordered()


def test_after_the_night_nothing_tells_when_in_the_day_a_report_came_in(observer: Observer) -> None:
    observer.dated()  # learns which ids belong to which report
    the_night_passes(observer)
    assert observer.dated() == []
    lines = [
        row for row in observer.rows() if row.table == "ledger_event" and observer.of_report(row) is not None
    ]
    assert len(lines) >= REPORTS


def test_after_the_night_nothing_tells_in_which_order_they_came_in(observer: Observer) -> None:
    observer.dated()
    the_night_passes(observer)
    assert observer.ordered() == []


def test_the_diary_and_the_queue_know_nothing_of_them(observer: Observer) -> None:
    observer.dated()
    the_night_passes(observer)
    ids = {str(each) for each in diary.noted(Path(settings.SLUITEND_DIARY))}
    assert ids
    assert not ids & set().union(*observer.known)
    queued = [row for row in observer.rows() if row.table in ("procrastinate_jobs", "procrastinate_events")]
    assert queued == []


def test_the_night_changes_no_word_and_a_second_one_nothing_at_all(observer: Observer) -> None:
    from sluitend.journeys.reports.models import Report
    from sluitend.kernel.sealing.envelopes import open_envelope

    the_night_passes(observer)
    before = {row.values["id"]: row.xmin for row in observer.rows() if row.table == "reports_report"}
    the_night_passes(observer)
    assert {row.values["id"]: row.xmin for row in observer.rows() if row.table == "reports_report"} == before
    who = samples.actor("af@westland.example")
    with acting(who):
        row = Report.objects.get(pk=UUID(min(before)))
        assert row.envelope_id is not None
        content = open_envelope(row.envelope_id, actor=who, purpose="report.read").read(row, "content")
    assert LONG in content["saw"]
    with as_worker(), acting(system_actor(who.own_organisation)):
        assert not Report.objects.filter(fresh=True).exists()
