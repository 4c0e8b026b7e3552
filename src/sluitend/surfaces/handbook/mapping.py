"""A map of the region: each municipality a mark where it lies, numbered as in its table.

Where the handbook has borders they are drawn; else it is a map without a map.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, radians

from sluitend.kernel.handbook.outlines import outline
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.territory import Municipality, Subregion

WIDTH, EDGE, MARK = 480.0, 34.0, 10.0
LETTER, LINE = 6.6, 14.0
# Where a name may stand beside its mark, the best first: how far aside, how far down, and how it is set.
SIDES = ((15.0, 4.0, "start"), (-15.0, 4.0, "end"), (0.0, -15.0, "middle"), (0.0, 24.0, "middle"))

type Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Spot:
    """A municipality on the map; its name stands so far from it.

    `shape` goes by its subregion, so that colour is not all that tells.
    """

    number: int
    municipality: Municipality
    subregion: Subregion
    shape: int
    here: bool
    x: int
    y: int
    name_x: int
    name_y: int
    anchor: str


@dataclass(frozen=True)
class Chart:
    """The map: its size, its spots in the order of their numbers, and its borders with whose they are."""

    width: int
    height: int
    spots: tuple[Spot, ...]
    outlines: tuple[str, ...] = ()
    source: str = ""


def chart(pack: Pack, subregions: frozenset[str] | None = None) -> Chart | None:
    """Return the map, or None when the handbook does not say where its municipalities lie.

    Args:
        pack: the handbook; a municipality lies in the middle of its places.
        subregions: which are meant; None for all.
    """
    lying = dict(_middles(pack))
    if not lying:
        return None
    own = pack.borders.of(pack.municipalities.ids)
    corners = [*lying.values()]
    for area in own:
        west, south, east, north = area.box
        corners += [(south, west), (north, east)]
    north = max(latitude for latitude, _east in corners)
    west = min(longitude for _north, longitude in corners)
    narrower = cos(radians(north))
    widest = max((east - west) * narrower for _north, east in corners) or 1.0
    scale = (WIDTH - 2 * EDGE) / widest

    def onto(latitude: float, longitude: float) -> tuple[float, float]:
        return EDGE + (longitude - west) * narrower * scale, EDGE + (north - latitude) * scale

    points = {code: onto(*middle) for code, middle in lying.items()}
    height = max(onto(*corner)[1] for corner in corners) + EDGE
    return Chart(
        round(WIDTH),
        round(height),
        tuple(_spots(pack, points, subregions)),
        tuple(line for area in own if (line := outline(area, onto))),
        pack.borders.source,
    )


def _middles(pack: Pack) -> Iterator[tuple[str, tuple[float, float]]]:
    for each in pack.municipalities:
        places = [place for place in pack.places if place.municipality == each.id]
        if places:
            yield (
                each.id,
                (
                    sum(place.latitude for place in places) / len(places),
                    sum(place.longitude for place in places) / len(places),
                ),
            )


def _spots(
    pack: Pack, points: dict[str, tuple[float, float]], subregions: frozenset[str] | None
) -> Iterator[Spot]:
    order = pack.subregions.ids
    drawn = [each for each in pack.municipalities if each.id in points]
    drawn.sort(key=lambda each: (order.index(each.subregion), each.name))
    names = _names(drawn, points)
    for number, each in enumerate(drawn, start=1):
        x, y = points[each.id]
        name = names[each.id]
        yield Spot(
            number=number,
            municipality=each,
            subregion=pack.subregions[each.subregion],
            shape=order.index(each.subregion) % 2,
            here=subregions is None or each.subregion in subregions,
            x=round(x),
            y=round(y),
            name_x=round(name.aside),
            name_y=round(name.down),
            anchor=name.anchor,
        )


@dataclass(frozen=True)
class _Name:
    """Where a name stands beside its mark, and the room that it takes."""

    aside: float
    down: float
    anchor: str
    box: Box


def _names(drawn: list[Municipality], points: dict[str, tuple[float, float]]) -> dict[str, _Name]:
    """Place every name where it hides least; twice, because the first ones did not know the last."""
    marks = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in points.values()]
    names: dict[str, _Name] = {}
    for _round in range(2):
        for each in drawn:
            others = [name.box for code, name in names.items() if code != each.id]
            names[each.id] = _beside(each.name, *points[each.id], [*marks, *others])
    return names


def _beside(name: str, x: float, y: float, taken: list[Box]) -> _Name:
    ways = [
        _Name(aside, down, anchor, _box(name, x + aside, y + down, anchor)) for aside, down, anchor in SIDES
    ]
    return min(ways, key=lambda way: sum(_overlap(way.box, other) for other in taken) + _outside(way.box))


def _box(name: str, x: float, y: float, anchor: str) -> Box:
    long = len(name) * LETTER
    left = {"start": x, "end": x - long, "middle": x - long / 2}[anchor]
    return left, y - LINE + 3, left + long, y + 3


def _overlap(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0


def _outside(box: Box) -> float:
    return (max(0.0, -box[0]) + max(0.0, box[2] - WIDTH)) * LINE * 10
