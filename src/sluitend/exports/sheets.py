"""A kind of entries as a spreadsheet that people edit, and back.

A row is an entry. Columns are called as the form calls its fields. A text has a column for each language,
opening hours one for each day, and a list of words has one word on each line of its cell; what has other
parts of its own stands in its cell as JSON. What may be chosen is offered. Formulas are refused: a sheet
that comes back is typed by people and may come from anywhere. A hidden page says in which languages the
sheet was made, so that a column that fell away is missed, and of each entry what it was then, so that what
others changed meanwhile is told from what this sheet changes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from sluitend.exports.sheet_columns import Column, cells, columns, values
from sluitend.exports.walking import texts_in
from sluitend.kernel.handbook.entries import FALLBACK_LANGUAGE, SOURCE_LANGUAGE, Entry
from sluitend.kernel.handbook.loading import read_entry
from sluitend.kernel.handbook.plain import plain
from sluitend.kernel.handbook.problems import PackInvalid, PackProblem, Words

MAX_BYTES = 2 * 1024 * 1024
MAX_UNPACKED = 40 * 1024 * 1024
MAX_ROWS = 5000
MAX_COLUMNS = 1000
"""A cell far to the right would make every row as wide as that."""
WIDE, NARROW = 48, 18
ROOM = 200
"""So many empty rows below the last one offer their choices too."""

ORIGIN = "sluitend"
"""The hidden page with the languages of the sheet and what each entry was."""

MAX_LANGUAGES = 100

CHOICES = "keuzes"
"""The hidden page with what may be chosen."""

_LANGUAGE = re.compile(r"(?:\(|\.)([a-z]{2,3})\)?$")
_CODE = re.compile(r"[a-z]{2,3}")


def as_sheet(part: str, entries: Iterable[Entry]) -> bytes:
    """Return the entries of a part as an .xlsx file, with one row for each and a row of names on top."""
    entries = tuple(entries)
    languages = _languages_of(entries)
    shown = columns(part, languages)
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)  # noqa: S101 - a new workbook has one
    page.title = part
    page.append([column.heading for column in shown])
    for entry in entries:
        row = cells(entry)
        page.append([row.get(column.key) for column in shown])
    _dress(page)
    _offer_choices(book, page, shown)
    origin = book.create_sheet(ORIGIN)
    origin.sheet_state = "hidden"
    # No entry has an id without letters.
    origin.append(("", *languages))
    for entry in entries:
        origin.append((entry.id, fingerprint(entry)))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def from_sheet(part: str, content: bytes, now: Iterable[Entry] = ()) -> tuple[Entry, ...]:
    """Return the entries that an .xlsx file says.

    Args:
        part: which list of the pack it is, such as `measures`.
        content: the bytes of the file.
        now: the list as it is; a sheet that does not say its languages needs a column for each of its.

    Raises:
        PackInvalid: the file is no spreadsheet, too large, has a formula, misses a column that entries
            need, has one that they do not know, or a row that does not make an entry.
    """
    name = f"{part}.xlsx"
    rows, origin = _rows(name, content)
    header = [str(cell or "").strip() for cell in next(rows, [])]
    known = _known(part, header)
    needed = columns(part, _made_in(origin) or _languages_of(now, always=(SOURCE_LANGUAGE,)))
    problems = list(_column_problems(name, header, known, needed))
    if problems:
        raise PackInvalid(tuple(problems))
    keys = [known[one].key if one else "" for one in header]
    entries: list[Entry] = []
    for number, row in enumerate(rows, start=2):
        if all(cell in (None, "") for cell in row):
            continue
        raw, wrong = values(part, dict(zip(keys, row, strict=False)))
        entry, found = read_entry(part, raw)
        problems.extend(_problems_of_row(name, f"rij {number}", wrong, found))
        entry = None if wrong else entry
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
    _, page = _rows(name, content)
    if page is None:
        return None
    return {str(row[0]): str(row[1]) for row in page if len(row) > 1 and row[0]}


def _made_in(origin: list[list[Any]] | None) -> tuple[str, ...]:
    """Return the languages in which a sheet was made; none when it does not say."""
    first = origin[0] if origin else []
    if not first or first[0]:
        return ()
    return tuple(word for each in first[1:] if _CODE.fullmatch(word := str(each)))[:MAX_LANGUAGES]


def _languages_of(
    entries: Iterable[Entry], *, always: tuple[str, ...] = (SOURCE_LANGUAGE, FALLBACK_LANGUAGE)
) -> tuple[str, ...]:
    found = {language for entry in entries for _, text in texts_in(entry) for language in text.root}
    return (*always, *sorted(found - set(always)))


def _offer_choices(book: Workbook, page: Worksheet, shown: tuple[Column, ...]) -> None:
    """Let who edits choose from a list where the pack knows what may stand there."""
    lists = book.create_sheet(CHOICES)
    lists.sheet_state = "hidden"
    for number, column in enumerate(shown, start=1):
        if not column.choices:
            continue
        place = lists.max_column + 1
        for row, words in enumerate(column.choices, start=1):
            lists.cell(row, place).value = words
        letter, here = get_column_letter(place), get_column_letter(number)
        offered = DataValidation(
            type="list", formula1=f"{CHOICES}!${letter}$1:${letter}${len(column.choices)}", allow_blank=True
        )
        page.add_data_validation(offered)
        offered.add(f"{here}2:{here}{page.max_row + ROOM}")


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


def _rows(name: str, content: bytes) -> tuple[Iterator[list[Any]], list[list[Any]] | None]:
    """Return the rows of the first page, and those of the hidden one; None where it is not there."""
    pages = _pages(name, content)
    if not pages:
        raise _refused(name, "het rekenblad is leeg", "the spreadsheet is empty")
    return iter(pages[0][1]), next((rows for title, rows in pages[1:] if title == ORIGIN), None)


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
    width = min(page.max_column or MAX_COLUMNS, MAX_COLUMNS)
    for number, row in enumerate(page.iter_rows(max_col=width), start=1):
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


def _column_problems(
    name: str, header: list[str], known: Mapping[str, Column], needed: Iterable[Column]
) -> Iterator[PackProblem]:
    keys = [known[one].key for one in header if one in known]
    for one in header:
        if one and one not in known:
            yield PackProblem(name, "", f"kolom '{one}' is onbekend", f"column '{one}' is unknown")
        elif one and keys.count(known[one].key) > 1:
            yield PackProblem(
                name, "", f"kolom '{one}' staat er twee keer", f"column '{one}' stands there twice"
            )
    for column in needed:
        # Also what may be empty must be there: a column that fell away would empty every entry unseen.
        if column.key not in keys:
            yield PackProblem(
                name,
                "",
                f"kolom '{column.heading}' ontbreekt; zet haar terug, desnoods leeg",
                f"column '{column.heading}' is missing; put it back, empty if need be",
            )


def _known(part: str, header: Iterable[str]) -> dict[str, Column]:
    """Return the columns that a header may name, by how people call them and by their key in the pack."""
    codes = {found[1] for one in header if (found := _LANGUAGE.search(one))}
    known = columns(part, (SOURCE_LANGUAGE, FALLBACK_LANGUAGE, *sorted(codes)))
    return {one.key: one for one in known} | {one.heading: one for one in known}


def _problems_of_row(
    name: str, place: str, wrong: Mapping[str, Words], found: Iterable[PackProblem]
) -> Iterator[PackProblem]:
    """Yield all that is wrong with a row: what cannot be read, and what the rest makes of it."""
    for field, (dutch, english) in wrong.items():
        yield PackProblem(name, place, dutch, english, field=field)
    for one in found:
        if one.field.partition(".")[0] not in wrong:
            yield replace(one, file=name, entry=place)


def _refused(name: str, dutch: str, english: str) -> PackInvalid:
    return PackInvalid((PackProblem(name, "", dutch, english),))
