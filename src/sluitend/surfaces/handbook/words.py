"""Abbreviations and terms of the trade: which of them stand on a page, and what they mean."""

from __future__ import annotations

from sluitend.kernel.handbook.approach import Word
from sluitend.kernel.handbook.found import found_on
from sluitend.surfaces.handbook.reading import Reading


def words_on(held: Reading, page: str) -> tuple[Word, ...]:
    """Return the words that stand on a page and that the handbook explains, by alphabet.

    Args:
        held: the handbook as this reader may see it.
        page: the page as HTML; what stands in tags, or in the title of a source, is no word on it.
    """
    there = found_on(held.number, page)
    return tuple(each for each in held.shown(held.pack.words) if each.id in there)
