"""An entry as plain values: what it states, without what goes without saying."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from .entries import SOURCE_LANGUAGE, Entries, Review, Text


def plain(value: object, *, languages: Collection[str] | None = None) -> Any:
    """Return a model of the pack as lists, mappings, texts and numbers.

    A field that has its default is left out, so that a field that comes with a later version of the
    program changes nothing in what is written and in its digest; only `confirmed` is always written.

    Args:
        value: a pack, an entry, or a piece of it.
        languages: which languages of texts, and reviews of which languages; without it all of them.
    """
    if isinstance(value, Text):
        return _words(value, languages)
    if isinstance(value, Entries):
        return [plain(entry, languages=languages) for entry in value]
    if isinstance(value, BaseModel):
        return {name: plain(getattr(value, name), languages=languages) for name in _stated(value, languages)}
    if isinstance(value, tuple):
        return [plain(item, languages=languages) for item in value if not _is_elsewhere(item, languages)]
    return _simple(value)


def _simple(value: object) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def _words(text: Text, languages: Collection[str] | None) -> Any:
    if languages is None:
        return dict(text.root)
    kept = {language: words for language, words in text.root.items() if language in languages}
    return kept if len(kept) > 1 else kept[SOURCE_LANGUAGE]


def _stated(model: BaseModel, languages: Collection[str] | None) -> Iterator[str]:
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if name != "confirmed" and not field.is_required() and value == field.get_default():
            continue
        if isinstance(value, tuple) and value and all(_is_elsewhere(item, languages) for item in value):
            continue
        yield name


def _is_elsewhere(item: object, languages: Collection[str] | None) -> bool:
    """Tell whether it is a review of a language that is left out."""
    return languages is not None and isinstance(item, Review) and item.language not in languages
