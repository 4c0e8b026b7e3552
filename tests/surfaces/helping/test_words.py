"""The product's own words on these pages exist in all of their languages, and those of a copy in its own."""

import re

import polib
import pytest
from django.conf import settings
from django.utils.translation import override
from tests.test_translations import in_python, in_template

from sluitend.journeys.care_files import copy_words
from sluitend.surfaces.handbook.consents import ANSWERS, BLANKS
from sluitend.surfaces.tongues import PRODUCT_LANGUAGES

APP = settings.ROOT / "src" / "sluitend" / "surfaces" / "helping"
# An official reads Dutch or English.
FOR_OFFICIALS = ("choose.html",)
MOST = 50
OTHERS = sorted(PRODUCT_LANGUAGES - {"nl"})


def sources() -> set[str]:
    """Return every string that somebody at risk may read."""
    found: set[str] = set()
    for path in APP.rglob("*.html"):
        if path.name not in FOR_OFFICIALS:
            found |= {words for _, words in in_template(path.read_text())}
    for path in APP.rglob("*.py"):
        found |= {words for _, words in in_python(path.read_text())}
    return found


def of_a_copy() -> set[str]:
    """Return every string that somebody may read on a copy of their care file."""
    with override("nl"):
        return {str(each.label) for choices in copy_words.CHOICES for each in choices}


def of_a_form() -> set[str]:
    """Return every string that somebody may read on a form on which they agree."""
    with override("nl"):
        return {str(each) for each in (*ANSWERS, *BLANKS)}


def catalogue(code: str) -> dict[str, str]:
    entries = polib.pofile(str(settings.ROOT / "locale" / code / "LC_MESSAGES" / "django.po"))
    return {each.msgid: each.msgstr for each in entries if each.translated()}


def test_the_words_are_few() -> None:
    assert 20 < len(sources()) <= MOST


@pytest.mark.parametrize("code", OTHERS)
def test_every_word_is_translated(code: str) -> None:
    assert sources() - catalogue(code).keys() == set()


@pytest.mark.parametrize("code", [code for code in copy_words.LANGUAGES if code != "nl"])
def test_every_word_of_a_copy_is_translated_with_its_values(code: str) -> None:
    held = catalogue(code)
    assert (of_a_copy() | of_a_form()) - held.keys() == set()
    slots = {words: re.findall(r"%\(\w+\)s", words) for words in of_a_copy()}
    assert {words: re.findall(r"%\(\w+\)s", held[words]) for words in slots} == slots


@pytest.mark.parametrize("code", [code for code in OTHERS if code != "en"])
def test_a_catalogue_holds_no_other_page(code: str) -> None:
    held = catalogue(code)
    assert held.keys() - sources() - of_a_copy() - of_a_form() == set()
    same = [words for words, translated in held.items() if words == translated and words != "Chat"]
    assert same == []


@pytest.mark.parametrize(
    ("code", "script"),
    [
        ("ar", "[\u0600-\u06ff]"),
        ("fa", "[\u0600-\u06ff]"),
        ("ti", "[\u1200-\u137f]"),
        ("zh", "[\u4e00-\u9fff]"),
        ("el", "[\u0370-\u03ff]"),
        ("bg", "[\u0400-\u04ff]"),
        ("uk", "[\u0400-\u04ff]"),
        ("ru", "[\u0400-\u04ff]"),
    ],
)
def test_words_are_in_their_own_script(code: str, script: str) -> None:
    assert [each for each in catalogue(code).values() if not re.search(script, each)] == []
