"""Accepting reports through the public form, while the worker runs and desks are in use."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import psycopg

from bench import cpu
from bench.baseline import Baseline, Gauge, judged
from bench.client import HEADERS, OF_A_FORM, closed_loop, open_loop, sent_once
from bench.options import RUNS, Options
from bench.pages import Store, paths, visitor
from bench.results import Report, Row, Timings, best_of
from bench.stage import SWEEP_SECONDS

RATE = 150
BUDGET_MS = 40.0
AT_MOST = 247
"""Reports a second that the reference machine takes at saturation."""
CLIENTS = 8
DESKS = 2
PAUSE = 1.0
DRAIN_SECONDS = 60.0
FLAT = 2 * RATE * SWEEP_SECONDS
"""At most what comes in during two rounds of the sweep may wait for it."""

HEAD = "POST /melden/ HTTP/1.1\r\n" + "".join(
    f"{name}: {value}\r\n" for name, value in (HEADERS | OF_A_FORM | {"Connection": "close"}).items()
)
ANSWERS = {
    "step": "5",
    "go": "send",
    "kind": "report",
    "saw": "Vijf bedden in een schuur. Zij kwamen met een busje en mochten niet naar buiten. " * 4,
    "think": "Ik denk aan dwang.",
    "when": "today",
    "minor": "no",
    "role": "huisvesting",
    "form": "arbeidsuitbuiting",
    "anonymity": "anonymous",
}

UNSWEPT = "SELECT count(*) FROM reports_report WHERE NOT swept"
FILED = "SELECT count(*) FROM reports_report"


@dataclass
class Backlog:
    """How many reports waited for the sweep, looked at each second."""

    seen: list[int] = field(default_factory=list)

    @property
    def most(self) -> int:
        """The largest number."""
        return max(self.seen, default=0)


class Sender:
    """Reporters everywhere: each report comes over a connection and from an address of its own."""

    def __init__(self, port: int, codes: list[str]) -> None:
        self._port = port
        self._numbers = itertools.count()
        self._codes = codes
        self._same = urlencode(ANSWERS)

    def send(self) -> bool:
        """File one report, and say whether a receipt came back."""
        turn = next(self._numbers)
        # All of 127.0.0.0/8 is this machine; the form slows down whoever sends much from one address.
        address = f"127.{1 + turn // 60000 % 200}.{turn // 250 % 240}.{1 + turn % 250}"
        answer = sent_once(self._port, self._request(turn), address=address)
        return answer.startswith(b"HTTP/1.1 200 ") and b'name="step"' not in answer

    def _request(self, turn: int) -> bytes:
        """Return the last page of the form as it is sent, with the answers of the pages before."""
        municipality = self._codes[turn % len(self._codes)]
        body = (
            f"{self._same}&sending={uuid4()}&municipality={municipality}&where=Tuinderspad+{turn % 400 + 1}"
            f"&phone=06{20_000_000 + turn % 70_000_000:08}&plate=VB{turn % 1000:03}X"
        )
        return f"{HEAD}Content-Length: {len(body)}\r\n\r\n{body}".encode()


def measure(gauge: Gauge, report: Report, options: Options, made: dict[str, Any], store: Store) -> None:
    """Offer reports by the clock, then as fast as they are taken."""
    stage = gauge.stage
    cookies = stage.inside("sessions", store.database, str(DESKS))
    pages = [page for each in paths(made).values() for page in each[:1]]
    with stage.web(store.database, worker=True) as port, stage.connect(store.database) as connection:
        sender = Sender(port, made["codes"])
        if not sender.send():
            raise RuntimeError("the public form took no report")
        desks = [visitor(port, cookie, pages) for cookie in cookies]
        closed_loop([sender.send] * CLIENTS, 2)
        _drained(connection)
        _by_the_clock(gauge, report, options, connection, sender, desks=desks)
        _drained(connection)
        _as_fast_as_possible(gauge, report, options, connection, sender)


@dataclass
class Round:
    """One run by the clock: how long receipts took, what waited for the sweep, and the desks meanwhile."""

    timings: Timings
    desks: Timings
    stored: int
    most_waiting: int
    drained: float | None

    @property
    def complete(self) -> bool:
        """Whether every report was stored for which a receipt was given."""
        return self.stored == len(self.timings.latencies) and not self.timings.errors


def _by_the_clock(
    gauge: Gauge,
    report: Report,
    options: Options,
    connection: psycopg.Connection,
    sender: Sender,
    *,
    desks: list[Callable[[], bool]],
) -> None:
    seconds = options.filing_seconds
    gauge.begin()
    rounds = [_round(seconds, connection, sender, desks) for _run in range(RUNS)]
    around = gauge.around()
    best, each_run = best_of([each.timings for each in rounds])
    shown = next(each for each in rounds if each.timings is best)
    what = f"accepting reports, {RATE}/s offered for {seconds:.0f} s, worker and {DESKS} desks"
    p95, words = best.quantile(0.95), best.words() + each_run
    kept, load = shown.complete, RATE / AT_MOST
    report.add(judged(what, words, p95=p95, budget=BUDGET_MS, around=around, kept=kept, load=load))
    for each in rounds:
        if each.stored != len(each.timings.latencies):
            receipts = len(each.timings.latencies)
            report.note(f"{each.stored} reports were stored and {receipts} receipts given.")
    waiting = max(each.most_waiting for each in rounds)
    report.add(backlog_row(waiting, [each.drained for each in rounds], load=load, around=around))
    report.add(Row("pages of the desks meanwhile", "", shown.desks.words()))


def backlog_row(waiting: int, drained: list[float | None], *, load: float, around: Baseline) -> Row:
    """Return the row of what waited for the sweep, with its verdict.

    Args:
        waiting: reports, at most.
        drained: seconds until nothing waited, of each run; None where that took too long.
        load: which part of what the reference takes at most was offered.
        around: how the machine was meanwhile. Where more is offered than it takes, nothing is left for the
            sweep: then it is the machine, as long as all of it is swept afterwards.
    """
    longest = max((each for each in drained if each is not None), default=0.0)
    stays = None in drained
    words = (
        f"not empty after {DRAIN_SECONDS:.0f} s" if stays else f"empty at most {longest:.0f} s after the last"
    )
    flat = waiting <= FLAT
    return Row(
        "reports that wait for the sweep",
        f"flat: at most two sweeps ({FLAT})",
        f"most {waiting}, {words}",
        flat and not stays,
        around.words(),
        machine=not flat and not stays and load * around.slower >= 1,
    )


def _round(
    seconds: float, connection: psycopg.Connection, sender: Sender, desks: list[Callable[[], bool]]
) -> Round:
    before = number(connection, FILED)
    looked: list[Timings] = []
    busy = threading.Thread(
        target=lambda: looked.append(closed_loop(desks, seconds, pause=PAUSE)), daemon=True
    )
    with _watch(connection) as backlog:
        busy.start()
        timings = open_loop(sender.send, RATE, seconds)
        busy.join()
    stored = number(connection, FILED) - before
    return Round(timings, looked[0], stored, backlog.most, _drained(connection))


def _as_fast_as_possible(
    gauge: Gauge, report: Report, options: Options, connection: psycopg.Connection, sender: Sender
) -> None:
    gauge.begin()
    before = cpu.spent()
    runs = [closed_loop([sender.send] * CLIENTS, max(options.filing_seconds / 2, 5)) for _run in range(RUNS)]
    computed = cpu.words(before, sum(len(each.latencies) for each in runs))
    timings, each_run = best_of(runs)
    around = gauge.around()
    waited = _drained(connection)
    rest = (
        f"backlog gone after {waited:.0f} s"
        if waited is not None
        else f"backlog stays over {DRAIN_SECONDS:.0f} s"
    )
    report.add(
        Row(
            f"accepting reports at saturation, {CLIENTS} clients",
            "",
            f"{timings.words()}{each_run}{computed}; {rest}",
            baseline=around.words(),
        )
    )


@contextmanager
def _watch(connection: psycopg.Connection) -> Iterator[Backlog]:
    """Look each second how many reports wait."""
    backlog, stop = Backlog(), threading.Event()

    def look() -> None:
        while not stop.wait(1):
            backlog.seen.append(number(connection, UNSWEPT))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield backlog
    finally:
        stop.set()
        thread.join()


def _drained(connection: psycopg.Connection) -> float | None:
    """Wait until no report waits, and return after how many seconds; None when that takes too long."""
    start = time.monotonic()
    while (now := time.monotonic()) < start + DRAIN_SECONDS:
        if not number(connection, UNSWEPT):
            return now - start
        time.sleep(0.5)
    return None


def number(connection: psycopg.Connection, statement: str) -> int:
    """Return what a statement counts."""
    row = connection.execute(statement.encode()).fetchone()
    return int(row[0]) if row else 0
