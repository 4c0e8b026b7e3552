"""The role of intake: taken once where a view has it already, and never believed when it is gone."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from sluitend.kernel.access.acting import NOBODY, acting, become_intake, intake_role, leave_intake

pytestmark = pytest.mark.django_db


def role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


def role_inside() -> str:
    with intake_role():
        return role()


def test_a_piece_runs_as_intake_and_the_rest_does_not() -> None:
    with acting(NOBODY):
        assert role_inside() == "sl_intake"
        assert role() == "sl_app"


def test_inside_a_view_that_runs_as_intake_nothing_is_asked() -> None:
    with acting(NOBODY):
        become_intake()
        with CaptureQueriesContext(connection) as asked:
            assert role_inside() == "sl_intake"
        assert len(asked) == 1
        assert role() == "sl_intake"


def test_after_leaving_it_is_taken_again() -> None:
    with acting(NOBODY):
        become_intake()
        leave_intake()
        assert role_inside() == "sl_intake"
        assert role() == "sl_app"


def test_the_next_transaction_begins_without_it() -> None:
    with acting(NOBODY):
        become_intake()
    with acting(NOBODY):
        assert role_inside() == "sl_intake"
        assert role() == "sl_app"


def test_a_transaction_may_be_intake_from_its_first_statement_and_no_other_is() -> None:
    with acting(NOBODY, intake=True):
        with CaptureQueriesContext(connection) as asked:
            assert role_inside() == "sl_intake"
        assert len(asked) == 1
    with acting(NOBODY):
        assert role() == "sl_app"


def test_a_role_that_was_rolled_back_is_taken_again() -> None:
    with acting(NOBODY):
        with transaction.atomic():
            become_intake()
            transaction.set_rollback(True)
        assert role() == "sl_app"
        assert role_inside() == "sl_intake"
