"""What was confirmed on the screen is there, whatever process was killed in the same second.

Several reporters send one report after another. Meanwhile processes are killed at random moments, with
SIGKILL, which leaves none of them a last word. Whoever gets no answer sends the same form again, as a person
does.
"""

import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from uuid import UUID, uuid4

from tests import tiers
from tests.faults import web
from tests.faults.town import Town, kill, wait_for
from tests.faults.whole import halves, reports

REPORTERS = 4
ROUNDS = tiers.either(5, 100)
"""In each a web process and a process of the database are killed."""
WHOLE_DATABASE = tiers.either(1, 20)
"""Rounds in which that is the one that all others of the database come from; else it is a connection."""


class Reporters:
    """People who report on and on, each from a place of their own, until they are told to stop."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.sent: list[UUID] = []
        self.confirmed: dict[UUID, str] = {}
        self.unanswered = 0
        self._stop = threading.Event()

    def run(self, number: int) -> None:
        """Report until told to stop; what was begun is sent until it is confirmed."""
        while not self._stop.is_set():
            sending = uuid4()
            self.sent.append(sending)
            receipt = self._sent_until_confirmed(sending, f"10.{number}.{len(self.sent) // 50 % 250}.1")
            self.confirmed[sending] = receipt

    def _sent_until_confirmed(self, sending: UUID, sender: str) -> str:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if receipt := web.report(self.port, sending, sender=sender):
                return receipt
            self.unanswered += 1
            time.sleep(0.01)
        raise AssertionError("a report was not confirmed within a minute")

    def went_on(self, since: int) -> bool:
        """Return whether more was confirmed than so many."""
        return len(self.confirmed) > since

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Let them report as long as the block lasts."""
        with ThreadPoolExecutor(REPORTERS) as pool:
            running = [pool.submit(self.run, number) for number in range(REPORTERS)]
            try:
                yield
            finally:
                self._stop.set()
            for each in running:
                each.result()


def moments(seed: int) -> random.Random:
    """Return where the moments come from; no secret depends on them."""
    return random.Random(seed)  # noqa: S311


def rounds(times: int, people: Reporters) -> Iterator[int]:
    """Yield so many numbers, each after something was confirmed again."""
    for number in range(times):
        wait_for(partial(people.went_on, len(people.confirmed)), "the next report is confirmed")
        yield number


def pause(chance: random.Random) -> None:
    """Let a random moment pass: the moment is what varies; nothing waits for it."""
    time.sleep(chance.uniform(0, 0.06))


def kill_of_database(westland: Town, chance: random.Random, *, whole: bool) -> None:
    """Kill the database, or one of its connections, for which it ends all others and recovers."""

    def killed() -> bool:
        return kill(westland.postmaster() if whole else chance.choice(westland.backends() or [0]))

    wait_for(killed, "a process of the database to kill")


def reported(westland: Town) -> int:
    """Return how many reports the installation holds."""
    with westland.admin() as admin:
        return reports(admin)


def check(westland: Town, people: Reporters, before: int) -> None:
    """Hold what the reporters saw against what the database holds."""
    assert people.unanswered > 0  # else nothing was hit
    assert westland.is_ready()
    assert reported(westland) - before == len(people.sent) == len(people.confirmed)
    with westland.admin() as admin:
        assert halves(admin) == []
    assert len(set(people.confirmed.values())) == len(people.confirmed)
    for number, receipt in enumerate(people.confirmed.values()):
        assert web.opens(westland.port, receipt, sender=f"11.0.{number % 250}.1"), receipt


def test_nothing_confirmed_is_lost_whatever_process_is_killed(westland: Town) -> None:
    westland.leave_to_kernel()
    before, people, chance = reported(westland), Reporters(westland.port), moments(1)
    whole = set(chance.sample(range(ROUNDS), WHOLE_DATABASE))
    with people.at_work():
        for number in rounds(ROUNDS, people):
            pause(chance)
            assert kill(chance.choice(westland.web_processes()))
            pause(chance)
            kill_of_database(westland, chance, whole=number in whole)
    check(westland, people, before)
