"""Borders of a whole country made into those of one region: its own and those beside it, with fewer points.

Neighbours keep one border: a stretch that two of them have is made simpler once, whichever way it is walked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from math import cos, hypot, radians
from typing import Any

from sluitend.kernel.handbook.borders import METRES_PER_DEGREE

BESIDE = 0.1
"""So many degrees around the region, some ten kilometres, an area counts as lying beside it."""

METRES = 25.0

type Spot = tuple[float, float]
type Line = list[Spot]
type Areas = list[dict[str, Any]]


def of_region(read: Mapping[str, Any], own: Collection[str], *, metres: float = METRES) -> Areas:
    """Return the areas of a region and those beside it, made simpler.

    Args:
        read: what `read_borders` gave.
        own: codes of the municipalities of the region.
        metres: how far a border may come to lie from where it lay.
    """
    areas = read["areas"]
    mine = [_box(area) for area in areas if area["code"] in own]
    kept = [area for area in areas if area["code"] in own or any(_beside(_box(area), box) for box in mine)]
    return _Simpler(kept, metres).areas()


class _Simpler:
    """The rings of several areas, cut where their borders meet."""

    def __init__(self, areas: Areas, metres: float) -> None:
        self.given, self.metres = areas, metres
        self.done: dict[tuple[Spot, ...], Line] = {}
        beside: dict[Spot, set[Spot]] = {}
        for area in areas:
            for polygon in area["polygons"]:
                for ring in polygon:
                    for one, other in pairwise(ring):
                        beside.setdefault(one, set()).add(other)
                        beside.setdefault(other, set()).add(one)
        self.meeting = {spot for spot, near in beside.items() if len(near) > 2}

    def areas(self) -> Areas:
        made = []
        for area in self.given:
            polygons = [done for polygon in area["polygons"] if (done := self.polygon(polygon))]
            # What is too small to be seen goes, but no municipality goes whole.
            made.append({**area, "polygons": polygons or area["polygons"]})
        return made

    def polygon(self, rings: list[Line]) -> list[Line]:
        outer, *holes = [self.ring(ring) for ring in rings]
        return [outer, *(hole for hole in holes if len(hole) > 3)] if len(outer) > 3 else []

    def ring(self, ring: Line) -> Line:
        spots = ring[:-1]
        cuts = [number for number, spot in enumerate(spots) if spot in self.meeting]
        start = cuts[0] if cuts else spots.index(min(spots))
        turned = [*spots[start:], *spots[:start], spots[start]]
        made: Line = [turned[0]]
        stretch: Line = [turned[0]]
        for spot in turned[1:]:
            stretch.append(spot)
            if spot in self.meeting or len(stretch) == len(turned):
                made.extend(self.stretch(stretch)[1:])
                stretch = [spot]
        if len(stretch) > 1:
            made.extend(self.stretch(stretch)[1:])
        return made

    def stretch(self, line: Line) -> Line:
        """Return one stretch between two meetings, the same for both of its neighbours."""
        there, back = tuple(line), tuple(reversed(line))
        if there > back:
            return list(reversed(self.stretch(list(back))))
        if there not in self.done:
            self.done[there] = _simple(line, self.metres)
        return self.done[there]


def _simple(line: Line, metres: float) -> Line:
    """Leave out the points from which the line without them stays near enough (Douglas and Peucker)."""
    kept = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        off, far = max((_off(line[n], line[first], line[last]), n) for n in range(first + 1, last))
        if off > metres:
            kept.add(far)
            waiting += [(first, far), (far, last)]
    return [spot for number, spot in enumerate(line) if number in kept]


def _off(spot: Spot, one: Spot, other: Spot) -> float:
    """Return how many metres a point lies from the line between two others, which may be one."""
    wide = METRES_PER_DEGREE * cos(radians(spot[1]))
    along, up = (other[0] - one[0]) * wide, (other[1] - one[1]) * METRES_PER_DEGREE
    x, y = (spot[0] - one[0]) * wide, (spot[1] - one[1]) * METRES_PER_DEGREE
    long = along * along + up * up
    part = max(0.0, min(1.0, (x * along + y * up) / long)) if long else 0.0
    return hypot(x - part * along, y - part * up)


def _box(area: Mapping[str, Any]) -> Sequence[float]:
    spots = [spot for polygon in area["polygons"] for spot in polygon[0]]
    east, north = [spot[0] for spot in spots], [spot[1] for spot in spots]
    return min(east), min(north), max(east), max(north)


def _beside(one: Sequence[float], other: Sequence[float]) -> bool:
    return (
        one[0] <= other[2] + BESIDE
        and other[0] <= one[2] + BESIDE
        and one[1] <= other[3] + BESIDE
        and other[1] <= one[3] + BESIDE
    )
