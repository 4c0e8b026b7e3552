"""What can be asked of the measurements."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

PARTS = ("baseline", "pages", "filing", "signals", "sheet", "search", "wire")
SMALL = 1_000
PROMISED = 1_000_000
QUICK = 20_000
RUNS = 3
"""Of each measurement under load; the best counts."""


@dataclass(frozen=True)
class Options:
    """How large, how long, and which parts."""

    quick: bool
    only: frozenset[str]
    keep: bool
    write: bool
    large: int
    tokens: int
    seconds: float
    filing_seconds: float
    limit: int

    @property
    def sizes(self) -> tuple[int, int]:
        """The two numbers of cases that are compared."""
        return SMALL, self.large

    def wants(self, *parts: str) -> bool:
        """Say whether one of these parts is to be measured."""
        return not self.only.isdisjoint(parts)


def parse(argv: Sequence[str] | None = None) -> Options:
    """Return the options of a command line."""
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure Sluitend against the budgets of its design."
    )
    parser.add_argument("--quick", action="store_true", help="20,000 cases and 3 seconds a run")
    parser.add_argument("--cases", type=int, help="cases in the larger store (1,000,000)")
    parser.add_argument(
        "--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART", help=", ".join(PARTS)
    )
    parser.add_argument("--keep", action="store_true", help="leave var/bench as it is at the end")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    parser.add_argument("--limit", type=int, default=60, help="stop after so many minutes (60)")
    given = parser.parse_args(argv)
    return Options(
        quick=given.quick,
        only=frozenset(given.only),
        keep=given.keep,
        write=given.write,
        large=max(given.cases or (QUICK if given.quick else PROMISED), 2 * SMALL),
        tokens=200_000 if given.quick else 10_000_000,
        seconds=3 if given.quick else 8,
        filing_seconds=5 if given.quick else 20,
        limit=given.limit,
    )
