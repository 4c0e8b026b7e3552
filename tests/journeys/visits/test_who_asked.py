"""Who asked to wait stands in each row of a list, and the list asks that once."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.journeys.visits.situations import Town

from sluitend.journeys.visits import queries
from sluitend.kernel.access.acting import acting
from sluitend.kernel.organisations.models import Organisation


def test_the_list_says_who_asked_with_so_many_statements_whatever_its_length(town: Town) -> None:
    own = Organisation.objects.get(pk=town.organisation_id).name

    def listed() -> tuple[int, list[str]]:
        with acting(town.focal_point), CaptureQueriesContext(connection) as asked:
            rows = queries.wait_requests(town.focal_point).rows
        return len(asked), [row.who for row in rows]

    town.note_wait_request(partner="")
    listed()
    few, who = listed()
    assert who == [own]
    for _again in range(4):
        town.note_wait_request(partner="")
    town.note_wait_request(partner="avim")
    number, who = listed()
    assert number == few
    assert (len(who), who.count(own)) == (6, 5)
