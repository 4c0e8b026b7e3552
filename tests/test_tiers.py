"""The table of the tiers: what it names is there, a part runs it, and each promise is held at each change."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests import tiers
from tests.test_threat_model import NAMED, NOTS
from tests.tiers import PARTS, PROVE, ROOT, STAYS

PLACE = re.compile(r"`([\w/*.]+)`")
PROMISES = [line for line in (ROOT / "docs/plan.md").read_text().splitlines() if "`tests/" in line]
PROMISES = [line for line in PROMISES if line.startswith("|")]
KEPT = [f"{file}::{test}".removesuffix("::") for file, tests in STAYS.items() for test in tests]
DRAWN = re.compile(r"^ *@given\(", re.MULTILINE)
FIXED = re.compile(r"^(?!settings\.register).*max_examples=\d+(?!.*#)")
WIDER = re.compile(r"\btiers\.(either|DEEP)\b")


@cache
def names_in(file: Path) -> frozenset[str]:
    """Return the names of the tests in a file."""
    functions = [each for each in ast.walk(ast.parse(file.read_text())) if isinstance(each, ast.FunctionDef)]
    return frozenset(each.name for each in functions if each.name.startswith("test_"))


def all_tests(place: str) -> Iterator[tuple[str, str]]:
    """Give file and name of each test that a folder, file, pattern or id holds."""
    path, _, name = place.partition("::")
    for found in sorted(ROOT.glob(path)):
        files = [found] if found.suffix == ".py" else sorted(found.rglob("test_*.py"))
        for file in files:
            here = {name} & names_in(file) if name else names_in(file)
            yield from ((file.relative_to(ROOT).as_posix(), each) for each in sorted(here))


def at_each_change(places: list[str]) -> list[tuple[str, str]]:
    """Return the tests of these places that `make test` runs."""
    return [test for place in places for test in all_tests(place) if not tiers.is_left_to_prove(*test)]


@pytest.mark.parametrize("place", [*PROVE, *KEPT])
def test_each_line_names_tests_that_exist(place: str) -> None:
    assert list(all_tests(place))


@pytest.mark.parametrize("place", KEPT)
def test_what_stays_is_one_of_more(place: str) -> None:
    around = [place.partition("::")[0], *map(str, Path(place.partition("::")[0]).parents)]
    assert [each for each in around if each in PROVE and each != place]


@pytest.mark.parametrize("part", PARTS)
def test_each_part_of_make_prove_has_tests(part: str) -> None:
    assert [place for place in PARTS[part] if not list(all_tests(place))] == []


@pytest.mark.parametrize("place", PROVE)
def test_what_is_left_to_make_prove_runs_there(place: str) -> None:
    for file, name in all_tests(place):
        parts = tiers.parts_of(f"{file}::{name}")
        ignored = any(f"--ignore-glob={ROOT / file}" == each for each in tiers.arguments(tiers.LAST))
        assert set(parts) - ({tiers.LAST} if ignored else set()), (file, name)


def test_whatever_tries_longer_in_make_prove_runs_there() -> None:
    wider = [path for path in (ROOT / "tests").rglob("test_*.py") if WIDER.search(path.read_text())]
    places = [path.relative_to(ROOT).as_posix() for path in wider]
    assert len(places) > 5
    assert [each for each in places if tiers.parts_of(each) == [tiers.LAST] and each not in PROVE] == []


def test_whatever_draws_is_drawn_more_often_in_make_prove() -> None:
    drawing = [path for path in (ROOT / "tests").rglob("test_*.py") if DRAWN.search(path.read_text())]
    places = [path.relative_to(ROOT).as_posix() for path in drawing]
    assert len(places) > 20
    assert [each for each in places if tiers.parts_of(each) == [tiers.LAST]] == []


def test_how_often_something_is_drawn_says_the_tier_or_a_reason() -> None:
    lines = [line for path in (ROOT / "tests").rglob("*.py") for line in path.read_text().splitlines()]
    assert [line for line in lines if FIXED.search(line)] == []


@pytest.mark.parametrize("row", PROMISES, ids=lambda row: row[:60])
def test_each_promise_of_the_plan_is_held_at_each_change(row: str) -> None:
    shown, folder = [], "tests"
    for place in PLACE.findall(row):
        path = place if place.startswith("tests/") else f"{folder}/{place}"
        folder = str(Path(path).parent)
        shown += [path] if place.endswith(("/", ".py")) or (ROOT / path).is_dir() else []
    assert at_each_change(shown) or not any(list(all_tests(each)) for each in shown)


@pytest.mark.parametrize("row", NOTS, ids=lambda row: f"{row[0]}: {row[1]}"[:60])
def test_each_not_of_the_threat_model_is_held_at_each_change(row: list[str]) -> None:
    assert at_each_change([f"tests/{file}::{name}" for file, name in NAMED.findall(row[-1])])
