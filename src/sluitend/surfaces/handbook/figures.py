"""Statements of the guide about the world, beside published figures."""

from typing import Any

from sluitend.kernel.handbook.approach import Claim, Figure
from sluitend.kernel.handbook.recognition import Reference
from sluitend.surfaces.handbook.reading import Reading

type Sourced = tuple[Figure, tuple[Reference, ...]]


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
