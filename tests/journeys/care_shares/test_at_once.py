"""Two at one share in the same moment, by two real connections: one wins, a withdrawal always."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.db import connections, transaction
from tests.journeys.care_shares.conftest import Desk, made

from sluitend.journeys.care_files import actions as files
from sluitend.journeys.care_shares import actions, queries
from sluitend.journeys.care_shares.models import CareShare
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import DomainError


def back(desk: Desk, share: str) -> None:
    desk.do(desk.coordinator, files.withdraw, code=desk.code, what=share)


def at_once(*doing: Callable[[], object]) -> list[str]:
    """Do these in the same moment, each by a connection of its own, and return what each of them met."""
    start = threading.Barrier(len(doing))

    def run(one: Callable[[], object]) -> str:
        try:
            start.wait()
            with transaction.atomic():
                one()
        except DomainError as error:
            return type(error).__name__
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(doing)) as pool:
        return list(pool.map(run, doing))


def test_of_sending_and_taking_back_at_once_nothing_stays_open(own_database: str) -> None:
    desk = made()
    for _round in range(4):
        share = desk.agreed()
        send, withdraw = at_once(
            partial(desk.do, desk.coordinator, files.send, code=desk.code, share=share),
            partial(back, desk, share),
        )
        assert withdraw == ""
        assert send in ("", "DomainError")
        with acting(desk.coordinator):
            states = [each.state for each in CareShare.objects.filter(reference=share)]
        assert states == (["recalled"] if send == "" else [])


def test_of_taking_on_and_recalling_at_once_one_wins(own_database: str) -> None:
    desk = made()
    for _round in range(4):
        _share, code = desk.sent()
        accept, recall = at_once(
            partial(desk.do, desk.support, actions.accept, code=code),
            partial(desk.do, desk.coordinator, actions.recall, code=code),
        )
        assert sorted([accept, recall]) == ["", "Conflict"]
        assert desk.row(code).state == ("accepted" if accept == "" else "recalled")
        opened = desk.do(desk.support, queries.received_share, code=code).body
        assert (opened is not None) == (accept == "")


def test_who_takes_it_on_while_it_is_taken_back_reads_nothing_after_it(own_database: str) -> None:
    desk = made()
    for _round in range(4):
        share, code = desk.sent()
        accept, withdraw = at_once(
            partial(desk.do, desk.support, actions.accept, code=code),
            partial(back, desk, share),
        )
        assert withdraw == ""
        assert accept in ("", "Conflict")
        assert desk.row(code).state == "recalled"
        assert desk.do(desk.support, queries.received_share, code=code).body is None
