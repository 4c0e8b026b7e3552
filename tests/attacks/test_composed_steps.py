"""What injected SQL at the desk reaches of what is planned: no date moves, and what it ends is found."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest

from sluitend.demo import embedded
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.journey import REPORT
from sluitend.kernel.access.acting import acting
from sluitend.kernel.followup import actions
from sluitend.kernel.followup.journey import SECOND_EYES
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.comparing import Unlike
from tests import samples
from tests.attacks import forging
from tests.attacks.forging import AF, as_desk, row_of

REFUSED = psycopg.errors.InsufficientPrivilege
ANOTHER = """
INSERT INTO followup_nextstep (id, organisation_id, writer_id, subject_kind, subject_id, code, what,
  owner_role, due, urgent, minor, because, waits_on_other, level, created_day)
SELECT gen_random_uuid(), organisation_id, writer_id, subject_kind, subject_id, code, what, owner_role,
  due + interval '1 year', false, false, '', waits_on_other, 0, created_day
FROM followup_nextstep WHERE id = %s RETURNING id
"""


@pytest.fixture
def step(own_database: str) -> NextStep:
    """The step of a report of danger now."""
    code, _receipt = samples.file_report(westland(), acute=True)
    with acting(samples.actor(AF)):
        found = row_of(code).current_step
    assert found is not None
    assert found.urgent
    return found


@pytest.fixture
def desk_sql(server: embedded.Server, own_database: str) -> Iterator[psycopg.Connection]:
    """Injected SQL at the desk, acting for Westland."""
    with as_desk(server.url("sl_app", own_database), westland().id) as found:
        yield found


def westland() -> Organisation:
    return Organisation.objects.get(code="GM1783")


def found(server: embedded.Server, database: str) -> set[tuple[Unlike, str, UUID]]:
    """Return what `sluitend ledger verify` finds of what was written."""
    return {(each.unlike, each.table, each.row_id) for each in forging.found_by_verify(server, database)}


@pytest.mark.parametrize(
    "change",
    [
        "due = due + interval '1 year'",
        "urgent = false",
        "minor = false, because = ''",
        "what = 'follow_case'",
        "waits_on_other = true",
        "subject_id = gen_random_uuid()",
        "organisation_id = writer_id, code = 'X'",
        "created_day = created_day + 1",
    ],
)
def test_what_is_planned_for_an_acute_matter_is_not_moved(
    desk_sql: psycopg.Connection, step: NextStep, change: str
) -> None:
    for statement in (f"UPDATE followup_nextstep SET {change}", "DELETE FROM followup_nextstep"):
        with pytest.raises(REFUSED):
            desk_sql.execute(statement.encode())


def test_no_function_puts_off_the_step_of_a_matter(desk_sql: psycopg.Connection, step: NextStep) -> None:
    given = [[step.subject_id], step.due.replace(year=step.due.year + 1), False, False]
    desk_sql.execute("SELECT followup_eyes_anew(%s, %s, %s, %s)", given)
    with acting(samples.actor(AF)):
        still = NextStep.objects.get(pk=step.pk)
    assert (still.due, still.urgent) == (step.due, True)


@pytest.mark.parametrize("by", ["NULL", "owner_id", "(SELECT id FROM organisations_account LIMIT 1)"])
def test_a_step_that_was_ended_for_a_later_one_is_found(
    server: embedded.Server, own_database: str, desk_sql: psycopg.Connection, step: NextStep, by: str
) -> None:
    assert found(server, own_database) == set()
    with desk_sql.transaction():
        row = desk_sql.execute(ANOTHER, [step.pk]).fetchone()
        assert row is not None
        desk_sql.execute(
            f"UPDATE followup_nextstep SET done = now(), done_by = {by} WHERE id = %s".encode(), [step.pk]
        )
        desk_sql.execute(
            "UPDATE reports_report SET current_step_id = %s WHERE id = %s", [row[0], step.subject_id]
        )
    assert (Unlike.NO_END, "followup_nextstep", step.pk) in found(server, own_database)


def test_what_was_done_stays_as_it_was_done(desk_sql: psycopg.Connection, step: NextStep) -> None:
    with acting(samples.actor(AF)) as actor:
        reports.close(step.subject_id, actor=actor, outcome="not_in_scope")
    for change in ("done = NULL", "done = done - interval '1 day'", "done_by = NULL", "level = 3"):
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
            desk_sql.execute(f"UPDATE followup_nextstep SET {change} WHERE id = %s".encode(), [step.pk])


def test_a_second_pair_of_eyes_is_asked_anew_on_the_same_step(step: NextStep) -> None:
    with acting(samples.actor(AF)) as actor:
        (eyes,) = NextStep.objects.filter(subject_id=step.subject_id, what=SECOND_EYES)
        later = eyes.due + timedelta(hours=1)
        actions.ask_second_eyes(
            row=row_of(step.code),
            subject_kind=REPORT,
            due=later,
            actor=actor,
            urgent=False,
            minor=True,
            work_of=None,
        )
        (again,) = NextStep.objects.filter(subject_id=step.subject_id, what=SECOND_EYES)
    assert (again.pk, again.due, again.urgent, again.minor, again.level) == (eyes.pk, later, False, True, 0)
