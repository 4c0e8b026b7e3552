"""Entries of the handbook as rows of a list, and the walks over all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sluitend.exports.differences import label_of
from sluitend.exports.names import kind_name
from sluitend.exports.walking import texts_in
from sluitend.kernel.handbook.checks_of_translations import read_by_who_seeks_help
from sluitend.kernel.handbook.entries import FALLBACK_LANGUAGE, SOURCE_LANGUAGE, Entry, Text
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.loading import list_parts
from sluitend.kernel.handbook.pack import Pack

OURS = frozenset({SOURCE_LANGUAGE, FALLBACK_LANGUAGE})
"""Dutch is the source and English comes with it: the region reads these itself."""

NAMED = 4
"""So many languages are named; more make a row that nobody reads."""


@dataclass(frozen=True)
class EntryLine:
    """One entry in a list. `state` is what the draft does to it: empty, `new`, `changed` or `gone`."""

    part: str
    kind: Text
    entry_id: str
    label: str
    confirmed: bool = True
    review_by: date | None = None
    state: str = ""
    detail: str = ""
    due: date | None = None


def languages_of(part: str, entry: Entry | None, pack: Pack) -> tuple[str, ...]:
    """Return the languages that a form shows: Dutch, English, and the others of the entry.

    Those are the ones in which it has words, and for who seeks help every language of the handbook: a number
    that is confirmed, or a new card, has to be there in all of them.
    """
    found = words_in(entry) if entry else set()
    if read_by_who_seeks_help(part, entry):
        found |= set(pack.languages.ids)
    return (SOURCE_LANGUAGE, FALLBACK_LANGUAGE, *sorted(found - {SOURCE_LANGUAGE, FALLBACK_LANGUAGE}))


def words_in(entry: Entry) -> set[str]:
    """Return the languages in which an entry has words."""
    return {language for _path, text in texts_in(entry) for language in text.root}


def languages_named(pack: Pack, languages: Sequence[str], spoken: str) -> str:
    """Return languages by their names in the language `spoken`; of many only how many."""
    if len(languages) > NAMED:
        return f"{len(languages)} {'talen' if spoken == SOURCE_LANGUAGE else 'languages'}"
    known = ((each, pack.languages.get(each)) for each in languages)
    return ", ".join(label_of(entry).in_language(spoken) if entry else each for each, entry in known)


def all_entries(pack: Pack) -> Iterator[tuple[str, Entry]]:
    """Yield every entry of every list, with the name of the list."""
    for part in list_parts():
        for one in getattr(pack, part):
            yield part, one


def line_of(part: str, one: Entry, state: str = "", detail: str = "") -> EntryLine:
    """Return an entry as a row of a list."""
    return EntryLine(
        part, kind_name(part), one.id, shown(label_of(one)), one.confirmed, one.review_by, state, detail
    )
