"""Entries of the handbook as rows of a list, and the walks over all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sluitend.kernel.handbook.differences import label_of
from sluitend.kernel.handbook.entries import FALLBACK_LANGUAGE, SOURCE_LANGUAGE, Entry, Text
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.loading import list_parts
from sluitend.kernel.handbook.names import kind_name
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.walking import texts_in


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


def languages_of(entry: Entry | None) -> tuple[str, ...]:
    """Return the languages that a form shows: Dutch, English, and those in which the entry has words."""
    found = {language for _path, text in texts_in(entry) for language in text.root} if entry else set()
    return (SOURCE_LANGUAGE, FALLBACK_LANGUAGE, *sorted(found - {SOURCE_LANGUAGE, FALLBACK_LANGUAGE}))


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
