"""Fifty people who report in the same instant."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from tests.faults import web
from tests.faults.town import Town
from tests.faults.whole import halves, reports

PEOPLE = 50


def test_fifty_reports_in_the_same_instant_from_one_network_are_all_filed(westland: Town) -> None:
    with westland.admin() as admin:
        before = reports(admin)
    start = threading.Barrier(PEOPLE)

    def send(_number: int) -> str:
        start.wait()
        return web.report(westland.port, uuid4(), sender="192.0.2.7")

    with ThreadPoolExecutor(PEOPLE) as pool:
        receipts = list(pool.map(send, range(PEOPLE)))
    assert len(set(receipts) - {""}) == PEOPLE
    with westland.admin() as admin:
        assert reports(admin) - before == PEOPLE
        assert halves(admin) == []
    assert all(web.opens(westland.port, receipt, sender="192.0.2.7") for receipt in receipts)
