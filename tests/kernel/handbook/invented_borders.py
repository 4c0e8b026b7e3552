"""Borders of the invented region: drawn from a fixed seed, with the shapes that real ones have.

`python -m tests.kernel.handbook.invented_borders` writes those of `packs/voorbeeld` anew.
"""

import json
from pathlib import Path
from random import Random
from typing import Any

from sluitend.kernel.handbook.borders_reading import FILE, as_geojson

SEED = 9001
FOLDER = Path(__file__).parents[3] / "packs" / "voorbeeld"
SOUTH, NORTH, STEPS = 52.9, 53.4, 40
LINES = (3.95, 4.22, 4.44, 4.70, 4.95)
NAMES = (("GM9001", "Grijsveen"), ("GM9002", "Oosterhage"), ("GM9003", "Lindewold"), ("GM9009", "Verweg"))
ISLAND = ((4.50, 53.27), (4.54, 53.27), (4.53, 53.29), (4.51, 53.30), (4.50, 53.27))
"""A piece of Oosterhage that lies within Lindewold."""

type Spot = list[float]


def meandering(random: Random, longitude: float) -> list[Spot]:
    """Return a line from south to north that wanders, as rivers and ditches do."""
    step = (NORTH - SOUTH) / STEPS
    return [
        [round(longitude + random.uniform(-0.012, 0.012), 5), round(SOUTH + number * step, 5)]
        for number in range(STEPS + 1)
    ]


def borders() -> dict[str, Any]:
    """Return the plain values of the borders of the invented region."""
    lines = [meandering(Random(SEED + number), each) for number, each in enumerate(LINES)]  # noqa: S311
    areas = []
    for (code, name), west, east in zip(NAMES, lines, lines[1:], strict=False):
        polygons = [[[*west, *reversed(east), west[0]]]]
        island = [list(spot) for spot in ISLAND]
        if name == "Oosterhage":
            polygons.append([island])
        if name == "Lindewold":
            polygons[0].append(list(reversed(island)))
        areas.append({"code": code, "name": name, "polygons": polygons})
    return {"source": "verzonnen, van niemand", "day": "2026-11-25", "areas": areas}


def as_cbs(made: dict[str, Any], onto: Any = lambda spot: spot) -> str:
    """Return borders as CBS writes them, in its own words; `onto` gives each point in another measure."""
    features = [
        {
            "type": "Feature",
            "properties": {"statcode": area["code"], "statnaam": area["name"], "rubriek": "gemeente"},
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [
                    [[onto(spot) for spot in ring] for ring in polygon] for polygon in area["polygons"]
                ],
            },
        }
        for area in made["areas"]
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


if __name__ == "__main__":
    (FOLDER / FILE).write_text(as_geojson(borders()), encoding="utf-8")
