"""The bundles as they are sent: how heavy, and whether they look outside or assume a direction of reading."""

import gzip
import re
from collections import Counter
from pathlib import Path

import pytest
from tests.browser.site import BUNDLES, build_bundles
from tests.database import ROOT

KIB = 1024
FIRST_LOAD, PUBLIC_STYLES, DESK = 100 * KIB, 30 * KIB, 120 * KIB
OURS = [
    ROOT / "frontend" / name for name in ("sluitend.css", "nlds.css", "extra.css", "utrecht.css", "fonts.css")
]
SIDED = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)(?:-\w+)?|left|right"
    r"|border-(?:top|bottom)-(?:left|right)-radius)\s*:"
    r"|(?<![\w-])(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)


@pytest.fixture(scope="module", autouse=True)
def bundles() -> None:
    """Have the bundles built."""
    build_bundles()


def weight(*names: str) -> int:
    """Return how many bytes travel for these files."""
    return sum(len(gzip.compress((BUNDLES / name).read_bytes(), 9)) for name in names)


def test_the_styles_of_a_help_page_weigh_little() -> None:
    assert weight("public.css") < PUBLIC_STYLES


def test_a_public_page_loads_within_its_budget() -> None:
    assert weight("public.css", "public.js") < FIRST_LOAD


def test_the_desk_loads_within_its_budget() -> None:
    assert weight("desk.css", "desk.js") < DESK


def test_public_pages_bring_no_font() -> None:
    assert "@font-face" not in (BUNDLES / "public.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["public.css", "desk.css", "public.js", "desk.js"])
def test_no_bundle_looks_outside(name: str) -> None:
    text = (BUNDLES / name).read_text(encoding="utf-8")
    assert re.findall(r"url\(\s*[\"']?(?:https?:)?//[^)]*\)|@import", text) == []
    assert [host for host in re.findall(r"https?://[\w.-]+", text) if "www.w3.org" not in host] == []


@pytest.mark.parametrize("name", ["public.js", "desk.js"])
def test_no_script_evaluates_text(name: str) -> None:
    text = (ROOT / "frontend" / name).read_text(encoding="utf-8")
    assert "eval(" not in text.replace("allowEval", "")


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_our_styles_know_no_left_or_right(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    assert [
        f"{number}: {line.strip()[:80]}" for number, line in enumerate(lines, 1) if SIDED.search(line)
    ] == []


def test_the_pattern_sees_a_side() -> None:
    for wrong in ("margin-left: 1px", "a{right:0}", "text-align: left", "border-top-left-radius: 2px"):
        assert SIDED.search(wrong)
    for right in ("margin-inline-start: 1px", "text-align: start", "inset-inline-end: 0", "--left: 1"):
        assert not SIDED.search(right)


BARE = re.compile(r"(?:^|\})\s*(\.sl-[\w-]+)\s*\{([^{}]*)\}")


def said(file: str) -> set[tuple[str, str]]:
    """Return which property of which class a file settles by the class alone, outside any condition."""
    lines = (ROOT / "frontend" / file).read_text(encoding="utf-8").splitlines()
    rules = (found for line in lines if line.startswith(".") for found in BARE.findall(line))
    return {
        (name, each.partition(":")[0].strip())
        for name, body in rules
        for each in body.split(";")
        if ":" in each and not each.strip().startswith("--")
    }


@pytest.mark.parametrize("bundle", ["desk.css", "public.css"])
def test_a_name_of_a_class_means_one_thing(bundle: str) -> None:
    sheet = (ROOT / "frontend" / bundle).read_text(encoding="utf-8")
    files = re.findall(r'@import "\./(\w+\.css)"', sheet)
    counted = Counter(each for file in files for each in said(file))
    assert len(counted) > 500
    assert [each for each, number in counted.items() if number > 1] == []
