"""Hiding small counts so that none follows from a total. `region_figures` hid what is under ten already."""

from collections.abc import Mapping
from dataclasses import dataclass

LEAST = 10
"""A municipality may ask for more, never for less (one rule for everything that leaves an organisation)."""


@dataclass(frozen=True)
class Part[K]:
    """The counts of one part of the region, None where hidden, and their sum."""

    cells: Mapping[K, int | None]
    total: int | None


@dataclass(frozen=True)
class Figures[P, K]:
    """The counts of every part, and of the whole."""

    parts: Mapping[P, Part[K]]
    total: int | None


def protect[K](cells: Mapping[K, int | None], total: int | None, least: int = LEAST) -> Part[K]:
    """Hide more cells, or else the total, until nothing that is hidden follows from what is shown.

    What is hidden together is a count too: the total less what is shown. So at least two cells must be
    hidden, and together they may not be a small count.

    Args:
        cells: counts; None is a count that is small already.
        total: of all cells, the hidden ones included; None when it is small.
        least: the smallest count that may be shown.
    """
    shown = {key: value if value is not None and value >= least else None for key, value in cells.items()}
    if total is None or total < least:
        return Part(shown, None)
    while hidden := [key for key, value in shown.items() if value is None]:
        visible = {key: value for key, value in shown.items() if value is not None}
        if len(hidden) > 1 and total - sum(visible.values()) >= least:
            break
        if not visible:
            return Part(shown, None)
        shown[min(visible, key=lambda key: (visible[key], str(key)))] = None
    return Part(shown, total)


def release[P, K](
    parts: Mapping[P, tuple[Mapping[K, int | None], int | None]], total: int | None, least: int = LEAST
) -> Figures[P, K]:
    """Protect every part. The whole is shown only with every part's total: else a hidden one would follow."""
    protected = {name: protect(cells, part_total, least) for name, (cells, part_total) in parts.items()}
    whole = (
        total is not None and total >= least and all(part.total is not None for part in protected.values())
    )
    return Figures(protected, total if whole else None)
