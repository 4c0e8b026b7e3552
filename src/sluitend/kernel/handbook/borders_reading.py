"""From GeoJSON, as CBS, Kadaster and we ourselves write it, to the borders of a pack."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from math import cos, radians
from pathlib import Path
from typing import Any

from .problems import PackProblem, Words

FILE = "borders.geojson"
MAX_BYTES = 64 * 1024 * 1024
DECIMALS = 5
"""About a metre."""

# What the files of CBS (areas, neighbourhoods) and of the Kadaster call the code and the name.
CODES = ("code", "statcode", "gemeentecode", "gm_code", "identificatie")
NAMES = ("name", "statnaam", "gemeentenaam", "gm_naam", "naam")

_LEAST = 4
_NETHERLANDS = ((3.0, 8.0), (50.0, 54.0))
_LOOKS, _METRES_PER_DEGREE = 7, 111_200.0
_RD = ((-7_000.0, 300_000.0), (289_000.0, 629_000.0))

# The published polynomials from RD to degrees, good to half a metre: power of x, power of y, seconds.
_NORTH = (
    (0, 1, 3235.65389),
    (2, 0, -32.58297),
    (0, 2, -0.24750),
    (2, 1, -0.84978),
    (0, 3, -0.06550),
    (2, 2, -0.01709),
    (1, 0, -0.00738),
    (4, 0, 0.00530),
    (2, 3, -0.00039),
    (4, 1, 0.00033),
    (1, 1, -0.00012),
)
_EAST = (
    (1, 0, 5260.52916),
    (1, 1, 105.94684),
    (1, 2, 2.45656),
    (3, 0, -0.81885),
    (1, 3, 0.05594),
    (3, 1, -0.05607),
    (0, 1, 0.01199),
    (3, 2, -0.00256),
    (1, 4, 0.00128),
    (0, 2, 0.00022),
    (2, 0, -0.00022),
    (5, 0, 0.00026),
)

type Spot = tuple[float, float]
type Rings = list[list[Spot]]

_WHOLE: Words = (
    "haal het bestand opnieuw op bij CBS of Kadaster",
    "fetch the file again from CBS or Kadaster",
)
_CONVERT: Words = (
    "zet het bestand om naar RD (EPSG:28992) of lengte en breedte (WGS84)",
    "convert the file to RD (EPSG:28992) or longitude and latitude (WGS84)",
)


class UnreadableBorders(Exception):
    """Raised with all that is wrong with a file of borders."""

    def __init__(self, problems: Sequence[PackProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(each) for each in problems))


class _Wrong(Exception):
    def __init__(self, wrong: Words, remedy: Words = _WHOLE) -> None:
        self.wrong, self.remedy = wrong, remedy
        super().__init__(wrong[0])

    def problem(self, file: str, entry: str) -> PackProblem:
        return PackProblem(file, entry, *self.wrong, "", *self.remedy)


def to_degrees(x: float, y: float) -> Spot:
    """Return longitude and latitude (WGS84) of a point in RD, the national grid, in metres."""
    dx, dy = (x - 155_000) * 1e-5, (y - 463_000) * 1e-5
    north = sum(seconds * dx**p * dy**q for p, q, seconds in _NORTH) / 3600
    east = sum(seconds * dx**p * dy**q for p, q, seconds in _EAST) / 3600
    return 5.38720621 + east, 52.15517440 + north


def to_grid(longitude: float, latitude: float) -> tuple[float, float]:
    """Return the metres in RD, the national grid, of a point in longitude and latitude (WGS84).

    The way back of `to_degrees`, looked for: each look is some thirty times as near as the one before.

    Raises:
        ValueError: it lies outside the Netherlands, where this grid says nothing.
    """
    (west, east_most), (south, north_most) = _NETHERLANDS
    if not (west <= longitude <= east_most and south <= latitude <= north_most):
        raise ValueError("outside the Netherlands")
    x, y = 155_000.0, 463_000.0
    for _look in range(_LOOKS):
        east, north = to_degrees(x, y)
        x += (longitude - east) * _METRES_PER_DEGREE * cos(radians(latitude))
        y += (latitude - north) * _METRES_PER_DEGREE
    return x, y


def read_borders(path: Path) -> dict[str, Any]:
    """Return what a GeoJSON file says, as the plain values of `Borders`.

    Pieces of one municipality are put together: the files of CBS have its water apart.

    Raises:
        FileNotFoundError: there is no such file.
        UnreadableBorders: something in it is wrong; all of it is named.
    """
    try:
        content = _content(path)
    except _Wrong as wrong:
        raise UnreadableBorders([wrong.problem(path.name, "")]) from None
    problems: list[PackProblem] = []
    areas: dict[str, dict[str, Any]] = {}
    for number, feature in enumerate(content["features"], start=1):
        code, name = _called(feature)
        try:
            if not code:
                raise _Wrong(
                    (
                        "dit gebied heeft geen code van een gemeente",
                        "this area has no code of a municipality",
                    ),
                    (f"geef het een van deze: {', '.join(CODES)}", f"give it one of: {', '.join(CODES)}"),
                )
            polygons = list(_polygons(feature.get("geometry")))
        except _Wrong as wrong:
            problems.append(wrong.problem(path.name, code or f"#{number}"))
            continue
        area = areas.setdefault(code, {"code": code, "name": name or code, "polygons": []})
        area["polygons"].extend(polygons)
    if problems:
        raise UnreadableBorders(problems)
    said = {"source": content.get("source"), "day": content.get("day")}
    return {**{key: value for key, value in said.items() if value}, "areas": list(areas.values())}


def as_geojson(plain_borders: Mapping[str, Any]) -> str:
    """Return the plain values of `Borders` as GeoJSON that `read_borders` reads back, an area a line."""
    features = [
        json.dumps(
            {
                "type": "Feature",
                "properties": {"code": area["code"], "name": area["name"]},
                "geometry": {"type": "MultiPolygon", "coordinates": area["polygons"]},
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for area in plain_borders.get("areas", ())
    ]
    said = [
        f'"{key}":{json.dumps(plain_borders[key], ensure_ascii=False)},'
        for key in ("source", "day")
        if plain_borders.get(key)
    ]
    lines = ",\n".join(features)
    return f'{{"type":"FeatureCollection",{"".join(said)}"features":[\n{lines}\n]}}\n'


def _content(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise _Wrong(
            ("het bestand is groter dan 64 MB", "the file is larger than 64 MB"),
            ("neem de gegeneraliseerde grenzen van CBS", "take the generalised borders of CBS"),
        )
    try:
        content = json.loads(raw)
    except (ValueError, RecursionError):
        raise _Wrong(("dit is geen JSON", "this is no JSON")) from None
    if not isinstance(content, dict) or not _are_features(content.get("features")):
        raise _Wrong(("dit is geen FeatureCollection van GeoJSON", "this is no FeatureCollection of GeoJSON"))
    return content


def _are_features(raw: Any) -> bool:
    return isinstance(raw, list) and all(isinstance(each, dict) for each in raw)


def _called(feature: Mapping[str, Any]) -> tuple[str, str]:
    told = feature.get("properties")
    said = {str(key).lower(): value for key, value in told.items()} if isinstance(told, dict) else {}
    code = next((str(said[key]).strip() for key in CODES if said.get(key)), "")
    name = next((str(said[key]).strip() for key in NAMES if said.get(key)), "")
    return (f"GM{code}" if code.isdecimal() else code), name


def _polygons(geometry: Any) -> Iterator[Rings]:
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise _Wrong(("de vorm is geen Polygon of MultiPolygon", "the shape is no Polygon or MultiPolygon"))
    drawn = geometry.get("coordinates")
    for rings in [drawn] if geometry["type"] == "Polygon" else _list(drawn):
        yield [_ring(ring) for ring in _list(rings)]


def _ring(raw: Any) -> list[Spot]:
    spots: list[Spot] = []
    for each in _list(raw):
        spot = _spot(each)
        if not spots or spot != spots[-1]:
            spots.append(spot)
    if len(spots) < _LEAST:
        raise _Wrong(("een grens heeft minder dan drie punten", "a border has fewer than three points"))
    if spots[0] != spots[-1]:
        raise _Wrong(("een grens is niet gesloten", "a border is not closed"))
    return spots


def _spot(raw: Any) -> Spot:
    if (
        not isinstance(raw, list)
        or len(raw) < 2
        or not all(isinstance(each, int | float) and not isinstance(each, bool) for each in raw[:2])
    ):
        raise _Wrong(("een punt heeft geen twee getallen", "a point does not have two numbers"))
    x, y = float(raw[0]), float(raw[1])
    if _within(x, y, _RD):
        x, y = to_degrees(x, y)
    elif _within(y, x, _NETHERLANDS):
        raise _Wrong(
            ("breedte staat voor lengte", "latitude stands before longitude"),
            ("schrijf eerst de lengte (oost)", "write the longitude (east) first"),
        )
    if not _within(x, y, _NETHERLANDS):
        raise _Wrong(("een punt ligt niet in Nederland", "a point does not lie in the Netherlands"), _CONVERT)
    return round(x, DECIMALS), round(y, DECIMALS)


def _within(x: float, y: float, box: tuple[Spot, Spot]) -> bool:
    return box[0][0] <= x <= box[0][1] and box[1][0] <= y <= box[1][1]


def _list(raw: Any) -> list[Any]:
    if not isinstance(raw, list) or not raw:
        raise _Wrong(("de vorm heeft geen punten", "the shape has no points"))
    return raw
