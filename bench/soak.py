"""Half an hour of ordinary work: no request fails, and no process grows. `python -m bench.soak --help`."""

import argparse
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import fmean, linear_regression
from typing import Any

from bench import filing, machine, pages
from bench.client import closed_loop, open_loop
from bench.cpu import PROC, ours
from bench.results import Report, Row
from bench.stage import BASE, Stage, stage

DESKS, PAUSE = 4, 0.5
REPORTS_A_SECOND = 5.0
MINUTES = 30.0
WARM = 0.5
"""Of the time: keys are remembered for ten minutes, and each connection meets each statement a few times."""
MAY_GROW = 1.02
"""From the third quarter to the last: in half an hour that shows who keeps a kilobyte of each request."""
EACH = 1.0

type Line = list[tuple[float, float]]


@dataclass
class Memory:
    """What each process of ours holds for itself, in MiB, looked at each second."""

    moments: list[float] = field(default_factory=list)
    seen: dict[tuple[str, int], Line] = field(default_factory=lambda: defaultdict(list))

    def look(self, moment: float) -> None:
        """Look once."""
        self.moments.append(moment)
        for process, kind in ours().items():
            if size := own_memory(process):
                self.seen[kind, process].append((moment, size))

    def warm(self) -> dict[str, Line]:
        """Return how those went, since all was warm, that were there in all of that time.

        The database has a process for each connection. They count as one, without what comes and goes.
        """
        late = self.moments[int(len(self.moments) * WARM) :]
        sums: dict[str, Counter[float]] = defaultdict(Counter)
        for (kind, process), line in sorted(self.seen.items()):
            rest = dict(each for each in line if each[0] >= late[0])
            if len(rest) == len(late):
                sums[kind if kind == "database" else f"{kind} {process}"].update(rest)
        return {who: sorted(sizes.items()) for who, sizes in sums.items()}


@dataclass(frozen=True)
class Growth:
    """How one process went: the mean of the first and of the second half, and MiB an hour along all of it."""

    first: float
    last: float
    an_hour: float

    @property
    def flat(self) -> bool:
        """Whether it does not go on growing."""
        return self.last <= self.first * MAY_GROW


def growth(line: Line) -> Growth:
    """Return how a process went that was warm already."""
    half = max(len(line) // 2, 1)
    sizes = [size for _moment, size in line]
    slope = linear_regression([at for at, _ in line], sizes).slope if len(line) > 1 else 0.0
    return Growth(fmean(sizes[:half]), fmean(sizes[-half:]), slope * 3600)


def verdict(found: Growth, seconds: float) -> bool | None:
    """Return whether a process stayed as large as it was; None when it was looked at too shortly to tell."""
    return found.flat if seconds >= MINUTES * 60 else None


def own_memory(process: int) -> float:
    """Return what a process holds that it shares with nobody, in MiB; 0 when it is gone."""
    try:
        lines = (PROC / str(process) / "status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon:")), 0.0)


@contextmanager
def remembering(memory: Memory) -> Iterator[None]:
    """Look each second until the block ends."""
    stop, begun = threading.Event(), time.monotonic()

    def look() -> None:
        while not stop.wait(EACH):
            memory.look(time.monotonic() - begun)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def soak(prepared: Stage, report: Report, made: dict[str, Any], cases: int, seconds: float) -> None:
    """Let desks look and reporters report for so long, and say how the processes went."""
    store = pages.fill(prepared, made, cases)
    cookies = prepared.inside("sessions", store.database, str(DESKS))
    # What is done each hour or morning would for the first time be done at any moment.
    prepared.inside("by_the_clock", store.database)
    addresses = [path for each in pages.paths(made).values() for path in each]
    memory, looked = Memory(), []
    with prepared.web(store.database, worker=True) as port, prepared.connect(store.database) as connection:
        sender = filing.Sender(port, made["codes"])
        desks = [pages.visitor(port, cookie, addresses) for cookie in cookies]
        before = filing.number(connection, filing.FILED)
        busy = threading.Thread(
            target=lambda: looked.append(closed_loop(desks, seconds, pause=PAUSE)), daemon=True
        )
        with remembering(memory):
            busy.start()
            sent = open_loop(sender.send, REPORTS_A_SECOND, seconds)
            busy.join()
        stored = filing.number(connection, filing.FILED) - before
    desk = looked[0]
    minutes = f"{seconds / 60:g} minutes"
    report.add(Row(f"pages of {DESKS} desks, {minutes}", "none fails", desk.words(), not desk.errors))
    kept = stored == len(sent.latencies) and not sent.errors
    report.add(Row(f"reports, {minutes}", "none fails or is lost", f"{sent.words()}, {stored} stored", kept))
    for who, line in memory.warm().items():
        found = growth(line)
        measured = f"{found.first:.1f} → {found.last:.1f} MiB, {found.an_hour:+.1f} an hour"
        report.add(Row(f"memory, {who}", "flat", measured, verdict(found, seconds)))


def main(argv: Sequence[str] | None = None) -> int:
    """Soak, print the table and return 1 when something failed, was lost or grew."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--cases", type=int, default=20_000)
    given = parser.parse_args(argv)
    report, busy = Report(), machine.load()
    with stage(keep=False) as prepared:
        made = prepared.inside("matters", BASE)
        soak(prepared, report, made, given.cases, given.minutes * 60)
    print(f"\nload of the machine at the start {busy:.1f}\n\n{report.text()}")
    return 0 if report.good else 1


if __name__ == "__main__":
    sys.exit(main())
