"""Which of the explained words of the handbook stand on a page."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from django.utils.translation import get_language

from sluitend.kernel.handbook.entries import SOURCE_LANGUAGE
from sluitend.kernel.handbook.queries import release

_TAG = re.compile(r"<[^>]*>")
_SOURCES = re.compile(r"<details[^>]* data-sources>.*?</details>", re.DOTALL)


def found_on(number: int, page: str) -> frozenset[str]:
    """Return the ids of the words that stand on a page and that a release explains.

    Args:
        number: of the release.
        page: the page as HTML; what stands in tags, or in the title of a source, is no word on it.
    """
    pattern, ids = _search(number, (get_language() or SOURCE_LANGUAGE)[:2])
    if pattern is None:
        return frozenset()
    text = unescape(_TAG.sub(" ", _SOURCES.sub(" ", page)))
    return frozenset(ids[found.casefold()] for found in pattern.findall(text))


@lru_cache(maxsize=4)
def _search(number: int, language: str) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    """Return what finds the words of a release, and the id of each. Made at its first use and kept."""
    labels = {each.label.in_language(language): each.id for each in release(number).pack.words}
    if not labels:
        return None, {}
    longest_first = sorted(labels, key=len, reverse=True)
    found = "|".join(_either_case(label) for label in longest_first)
    pattern = re.compile(rf"(?<!\w)(?:{found})(?!\w)")
    return pattern, {label.casefold(): one for label, one in labels.items()}


def _either_case(label: str) -> str:
    """Return a pattern for a label: a word may begin a sentence, an abbreviation stays as it is."""
    first, rest = label[0], label[1:]
    if rest.islower():
        return f"[{re.escape(first.upper())}{re.escape(first.lower())}]{re.escape(rest)}"
    return re.escape(label)
