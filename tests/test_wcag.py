"""The list of WCAG is whole, is that of today, and names tests that are there."""

import re
from collections import Counter

from tests.wcag import AMOUNT, CRITERIA, DOCUMENT, ROOT, document

MOVES = re.compile(
    r"<(?:video|audio|marquee|blink|object|embed|iframe)\b|new Audio|@keyframes|animation-name"
    r"|devicemotion|deviceorientation|draggable|dragstart|touchmove|gesturechange",
    re.IGNORECASE,
)
"""Sound, pictures that move, what a shake of a phone does, and what is dragged or swiped."""


def test_the_document_is_that_of_today() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "run `make wcag` and keep what it writes"


def test_every_criterion_of_both_levels_is_there_once() -> None:
    assert Counter(each.level for each in CRITERIA.values()) == AMOUNT
    assert sorted(CRITERIA, key=lambda each: [int(part) for part in each.split(".")]) == [*CRITERIA]


def test_each_test_that_is_named_is_there() -> None:
    named = {test for each in CRITERIA.values() for test in each.tests}
    for node in named:
        path, _, name = node.partition("::")
        assert f"\ndef {name}(" in (ROOT / path).read_text(encoding="utf-8"), node


def test_what_no_test_holds_says_why() -> None:
    assert [number for number, each in CRITERIA.items() if not each.tests and not each.beyond] == []


def test_no_page_moves_sounds_or_asks_for_a_gesture() -> None:
    pages = [*(ROOT / "src" / "sluitend").rglob("*.html")]
    scripts = [each for kind in ("*.js", "*.css") for each in (ROOT / "frontend").glob(kind)]
    assert len(pages) > 200
    assert len(scripts) > 20
    files = [*pages, *scripts]
    assert [each.name for each in files if MOVES.search(each.read_text(encoding="utf-8"))] == []
    assert MOVES.search('<video src="x">')
