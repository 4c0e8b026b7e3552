"""Borders as lines of a drawing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from .borders import Border

LEAST = 2
"""Points that come so near to each other on a drawing, in its own measure, are one."""


def outline(border: Border, onto: Callable[[float, float], tuple[float, float]]) -> str:
    """Return a border as the path of an SVG; empty where it is too small to be seen.

    Args:
        border: what to draw.
        onto: gives the place on the drawing of a latitude and longitude.
    """
    return "".join(_path([onto(lat, lon) for lon, lat in ring]) for ring in border.rings)


def _path(spots: list[tuple[float, float]]) -> str:
    drawn: list[tuple[int, int]] = []
    for x, y in spots[:-1]:
        here = (round(x), round(y))
        if not drawn or max(abs(here[0] - drawn[-1][0]), abs(here[1] - drawn[-1][1])) >= LEAST:
            drawn.append(here)
    if len(drawn) < 3:
        return ""
    steps = [f"{x - before_x} {y - before_y}" for (before_x, before_y), (x, y) in pairwise(drawn)]
    return f"M{drawn[0][0]} {drawn[0][1]}l{' '.join(steps)}z"
