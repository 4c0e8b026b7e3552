"""The difference between two packs, in words that a coordinator reads before publishing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum

from django.utils.translation import gettext as _

from sluitend.exports.choice_names import choice_name
from sluitend.exports.names import field_name, kind_name
from sluitend.exports.walking import values_in
from sluitend.kernel.handbook.entries import SOURCE_LANGUAGE, Entries, Entry, Text
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.loading import list_parts
from sluitend.kernel.handbook.pack import Pack

CALLED = ("label", "name", "title", "text", "statement", "situation", "question", "says", "because")
"""Fields by which a page calls an entry: the first that it has."""


class How(StrEnum):
    """What happened to an entry."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class FieldChange:
    """One value that became another; an empty side means that there was or is nothing."""

    field: Text
    language: str
    old: str
    new: str


@dataclass(frozen=True)
class EntryChange:
    """One entry that came, went or changed. `label` is how a page calls it, in Dutch and English."""

    part: str
    kind: Text
    entry_id: str
    label: Text
    how: How
    fields: tuple[FieldChange, ...] = ()

    def __str__(self) -> str:
        head = f"{self.kind.nl} {self.entry_id} ({self.label})"
        if self.how is How.ADDED:
            return f"{head} is nieuw."
        if self.how is How.REMOVED:
            return f"{head} vervalt."
        return "\n".join([f"{head} verandert:", *(f"  {_in_words(change)}" for change in self.fields)])


def differences(old: Pack, new: Pack) -> tuple[EntryChange, ...]:
    """Return what changed from `old` to `new`, in the order of the pack."""
    return tuple(change for part in list_parts() for change in _of_part(part, old, new))


def border_changes(old: Pack, new: Pack) -> Iterator[str]:
    """Yield in Dutch of which municipalities the borders came, went or changed; they are no entries."""
    before = {area.code: area for area in old.borders.areas}
    after = {area.code: area for area in new.borders.areas}
    for code in dict.fromkeys([*before, *after]):
        was, becomes = before.get(code), after.get(code)
        if was == becomes:
            continue
        how = "is nieuw" if was is None else "vervalt" if becomes is None else "verandert"
        yield f"grens van {code} ({(becomes or was).name}) {how}."  # type: ignore[union-attr]
    said = old.borders.source, old.borders.day
    if before and after and said != (new.borders.source, new.borders.day):
        yield f"grenzen: van {new.borders.source}, {as_words(new.borders.day)}."


def label_of(entry: Entry) -> Text:
    """Return how a page calls an entry: by its label, name, title or what it says, else by its id."""
    for name in CALLED:
        found = getattr(entry, name, None)
        if isinstance(found, Text):
            return found
        if found:
            return _in_dutch(str(found))
    return _in_dutch(entry.id)


def _in_dutch(words: str) -> Text:
    # What is no Text of the pack, as the title of a document, is in no language and needs no check.
    return Text.model_construct(root={SOURCE_LANGUAGE: words})


def as_words(value: object) -> str:
    """Return a plain value as somebody reads it, in the language of the page; a command speaks Dutch."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, tuple):
        return ", ".join(as_words(item) for item in value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _of_part(part: str, old: Pack, new: Pack) -> Iterator[EntryChange]:
    before: Entries[Entry] = getattr(old, part)
    after: Entries[Entry] = getattr(new, part)
    for entry in before:
        if entry.id not in after:
            yield EntryChange(part, kind_name(part), entry.id, label_of(entry), How.REMOVED)
    for entry in after:
        earlier = before.get(entry.id)
        if earlier is None:
            yield EntryChange(part, kind_name(part), entry.id, label_of(entry), How.ADDED)
        elif earlier != entry:  # also where no words of it differ: nothing may change unseen
            fields = tuple(_changes(earlier, entry))
            yield EntryChange(part, kind_name(part), entry.id, label_of(entry), How.CHANGED, fields)


def _changes(old: Entry, new: Entry) -> Iterator[FieldChange]:
    before, after = _flat(old), _flat(new)
    for path, language in dict.fromkeys([*before, *after]):
        was, becomes = before.get((path, language), ""), after.get((path, language), "")
        if was != becomes:
            yield FieldChange(field_name(path), language, was, becomes)
    for name in _in_another_order(old, new):
        yield FieldChange(field_name(name), "", *(_order_of(getattr(each, name)) for each in (old, new)))


def _in_another_order(old: Entry, new: Entry) -> Iterator[str]:
    """Yield the fields of pieces that are found by their id, and stand in another order: as answers do."""
    for name in type(new).model_fields:
        was, becomes = (
            [getattr(one, "id", "") for one in _pieces(getattr(each, name))] for each in (old, new)
        )
        if was != becomes and sorted(was) == sorted(becomes):
            yield name


def _pieces(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _order_of(pieces: tuple[object, ...]) -> str:
    return ", ".join(str(getattr(one, "id", "")) for one in pieces)


def _flat(entry: Entry) -> dict[tuple[str, str], str]:
    flat: dict[tuple[str, str], str] = {}
    for path, value in values_in(entry):
        if isinstance(value, Text):
            flat |= {(path, language): words for language, words in value.root.items()}
        else:
            flat[path, ""] = _said(path.rpartition(".")[2], value)
    return flat


def _said(field: str, value: object) -> str:
    """Return a value as people call it: what can be chosen by its name, as where it is chosen."""
    if isinstance(value, tuple):
        return ", ".join(_said(field, item) for item in value)
    named = choice_name(field, str(value)) if isinstance(value, Enum) else None
    return shown(named) if named else as_words(value)


def _in_words(change: FieldChange) -> str:
    language = f" ({change.language})" if change.language not in ("", SOURCE_LANGUAGE) else ""
    name = f"{change.field.nl}{language}"
    if not change.old:
        return f"{name} wordt: {change.new}"
    if not change.new:
        return f"{name} vervalt, was: {change.old}"
    return f"{name} was: {change.old}\n    en wordt: {change.new}"
