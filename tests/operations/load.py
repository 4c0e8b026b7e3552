"""People who report and read without a pause, while somebody replaces the servers under them."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import uuid4

from tests.faults import web

PAUSE = 0.05
"""Of somebody who reports or reads: the machine must also start servers."""
PATIENCE = 180.0
PAGES = ("/", "/melden/", "/werken-en-wonen/", "/inloggen/")


def wait_for(true: Callable[[], object], what: str) -> None:
    """Wait until something holds; a server that starts under load on a busy machine takes its time."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.02)


@dataclass
class Load:
    """What was asked, and how it went.

    Attributes:
        where: gives the port to ask now.
    """

    where: Callable[[], int]
    receipts: list[str] = field(default_factory=list)
    read: int = 0
    failed: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def report(self, lane: int) -> None:
        """File reports until it is over."""
        number = 0
        while not self.over.is_set():
            number += 1
            sender = f"10.{lane}.{number // 250}.{number % 250}"
            answer = web.send_report(self.where(), uuid4(), sender=sender)
            self.over.wait(PAUSE)
            if answer.receipt:
                self.receipts.append(answer.receipt)
            else:
                self.failed.append(f"report {lane}.{number}: {answer}")

    def look(self) -> None:
        """Read pages until it is over."""
        while not self.over.is_set():
            for page in PAGES:
                answer = web.ask(self.where(), "GET", page)
                self.over.wait(PAUSE)
                self.read += 1
                if answer.status != 200:
                    self.failed.append(f"{page}: {answer}")

    def wait_for_more(self) -> None:
        """Wait until some more was asked and answered."""
        filed, read = len(self.receipts) + 3, self.read + 3
        wait_for(lambda: len(self.receipts) >= filed and self.read >= read, "there is work in hand")


@contextmanager
def under_load(where: Callable[[], int]) -> Iterator[Load]:
    """Let two people report and one read, until the block ends."""
    load = Load(where)
    threads = [threading.Thread(target=load.report, args=(lane,)) for lane in (1, 2)]
    threads.append(threading.Thread(target=load.look))
    for each in threads:
        each.start()
    try:
        yield load
    finally:
        load.over.set()
        for each in threads:
            each.join()
