"""Statements of the guide about the world, beside published figures."""

from dataclasses import dataclass
from typing import Any

from sluitend.kernel.handbook.approach import Claim, Figure
from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.recognition import Reference
from sluitend.surfaces.handbook.reading import Reading

type Sourced = tuple[Figure, tuple[Reference, ...]]

FEWEST = 3
"""So many years make a picture; fewer are read as well in their table."""
WHOLE = 1000


@dataclass(frozen=True)
class Series:
    """The same thing counted in several years. Each figure has the length of its bar, of `WHOLE`."""

    what: Text
    rows: tuple[tuple[Sourced, int], ...]

    @property
    def table(self) -> tuple[Sourced, ...]:
        """The figures with their sources."""
        return tuple(row for row, _length in self.rows)


def in_series(rows: list[Sourced]) -> tuple[list[Series], list[Sourced]]:
    """Return what was counted the same way in several years, and all other figures."""
    alike: dict[tuple[str, str], list[Sourced]] = {}
    for row in rows:
        alike.setdefault((row[0].what.nl, row[0].unit.nl), []).append(row)
    drawn = [_series(each) for each in alike.values() if len(each) >= FEWEST]
    return drawn, [row for each in alike.values() if len(each) < FEWEST for row in each]


def _series(rows: list[Sourced]) -> Series:
    most = max(figure.value for figure, _references in rows) or 1
    return Series(rows[0][0].what, tuple((row, round(WHOLE * row[0].value / most)) for row in rows))


def sourced(held: Reading, figures: tuple[Figure, ...]) -> list[Sourced]:
    """Return figures by year, each with the documents it stands in."""
    return [
        (each, held.pack.references.named(each.source))
        for each in sorted(figures, key=lambda figure: figure.year)
    ]


def claim_context(held: Reading, claim: Claim) -> dict[str, Any]:
    """Return what a page needs to show a statement with its origin, its figures and its registers."""
    return {
        "claim": claim,
        "figures": sourced(held, held.named(held.pack.figures, claim.figures)),
        "registers": held.named(held.pack.registers, claim.registers),
    }
