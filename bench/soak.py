"""Ten minutes of ordinary work: no request fails, and no process grows. `python -m bench.soak --help`."""

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
WARM = 0.2
"""Of the time, in which pools fill and every page is made for the first time."""
MAY_GROW = 1.02
SLACK_MIB = 3.0
EACH = 1.0


@dataclass
class Memory:
    """What each process of ours holds for itself, in MiB, looked at each second."""

    seen: dict[tuple[str, int], list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))

    def look(self, moment: float) -> None:
        """Look once. The database is looked at as a whole: it has a process a connection."""
        sizes: Counter[tuple[str, int]] = Counter()
        for process, kind in ours().items():
            sizes[kind, 0 if kind == "database" else process] += own_memory(process)  # type: ignore[assignment]
        for who, size in sizes.items():
            if size:
                self.seen[who].append((moment, size))

    def lasting(self, seconds: float) -> dict[tuple[str, int], list[tuple[float, float]]]:
        """Return those that were there nearly all of the time; connections come and go."""
        return {
            who: line for who, line in sorted(self.seen.items()) if line[-1][0] - line[0][0] > 0.8 * seconds
        }


@dataclass(frozen=True)
class Growth:
    """How one process went: the mean of the first and of the last third, and MiB an hour along all of it."""

    first: float
    last: float
    an_hour: float

    @property
    def flat(self) -> bool:
        """Whether the last third is no larger than the first, but for noise."""
        return self.last <= self.first * MAY_GROW + SLACK_MIB


def growth(line: Sequence[tuple[float, float]]) -> Growth:
    """Return how a process went after it had warmed up."""
    begin, end = line[0][0], line[-1][0]
    warm = [each for each in line if each[0] >= begin + WARM * (end - begin)]
    third = max(len(warm) // 3, 1)
    sizes = [size for _moment, size in warm]
    slope = linear_regression([at for at, _ in warm], sizes).slope if len(warm) > 1 else 0.0
    return Growth(fmean(sizes[:third]), fmean(sizes[-third:]), slope * 3600)


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
    for (kind, process), line in memory.lasting(seconds).items():
        found = growth(line)
        measured = f"{found.first:.1f} → {found.last:.1f} MiB, {found.an_hour:+.1f} an hour"
        report.add(Row(f"memory, {kind} {process or ''}".rstrip(), "flat", measured, found.flat))


def main(argv: Sequence[str] | None = None) -> int:
    """Soak, print the table and return 1 when something failed, was lost or grew."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
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
