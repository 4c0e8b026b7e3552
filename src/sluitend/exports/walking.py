"""Walking over an entry: its texts and its plain values, each with the path that leads to it."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from sluitend.kernel.handbook.entries import Entry, Text


def texts_in(entry: BaseModel, prefix: str = "") -> Iterator[tuple[str, Text]]:
    """Yield every text in an entry with its path, such as `answers.yes.text` or `fields.0`."""
    for path, value in values_in(entry, prefix):
        if isinstance(value, Text):
            yield path, value


def values_in(entry: BaseModel, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Yield what an entry holds with its path: texts, and values that have no parts of their own.

    A piece with an id is found by that id, others by their number from 0. A list of plain values is one
    value.
    """
    for name in type(entry).model_fields:
        yield from _walk(f"{prefix}{name}", getattr(entry, name))


def _walk(path: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Text) or not isinstance(value, tuple | BaseModel):
        yield path, value
    elif isinstance(value, BaseModel):
        yield from values_in(value, f"{path}.")
    elif any(isinstance(item, Text | BaseModel) for item in value):
        for number, item in enumerate(value):
            yield from _walk(f"{path}.{_step_to(item, number)}", item)
    else:
        yield path, value


def _step_to(item: object, number: int) -> str:
    return str(getattr(item, "id", number))


def words_of(entry: BaseModel, language: str) -> dict[str, str]:
    """Return the words of an entry in one language, each by its path."""
    return {path: text.root[language] for path, text in texts_in(entry) if text.has(language)}


def still_read[EntryType: Entry](entry: EntryType, before: Entry | None) -> EntryType:
    """Return the entry without those readings of before that were of other words.

    Who says anew that somebody read the words keeps that: it is no reading of before.
    """
    if before is None:
        return entry
    kept = tuple(
        one
        for one in entry.reviewed
        if one not in before.reviewed or words_of(entry, one.language) == words_of(before, one.language)
    )
    return entry if kept == entry.reviewed else entry.model_copy(update={"reviewed": kept})
