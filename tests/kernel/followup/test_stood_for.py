"""Words for what passed are fair to somebody who works one day a week."""

from datetime import timedelta

from django.utils import timezone

from sluitend.kernel.followup.deadlines import END_OF_DAY, is_working_day
from sluitend.kernel.followup.queries import stood_for


def test_a_step_did_not_stand_while_its_owner_was_not_there() -> None:
    today = timezone.localtime().replace(hour=END_OF_DAY.hour, minute=0)
    due = today - timedelta(days=3)
    weekday_of_due = due.isoweekday()
    assert stood_for(due, [weekday_of_due]) is None


def test_a_step_stood_for_its_day_once_the_owner_worked_since() -> None:
    due = timezone.localtime() - timedelta(days=14)
    worked = [day for day in range(1, 8) if is_working_day(timezone.localdate() - timedelta(days=7), [day])]
    if worked:
        assert stood_for(due, worked) == due.date()
