"""What the threat model says of tests is so: each "not" and each fault names some, and they exist."""

import ast
import re
from functools import cache

import pytest

from tests.database import ROOT

DOCUMENT = (ROOT / "docs" / "threat-model.md").read_text()
NAMED = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
FILE = re.compile(r"`([\w/]+\.py)`")
TAKEN = {
    "the database",
    "a backup",
    "a reporter's laptop",
    "a colleague's laptop",
    "a partner's account",
    "SQL in the place of a web process",
    "the administrator's account",
    "the proxy",
    "the public web process",
    "the desk web process",
    "the worker",
    "the mail server",
}


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading, without the row of names."""
    _before, _heading, text = DOCUMENT.partition(f"### {heading}\n")
    lines = text.partition("\n#")[0].splitlines()
    table = [line for line in lines if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]


NOTS = rows("The test of each “not”")
WALKS = rows("The walk of each")
FAULTS = rows("The test of each fault and attack")


@cache
def names_in(file: str) -> frozenset[str]:
    """Return the names of the tests in a file."""
    tree = ast.parse((ROOT / "tests" / file).read_text())
    return frozenset(each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef))


@pytest.mark.parametrize("row", [*NOTS, *WALKS, *FAULTS], ids=lambda row: f"{row[0]}: {row[1]}"[:60])
def test_each_row_names_tests_that_exist(row: list[str]) -> None:
    named = NAMED.findall(row[-1])
    assert named
    assert NAMED.sub("", row[-1]).strip(" ,") == ""
    assert [(file, name) for file, name in named if name not in names_in(file)] == []


def test_whoever_can_be_taken_over_has_a_not() -> None:
    assert {row[0] for row in NOTS} == TAKEN
    assert {row[0] for row in rows("What each surrenders, and what not")} == TAKEN


def test_whoever_can_be_taken_over_is_walked_with() -> None:
    """Page by page is not enough: what each holds is put to use in steps, in one place of the tests."""
    assert {row[0] for row in WALKS} == TAKEN
    assert len(WALKS) == len(TAKEN)
    named = {file for row in WALKS for file, _name in NAMED.findall(row[-1])}
    assert {each for each in named if not each.startswith("attacks/test_composed")} == set()


def test_each_file_that_is_named_anywhere_exists() -> None:
    there = {str(path.relative_to(ROOT / "tests")) for path in (ROOT / "tests").rglob("*.py")}
    ends = {path.rpartition("/")[2] for path in there}
    named = set(FILE.findall(DOCUMENT))
    assert len(named) > 40
    assert {each for each in named if each not in there | ends and f"attacks/{each}" not in there} == set()
