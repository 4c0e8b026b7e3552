"""The worker lets whoever shares with a provider hear on the same day that it stops."""

from tests.journeys.assurance.test_losing import contract, days, moves
from tests.journeys.care_shares.conftest import made
from tests.working import as_worker

from sluitend.journeys.assurance import jobs


def test_whoever_shares_has_a_line_a_person(own_database: str) -> None:
    desk = made()
    desk.sent()
    contract(days(10))
    assert not moves(desk)
    with as_worker():
        jobs.tell_of_losses.func([])
    assert [each.stops for each in moves(desk)] == [days(10)]
