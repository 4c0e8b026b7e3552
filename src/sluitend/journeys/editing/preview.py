"""How an entry reads: every value under its name, in the language of the page and in the other ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateformat import format as date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pydantic import BaseModel

from sluitend.exports.choice_names import choice_name
from sluitend.exports.differences import as_words, label_of
from sluitend.exports.names import field_name
from sluitend.exports.walking import values_in
from sluitend.journeys.editing.boxes import chosen_words, labels_of
from sluitend.journeys.editing.shapes import Kind, Shape, shapes_of
from sluitend.kernel.handbook.entries import Asked, Fact, Text
from sluitend.kernel.handbook.loading import read_entry
from sluitend.kernel.handbook.pack import Pack

NAMED = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.REFERENCE, Kind.REFERENCES})
TYPED = frozenset({Kind.WORD, Kind.LINES})
HEAD = frozenset({"id", "source", "confirmed", "reviewed", "exact_match", "asked"})


@dataclass(frozen=True)
class Said:
    """One value under its name."""

    name: str
    words: str


@dataclass(frozen=True)
class Preview:
    """An entry as a page: its heading, whether it is confirmed, and what it says."""

    title: str
    confirmed: bool
    facts: tuple[Said, ...]
    asked: Asked | None = None
    """How somebody came to know that it is right."""


def preview(part: str, content: dict[str, Any], pack: Pack) -> Preview | None:
    """Return how an entry reads, or None when its shape is not right yet.

    Args:
        part: the list that it is in.
        content: its plain values.
        pack: where what it refers to is found, to call it by its name.
    """
    entry, _wrong = read_entry(part, content)
    if entry is None:
        return None
    language = (get_language() or "nl")[:2]
    facts = []
    for path, value in values_in(entry):
        words = _named(value, _shape_at(type(entry), path), pack) or _words(value, language)
        if words and path.split(".")[0] not in HEAD:
            facts.append(Said(field_name(path).in_language(language), words))
    asked = entry.asked if isinstance(entry, Fact) and entry.confirmed else None
    return Preview(label_of(entry).in_language(language), entry.confirmed, tuple(facts), asked)


def _shape_at(model: type[BaseModel], path: str) -> Shape | None:
    """Return the field to which a path leads; steps through a list say which piece, and are passed over."""
    found: Shape | None = None
    inside: type[BaseModel] | None = model
    for step in path.split("."):
        shape = next((one for one in shapes_of(inside) if one.name == step), None) if inside else None
        if shape is not None:
            found, inside = shape, shape.model
    return found


def _named(value: object, shape: Shape | None, pack: Pack) -> str:
    """Return chosen values and references as people call them; nothing for a value of another kind."""
    if shape is None or value is None:
        return ""
    chosen = [str(getattr(one, "value", one)) for one in (value if isinstance(value, tuple) else (value,))]
    if shape.kind in NAMED:
        labels = labels_of(pack, shape.refers, shape.name) if shape.refers else {}
        return ", ".join(labels.get(one) or chosen_words(shape.name, one) for one in chosen)
    if shape.kind in TYPED and all(choice_name(shape.name, one) for one in chosen):
        return ", ".join(chosen_words(shape.name, one) for one in chosen)
    return ""


def _words(value: object, language: str) -> str:
    if isinstance(value, Text):
        return value.in_language(language)
    if isinstance(value, bool):
        return str(_("ja") if value else _("nee"))
    return date_format(value, "j F Y") if isinstance(value, date) else as_words(value)
