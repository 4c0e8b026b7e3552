"""The invented year keeps every promise that real work keeps, and everybody who signs in finds something."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.utils import timezone
from psycopg import sql
from pytest_django import DjangoDbBlocker

from sluitend.demo import embedded
from sluitend.demo.region import (
    DEN_HAAG,
    EVERYBODY,
    LEIDEN,
    NOT_CONNECTED,
    PEOPLE,
    WESTLAND,
    Person,
)
from sluitend.demo.stories import YEAR
from sluitend.demo.work import load_year
from sluitend.demo.world import actor_of
from sluitend.journeys.assurance import queries as assurance
from sluitend.journeys.care_files.models import Appointment, CareFile
from sluitend.journeys.care_files.queries import opened
from sluitend.journeys.care_shares.models import CareShare
from sluitend.journeys.cases import queries as cases
from sluitend.journeys.referrals import queries as referrals
from sluitend.journeys.referrals.models import Referral
from sluitend.journeys.reports import queries as reports
from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.followup import queries as followup
from sluitend.kernel.followup.duty import duties
from sluitend.kernel.followup.ends import steps_without_line
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.halves import periods
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.handbook.yaml_reading import read_yaml
from sluitend.kernel.ledger.chain import verify
from sluitend.kernel.ledger.checkpoints import read_checkpoints
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.manifest import lines
from sluitend.kernel.organisations.models import Organisation, Role
from sluitend.surfaces.desk.ledger_words import ACTIVITIES
from sluitend.surfaces.desk.region import picture
from tests import database
from tests.conftest import use_database
from tests.demo.staff import sign_in_as_worker
from tests.working import as_owner, seal_the_ledger

TEXTS = {path.stem: read_yaml(path) for path in sorted(YEAR.glob("*.yaml"))}
CARE, HELPED = TEXTS["care"], TEXTS["helped"]
ELSEWHERE = {each["municipality"] for each in TEXTS["elsewhere"]}
TOWNS = {WESTLAND: (14, 8), DEN_HAAG: (20, 12), LEIDEN: (10, 6)}
NOT_REFERRED_TO = frozenset({"ggd_haaglanden"})
"""No route of the handbook ends there: it finds and reports, it seldom receives."""

SIDES = (
    ("reports_report", "current_step_id", "closed", "organisation_id"),
    ("reports_mark", "current_step_id", "closed", "organisation_id"),
    ("cases_case", "current_step_id", "closed", "organisation_id"),
    ("cases_track", "current_step_id", "closed", "organisation_id"),
    ("referrals_referral", "current_step_id", "closed", "organisation_id"),
    ("referrals_referral", "recipient_step_id", "recipient_closed", "recipient_id"),
    ("exchanges_transfer", "current_step_id", "closed", "organisation_id"),
    ("exchanges_transfer", "recipient_step_id", "recipient_closed", "recipient_id"),
    ("exchanges_request", "current_step_id", "closed", "organisation_id"),
    ("exchanges_request", "recipient_step_id", "recipient_closed", "recipient_id"),
    ("visits_visit", "current_step_id", "closed", "organisation_id"),
    ("visits_waitrequest", "current_step_id", "closed", "organisation_id"),
)
NUMBER_OF_DUTY = ("followup_oncall", "telephone")
"""Whoever asks for help after hours is told this."""
PUBLIC = ("handbook_", "organisations_", "django_", "procrastinate_")
"""Tables with public words: a team or a town may be called there what somebody in a story calls it."""


@pytest.fixture(scope="module")
def year(
    server: embedded.Server,
    schema_version: str,
    database_name: str,
    own_keys: Path,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The name of a database of its own in which the year is loaded; Django points there in this module."""
    name = f"{database_name}_year"
    database.clone(server, schema_version, name)
    before = settings.SLUITEND_CHECKPOINTS
    with django_db_blocker.unblock():
        sign_in_as_worker(server, name, own_keys)
        settings.SLUITEND_CHECKPOINTS = tmp_path_factory.mktemp("checkpoints")
        load_year()
        seal_the_ledger()
        yield name
        settings.SLUITEND_CHECKPOINTS = before
        use_database(server.url("sl_app", database_name), own_keys)
    server.drop_database(name)


@pytest.fixture
def admin(server: embedded.Server, year: str) -> Iterator[psycopg.Connection]:
    """A superuser's connection, which sees every row."""
    with psycopg.connect(server.url("sl_admin", year), autocommit=True) as connection:
        yield connection


def identifiers(names: dict[str, str]) -> dict[str, sql.Identifier]:
    """Return names of tables and columns, quoted."""
    return {key: sql.Identifier(value) for key, value in names.items()}


@pytest.mark.parametrize(("table", "step", "closed", "whose"), SIDES)
def test_every_open_subject_has_an_open_step_of_its_own_organisation(
    admin: psycopg.Connection, table: str, step: str, closed: str, whose: str
) -> None:
    query = sql.SQL(
        "SELECT count(*), count(*) FILTER "
        "(WHERE s.id IS NULL OR s.done IS NOT NULL OR s.organisation_id <> t.{whose}) FROM {table} t "
        "LEFT JOIN followup_nextstep s ON s.id = t.{step} WHERE t.{closed} IS NULL"
    )
    names = {"table": table, "step": step, "closed": closed, "whose": whose}
    row = admin.execute(query.format(**identifiers(names))).fetchone()
    assert row is not None
    assert row[0] > 0, "nothing is open: the demonstration would show an empty desk"
    assert row[1] == 0


def test_no_step_is_left_open_on_something_that_is_closed(admin: psycopg.Connection) -> None:
    for table, _step, closed, whose in SIDES:
        query = sql.SQL(
            "SELECT count(*) FROM {table} t JOIN followup_nextstep s "
            "ON s.subject_id = t.id AND s.organisation_id = t.{whose} "
            "WHERE t.{closed} IS NOT NULL AND s.done IS NULL"
        )
        names = {"table": table, "closed": closed, "whose": whose}
        row = admin.execute(query.format(**identifiers(names))).fetchone()
        assert row == (0,), table


def test_every_line_of_the_ledger_has_words(admin: psycopg.Connection) -> None:
    kept = admin.execute("SELECT DISTINCT action, activity FROM ledger_event").fetchall()
    assert len(kept) > 40
    assert {action for action, _activity in kept} - set(lines()) == set()
    assert {activity for _action, activity in kept} - set(ACTIVITIES) == set()


def test_the_invented_year_writes_nowhere_that_a_job_ran(admin: psycopg.Connection) -> None:
    """So that a new demonstration does not start with jobs that seem to stand still."""
    ran = admin.execute("SELECT DISTINCT task FROM installation_run").fetchall()
    # These ran after it, by the real clock: the ledger was sealed for the tests below.
    assert {task for (task,) in ran} <= {"ledger.link", "ledger.checkpoint"}


def test_of_each_step_that_was_done_a_line_says_so(year: str) -> None:
    with as_owner(year):
        assert NextStep.objects.filter(done__isnull=False).count() > 100
        assert list(steps_without_line()) == []


def test_the_ledger_is_whole(year: str) -> None:
    signed = read_checkpoints(Path(settings.SLUITEND_CHECKPOINTS))
    assert signed
    for point in signed:
        with acting(system_actor(point.organisation_id)):
            assert verify([point], organisations=[point.organisation_id]) == []
    westland_id = Organisation.objects.get(code=WESTLAND).id
    with acting(system_actor(westland_id)):
        lines = Event.objects.filter(organisation_id=westland_id)
        days = lines.order_by("at").values_list("at", flat=True)
        assert timezone.now() - days[0] > timedelta(days=200)
        # What comes in stands at noon of its day, also while that is still to come; nothing else is early.
        noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
        assert {day for day in days if day > timezone.now()} <= {noon}


def test_every_municipality_has_the_work_of_a_year(year: str) -> None:
    for code, (number_of_reports, number_of_cases) in TOWNS.items():
        focal = actor_of(
            next(p.email for p in PEOPLE if p.organisation == code and p.role is Role.FOCAL_POINT)
        )
        with acting(focal):
            assert Report.objects.count() >= number_of_reports
            opened, closed = cases.cases(focal).total, cases.cases(focal, {"stand": "closed"}).total
            assert opened + closed >= number_of_cases
            assert min(opened, closed) >= 2
            assert reports.open_reports(focal)[0]


def test_the_picture_of_the_region_shows_figures(year: str) -> None:
    """Of each part a total and a municipality, in the last half year that is over; the small stay hidden."""
    coordinator = actor_of("regio@rsiv.example")
    with acting(coordinator):
        shown = picture(coordinator, periods()[0])
    assert [len(part.rows) for part in shown.parts] == [9, 18]
    for part in shown.parts:
        assert part.counted
        assert part.hidden
        assert part.total.reports
        assert part.total.first_answer
        assert part.total.on_time
    assert shown.total.reports


def test_the_figures_of_help_show_nights_and_hide_what_is_small(year: str) -> None:
    coordinator = actor_of("regio@rsiv.example")
    with acting(coordinator):
        shown = next(each for period in periods() if (each := assurance.picture(coordinator, period)).settled)
    nights = {line.number for part in shown.parts for line in part.nights.lines}
    assert None in nights
    assert len(nights) > 1
    assert shown.total


def test_care_shows_files_appointments_duty_and_what_was_shared(year: str) -> None:
    carer, support = (actor_of(f"zorg@{each}.example") for each in ("shop", "legerdesheils"))
    with acting(carer):
        states = list(CareFile.objects.order_by("state").values_list("state", flat=True))
        assert states == ["aftercare", "in_care", "in_care", "in_contact"]
        assert len({row.section for row in opened("F-8VWX", carer).whole.rows}) == 5
        planned = Appointment.objects.filter(state=Appointment.State.PLANNED)
        assert planned.count() == 4
        assert Appointment.objects.filter(state=Appointment.State.KEPT).count() == 1
        assert len(duties(carer.own_organisation, first=timezone.localdate(), last=timezone.localdate())) == 1
    with acting(support):
        assert CareShare.objects.get(recipient_id=support.own_organisation).state == "accepted"
    town = actor_of("af@westland.example")
    with acting(town):
        assert CareShare.objects.get(recipient_id=town.own_organisation).state == "sent"


def test_something_came_in_wherever_somebody_reads(year: str, admin: psycopg.Connection) -> None:
    rows = admin.execute(
        "SELECT o.code, count(*) FROM reports_report r "
        "JOIN organisations_organisation o ON o.id = r.organisation_id GROUP BY o.code"
    ).fetchall()
    towns = {
        code
        for (code,) in admin.execute(
            "SELECT code FROM organisations_organisation WHERE kind = 'municipality'"
        ).fetchall()
    }
    assert len(towns) == 27
    assert {code for code, _number in rows} == towns - set(NOT_CONNECTED) | {"shop"}
    assert [number for code, number in rows if code == "shop"] == [len(CARE["requests"]) + HELPED["number"]]


@pytest.mark.parametrize("person", EVERYBODY, ids=lambda person: person.email)
def test_everybody_finds_something(year: str, person: Person) -> None:
    actor = actor_of(person.email)
    with acting(actor):
        match person.role:
            case Role.REPORTER:
                assert reports.remembered(actor)
            case Role.FOCAL_POINT | Role.DEPUTY:
                assert sum(followup.open_counts(actor).values()) >= 4
                assert referrals.sent_list(actor, {"toon": "open"}).rows
                assert referrals.sent_list(actor, {"toon": "klaar"}).rows
            case Role.MANAGER:
                assert followup.open_by_kind(actor)
            case Role.PRIVACY_OFFICER:
                assert Event.objects.count() > 100
            case Role.PARTNER if person.organisation not in NOT_REFERRED_TO:
                assert referrals.received_list(actor).rows
                assert sum(followup.open_counts(actor).values()) + len(followup.open_steps(actor)) > 0


def test_westland_shows_every_state(year: str) -> None:
    focal = actor_of("af@westland.example")
    with acting(focal):
        greenhouse = cases.case("C-9T3F", focal)
        assert (greenhouse.head.name, greenhouse.head.state) == ("Kas aan de Oostbuurt", "routing")
        assert len(greenhouse.reports) == 3
        acute = reports.report("M-7K4Q", focal)
        earlier = reports.earlier_signals(focal, acute.identifiers, [acute.id])
        assert {kind for each in earlier for kind in each.kinds} == {"address", "company", "plate"}
        assert len(earlier) == 4
        # The name of who made them is hidden, and so is what they called them.
        assert [each.name for each in reports_with_files(focal)] == ["foto.jpg", "foto.jpg"]
        states = set(Referral.objects.values_list("state", flat=True))
        assert states == {"sent", "accepted", "returned", "done"}
        answers = set(Referral.objects.values_list("answer", flat=True))
        assert answers >= {"mag_niets_zeggen", "geen_antwoord"}
        assert cases.cases(focal, {"stand": "on_hold"}).rows
    melder = actor_of("melder@westland.example")
    with acting(melder):
        assert len(reports.open_marks(melder)) == 1
        assert len(reports.remembered(melder)) == 3


def reports_with_files(actor: "object") -> list[reports.AttachmentView]:
    """Return the files of the reports of Westland, by name."""
    views = reports.reports_by_id(Report.objects.values_list("id", flat=True), actor)  # type: ignore[arg-type]
    return sorted((file for view in views for file in view.attachments), key=lambda file: file.name)


def test_what_waits_is_believable(year: str, admin: psycopg.Connection) -> None:
    """What came in elsewhere is not late, and nothing at all waits longer than a fortnight."""
    now = timezone.now()
    rows = admin.execute(
        "SELECT o.code, s.what, s.due FROM followup_nextstep s "
        "JOIN organisations_organisation o ON o.id = s.organisation_id WHERE s.done IS NULL"
    ).fetchall()
    late = {(code, what): now - due for code, what, due in rows if due < now}
    assert max(late.values()) < timedelta(days=14)
    assert [key for key in late if key[0] in ELSEWHERE and late[key] > timedelta(days=2)] == []
    assert {code for code, _what, _due in rows} >= ELSEWHERE


def test_nothing_queued_and_nothing_in_the_future(year: str, admin: psycopg.Connection) -> None:
    assert admin.execute("SELECT count(*) FROM procrastinate_jobs").fetchone() == (0,)
    moments = (("reports_report", "received"), ("cases_case", "opened"), ("referrals_referral", "sent"))
    for table, column in moments:
        query = sql.SQL("SELECT count(*) FROM {table} WHERE {column} > now()")
        row = admin.execute(query.format(**identifiers({"table": table, "column": column}))).fetchone()
        assert row == (0,), table


def test_no_name_and_no_word_of_a_story_stands_in_a_plain_column(
    year: str, admin: psycopg.Connection
) -> None:
    columns = admin.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND data_type IN ('text', 'character varying', 'jsonb')"
    ).fetchall()
    private = [each for each in columns if not each[0].startswith(PUBLIC) and each != NUMBER_OF_DUTY]
    assert ("reports_report", "code") in private
    told = words_of(TEXTS)
    assert {"Kas aan de Oostbuurt", "Ellen Kromhout", "VB-000-X", "90004127"} <= told
    found = []
    for table, column in private:
        query = sql.SQL("SELECT DISTINCT {column}::text FROM {table} WHERE {column} IS NOT NULL")
        rows = admin.execute(query.format(**identifiers({"table": table, "column": column})))
        held = {value for (value,) in rows}
        found += [(table, column, word) for word in told for value in held if word in value]
    assert found == []


def words_of(texts: dict[str, Any]) -> set[str]:
    """Return every text of the stories that is more than an id, a town or a clock."""
    towns = {name for place in current_release().pack.places for name in (place.name, *place.aliases)}
    return {text for text in all_words(texts) if len(text) > 6 and tells(text)} - towns


def all_words(value: Any) -> Iterator[str]:
    """Return every text in a file."""
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from all_words(each)
        case list():
            for each in value:
                yield from all_words(each)


def tells(text: str) -> bool:
    """Return whether this can be more than an id of the handbook."""
    return text.isdigit() or any(sign.isupper() or sign.isspace() for sign in text)


def test_a_second_loading_gives_the_same_codes(
    server: embedded.Server, schema_version: str, year: str, database_name: str, own_keys: Path
) -> None:
    name = f"{database_name}_again"
    focal = actor_of("af@westland.example")
    with acting(focal):
        codes = [row.code for row in cases.cases(focal, {"stand": "closed"}).rows]
    database.clone(server, schema_version, name)
    sign_in_as_worker(server, name, own_keys)
    try:
        load_year()
        again = actor_of("af@westland.example")
        with acting(again):
            assert [row.code for row in cases.cases(again, {"stand": "closed"}).rows] == codes
    finally:
        use_database(server.url("sl_app", year), own_keys)
        server.drop_database(name)


def test_what_was_tried_can_be_read(year: str) -> None:
    """A measure that was imposed on evidence, one that comes back, and what a linked case tried."""
    focal = actor_of("af@westland.example")
    with acting(focal):
        found = [cases.measures_page(each.code, focal) for each in cases.cases(focal).rows]
        tried = next(each for each in found if each.linked)
        views = {each.id: each for each in tried.views}
        assert [each.result for linked in tried.linked for each in linked.tried] == ["Niet opgelegd"]
        assert (views["fire_check"].result, views["urgent_stop"].result) == ("Gedaan", "Opgelegd")
        assert not views["urgent_stop"].thin
        assert (views["penalty_propose"].held, views["penalty_propose"].thin) == (True, True)
