"""How fast this machine is at this moment, taken before and after each measurement.

A row that takes too long is the machine's doing when the machine was by so much slower than the one on which
the budgets were met. Two things are taken: a fixed piece of Python on all cores at once, by the
clock, so that who else wants those cores is seen; and bare durable commits, since what is written waits for
the disk.
"""

import json
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.results import Row, Timings
from sluitend.cli.gunicorn_conf import cores

if TYPE_CHECKING:
    from bench.stage import Stage

STEPS, TURNS = 1_000_000, 10
COMMIT_SECONDS = 1.0
CLIENTS = 8
DATABASE = "bench_commit"


@dataclass(frozen=True)
class Baseline:
    """The milliseconds of a fixed piece of Python, and of a bare durable commit (p95)."""

    python: float
    commit: float

    @property
    def slower(self) -> float:
        """How many times slower than the reference this machine computes."""
        return self.python / REFERENCE.python

    def allows(self, budget: float) -> float:
        """Return what a budget of the reference machine is worth here: its work, and one commit, take longer.

        A machine that is quicker than the reference leaves the budget as it is.
        """
        return budget * max(self.slower, 1) + max(self.commit - REFERENCE.commit, 0)

    def words(self) -> str:
        """Return the numbers as they stand in the table."""
        return f"{self.python:.0f} ms ({self.slower:.1f} ×), commit {self.commit:.1f} ms"


REFERENCE = Baseline(27, 1.1)
"""The machine of `docs/benchmarks.md` on which every budget was met."""


def between(before: Baseline, after: Baseline) -> Baseline:
    """Return how the machine was in between."""
    return Baseline((before.python + after.python) / 2, (before.commit + after.commit) / 2)


def judged(
    what: str,
    measured: str,
    *,
    p95: float,
    budget: float,
    around: Baseline,
    kept: bool = True,
    load: float = 0.0,
) -> Row:
    """Return a row with its verdict.

    Args:
        what: was measured.
        measured: in words.
        p95: in milliseconds.
        budget: of it.
        around: how the machine was meanwhile.
        kept: whether everything else that was promised was kept; what fails is never the machine's doing.
        load: which part of what the reference takes at most was offered by the clock. What is more than this
            machine takes waits ever longer, and its ratio tells nothing.
    """
    allowed = float("inf") if load * around.slower >= 1 else around.allows(budget)
    return Row(
        what,
        f"p95 < {budget:.0f} ms",
        measured,
        kept and p95 < budget,
        around.words(),
        machine=kept and budget <= p95 < allowed,
    )


@dataclass
class Gauge:
    """Takes the baseline, and knows the last one: what comes after a row comes before the next."""

    stage: "Stage"
    last: Baseline = field(init=False)

    def __post_init__(self) -> None:
        self.stage.server.drop_database(DATABASE)
        self.stage.server.create_database(DATABASE)
        with self.stage.connect(DATABASE) as connection:
            connection.execute("CREATE TABLE bench_commit (n integer)")
        self.begin()

    def begin(self) -> None:
        """Take the baseline right before a row, when something else came between."""
        self.last = Baseline(on_all_cores(), commits(self.stage, CLIENTS).quantile(0.95))

    def around(self) -> Baseline:
        """Take the baseline right after a row and return how the machine was meanwhile."""
        before = self.last
        self.begin()
        return between(before, self.last)


def commits(stage: "Stage", clients: int, seconds: float = COMMIT_SECONDS) -> Timings:
    """Make bare durable commits for a while."""
    latencies: list[float] = []
    end = time.monotonic() + seconds

    def work() -> None:
        with stage.connect(DATABASE) as connection:
            while (begun := time.monotonic()) < end:
                connection.execute("INSERT INTO bench_commit VALUES (1)")
                latencies.append((time.monotonic() - begun) * 1000)

    threads = [threading.Thread(target=work, daemon=True) for _each in range(clients)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return Timings(latencies, 0, seconds)


def on_all_cores() -> float:
    """Return how many milliseconds the fixed piece takes when each core has one: the mean of some turns."""
    command = [sys.executable, "-m", "bench.baseline"]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE) for _core in range(cores())]
    taken = [each for process in started for each in json.loads(process.communicate()[0])]
    return float(sum(taken) / len(taken))


def fixed_piece() -> None:
    """Compute the same thing always."""
    sum(step * step for step in range(STEPS))


def main() -> None:
    """Print how many milliseconds each turn of the fixed piece took."""
    taken = []
    for _turn in range(TURNS):
        begun = time.perf_counter()
        fixed_piece()
        taken.append((time.perf_counter() - begun) * 1000)
    print(json.dumps(taken))


if __name__ == "__main__":
    main()
