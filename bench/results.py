"""What was measured, beside what was promised."""

from collections.abc import Sequence
from dataclasses import dataclass, field

SIGNS = {True: "ok", False: "**no**", None: ""}
MACHINE = "machine"


@dataclass(frozen=True)
class Row:
    """One measurement.

    Attributes:
        what: was measured.
        target: what was promised, in words.
        measured: in words.
        ok: whether the promise was kept; None where nothing was promised.
        baseline: how fast the machine was meanwhile, in words.
        machine: over its time, and by no more than the machine was slower than the reference.
    """

    what: str
    target: str
    measured: str
    ok: bool | None = None
    baseline: str = ""
    machine: bool = False

    @property
    def mark(self) -> str:
        """Whether the promise was kept, for the documentation."""
        return MACHINE if self.machine else SIGNS[self.ok]

    @property
    def sign(self) -> str:
        """Whether the promise was kept, for a terminal."""
        return self.mark.strip("*")


@dataclass(frozen=True)
class Timings:
    """Latencies in milliseconds of a run, with how long it took in seconds."""

    latencies: Sequence[float]
    errors: int
    seconds: float

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def quantile(self, part: float) -> float:
        """Return the latency below which this part of the answers lies; infinite when there was no answer."""
        ordered = sorted(self.latencies)
        return ordered[min(int(len(ordered) * part), len(ordered) - 1)] if ordered else float("inf")

    def words(self) -> str:
        """Return the numbers as they stand in the table."""
        text = f"p50 {self.quantile(0.5):.1f}, p95 {self.quantile(0.95):.1f} ms, {self.rate:.0f}/s"
        return f"{text}, {self.errors} failed" if self.errors else text


def best_of(runs: Sequence[Timings]) -> tuple[Timings, str]:
    """Return the run with the lowest p95, and the p95 of each run in words.

    What else runs on the machine makes a run slower and never quicker.
    """
    ordered = sorted(runs, key=lambda run: (run.errors > 0, run.quantile(0.95)))
    return ordered[0], f"; p95 of each run {', '.join(f'{run.quantile(0.95):.0f}' for run in runs)}"


@dataclass
class Report:
    """All rows, and remarks that belong under the table."""

    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sides: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, row: Row) -> None:
        """Keep a row, and show it at once."""
        self.rows.append(row)
        meanwhile = f"; baseline {row.baseline}" if row.baseline else ""
        print(f"  {row.sign or '-':<7} {row.what}: {row.measured}{meanwhile}", flush=True)

    def beside(self, *cells: str) -> None:
        """Keep a line of the table with both sizes of the store side by side; the first is its head."""
        self.sides.append(cells)

    def side_by_side(self) -> str:
        """Return that table, for a terminal and the documentation alike; empty when there is none."""
        if not self.sides:
            return ""
        widths = [max(len(row[place]) for row in self.sides) for place in range(len(self.sides[0]))]
        lines = [
            "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
            for row in self.sides
        ]
        lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
        return "\n".join(lines)

    def note(self, text: str) -> None:
        """Keep a remark."""
        self.notes.append(text)
        print(f"  note: {text}", flush=True)

    @property
    def good(self) -> bool:
        """Whether every promise was kept, or missed by the machine alone."""
        return all(row.ok is not False or row.machine for row in self.rows)

    def text(self) -> str:
        """Return the table for a terminal."""
        every = [Row("what", "target", "measured", baseline="baseline"), *self.rows]
        lines = [(each.what, each.target, each.measured, each.baseline, each.sign) for each in every]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in lines
        )

    def markdown(self) -> str:
        """Return the table for the documentation."""
        head = ["| what | target | measured | baseline | |", "|---|---|---|---|---|"]
        cells = [(row.what, row.target, row.measured, row.baseline, row.mark) for row in self.rows]
        return "\n".join(head + [f"| {' | '.join(each)} |" for each in cells])
