"""Borders of municipalities: in which of them a point lies, and how far a border is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import pairwise
from math import cos, hypot, radians
from typing import Annotated

from pydantic import Field

from .entries import Structure

METRES_PER_DEGREE = 111_200.0
MOST_POINTS = 40_000
"""Of all borders together: more belongs to a map, not to a question in which municipality a point lies."""

type Box = tuple[float, float, float, float]

Spot = tuple[
    Annotated[float, Field(ge=3.0, le=8.0)],
    Annotated[float, Field(ge=50.0, le=54.0)],
]
"""Longitude and latitude, in this order, as GeoJSON has them."""

Ring = tuple[Spot, ...]
Polygon = tuple[Ring, ...]
"""A ring around it, and rings around what lies in it and belongs to another."""


class Border(Structure):
    """The area of a municipality, of this region or beside it, with its CBS code."""

    code: str = Field(pattern=r"^GM[0-9]{4}$")
    name: str = Field(min_length=1, max_length=120)
    polygons: tuple[Polygon, ...] = Field(min_length=1)

    @cached_property
    def box(self) -> Box:
        """The west, south, east and north end."""
        spots = [spot for polygon in self.polygons for spot in polygon[0]]
        east, north = [lon for lon, _lat in spots], [lat for _lon, lat in spots]
        return min(east), min(north), max(east), max(north)

    @property
    def rings(self) -> Iterator[Ring]:
        """Every ring, whatever lies on which side of it."""
        for polygon in self.polygons:
            yield from polygon

    def has(self, latitude: float, longitude: float) -> bool:
        """Tell whether a point lies in it."""
        west, south, east, north = self.box
        if not (west <= longitude <= east and south <= latitude <= north):
            return False
        return any(
            sum(_around(ring, latitude, longitude) for ring in polygon) % 2 for polygon in self.polygons
        )

    def metres_from(self, latitude: float, longitude: float) -> float:
        """Return how far the nearest piece of the border is from a point, on either side of it."""
        wide = METRES_PER_DEGREE * cos(radians(latitude))
        return min(
            _from_origin(
                ((one[0] - longitude) * wide, (one[1] - latitude) * METRES_PER_DEGREE),
                ((other[0] - longitude) * wide, (other[1] - latitude) * METRES_PER_DEGREE),
            )
            for ring in self.rings
            for one, other in pairwise(ring)
        )


class Borders(Structure):
    """The borders of a region and of what lies beside it; `source` and `day` say whose they are, of when."""

    source: str = Field(default="", max_length=200)
    day: date | None = None
    areas: tuple[Border, ...] = ()

    def at(self, latitude: float, longitude: float) -> Border | None:
        """Return the area in which a point lies, or None."""
        return next((area for area in self.areas if area.has(latitude, longitude)), None)

    def of(self, codes: Iterable[str]) -> tuple[Border, ...]:
        """Return the areas with these codes."""
        wanted = frozenset(codes)
        return tuple(area for area in self.areas if area.code in wanted)

    @property
    def points(self) -> int:
        """How many points all borders have together."""
        return sum(len(ring) for area in self.areas for ring in area.rings)


def _around(ring: Ring, latitude: float, longitude: float) -> bool:
    """Tell whether a ring goes around a point: a line to the east then meets it an odd number of times."""
    inside = False
    for (lon, lat), (next_lon, next_lat) in pairwise(ring):
        if (lat > latitude) != (next_lat > latitude):
            meets = lon + (latitude - lat) / (next_lat - lat) * (next_lon - lon)
            inside ^= meets > longitude
    return inside


def _from_origin(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return how far the line between two points stays from where both are measured from."""
    along, up = other[0] - one[0], other[1] - one[1]
    long = along * along + up * up
    part = max(0.0, min(1.0, -(one[0] * along + one[1] * up) / long)) if long else 0.0
    return hypot(one[0] + part * along, one[1] + part * up)
