"""A point that a phone told, beside the places that the pack knows: a drawing that asks no map of anybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, radians

from .borders import Border
from .outlines import outline
from .pack import Pack
from .territory import Place, distance_km

WIDTH, HEIGHT, EDGE = 320, 200, 26
MOST = 5
KM_PER_DEGREE = 111.2
SMALLEST_KM = 0.5
"""So near to a place the drawing says no more by being drawn larger."""


@dataclass(frozen=True)
class Dot:
    """A known place on the drawing; its name stands on the side where there is room."""

    name: str
    x: int
    y: int
    name_x: int
    anchor: str


@dataclass(frozen=True)
class Point:
    """Where a phone was: the nearest known place, how far that is, and what lies around."""

    latitude: float
    longitude: float
    nearest: str
    km: float
    dots: tuple[Dot, ...]
    within: str = ""
    """The municipality that it lies in, where the handbook has borders."""
    outlines: tuple[str, ...] = ()
    x: int = WIDTH // 2
    y: int = HEIGHT // 2
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def coordinates(self) -> str:
        """The point as every map takes it."""
        return f"{self.latitude:.5f}, {self.longitude:.5f}"


def point_of(pack: Pack, latitude: float | None, longitude: float | None) -> Point | None:
    """Return a point with the places around it; None when no phone told where it was."""
    if latitude is None or longitude is None:
        return None
    area = pack.borders.at(latitude, longitude)
    within = area.name if area else ""
    near = pack.places_near(latitude, longitude)[:MOST]
    if not near:
        return Point(latitude, longitude, "", 0.0, (), within)
    distances = [distance_km(latitude, longitude, each) for each in near]
    scale = (HEIGHT / 2 - EDGE) / max(*distances, SMALLEST_KM)

    def onto(north: float, east: float) -> tuple[float, float]:
        aside = (east - longitude) * cos(radians(latitude)) * KM_PER_DEGREE
        return WIDTH / 2 + aside * scale, HEIGHT / 2 - (north - latitude) * KM_PER_DEGREE * scale

    dots = tuple(_dot(each, *onto(each.latitude, each.longitude)) for each in near)
    outlines = tuple(outline(each, onto) for each in pack.borders.areas if _seen(each, onto))
    return Point(
        latitude, longitude, near[0].name, round(distances[0], 1), dots, within, tuple(filter(None, outlines))
    )


def _seen(border: Border, onto: Callable[[float, float], tuple[float, float]]) -> bool:
    """Tell whether some of a border may come onto the drawing."""
    west, south, east, north = border.box
    (left, top), (right, bottom) = onto(north, west), onto(south, east)
    return left < WIDTH and right > 0 and top < HEIGHT and bottom > 0


def _dot(place: Place, across: float, down: float) -> Dot:
    x, y = round(across), round(down)
    left = x > WIDTH * 0.6
    return Dot(place.name, x, y, x - 8 if left else x + 8, "end" if left else "start")
