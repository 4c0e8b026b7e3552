"""Two workers that sweep one organisation at the same moment do its work once."""

import threading

from django.db import connections, transaction
from tests import samples
from tests.working import as_owner

from sluitend.journeys.reports.actions.sweeping import sweep
from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.ledger.models import IntakeLine
from sluitend.kernel.organisations.models import Organisation


def test_what_came_in_is_taken_up_once(own_database: str) -> None:
    town = Organisation.objects.get(code="GM1783")
    westland = town.id
    for _ in range(5):
        samples.file_report(town)
    with as_owner(own_database):
        before = IntakeLine.objects.filter(action="report.file").count()
    with transaction.atomic(), acting(system_actor(westland)):
        Report.objects.update(swept=False)
    start, swept = threading.Barrier(3), []

    def go() -> None:
        start.wait()
        try:
            with transaction.atomic(), acting(system_actor(westland)) as actor:
                swept.append(sweep(actor).reports)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with acting(system_actor(westland)):
        assert sum(swept) == Report.objects.count() == 5
    with as_owner(own_database):
        assert IntakeLine.objects.filter(action="report.file").count() == before + 5
