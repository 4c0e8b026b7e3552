"""Who looks at what is planned leaves a line about it, by whatever page."""

import pytest
from django.utils import timezone
from tests.journeys.visits.situations import make_town

from sluitend.journeys.visits import queries
from sluitend.journeys.visits.journey import PLANNED, VISIT_LIST
from sluitend.kernel.access.acting import acting
from sluitend.kernel.ledger.actions import pseudonym
from sluitend.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db


def test_who_reads_a_wait_request_leaves_a_line_of_each_visit_that_it_shows() -> None:
    town = make_town()
    planned, asked = town.plan(), town.note_wait_request()
    subject = (PLANNED, town.visit(planned).id)
    with acting(town.focal_point) as who:
        assert [each.code for each in queries.wait_request(asked, who).visits] == [planned]
        name = pseudonym(town.organisation_id, subject, timezone.now().year)
        lines = Event.objects.filter(action=VISIT_LIST, account=who.account_id, subject=name)
        assert [line.purpose for line in lines] == ["wait_request"]
