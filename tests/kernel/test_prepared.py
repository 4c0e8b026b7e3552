"""A question that was put into SQL once gives what the ORM gives, and keeps nothing of who asked before."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import QuerySet, Value
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from psycopg.pq import Format
from tests import samples

from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.organisations.models import Account, Membership, Organisation
from sluitend.kernel.organisations.queries import colleagues
from sluitend.kernel.prepared import FEW, Given, Prepared, among, change, in_braces, insert, insert_together
from sluitend.kernel.sealing.models import Envelope

pytestmark = pytest.mark.django_db


def codes(rows: QuerySet[Organisation]) -> Prepared:
    """Return a question for the codes of some organisations."""
    return Prepared(rows.order_by("code").values_list("code"))


def test_rows_are_those_of_the_query_set() -> None:
    asked = codes(Organisation.objects.filter(kind=Given("kind")))
    for kind in Organisation.Kind:
        expected = Organisation.objects.filter(kind=kind).order_by("code").values_list("code", flat=True)
        assert asked.column(kind=str(kind)) == list(expected)
        assert asked.number(kind=str(kind)) == len(expected)
    assert asked.one(kind="none") is None


def test_words_that_are_always_the_same_stand_in_the_statement_and_no_other() -> None:
    rows = Organisation.objects.filter(code__in=["avim", "it's %s"], kind=Given("kind")).exclude(name="")
    asked = codes(rows)
    assert "'avim'" in asked._sql
    assert "it's" not in asked._sql
    assert asked._parameters[0] == "it's %s"
    for kind in Organisation.Kind:
        found = Organisation.objects.filter(kind=kind, code="avim").values_list("code", flat=True)
        assert asked.column(kind=str(kind)) == list(found)


def test_how_many_rows_have_which_value_is_counted_by_the_database() -> None:
    asked = Prepared(Organisation.objects.filter(code__in=["GM1783", "GM0518"]).values_list("kind"))
    assert asked.counted() == {"municipality": 2}


def test_a_list_of_any_length_is_the_same_statement() -> None:
    asked = codes(Organisation.objects.filter(code=among("codes")))
    with CaptureQueriesContext(connection) as context:
        found = [asked.column(codes=given) for given in ([], ["GM1783"], ["avim", "GM1783", "GM0518"])]
    assert found == [[], ["GM1783"], ["GM0518", "GM1783", "avim"]]
    assert all("= ANY(" in each["sql"] for each in context.captured_queries)


def test_a_list_of_ids_is_given_as_one_text() -> None:
    some = list(Organisation.objects.order_by("code").values_list("pk", "code")[:3])
    asked = codes(Organisation.objects.filter(pk=among("ids")))
    with CaptureQueriesContext(connection) as context:
        found = [asked.column(ids=[pk for pk, _code in some[:number]]) for number in range(4)]
    assert found == [[code for _pk, code in some[:number]] for number in range(4)]
    assert f"{{{some[0][0].hex},{some[1][0].hex}}}" in context.captured_queries[2]["sql"]
    assert in_braces(["GM1783"]) == ["GM1783"]


def test_a_column_that_is_no_plain_value_is_read_as_the_orm_reads_it() -> None:
    account = Account.objects.exclude(work_days=[]).order_by("email")[:1].get()
    asked = Prepared(Account.objects.filter(pk=Given("account")).values_list("work_days", "name"))
    assert asked.rows(account=account.pk) == [(account.work_days, account.name)]
    assert isinstance(account.work_days, list)


def test_an_answer_comes_as_the_database_has_it_but_for_what_the_orm_reads_as_text() -> None:
    own: UUID = Organisation.objects.get(code="GM1783").pk
    asked = Prepared(Envelope.objects.filter(pk=Given("envelope")))
    with acting(system_actor(own)):
        insert([made := Envelope(organisation_id=own, recipient_id=own)])
        (found,) = asked.models(Envelope, envelope=made.pk)
        stored = Envelope.objects.get(pk=made.pk)
    assert asked._format is Format.BINARY
    for field in Envelope._meta.concrete_fields:
        assert getattr(found, field.attname) == getattr(stored, field.attname)
    assert Prepared(Account.objects.values_list("work_days"))._format is Format.TEXT


def test_moments_days_and_bytes_are_read_as_the_orm_reads_them() -> None:
    own = Organisation.objects.get(code="GM1783")
    samples.file_report(own)
    names = ("received", "content", "revision", "organisation_id", "code", "acute")
    with acting(system_actor(own.pk)):
        expected = list(Report.objects.order_by("id").values_list(*names))
        assert Prepared(Report.objects.order_by("id").values_list(*names)).rows() == expected
        steps = NextStep.objects.order_by("id").values_list("due", "created_day", "done", "waits_on_other")
        assert Prepared(steps).rows() == list(steps)
    assert expected


def test_models_come_with_what_was_selected_along() -> None:
    rows = Membership.objects.filter(organisation_id=Given("organisation")).select_related("account")
    asked, own = Prepared(rows.order_by("id")), Organisation.objects.get(code="GM1783")
    with CaptureQueriesContext(connection) as context:
        found = asked.models(Membership, organisation=own.pk)
        names = [each.account.name for each in found]
    assert len(context.captured_queries) == 1
    expected = Membership.objects.filter(organisation=own).order_by("id")
    assert found == list(expected)
    assert names == [each.account.name for each in expected]
    assert [each.until for each in found] == [each.until for each in expected]


def test_parts_that_are_joined_keep_their_values_in_order() -> None:
    of_kind = Organisation.objects.order_by().filter(kind=Given("kind")).values_list("code", Value("kind"))
    named = Organisation.objects.order_by().filter(code=Given("code")).values_list("code", Value("code"))
    asked = Prepared(named.union(of_kind, all=True).order_by())
    assert set(asked.rows(kind="platform", code="GM1783")) == {("GM1783", "code"), ("platform", "kind")}


def test_a_question_keeps_nothing_of_who_asked_before() -> None:
    asked = Prepared(Report.objects.values_list("code"))
    seen = {}
    for code in ("GM1783", "GM0518"):
        municipality = Organisation.objects.get(code=code)
        report, _receipt = samples.file_report(municipality)
        with acting(system_actor(municipality.pk)):
            seen[code] = (report, asked.column())
    assert [found for _report, found in seen.values()] == [[report] for report, _found in seen.values()]


def test_a_day_is_given_each_time() -> None:
    own = Organisation.objects.get(code="GM1783")
    first, *_others = Membership.objects.filter(organisation=own).order_by("id")
    before = {each.account_id for each in colleagues(own.pk)}
    Membership.objects.filter(account_id=first.account_id).update(
        until=timezone.localdate() - timedelta(days=1)
    )
    assert {each.account_id for each in colleagues(own.pk)} == before - {first.account_id}


def test_sql_is_made_once(put_into_sql: list[str]) -> None:
    rows: Callable[[], QuerySet[NextStep]] = lambda: NextStep.objects.filter(created_day=Given("day"))  # noqa: E731
    asked = Prepared(rows())
    made = len(put_into_sql)
    assert made == 1
    for number in range(3):
        asked.models(NextStep, day=date(2026, 11, 1 + number))
    assert len(put_into_sql) == made


def test_colleagues_are_put_into_sql_once(put_into_sql: list[str]) -> None:
    own: UUID = Organisation.objects.get(code="GM1783").pk
    colleagues(own)
    before = len(put_into_sql)
    colleagues(own)
    assert len(put_into_sql) == before


@pytest.mark.parametrize("number", [1, 2, 3, 12])
def test_rows_are_added_as_they_are(number: int) -> None:
    own = Organisation.objects.get(code="GM1783")
    made = [
        Envelope(organisation_id=own.pk, recipient_id=own.pk if each % 2 else None) for each in range(number)
    ]
    with acting(system_actor(own.pk)), CaptureQueriesContext(connection) as context:
        insert(made)
        assert not any(each._state.adding for each in made)
        stored = Envelope.objects.in_bulk([each.pk for each in made])
    (added,) = [each["sql"] for each in context.captured_queries if "INSERT" in each["sql"]]
    assert ("UNNEST" in added) == (number > FEW)
    assert [(stored[each.pk].recipient_id, stored[each.pk].created) for each in made] == [
        (each.recipient_id, each.created) for each in made
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_rows_are_changed_each_as_it_is_in_memory(number: int) -> None:
    made = [
        Organisation(code=f"P{each}", name="Eerst", kind="partner", mail="") for each in range(number + 1)
    ]
    insert(made)
    for each in made:
        each.name, each.telephone, each.mail = f"Nu {each.code}", f"06{each.code}", "@"
    with CaptureQueriesContext(connection) as context:
        change(made[1:], ["name", "telephone"])
    assert len(context.captured_queries) == 1
    first, *others = Organisation.objects.filter(code__startswith="P").order_by("code")
    assert (first.name, first.telephone) == ("Eerst", "")
    assert [(each.name, each.telephone, each.mail) for each in others] == [
        (f"Nu P{each}", f"06P{each}", "") for each in range(1, number + 1)
    ]
    made[1].name = "Te lang" * 100
    with pytest.raises(DataError), transaction.atomic():
        change(made[1:], ["name"])


def test_rows_of_several_kinds_go_in_with_one_statement() -> None:
    own = Organisation.objects.get(code="GM1783")
    rows = [Envelope(organisation_id=own.pk) for _each in range(3)]
    step = NextStep(
        organisation_id=own.pk, writer_id=own.pk, subject_kind="report", subject_id=uuid4(),
        what="read_report", owner_role="focal_point", due=timezone.now(), created_day=timezone.localdate(),
    )  # fmt: skip
    with acting(system_actor(own.pk)), CaptureQueriesContext(connection) as context:
        with insert_together():
            insert(rows[:1])
            insert([step])
            insert(rows[1:])
            assert not Envelope.objects.filter(pk=rows[0].pk).exists()
        assert not any(each._state.adding for each in [*rows, step])
        assert Envelope.objects.filter(pk__in=[each.pk for each in rows]).count() == len(rows)
        assert NextStep.objects.get(pk=step.pk).due == step.due
        connection.set_rollback(True)
    assert len([each for each in context.captured_queries if "INSERT" in each["sql"]]) == 1


def test_of_rows_that_go_in_together_all_stand_or_none() -> None:
    own = Organisation.objects.get(code="GM1783")
    fresh = Organisation(code="EEN", name="Eerste", kind="partner")
    taken = Organisation(code=own.code, name="Tweede", kind="municipality")

    def added(*rows: Organisation) -> None:
        with transaction.atomic(), insert_together():
            for each in rows:
                insert([each])

    with pytest.raises(IntegrityError):
        added(fresh, taken)
    assert not Organisation.objects.filter(code=fresh.code).exists()
    added(fresh)
    assert Organisation.objects.filter(code=fresh.code).exists()


def test_what_ends_halfway_adds_nothing_and_leaves_nothing_waiting() -> None:
    first, second = (Organisation(code=code, name=code, kind="partner") for code in ("EEN", "TWEE"))

    def broken_off() -> None:
        with insert_together():
            insert([first])
            raise ValueError("halfway")

    with pytest.raises(ValueError, match="halfway"):
        broken_off()
    insert([second])
    assert list(Organisation.objects.filter(code__in=["EEN", "TWEE"]).values_list("code")) == [("TWEE",)]


def test_a_row_that_may_not_be_there_ends_the_transaction() -> None:
    organisation = Organisation.objects.get(code="GM1783")
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([Organisation(code=organisation.code, name="Tweede", kind="municipality")])
    assert Organisation.objects.filter(code=organisation.code).count() == 1


@pytest.mark.parametrize("number", [1, 2, 3])
def test_what_is_too_long_is_refused_and_never_cut_off(number: int) -> None:
    made = [Organisation(code=f"{each}" * 200, name="Lang", kind="partner") for each in range(number)]
    with pytest.raises(DataError), transaction.atomic():
        insert(made)


def test_the_account_of_a_session_is_found_by_its_key_alone(put_into_sql: list[str]) -> None:
    account = Account.objects.get(email="af@westland.example")
    assert Account.objects.get(pk=str(account.pk)).work_days == account.work_days
    before = len(put_into_sql)
    assert Account.objects.get(pk=account.pk) == account
    assert len(put_into_sql) == before
    with pytest.raises(Account.DoesNotExist):
        Account.objects.get(pk=uuid4())


@pytest.mark.parametrize(
    "asked",
    [
        lambda: NextStep.objects.filter(due__lt=timezone.now()),
        lambda: NextStep.objects.filter(created_day=timezone.localdate()),
        lambda: NextStep.objects.filter(organisation_id=uuid4()),
        lambda: NextStep.objects.filter(subject_id__in=[uuid4(), uuid4()]),
    ],
)
def test_a_moment_a_day_or_somebody_is_never_part_of_a_question(
    asked: Callable[[], QuerySet[NextStep]],
) -> None:
    with pytest.raises(TypeError, match="must be Given"):
        Prepared(asked())
