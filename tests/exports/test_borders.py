"""Borders of a country made into those of a region: its own and those beside it, with fewer points."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kernel.handbook.invented_borders import FOLDER, as_cbs, borders

from sluitend.cli import main
from sluitend.exports.borders import of_region
from sluitend.kernel.handbook.borders import Borders
from sluitend.kernel.handbook.borders_reading import FILE, as_geojson, read_borders
from sluitend.kernel.handbook.loading import load_pack

OWN = ("GM9001", "GM9002", "GM9003")
FAR = {"code": "GM9010", "name": "Ver", "polygons": [[[[7.0, 52.0], [7.1, 52.0], [7.1, 52.1], [7.0, 52.0]]]]}


def tupled(made: dict[str, Any]) -> dict[str, Any]:
    """Return plain borders with their points as a file that was read has them."""
    return {
        "areas": [
            {
                **area,
                "polygons": [
                    [[tuple(spot) for spot in ring] for ring in polygon] for polygon in area["polygons"]
                ],
            }
            for area in made["areas"]
        ]
    }


def typed(areas: list[dict[str, Any]]) -> Borders:
    return Borders.model_validate_json(json.dumps({"areas": areas}))


SIMPLER = typed(of_region(tupled(borders()), OWN, metres=600.0))


def test_a_region_keeps_its_own_and_what_lies_beside() -> None:
    made = tupled(borders())
    made["areas"].append(FAR)
    found = [area["code"] for area in of_region(made, OWN)]
    assert found == [*OWN, "GM9009"]


def test_fewer_points_remain() -> None:
    before = typed(tupled(borders())["areas"])
    assert SIMPLER.points < before.points
    assert [area.code for area in SIMPLER.areas] == [area.code for area in before.areas]


@given(latitude=st.floats(52.91, 53.39), longitude=st.floats(3.98, 4.92))
def test_neighbours_still_have_one_border_when_it_is_simpler(latitude: float, longitude: float) -> None:
    assert sum(area.has(latitude, longitude) for area in SIMPLER.areas) == 1


def test_what_is_too_small_to_be_seen_goes_but_no_municipality_does() -> None:
    found = {area.code: area for area in typed(of_region(tupled(borders()), OWN, metres=9_000.0)).areas}
    assert len(found["GM9002"].polygons) == 1
    assert len(found["GM9003"].polygons[0]) == 1
    assert set(found) == {*OWN, "GM9009"}


def grid(spot: list[float]) -> list[float]:
    """Return a point of the invented region as metres of a grid that lies about there."""
    return [spot[0] * 67_000 - 220_000, spot[1] * 111_000 - 5_350_000]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "pack"))


def run(folder: Path, source: Path, *words: str) -> int:
    said = ("--source", "CBS, gebiedsindelingen 2026, CC BY 4.0", "--day", "2026-01-01")
    return main(["handbook", "borders", str(source), *said, "--into", str(folder), *words])


def test_a_file_of_cbs_goes_into_the_pack(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "gemeenten.geojson"
    source.write_text(as_cbs(borders()))
    assert run(folder, source) == 0
    assert "Grenzen van 3 gemeenten, en van 1 ernaast" in capsys.readouterr().out
    pack = load_pack(folder)
    assert pack.borders.source == "CBS, gebiedsindelingen 2026, CC BY 4.0"
    assert str(pack.borders.day) == "2026-01-01"
    area = pack.borders.at(53.01, 4.10)
    assert area
    assert area.name == "Grijsveen"


def test_a_difference_names_borders_that_came_went_and_changed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = borders()
    made["areas"][0]["polygons"][0][0][3][0] += 0.001
    made["areas"][3] = FAR
    (folder / FILE).write_text(as_geojson({**made, "day": "2027-01-01"}))
    assert main(["handbook", "diff", str(FOLDER), str(folder)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "grens van GM9001 (Grijsveen) verandert.",
        "grens van GM9009 (Verweg) vervalt.",
        "grens van GM9010 (Ver) is nieuw.",
        "grenzen: van verzonnen, van niemand, 2027-01-01.",
        "4 verschillen.",
    ]


def test_a_file_in_the_national_grid_is_read_in_degrees(tmp_path: Path) -> None:
    source = tmp_path / "rd.geojson"
    source.write_text(as_cbs(borders(), grid))
    for area in read_borders(source)["areas"]:
        for longitude, latitude in area["polygons"][0][0]:
            assert 3.0 < longitude < 8.0
            assert 50.0 < latitude < 54.0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(None, "De bestanden zijn niet te lezen", id="no file"),
        pytest.param("{}", "dit is geen FeatureCollection van GeoJSON", id="another file"),
        pytest.param(
            as_cbs({"areas": borders()["areas"][:2]}),
            "GM9003: deze gemeente heeft geen grens",
            id="a municipality short",
        ),
    ],
)
def test_what_is_wrong_is_told_and_changes_nothing(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None, told: str
) -> None:
    source = tmp_path / "bron.geojson"
    if content is not None:
        source.write_text(content)
    before = (folder / FILE).read_bytes()
    assert run(folder, source) == 1
    assert told in capsys.readouterr().err
    assert (folder / FILE).read_bytes() == before
