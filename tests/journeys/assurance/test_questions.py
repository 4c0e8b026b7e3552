"""Five questions a year: asked once, answered once with a receipt, told when it is over and never small."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.outcomes import queue
from tests.reading import as_read

from sluitend.demo import embedded
from sluitend.journeys.assurance import actions, jobs, queries
from sluitend.journeys.assurance.models import QuestionRound
from sluitend.kernel.access.acting import NOBODY, acting, system_actor
from sluitend.kernel.access.errors import DomainError, Refused
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Account, Organisation

REGION = "regio@rsiv.example"
PAGE, YEARS = "/ontvangst/vragen/", "/werk/regio/hulp/vragen/"
type ClientFor = Callable[[str], Client]


@pytest.fixture
def admin(server: embedded.Server, own_database: str) -> psycopg.Connection:
    return psycopg.connect(server.url("sl_admin", own_database), autocommit=True)


def begin(who: str = REGION) -> None:
    actor = samples.actor(who)
    with acting(actor):
        actions.begin_round(actor=actor)


def given(at: int = 0, kind: str = "zorg") -> dict[str, str]:
    """Return an answer to each question: the first of each, or another."""
    questions = current_release().pack.care_questions
    return {each.id: each.answers[at % len(each.answers)].id for each in questions} | {"kind": kind}


def answer(receipt: str, at: int = 0, kind: str = "zorg") -> None:
    with acting(NOBODY):
        actions.answer_round(receipt=receipt, given=given(at, kind))


def settle(days: int = 31) -> int:
    with acting(system_actor(Organisation.objects.get(code="rsiv").id)) as actor:
        return actions.settle_rounds(actor, timezone.localdate() + timedelta(days=days))


def over(admin: psycopg.Connection) -> None:
    """Let it have been asked two months ago."""
    admin.execute("UPDATE assurance_questionround SET opened = opened - 60, closes = closes - 60")


def told() -> Any:
    with acting(samples.actor(REGION)):
        return QuestionRound.objects.get().told


def read(who: str = REGION) -> queries.Years:
    actor = samples.actor(who)
    with acting(actor):
        return queries.years(actor)


def receipts(number: int) -> list[str]:
    return [samples.ask_for_help()[1] for _each in range(number)]


@pytest.mark.django_db
def test_a_year_is_asked_once_and_by_the_region_alone() -> None:
    with pytest.raises(Refused):
        begin("zorg@shop.example")
    begin()
    with pytest.raises(DomainError):
        begin()


@pytest.mark.django_db
def test_over_new_year_nobody_is_asked_twice_at_once() -> None:
    """What was asked in December runs until the end of January."""
    actor, today = samples.actor(REGION), timezone.localdate()
    with acting(actor):
        QuestionRound.objects.create(
            organisation_id=actor.own_organisation,
            year=today.year - 1,
            release_number=current_release().number,
            opened=today - timedelta(days=10),
            closes=today,
        )
    with pytest.raises(DomainError, match="nog open"):
        begin()
    assert not read().may_ask


@pytest.mark.django_db
def test_a_receipt_answers_once_and_only_with_answers_of_the_handbook() -> None:
    (receipt,) = receipts(1)
    with pytest.raises(DomainError):
        answer(receipt)
    begin()
    with pytest.raises(DomainError), acting(NOBODY):
        actions.answer_round(receipt=receipt, given=given() | {"q1": "gasflessen"})
    with pytest.raises(DomainError), acting(NOBODY):
        actions.answer_round(receipt=receipt, given=given(kind="leiden"))
    answer(receipt)
    with pytest.raises(DomainError):
        answer(receipt.lower(), at=1)


@pytest.mark.django_db
def test_who_asked_answers_with_the_code_and_reads_no_more_of_it() -> None:
    (receipt,) = receipts(1)
    client = Client()
    assert "vijf vragen" not in client.post("/ontvangst/", {"code": receipt}).text
    begin()
    assert "vijf vragen" in client.post("/ontvangst/", {"code": receipt}).text
    shown = client.post(PAGE, {"code": receipt})
    assert "Kende u de zorgcoördinatie" in as_read(shown.text)
    assert client.post(PAGE, {"code": receipt, "answers": "1"}).status_code == 422
    thanks = client.post(PAGE, {"code": receipt, "answers": "1", **given()})
    assert "Uw antwoorden zijn geteld" in thanks.text
    again = client.post(PAGE, {"code": receipt, "answers": "1", **given()})
    assert "al geantwoord" in again.text
    assert client.get(PAGE).status_code == 302
    assert client.post(PAGE, {"code": "AAAA-BBBB-CCCC-DDDD-EEEE"}).status_code == 302


@pytest.mark.django_db
def test_a_reporter_at_a_municipality_is_not_asked() -> None:
    begin()
    _code, receipt = samples.file_report(Organisation.objects.get(code="GM1783"))
    assert "vijf vragen" not in Client().post("/ontvangst/", {"code": receipt}).text
    assert Client().post(PAGE, {"code": receipt}).status_code == 302


def test_when_it_is_over_counts_of_ten_are_told_and_the_rest_is_forgotten(
    as_worker: str, admin: psycopg.Connection
) -> None:
    codes = receipts(20)
    begin()
    for number, receipt in enumerate(codes):
        answer(receipt, at=number % 2)
    assert settle(days=0) == 0
    assert [each.tables for each in read().years] == [None]
    over(admin)
    assert settle(days=0) == 1
    first = told()["q1"]
    # Nobody chose the third: with it goes another, else it would follow from the total.
    assert (first["total"], sorted(filter(None, first["cells"].values()))) == (20, [10])
    (year,) = read("manager@westland.example").years
    assert year.tables is not None
    assert [each.total for each in year.tables] == [20] * 5
    for table in ("assurance_questioncount", "assurance_questionmark"):
        assert admin.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    assert settle(days=0) == 0


def counted(admin: psycopg.Connection, numbers: dict[str, int]) -> None:
    """Let so many answers be given, by the names under which they are counted."""
    for name, number in numbers.items():
        question, chosen = name.split("=")
        admin.execute(
            "INSERT INTO assurance_questioncount (id, round_id, question, answer, number)"
            " SELECT gen_random_uuid(), id, %s, %s, %s FROM assurance_questionround",
            (question, chosen, number),
        )


def test_what_is_told_of_a_kind_of_organisation_leaves_no_small_count(
    as_worker: str, admin: psycopg.Connection
) -> None:
    begin()
    first, second, third = (each.id for each in next(iter(current_release().pack.care_questions)).answers)
    # Of "werk" two are known to be few; of "balie" nothing is small, but what is left of it with "werk" is.
    counted(
        admin,
        {
            f"q1={first}": 62, f"q1={second}": 64, f"q1={third}": 34,
            "@=zorg": 80, f"q1@zorg={first}": 30, f"q1@zorg={second}": 40, f"q1@zorg={third}": 10,
            "@=balie": 60, f"q1@balie={first}": 20, f"q1@balie={second}": 20, f"q1@balie={third}": 20,
            "@=werk": 20, f"q1@werk={first}": 12, f"q1@werk={second}": 4, f"q1@werk={third}": 4,
        },
    )  # fmt: skip
    over(admin)
    assert settle(days=0) == 1
    kept = told()["q1"]
    assert kept["cells"] == {first: 62, second: 64, third: 34}
    # "balie" is hidden with "werk": together they hold 32, 24 and 24, and nothing tells which of them.
    assert kept["kinds"] == {"zorg": {first: 30, second: 40, third: 10}}
    (year,) = read().years
    shown = {each.title: {line.name: line.number for line in each.lines} for each in year.by_kind}
    assert [title for title in shown if "(Zorg, school)" in title]
    assert not [title for title in shown if "(Balie)" in title or "(Werk, bedrijf)" in title]
    reader = Client()
    reader.force_login(Account.objects.get(email=REGION))
    assert "Per soort organisatie" in reader.get(YEARS).text


def test_where_somebody_works_is_counted_and_may_be_left_unsaid(
    as_worker: str, admin: psycopg.Connection
) -> None:
    codes = receipts(22)
    begin()
    for number, receipt in enumerate(codes):
        answer(receipt, kind="zorg" if number % 2 else "unsaid")
    over(admin)
    settle(days=0)
    assert told()["@"]["total"] == 22


def test_under_ten_nothing_is_told(as_worker: str, admin: psycopg.Connection) -> None:
    codes = receipts(9)
    begin()
    for receipt in codes:
        answer(receipt)
    over(admin)
    jobs.settle_rounds.func(timestamp=0)
    assert {each["total"] for each in told().values()} == {None}
    assert {number for each in told().values() for number in each["cells"].values()} == {None}


def test_an_answer_is_tied_to_nobody(as_worker: str, admin: psycopg.Connection) -> None:
    one, two = receipts(2)
    begin()
    answer(one)
    answer(two, at=1)
    counts = admin.execute("SELECT DISTINCT xmin::text FROM assurance_questioncount").fetchall()
    assert len(counts) == 1, "all counts are written anew: none tells what came last"
    marks = {bytes(mark) for (mark,) in admin.execute("SELECT mark FROM assurance_questionmark").fetchall()}
    known = {bytes(each) for (each,) in admin.execute("SELECT lookup FROM reports_mailbox").fetchall()}
    assert len(marks) == 2
    assert not marks & known
    columns = "SELECT column_name FROM information_schema.columns WHERE table_name = 'assurance_questionmark'"
    assert {name for (name,) in admin.execute(columns).fetchall()} == {"id", "round_id", "mark"}


def test_who_left_an_address_is_mailed_once(as_worker: str) -> None:
    for address in ("a.bakker@leiden.example", "A.Bakker@leiden.example", "c.smit@leiden.example"):
        samples.ask_for_help(asker_mail=address)
    samples.ask_for_help()
    with queue() as queued:
        begin()
        jobs.mail_askers.func(ids=[])
    tasks = [task for task, _ids in queued]
    assert tasks.count("assurance.mail_asker") == 1
    assert tasks.count("care.mail_asker") == 2


def test_the_region_asks_on_its_page_and_others_read_it(region: object, client_for: ClientFor) -> None:
    client = client_for(REGION)
    assert "Vraag het dit jaar" in client.get(YEARS).text
    assert client.post(f"{YEARS}stel/").status_code == 302
    assert "Vraag het dit jaar" not in client.get(YEARS).text
    other = client_for("af@westland.example")
    assert "Daarna staan hier de aantallen" in as_read(other.get(YEARS).text)
    assert other.post(f"{YEARS}stel/").status_code == 404


@pytest.mark.parametrize("door", ["assurance_answers", "assurance_forget"])
def test_only_the_worker_counts_answers(region: object, door: str) -> None:
    refused = pytest.raises(DatabaseError, match="permission denied")
    with refused, acting(NOBODY), connection.cursor() as cursor:
        cursor.execute(f"SELECT {door}('11111111-1111-4111-8111-111111111111')")


def test_halfway_who_was_asked_is_reminded_once(as_worker: str, admin: psycopg.Connection) -> None:
    samples.ask_for_help(asker_mail="a.bakker@leiden.example")
    begin()
    with queue() as queued:
        assert remind(13) == 0
        assert remind(14) == 1
        assert remind(15) == 0
    assert [task for task, _ids in queued] == ["assurance.mail_asker"]
    admin.execute("UPDATE assurance_questionround SET reminded = NULL")
    assert remind(31) == 0, "what is over asks nobody"


def remind(days: int) -> int:
    with acting(system_actor(Organisation.objects.get(code="rsiv").id)) as actor:
        return actions.remind_askers(actor, timezone.localdate() + timedelta(days=days))
