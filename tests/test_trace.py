"""Each statement of the guide has entries, pages and, where built, a test in which a person does it."""

import re
import shutil
from pathlib import Path

import pytest

from sluitend.kernel.handbook.loading import load_pack
from sluitend.kernel.handbook.problems import PackInvalid
from tests.guide_trace import BROWSER_TESTS, DOCUMENT, PACK, ROOT, addresses, document, marked_tests
from tests.packs import den_haag

pack = den_haag()


def test_the_document_is_that_of_today() -> None:
    wanted = document(pack, marked_tests(), addresses())
    assert DOCUMENT.read_text(encoding="utf-8") == wanted, "run `make trace` and keep what it writes"


def test_every_page_of_a_statement_exists() -> None:
    known = addresses()
    assert [(one.id, page) for one in pack.trace for page in one.screens if page not in known] == []


def test_every_mark_names_a_statement_and_stands_on_a_browser_test() -> None:
    tests = marked_tests()
    assert {test.statement for test in tests} <= set(pack.trace.ids)
    assert all(test.name.startswith("test_") for test in tests)
    everywhere = {path for path in (ROOT / "tests").rglob("*.py") if marks_in(path)}
    assert {path for path in everywhere if BROWSER_TESTS not in path.parents} == set()
    assert sum(marks_in(path) for path in everywhere) == len(tests)


def marks_in(path: Path) -> int:
    """Count the marks in a file, wherever they stand."""
    return len(re.findall(r'@pytest\.mark\.statement\("', path.read_text(encoding="utf-8")))


def test_what_has_no_test_stands_on_top_by_its_number() -> None:
    top = DOCUMENT.read_text(encoding="utf-8").split("## Nog zonder toets")[1].split("\n## ")[0]
    tested = {test.statement for test in marked_tests()}
    assert set(re.findall(r"\[(S\d\d)\]", top)) == set(pack.trace.ids) - tested


def test_without_tests_every_statement_is_waiting() -> None:
    text = document(pack, (), addresses())
    assert "zijn er 0 getoetst" in text
    assert text.count("- Toets: nog geen.") == len(pack.trace)


def test_a_statement_is_not_carried_by_what_does_not_exist(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(PACK, tmp_path / "pack"))
    trace = folder / "trace.yaml"
    trace.write_text(trace.read_text(encoding="utf-8").replace("- measures/INT-12", "- measures/INT-99", 1))
    with pytest.raises(PackInvalid) as refused:
        load_pack(folder)
    (problem,) = refused.value.problems
    assert (problem.file, problem.entry, problem.field) == ("trace.yaml", "S04", "entries")
    assert "'measures/INT-99' draagt deze uitspraak" in problem.message
