"""The columns of a list as a spreadsheet: headings, what may be chosen, cells out and back in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from types import NoneType
from typing import Any, TypeGuard, get_args

from pydantic import BaseModel

from sluitend.exports.choice_names import choice_name
from sluitend.exports.names import field_name
from sluitend.kernel.handbook.entries import FALLBACK_LANGUAGE, SOURCE_LANGUAGE, Entry, Text
from sluitend.kernel.handbook.loading import kind_of
from sluitend.kernel.handbook.problems import Words
from sluitend.kernel.handbook.recognition import OpenHours

YES, NO = "ja", "nee"
_ANSWERS = {
    YES: True,
    "yes": True,
    "true": True,
    "1": True,
    NO: False,
    "no": False,
    "false": False,
    "0": False,
}

_LANGUAGES = {SOURCE_LANGUAGE: "Nederlands", FALLBACK_LANGUAGE: "Engels"}
_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_SPAN = re.compile(r"(\d{1,2}[:.]\d{2})\s*[-–]\s*(\d{1,2}[:.]\d{2})")
_DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
_SIMPLE = (str, int, float, bool, date, Enum)


class Unreadable(Exception):
    """Raised for cells of one field that cannot be read; it says what to write instead."""

    def __init__(self, dutch: str, english: str) -> None:
        super().__init__(dutch)
        self.words: Words = (dutch, english)


@dataclass(frozen=True)
class Column:
    """One column: its key in the pack, such as `name.nl`, its field, and how people call it."""

    key: str
    field: str
    heading: str
    choices: tuple[str, ...] = ()
    """What may be chosen in it; empty where anything may be written."""


def columns(part: str, languages: Iterable[str]) -> tuple[Column, ...]:
    """Return the columns of a part of the pack, with a column for each of the languages of a text."""
    found = tuple(_columns(kind_of(part), tuple(languages)))
    named = [one.heading for one in found]
    return tuple(
        one
        if named.count(one.heading) == 1
        else Column(one.key, one.field, f"{one.heading} [{one.key}]", one.choices)
        for one in found
    )


def heading(part: str, key: str) -> str:
    """Return how people call a column."""
    language = key.rpartition(".")[2] if is_text(kind_of(part), key.partition(".")[0]) else SOURCE_LANGUAGE
    return next(
        one.heading for one in columns(part, (SOURCE_LANGUAGE, FALLBACK_LANGUAGE, language)) if one.key == key
    )


def is_text(kind: type[BaseModel], name: str) -> bool:
    """Tell whether a field is a text, with a column for each language."""
    field = kind.model_fields.get(name)
    return field is not None and (field.annotation is Text or Text in get_args(field.annotation))


def cells(entry: Entry) -> dict[str, Any]:
    """Return what stands in each column of an entry, by the key of the column."""
    row: dict[str, Any] = {}
    for name, field in type(entry).model_fields.items():
        value = getattr(entry, name)
        if is_text(type(entry), name):
            row |= {f"{name}.{language}": words for language, words in (value.root if value else {}).items()}
        elif _item_of(field.annotation) is OpenHours:
            row |= {f"{name}.{day}": spans for day, spans in _by_day(name, value)}
        elif piece := _flat_piece(field.annotation):
            row |= {f"{name}.{each}": _cell(each, getattr(value, each, None)) for each in piece.model_fields}
        else:
            row[name] = _cell(name, value)
    return row


def values(part: str, row: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Words]]:
    """Return the plain values of a row, and by field what cannot be read, in Dutch and English.

    Args:
        part: the part of the pack.
        row: the cells by the key of their column.
    """
    raw: dict[str, Any] = {}
    wrong: dict[str, Words] = {}
    for name, field in kind_of(part).model_fields.items():
        try:
            value = _value_of(kind_of(part), name, row)
        except Unreadable as error:
            wrong[name] = error.words
            continue
        if value is not None:
            raw[name] = value
        elif field.is_required():
            raw[name] = [] if _item_of(field.annotation) else None
    return raw, wrong


def _columns(kind: type[Entry], languages: tuple[str, ...]) -> Iterator[Column]:
    for name, field in kind.model_fields.items():
        called = _upper(field_name(name).nl)
        if is_text(kind, name):
            for language in dict.fromkeys(languages):
                yield Column(f"{name}.{language}", name, f"{called} ({_LANGUAGES.get(language, language)})")
        elif _item_of(field.annotation) is OpenHours:
            for number, day in enumerate(_DAYS, start=1):
                yield Column(f"{name}.{number}", name, f"{called} op {day}")
        elif piece := _flat_piece(field.annotation):
            for each, inner in piece.model_fields.items():
                label = f"{called}: {field_name(each).nl}"
                yield Column(f"{name}.{each}", name, label, _choices(each, inner.annotation))
        else:
            yield Column(name, name, called, _choices(name, field.annotation))


def _value_of(kind: type[Entry], name: str, row: Mapping[str, Any]) -> Any:
    annotation: Any = kind.model_fields[name].annotation
    inside = {key.partition(".")[2]: cell for key, cell in row.items() if key.startswith(f"{name}.")}
    filled = {key: cell for key, cell in inside.items() if cell not in (None, "")}
    if is_text(kind, name):
        return {language: str(words) for language, words in filled.items()} or None
    if _item_of(annotation) is OpenHours:
        return _open_hours(filled) or None
    if piece := _flat_piece(annotation):
        return {
            each: _value(each, piece.model_fields[each].annotation, cell) for each, cell in filled.items()
        } or None
    cell = row.get(name)
    return None if cell in (None, "") else _value(name, annotation, cell)


def _cell(name: str, value: object) -> Any:
    if isinstance(value, tuple):
        return _list_cell(name, value)
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Enum):
        return _called(name, value)
    if isinstance(value, BaseModel):
        return json.dumps(value.model_dump(mode="json"), ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else value


def _list_cell(name: str, items: tuple[object, ...]) -> str | None:
    pieces = [item.model_dump(mode="json") for item in items if isinstance(item, BaseModel)]
    if pieces:
        return json.dumps(pieces, ensure_ascii=False)
    return "\n".join(_called(name, one) if isinstance(one, Enum) else str(one) for one in items) or None


def _value(name: str, annotation: Any, cell: Any) -> Any:
    bare, item = _bare(annotation), _item_of(annotation)
    if bare is bool:
        return _yes_or_no(name, cell)
    if bare is date:
        return _day(cell)
    if _is_enum(bare):
        return _chosen(name, bare, str(cell))
    if item is not None and issubclass(item, str | int):
        return [_word(name, item, word) for line in str(cell).splitlines() if (word := line.strip())]
    return _other_value(name, bare, cell)


def _other_value(name: str, bare: Any, cell: Any) -> Any:
    one_word = isinstance(bare, type) and issubclass(bare, str)
    if isinstance(cell, str) and cell.lstrip().startswith(("{", "[")) and not one_word:
        try:
            return json.loads(cell)
        except (ValueError, RecursionError):  # the second where it is nested without end
            raise Unreadable(f"'{name}' is niet te lezen", f"'{name}' cannot be read") from None
    if isinstance(cell, datetime | date):
        return _day(cell)
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip() if one_word or isinstance(cell, str) else cell


def _day(cell: Any) -> str:
    """Return a day as the pack writes it: of a cell with a day in it, or as people type one."""
    if isinstance(cell, datetime | date):
        return (cell.date() if isinstance(cell, datetime) else cell).isoformat()
    typed = _DAY.fullmatch(str(cell).strip())
    if typed is None:
        return str(cell).strip()
    day, month, year = (int(one) for one in typed.groups())
    return f"{year:04}-{month:02}-{day:02}"


def _word(name: str, item: type, word: str) -> Any:
    if _is_enum(item):
        return _chosen(name, item, word)
    if not issubclass(item, int):
        return word
    try:
        return int(word)
    except ValueError:
        raise Unreadable(
            f"'{name}': schrijf op elke regel een heel getal", f"'{name}': write a whole number on each line"
        ) from None


def _yes_or_no(name: str, cell: Any) -> bool:
    found = _ANSWERS.get(str(cell).strip().casefold())
    if found is None:
        raise Unreadable(f"'{name}': kies ja of nee", f"'{name}': choose yes (ja) or no (nee)")
    return found


def _chosen(name: str, kind: type[Enum], typed: str) -> str:
    word = typed.strip().casefold()
    for one in kind:
        if word in (str(one.value).casefold(), _called(name, one).casefold()):
            return str(one.value)
    allowed = ", ".join(_called(name, one) for one in kind)
    raise Unreadable(f"'{name}': kies een van: {allowed}", f"'{name}': choose one of: {allowed}")


def _called(name: str, value: Enum) -> str:
    """Return how people call a choice; two that are called the same keep the words of the pack."""
    names = [choice_name(name, str(one.value)) for one in type(value)]
    found = choice_name(name, str(value.value))
    return found.nl if found and names.count(found) == 1 else str(value.value)


def _choices(name: str, annotation: Any) -> tuple[str, ...]:
    bare = _bare(annotation)
    if bare is bool:
        return (YES, NO)
    return tuple(_called(name, one) for one in bare) if _is_enum(bare) else ()


def _by_day(name: str, hours: tuple[OpenHours, ...]) -> Iterator[tuple[int, str]]:
    days = {
        day: ", ".join(f"{one.opens}-{one.closes}" for one in hours if day in one.days)
        for day in range(1, len(_DAYS) + 1)
    }
    filled = {day: spans for day, spans in days.items() if spans}
    as_read = _open_hours({str(day): spans for day, spans in filled.items()})
    # Hours that days cannot say, as the same ones twice, stand in the first column as the pack has them.
    whole = as_read == [one.model_dump(mode="json") for one in hours]
    yield from filled.items() if whole else ((1, str(_cell(name, hours))),)


def _open_hours(by_day: Mapping[str, Any]) -> list[dict[str, Any]]:
    first = by_day.get("1")
    if isinstance(first, str) and first.startswith("[") and len(by_day) == 1:
        hours: list[dict[str, Any]] = _other_value("open", None, first)
        return hours
    days: dict[tuple[str, str], list[int]] = {}
    for number, day in enumerate(_DAYS, start=1):
        for typed in str(by_day.get(str(number), "")).replace(";", ",").split(","):
            if not typed.strip():
                continue
            span = _SPAN.fullmatch(typed.strip())
            if span is None:
                raise Unreadable(
                    f"'open' op {day}: schrijf de tijden als 09:00-17:00",
                    f"'open' on day {number}: write the times as 09:00-17:00",
                )
            opens, closes = (each.replace(".", ":").zfill(5) for each in span.groups())
            days.setdefault((opens, closes), []).append(number)
    return [{"days": its, "opens": opens, "closes": closes} for (opens, closes), its in days.items()]


def _flat_piece(annotation: Any) -> type[BaseModel] | None:
    """Return a piece that has a column for each of its fields: all of them simple, and one always there."""
    bare = _bare(annotation)
    if not (isinstance(bare, type) and issubclass(bare, BaseModel)) or bare is Text:
        return None
    fields = bare.model_fields.values()
    kinds = [_bare(one.annotation) for one in fields]
    simple = all(isinstance(kind, type) and issubclass(kind, _SIMPLE) for kind in kinds)
    return bare if simple and any(one.is_required() for one in fields) else None


def _item_of(annotation: Any) -> type | None:
    """Return what a list is of; None for what is no list."""
    inner = get_args(annotation)
    if not inner or inner[-1] is not Ellipsis:
        return None
    item = _bare(inner[0])
    return item if isinstance(item, type) else None


def _bare(annotation: Any) -> Any:
    """Return a type without what is said about it and without that it may be nothing."""
    if hasattr(annotation, "__metadata__"):
        return _bare(get_args(annotation)[0])
    inner = [one for one in get_args(annotation) if one is not NoneType]
    return _bare(inner[0]) if len(inner) == 1 and NoneType in get_args(annotation) else annotation


def _is_enum(kind: Any) -> TypeGuard[type[Enum]]:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
