"""A case that does not open stops nobody who asks to leave its place alone, and no other case."""

import pytest
from tests.journeys.visits.situations import GREENHOUSE, make_town
from tests.journeys.visits.test_plans_hear_of_it import at_the_place

from sluitend.journeys.cases.actions import going_on, plan_news
from sluitend.journeys.cases.actions.working import OnCase
from sluitend.journeys.cases.models import TimelineEvent
from sluitend.journeys.visits import jobs
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.models import Run
from sluitend.kernel.sealing.errors import NotGenuine


def test_a_case_that_does_not_open_keeps_nobody_from_asking_to_wait(
    as_worker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = make_town()
    bad, good = at_the_place(town), at_the_place(town)
    real = going_on.replan

    def broken(it: OnCase) -> None:
        if it.row.code == bad:
            raise NotGenuine
        real(it)

    monkeypatch.setattr(plan_news, "replan", broken)
    visit = town.plan(GREENHOUSE)
    code = town.note_wait_request()
    asked = town.ask()
    town.catch_up()
    with pytest.raises(DomainError):
        town.release(visit)
    assert town.wait_request(asked).indexed
    jobs.tell_plans(ids=[str(town.wait_request(code).id), str(town.organisation_id)])
    assert Run.objects.get(task="visits.tell_plans").rows_bad == 1
    with acting(town.focal_point):
        told = TimelineEvent.objects.filter(what=TimelineEvent.What.FACTS)
        assert [each.case.code for each in told.filter(case__code__in=[bad, good])] == [good]
