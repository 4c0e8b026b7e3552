"""Counts of a half year, made safe to tell. Nothing here asks the database.

What is shown is a tree: the region, its parts, and what stands below each. A count that is hidden has nothing
shown below it, else their sum would tell it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any, Self

from sluitend.kernel.small_cells import protect

AFTER = timedelta(days=15)
"""So long after the last day of a half year its figures are settled: a night is corrected for a week."""

type Counts = Mapping[str, int | None]
type Rows = Mapping[tuple[str, ...], int | None]


@dataclass(frozen=True)
class Counted:
    """What is told of one part: how many, of which kinds, and what stands below one of those."""

    total: int | None = None
    cells: Counts = field(default_factory=dict)
    below: Mapping[str, Counts] = field(default_factory=dict)
    shares: Counts = field(default_factory=dict)
    """Of each share its band; None where it is of too few."""

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Self:
        """Return it as it was kept."""
        return cls(found["total"], found["cells"], found["below"], found["shares"])

    def to_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return asdict(self)

    @property
    def says_something(self) -> bool:
        """Whether any count of it is shown."""
        return self.total is not None or any(each is not None for each in self.cells.values())


def told(
    rows: Rows,
    parts: Iterable[str],
    cells: Collection[str],
    below: Mapping[str, tuple[str, Collection[str]]],
) -> tuple[int | None, dict[str, Counted]]:
    """Return what may be told: of the whole, and of each part.

    Args:
        rows: counts by part, cell and what stands below; None for what is too small.
        parts: of the region.
        cells: what is counted in each.
        below: of a name, of which cell it is and what stands there; each sums up to its cell. What was
            counted under another name, as of a handbook of before, stands beside them: else it would follow.
    """
    found = {}
    for part in _names(rows, (), parts):
        shown = protect(
            {each: rows.get((part, each)) for each in _own(rows, part, cells, below)}, rows.get((part,))
        )
        under = {
            name: _below(
                {each: rows.get((part, name, each)) for each in _names(rows, (part, name), names)},
                shown.cells[cell],
            )
            for name, (cell, names) in below.items()
        }
        found[part] = Counted(shown.total, dict(shown.cells), under)
    totals = [each.total for each in found.values()]
    return (sum(filter(None, totals)) if totals and None not in totals else None), found


def _own(
    rows: Rows, part: str, cells: Iterable[str], below: Mapping[str, tuple[str, Collection[str]]]
) -> list[str]:
    apart = below.keys() - set(cells)
    return [each for each in _names(rows, (part,), cells) if each not in apart]


def _names(rows: Rows, path: tuple[str, ...], known: Iterable[str]) -> list[str]:
    at = len(path)
    seen = (each[at] for each in rows if len(each) > at and each[:at] == path)
    return list(dict.fromkeys([*known, *seen]))


def _below(counts: Counts, cell: int | None) -> Counts:
    if cell is None:
        return dict.fromkeys(counts)
    return dict(protect(counts, cell).cells)


def of_year(
    year: Mapping[str, Counted], halves: Iterable[Mapping[str, Counted]]
) -> tuple[dict[str, Counted], bool]:
    """Return the parts of which a whole year may be told: those of which neither half told anything.

    Anything else would tell a half that is hidden.

    Returns:
        Those parts, and whether they are all of them.
    """
    both = list(halves)
    found = {
        part: counted
        for part, counted in year.items()
        if not any(half[part].says_something for half in both if part in half)
    }
    return found, len(found) == len(year)
