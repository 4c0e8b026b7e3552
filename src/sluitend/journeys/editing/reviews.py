"""Who read an entry in a language: kept while its words stay, and what there is still to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sluitend.exports.differences import label_of
from sluitend.exports.walking import words_of
from sluitend.journeys.editing.lines import OURS, words_in
from sluitend.kernel.handbook.entries import Entry, Review
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.loading import read_entry
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.plain import plain


@dataclass(frozen=True)
class ReadIn:
    """A language of an entry, and who read it there; nobody yet when `by` is empty."""

    language: str
    name: str
    by: str = ""
    on: date | None = None


def readings(entry: Entry, pack: Pack) -> tuple[ReadIn, ...]:
    """Return the languages in which an entry has words beside Dutch and English, with who read them."""
    read = {review.language: review for review in entry.reviewed}
    return tuple(
        ReadIn(each, _name(pack, each), by=read[each].by, on=read[each].on)
        if each in read
        else ReadIn(each, _name(pack, each))
        for each in sorted(words_in(entry) - OURS)
    )


def with_review(entry: Entry, language: str, by: str, day: date) -> dict[str, Any]:
    """Return the content of an entry as somebody has read it in a language; an older reading there goes."""
    kept = tuple(one for one in entry.reviewed if one.language != language)
    read = Review(language=language, by=by, on=day)
    content: dict[str, Any] = plain(entry.model_copy(update={"reviewed": (*kept, read)}))
    return content


def to_read(entry: Entry, before: Entry | None, language: str) -> bool:
    """Tell whether an entry has unread words in a language that are those of the release before."""
    return (
        before is not None
        and language in words_in(entry)
        and not entry.reviewed_in(language)
        and words_of(entry, language) == words_of(before, language)
    )


def _name(pack: Pack, language: str) -> str:
    found = pack.languages.get(language)
    return shown(label_of(found)) if found else language


def with_reviews(part: str, content: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """Return the content with the reviews of before, of those languages in which no word changed."""
    old, _old_wrong = read_entry(part, before)
    new, _new_wrong = read_entry(part, content)
    if old is None or new is None:
        return content
    kept = [
        plain(review)
        for review in old.reviewed
        if words_of(old, review.language) == words_of(new, review.language)
    ]
    return {**content, "reviewed": kept} if kept else content
