"""A kind of entries as a spreadsheet that people edit, and back.

A row is an entry. A text has a column for each language (`label.nl`), a list of words has one word on each
line of its cell, and what has parts of its own stands in its cell as JSON. Formulas are refused: a sheet
that comes back is typed by people and may come from anywhere. A hidden page says of each entry what it was
when the sheet was made, so that what others changed meanwhile is told from what this sheet changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from io import BytesIO
from typing import Any, get_args
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import BaseModel

from sluitend.exports.walking import texts_in
from sluitend.kernel.handbook.entries import FALLBACK_LANGUAGE, SOURCE_LANGUAGE, Entry, Text
from sluitend.kernel.handbook.loading import kind_of, read_entry
from sluitend.kernel.handbook.plain import plain
from sluitend.kernel.handbook.problems import PackInvalid, PackProblem

MAX_BYTES = 2 * 1024 * 1024
MAX_UNPACKED = 40 * 1024 * 1024
MAX_ROWS = 5000
WIDE, NARROW = 48, 18
ORIGIN = "sluitend"
"""The hidden page with what each entry was."""

type Row = Mapping[str, Any]


def as_sheet(part: str, entries: Iterable[Entry]) -> bytes:
    """Return the entries of a part as an .xlsx file, with one row for each and a row of names on top."""
    entries = tuple(entries)
    languages = _languages_of(entries)
    columns = tuple(_columns(kind_of(part), languages))
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)  # noqa: S101 - a new workbook has one
    page.title = part
    page.append(columns)
    for entry in entries:
        row = _row(entry, languages)
        page.append([row.get(column) for column in columns])
    _dress(page)
    origin = book.create_sheet(ORIGIN)
    origin.sheet_state = "hidden"
    for entry in entries:
        origin.append((entry.id, fingerprint(entry)))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def from_sheet(part: str, content: bytes) -> tuple[Entry, ...]:
    """Return the entries that an .xlsx file says.

    Args:
        part: which list of the pack it is, such as `measures`.
        content: the bytes of the file.

    Raises:
        PackInvalid: the file is no spreadsheet, too large, has a formula, misses a column that entries
            need, has one that they do not know, or a row that does not make an entry.
    """
    name = f"{part}.xlsx"
    rows = _rows(name, content)
    header = [str(cell or "").strip() for cell in next(rows, [])]
    problems = list(_column_problems(part, name, header))
    if problems:
        raise PackInvalid(tuple(problems))
    entries: list[Entry] = []
    for number, cells in enumerate(rows, start=2):
        if all(cell in (None, "") for cell in cells):
            continue
        raw, wrong = _raw(part, dict(zip(header, cells, strict=False)))
        problems.extend(PackProblem(name, f"rij {number}", dutch, english) for dutch, english in wrong)
        entry, found = read_entry(part, raw) if not wrong else (None, ())
        problems.extend(replace(one, file=name, entry=f"rij {number}") for one in found)
        if entry and any(entry.id == other.id for other in entries):
            problems.append(
                PackProblem(name, entry.id, "deze id staat er twee keer", "this id stands there twice")
            )
        elif entry:
            entries.append(entry)
    if problems:
        raise PackInvalid(tuple(problems))
    return tuple(entries)


def fingerprint(entry: Entry) -> str:
    """Return a short word that is another as soon as anything in the entry is."""
    return sha256(json.dumps(plain(entry), sort_keys=True).encode()).hexdigest()[:16]


def made_from(part: str, content: bytes) -> dict[str, str] | None:
    """Return what each entry was when a sheet was made, by its fingerprint; None when the sheet does not say.

    Raises:
        PackInvalid: the file is no spreadsheet, or too large.
    """
    name = f"{part}.xlsx"
    page = next((rows for title, rows in _pages(name, content)[1:] if title == ORIGIN), None)
    if page is None:
        return None
    return {str(entry_id): str(was) for entry_id, was, *_more in (row for row in page if len(row) > 1)}


def _languages_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    found = {language for entry in entries for _, text in texts_in(entry) for language in text.root}
    rest = sorted(found - {SOURCE_LANGUAGE, FALLBACK_LANGUAGE})
    return (SOURCE_LANGUAGE, FALLBACK_LANGUAGE, *rest)


def _columns(kind: type[Entry], languages: tuple[str, ...]) -> Iterator[str]:
    for name, field in kind.model_fields.items():
        if _is_text(field.annotation):
            yield from (f"{name}.{language}" for language in languages)
        else:
            yield name


def _is_text(annotation: Any) -> bool:
    return annotation is Text or Text in get_args(annotation)


def _is_words(annotation: Any) -> bool:
    """Tell whether a field is a list of plain words, one on each line of its cell."""
    inner = get_args(annotation)
    return bool(inner) and inner[-1] is Ellipsis and _plain_type(inner[0]) is not None


def _is_one_word(annotation: Any) -> bool:
    """Tell whether a field holds plain words, or may hold none; then a bracket in it is a bracket."""
    return any(_plain_type(one) is not None for one in (annotation, *get_args(annotation)))


def _plain_type(annotation: Any) -> type | None:
    kind = get_args(annotation)[0] if hasattr(annotation, "__metadata__") else annotation
    return kind if isinstance(kind, type) and issubclass(kind, str | int) else None


def _row(entry: Entry, languages: tuple[str, ...]) -> Row:
    row: dict[str, Any] = {}
    for name, field in type(entry).model_fields.items():
        value = getattr(entry, name)
        if _is_text(field.annotation):
            words = value.root if value is not None else {}
            row |= {f"{name}.{language}": words.get(language) for language in languages}
        else:
            row[name] = _cell(value)
    return row


def _cell(value: object) -> Any:
    if value is None or value == ():
        return None
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, StrEnum | date):
        return str(value)
    if isinstance(value, BaseModel):
        return json.dumps(value.model_dump(mode="json"), ensure_ascii=False)
    return _list_cell(value) if isinstance(value, tuple) else value


def _list_cell(items: tuple[object, ...]) -> str:
    pieces = [item.model_dump(mode="json") for item in items if isinstance(item, BaseModel)]
    return json.dumps(pieces, ensure_ascii=False) if pieces else "\n".join(map(str, items))


def _dress(page: Worksheet) -> None:
    page.freeze_panes = "B2"
    for column in range(1, page.max_column + 1):
        heading = page.cell(1, column)
        heading.font = Font(bold=True)
        wide = any(
            len(str(page.cell(row, column).value or "")) > NARROW for row in range(2, page.max_row + 1)
        )
        page.column_dimensions[get_column_letter(column)].width = WIDE if wide else NARROW
    for row in page.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, str):
                # A text that starts with = is a text, never something to compute.
                cell.data_type = "s"


def _rows(name: str, content: bytes) -> Iterator[list[Any]]:
    pages = _pages(name, content)
    if not pages:
        raise _refused(name, "het rekenblad is leeg", "the spreadsheet is empty")
    return iter(pages[0][1])


def _pages(name: str, content: bytes) -> list[tuple[str, list[list[Any]]]]:
    """Return the first page and the hidden one, each with its title and its rows."""
    if len(content) > MAX_BYTES:
        raise _refused(name, "het bestand is groter dan 2 MB", "the file is larger than 2 MB")
    try:
        with ZipFile(BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MAX_UNPACKED:
                raise _refused(name, "het bestand is te groot", "the file is too large")
        book = load_workbook(BytesIO(content), read_only=True, data_only=False)
        ours = [page for n, page in enumerate(book.worksheets) if n == 0 or page.title == ORIGIN]
        return [(page.title, list(_cells_of(name, page))) for page in ours]
    except PackInvalid:
        raise
    except Exception:  # noqa: BLE001  a damaged file fails anywhere in what reads it, with any error
        raise _refused(
            name,
            "dit is geen rekenblad; bewaar het als .xlsx",
            "this is not a spreadsheet; save it as .xlsx",
        ) from None


def _cells_of(name: str, page: Any) -> Iterator[list[Any]]:
    for number, row in enumerate(page.iter_rows(), start=1):
        if number > MAX_ROWS:
            raise _refused(name, f"er zijn meer dan {MAX_ROWS} rijen", f"there are over {MAX_ROWS} rows")
        for cell in row:
            if cell.data_type == "f":
                raise _refused(
                    name,
                    f"rij {number}: een formule mag niet; zet er de waarde neer",
                    f"row {number}: a formula is not allowed; write the value",
                )
        yield [cell.value for cell in row]


def _column_problems(part: str, name: str, header: list[str]) -> Iterator[PackProblem]:
    kind = kind_of(part)
    languages = tuple({column.split(".")[-1] for column in header if "." in column})
    known = set(_columns(kind, languages))
    for column in header:
        if column and column not in known:
            yield PackProblem(name, "", f"kolom '{column}' is onbekend", f"column '{column}' is unknown")
        if column and header.count(column) > 1:
            yield PackProblem(
                name, "", f"kolom '{column}' staat er twee keer", f"column '{column}' stands there twice"
            )
    for field, info in kind.model_fields.items():
        needed = f"{field}.{SOURCE_LANGUAGE}" if _is_text(info.annotation) else field
        # Also what may be empty must be there: a column that fell away would empty every entry unseen.
        if needed not in header:
            yield PackProblem(
                name,
                "",
                f"kolom '{needed}' ontbreekt; zet haar terug, desnoods leeg",
                f"column '{needed}' is missing; put it back, empty if need be",
            )


def _raw(part: str, row: Row) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Return the plain values of a row, and what cannot be read in Dutch and English."""
    raw: dict[str, Any] = {}
    wrong: list[tuple[str, str]] = []
    for name, field in kind_of(part).model_fields.items():
        if _is_text(field.annotation):
            words = {
                column.split(".", 1)[1]: str(value)
                for column, value in row.items()
                if column.startswith(f"{name}.") and value not in (None, "")
            }
            if words or field.is_required():
                raw[name] = words or None
            continue
        value = row.get(name)
        if value in (None, ""):
            if field.is_required():
                raw[name] = [] if _is_words(field.annotation) else None
            continue
        try:
            raw[name] = _value(field.annotation, value)
        except ValueError:
            wrong.append((f"'{name}' is niet te lezen", f"'{name}' cannot be read"))
    return raw, wrong


def _value(annotation: Any, value: Any) -> Any:
    if isinstance(value, datetime | date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    if annotation is bool:
        return _yes_or_no(value)
    if _is_words(annotation):
        number = _plain_type(get_args(annotation)[0]) is int
        words = [word.strip() for word in str(value).splitlines() if word.strip()]
        return [int(word) for word in words] if number else words
    if isinstance(value, str) and value.lstrip().startswith(("{", "[")) and not _is_one_word(annotation):
        return json.loads(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    wants_text = _plain_type(annotation) is not None and _plain_type(annotation) is not int
    return str(value).strip() if wants_text or isinstance(value, str) else value


def _yes_or_no(value: Any) -> bool:
    answers = {
        "ja": True,
        "yes": True,
        "true": True,
        "1": True,
        "nee": False,
        "no": False,
        "false": False,
        "0": False,
    }
    try:
        return answers[str(value).strip().casefold()]
    except KeyError:
        raise ValueError(value) from None


def _refused(name: str, dutch: str, english: str) -> PackInvalid:
    return PackInvalid((PackProblem(name, "", dutch, english),))
