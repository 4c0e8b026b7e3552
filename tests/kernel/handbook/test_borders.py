"""Borders in a pack: read in both measures, checked with names for what is wrong, and asked about a point."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kernel.handbook.invented_borders import FOLDER, as_cbs, borders
from tests.kernel.handbook.test_loading import problems_in, replace

from sluitend.exports.writing import write_pack
from sluitend.kernel.handbook import checks_of_borders
from sluitend.kernel.handbook.borders import Borders
from sluitend.kernel.handbook.borders_reading import FILE, as_geojson, read_borders, to_degrees, to_grid
from sluitend.kernel.handbook.loading import load_pack, pack_of
from sluitend.kernel.handbook.outlines import outline
from sluitend.kernel.handbook.plain import plain
from sluitend.kernel.handbook.pointing import point_of

BORDERS = Borders.model_validate_json(json.dumps(borders()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the pack of the invented region."""
    return Path(shutil.copytree(FOLDER, tmp_path / "pack"))


def test_the_file_of_the_invented_region_is_what_its_seed_makes() -> None:
    assert (FOLDER / FILE).read_text(encoding="utf-8") == as_geojson(borders())


@pytest.mark.parametrize(
    ("x", "y", "longitude", "latitude"),
    [
        pytest.param(155_000, 463_000, 5.387206, 52.155174, id="where the grid begins, Amersfoort"),
        pytest.param(120_700.723, 487_525.501, 4.883526, 52.374533, id="Westertoren"),
        pytest.param(233_883.131, 582_065.167, 6.568201, 53.219384, id="Martinitoren"),
    ],
)
def test_the_national_grid_becomes_degrees(x: float, y: float, longitude: float, latitude: float) -> None:
    assert to_degrees(x, y) == pytest.approx((longitude, latitude), abs=1e-5)


@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [
        pytest.param(53.01, 4.10, "GM9001", id="in the middle"),
        pytest.param(53.12, 4.30, "GM9002", id="next to it"),
        pytest.param(53.28, 4.52, "GM9002", id="in a piece that lies within another"),
        pytest.param(53.28, 4.60, "GM9003", id="around that piece"),
        pytest.param(53.10, 4.80, "GM9009", id="beside the region"),
        pytest.param(53.10, 5.20, "", id="beyond it"),
        pytest.param(51.00, 4.10, "", id="south of it"),
    ],
)
def test_a_point_lies_in_one_area(latitude: float, longitude: float, code: str) -> None:
    area = BORDERS.at(latitude, longitude)
    assert (area.code if area else "") == code


@given(latitude=st.floats(52.91, 53.39), longitude=st.floats(3.97, 4.93))
def test_within_the_drawn_land_every_point_is_of_exactly_one_municipality(
    latitude: float, longitude: float
) -> None:
    assert sum(area.has(latitude, longitude) for area in BORDERS.areas) == 1


def test_how_far_a_border_is_counts_from_either_side() -> None:
    square = Borders.model_validate_json(
        json.dumps({"areas": [box(4.0, 52.0)], "source": "eigen"}),
    ).areas[0]
    assert square.metres_from(52.05, 4.01) == pytest.approx(684, abs=3)
    assert square.metres_from(52.05, 3.99) == pytest.approx(684, abs=3)
    assert square.metres_from(52.11, 4.05) == pytest.approx(1112, abs=3)


def box(west: float, south: float) -> dict[str, Any]:
    ring = [(0, 0), (0, 0.1), (0.1, 0.1), (0.1, 0), (0, 0)]
    spots = [[west + east, south + north] for east, north in ring]
    return {"code": "GM9001", "name": "Vierkant", "polygons": [[spots]]}


def test_borders_come_back_from_a_release_and_from_a_folder_as_they_went(tmp_path: Path) -> None:
    pack = load_pack(FOLDER)
    assert pack.borders == BORDERS
    assert pack_of(json.loads(pack.canonical_json())) == pack
    write_pack(pack, tmp_path / "out")
    assert load_pack(tmp_path / "out") == pack


def test_a_pack_without_borders_is_as_it_was(folder: Path, tmp_path: Path) -> None:
    (folder / FILE).unlink()
    pack = load_pack(folder)
    assert "borders" not in json.loads(pack.canonical_json())
    write_pack(pack, tmp_path / "out")
    assert not (tmp_path / "out" / FILE).exists()


def test_water_that_stands_apart_is_put_with_its_municipality(tmp_path: Path) -> None:
    made = borders()
    water = {**made["areas"][0], "polygons": [[[[4.8, 53.5], [4.9, 53.5], [4.9, 53.6], [4.8, 53.5]]]]}
    path = tmp_path / "cbs.json"
    path.write_text(as_cbs({**made, "areas": [*made["areas"], water]}))
    read = read_borders(path)
    assert [area["code"] for area in read["areas"]] == [area["code"] for area in made["areas"]]
    assert len(read["areas"][0]["polygons"]) == len(made["areas"][0]["polygons"]) + 1


@pytest.mark.parametrize(
    ("spoil", "entry", "message"),
    [
        pytest.param(lambda text: text[:-40], "", "dit is geen JSON", id="half a file"),
        pytest.param(lambda _text: "[]", "", "dit is geen FeatureCollection van GeoJSON", id="other JSON"),
        pytest.param(lambda text: "[" * 100_000, "", "dit is geen JSON", id="deeper than anybody reads"),
        pytest.param(
            lambda text: text.replace('"code":"GM9003",', ""),
            "#3",
            "dit gebied heeft geen code van een gemeente",
            id="no code",
        ),
        pytest.param(
            lambda text: text.replace('"code":"GM9003"', '"code":"PV28"'),
            "",
            "'areas.2.code' heeft een verkeerde vorm",
            id="a province",
        ),
        pytest.param(
            lambda text: text.replace("MultiPolygon", "LineString", 1),
            "GM9001",
            "de vorm is geen Polygon of MultiPolygon",
            id="a line",
        ),
        pytest.param(
            lambda text: text.replace("[[4.5,53.27],", "[[4.49,53.27],", 1),
            "GM9002",
            "een grens is niet gesloten",
            id="a gap",
        ),
        pytest.param(
            lambda text: text.replace("[[4.5,53.27],", "[[53.27,4.5],", 1),
            "GM9002",
            "breedte staat voor lengte",
            id="the wrong way round",
        ),
        pytest.param(
            lambda text: text.replace("[[4.5,53.27],", "[[500926.0,7034000.0],", 1),
            "GM9002",
            "een punt ligt niet in Nederland",
            id="in the measure of web maps",
        ),
        pytest.param(
            lambda text: text.replace("[[4.5,53.27],", '[["4.5",53.27],', 1),
            "GM9002",
            "een punt heeft geen twee getallen",
            id="words for a number",
        ),
        pytest.param(
            lambda text: text.replace('"source":"verzonnen, van niemand",', ""),
            "",
            "er staat niet van wie de grenzen zijn",
            id="nobody's",
        ),
        pytest.param(
            lambda text: text.replace('"code":"GM9002"', '"code":"GM9008"'),
            "GM9002",
            "deze gemeente heeft geen grens",
            id="one is missing",
        ),
    ],
)
def test_what_is_wrong_with_borders_is_named(
    folder: Path, spoil: Callable[[str], str], entry: str, message: str
) -> None:
    path = folder / FILE
    path.write_text(spoil(path.read_text()))
    found = problems_in(folder)
    assert (FILE, entry, message) in [(each.file, each.entry, each.message) for each in found]


def test_who_copies_the_example_reads_what_to_do_with_its_borders(folder: Path) -> None:
    for file in ("municipalities.yaml", "places.yaml"):
        path = folder / file
        path.write_text(path.read_text().replace("GM9003", "GM0999"))
    found = [each for each in problems_in(folder) if each.file == FILE]
    assert [each.entry for each in found] == ["GM0999"]
    assert "haal het weg" in found[0].remedy


def test_a_place_over_the_border_is_named_with_where_it_lies(folder: Path) -> None:
    replace(folder, "places.yaml", "longitude: 4.3\n", "longitude: 4.55\n")
    (found,) = problems_in(folder)
    assert (found.file, found.entry, found.field) == ("places.yaml", "oosterhage", "latitude")
    assert found.message == "deze plaats ligt niet in Oosterhage, maar in Lindewold"


def test_a_file_of_the_whole_country_is_refused_with_what_to_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks_of_borders, "MOST_POINTS", 50)
    (found,) = problems_in(folder)
    assert found.message == "de grenzen hebben meer dan 50 punten"
    assert "sluitend handbook borders" in found.remedy


def test_the_desk_sees_a_point_in_its_municipality_between_its_borders() -> None:
    point = point_of(load_pack(FOLDER), 53.01, 4.17)
    assert point
    assert point.within == "Grijsveen"
    assert point.outlines
    assert all(line.startswith("M") and line.endswith("z") for line in point.outlines)


def test_what_is_smaller_than_a_line_is_not_drawn() -> None:
    assert outline(BORDERS.areas[0], lambda latitude, longitude: (longitude, latitude)) == ""


def test_plain_borders_are_what_was_read() -> None:
    assert plain(BORDERS) == json.loads(json.dumps(borders()))


@given(st.floats(3.4, 7.2), st.floats(50.8, 53.5))
def test_the_national_grid_and_back_is_the_same_point(longitude: float, latitude: float) -> None:
    east, north = to_degrees(*to_grid(longitude, latitude))
    assert abs(east - longitude) < 1e-7
    assert abs(north - latitude) < 1e-7


def test_a_known_point_lies_where_the_survey_says() -> None:
    x, y = to_grid(4.88352559, 52.37453253)
    assert (round(x), round(y)) == (120701, 487526)
