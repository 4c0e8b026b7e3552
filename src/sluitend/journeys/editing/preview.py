"""How an entry reads: every value under its name, in the language of the page and in the other ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateformat import format as date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sluitend.kernel.handbook.differences import as_words, label_of
from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.loading import read_entry
from sluitend.kernel.handbook.names import field_name
from sluitend.kernel.handbook.walking import values_in

HEAD = frozenset({"id", "source", "confirmed", "reviewed", "exact_match"})


@dataclass(frozen=True)
class Fact:
    """One value under its name."""

    name: str
    words: str


@dataclass(frozen=True)
class Preview:
    """An entry as a page: its heading, whether it is confirmed, and what it says."""

    title: str
    confirmed: bool
    facts: tuple[Fact, ...]


def preview(part: str, content: dict[str, Any]) -> Preview | None:
    """Return how an entry reads, or None when its shape is not right yet."""
    entry, _wrong = read_entry(part, content)
    if entry is None:
        return None
    language = (get_language() or "nl")[:2]
    facts = []
    for path, value in values_in(entry):
        words = _words(value, language)
        if words and path.split(".")[0] not in HEAD:
            facts.append(Fact(field_name(path).in_language(language), words))
    return Preview(label_of(entry), entry.confirmed, tuple(facts))


def _words(value: object, language: str) -> str:
    if isinstance(value, Text):
        return value.in_language(language)
    if isinstance(value, bool):
        return str(_("ja") if value else _("nee"))
    return date_format(value, "j F Y") if isinstance(value, date) else as_words(value)
