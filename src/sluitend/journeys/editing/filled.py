"""From what somebody filled in to the plain values of an entry; what is wrong with them the pack says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.datastructures import MultiValueDict
from pydantic import BaseModel

from sluitend.journeys.editing.shapes import Kind, Shape, shapes_of

YES, NO = "ja", "nee"
MAX_PIECES = 60
CHOSEN = re.compile(r"\(([A-Za-z0-9][A-Za-z0-9_.-]*)\)$")


def content_from(
    model: type[BaseModel], data: MultiValueDict[str, str], languages: Iterable[str]
) -> dict[str, Any]:
    """Return the plain values of an entry of `model` as the form says them.

    Args:
        model: the model of the kind of entry.
        data: what was sent.
        languages: the languages that the form showed.
    """
    return _Reading(data, tuple(languages)).piece(model, "")


class _Reading:
    def __init__(self, data: MultiValueDict[str, str], languages: tuple[str, ...]) -> None:
        self.data = data
        self.languages = languages

    def piece(self, model: type[BaseModel], prefix: str) -> dict[str, Any]:
        """Return the values of one model; a field that is empty and may be is left out."""
        raw: dict[str, Any] = {}
        for shape in shapes_of(model):
            value = self._value(shape, f"{prefix}{shape.name}")
            if value not in (None, "", [], {}):
                raw[shape.name] = value
            elif model.model_fields[shape.name].is_required():
                raw[shape.name] = shape.empty
        return raw

    def _value(self, shape: Shape, name: str) -> Any:
        read = {
            Kind.TEXT: self._text,
            Kind.TEXTS: self._texts,
            Kind.YES_NO: self._yes_no,
            Kind.NUMBER: self._number,
            Kind.CHOICES: self._many,
            Kind.REFERENCES: self._many,
            Kind.LINES: self._lines,
        }.get(shape.kind)
        if read is not None:
            found = read(name)
            return [_as_number(one) for one in found] if shape.numbers else found
        if shape.kind is Kind.PIECE and shape.model:
            return self._one_piece(shape.model, name)
        if shape.kind is Kind.PIECES and shape.model:
            return self._pieces(shape.model, name)
        return self.data.get(name, "").strip()

    def _text(self, name: str) -> Mapping[str, str]:
        words = {one: self.data.get(f"{name}.{one}", "").strip() for one in self.languages}
        return {one: text.replace("\r\n", "\n") for one, text in words.items() if text}

    def _texts(self, name: str) -> list[Mapping[str, str]]:
        """A list of texts has one box a language, with a text on each line: equal lines belong together.

        An empty line holds the place of a text that a language lacks; else what follows would move up, and
        stand with the words of another text. Where all languages have as many texts, it says nothing.
        """
        columns = {one: self._lines(f"{name}.{one}") for one in self.languages}
        if len({len(lines) for lines in columns.values() if lines}) > 1:
            columns = {one: self._lines(f"{name}.{one}", empty=True) for one in self.languages}
        most = max((len(lines) for lines in columns.values()), default=0)
        rows = (
            {one: lines[number] for one, lines in columns.items() if number < len(lines) and lines[number]}
            for number in range(most)
        )
        return [row for row in rows if row]

    def _yes_no(self, name: str) -> bool | None:
        return {YES: True, NO: False}.get(self.data.get(name, ""))

    def _number(self, name: str) -> Any:
        typed = self.data.get(name, "").strip()
        return _as_number(typed) if typed else None

    def _many(self, name: str) -> list[str]:
        ticked = [one for one in self.data.getlist(name) if one]
        named = [_id_of(one) for one in self._lines(f"{name}.more")]
        return ticked + [one for one in dict.fromkeys(named) if one not in ticked]

    def _lines(self, name: str, *, empty: bool = False) -> list[str]:
        typed = "\n".join(self.data.getlist(name))
        return [line.strip() for line in typed.splitlines() if empty or line.strip()]

    def _one_piece(self, model: type[BaseModel], name: str) -> dict[str, Any] | None:
        raw = self.piece(model, f"{name}.")
        return raw if _says_something(raw) else None

    def _pieces(self, model: type[BaseModel], name: str) -> list[dict[str, Any]]:
        typed = self.data.get(f"{name}.count", "0")
        count = min(int(typed), MAX_PIECES) if typed.isascii() and typed.isdigit() else 0
        found = [self.piece(model, f"{name}.{number}.") for number in range(count)]
        return [raw for raw in found if _says_something(raw)]


def _id_of(typed: str) -> str:
    """Return the id of what was chosen by name from a list: it stands behind the name, in brackets."""
    found = CHOSEN.search(typed)
    return found[1] if found else typed


def _as_number(typed: str) -> Any:
    """Return a number; what is none stays as it was typed, and the pack says that it is wrong."""
    try:
        return int(typed)
    except ValueError:
        pass
    try:
        number = float(typed.replace(",", "."))
    except ValueError:
        return typed
    return number if number == number and abs(number) != float("inf") else typed


def _says_something(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_says_something(one) for one in value.values())
    if isinstance(value, list):
        return any(_says_something(one) for one in value)
    return value not in (None, "", False)
