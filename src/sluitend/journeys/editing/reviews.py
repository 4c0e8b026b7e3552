"""Who read an entry in a language: kept while its words stay, and what there is still to read."""

from __future__ import annotations

from typing import Any

from sluitend.kernel.handbook.entries import Entry
from sluitend.kernel.handbook.loading import read_entry
from sluitend.kernel.handbook.plain import plain
from sluitend.kernel.handbook.walking import texts_in


def with_reviews(part: str, content: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """Return the content with the reviews of before, of those languages in which no word changed."""
    old, _old_wrong = read_entry(part, before)
    new, _new_wrong = read_entry(part, content)
    if old is None or new is None:
        return content
    kept = [
        plain(review)
        for review in old.reviewed
        if _words_in(old, review.language) == _words_in(new, review.language)
    ]
    return {**content, "reviewed": kept} if kept else content


def _words_in(entry: Entry, language: str) -> dict[str, str]:
    return {path: text.root[language] for path, text in texts_in(entry) if text.has(language)}
