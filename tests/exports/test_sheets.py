"""A list of the pack as a spreadsheet: it reads back as it was, and what is wrong with it is named."""

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from tests.exports.test_writing import TEXTS, public_text
from tests.packs import den_haag

from sluitend.exports.sheet_columns import heading
from sluitend.exports.sheets import (
    CHOICES,
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ROWS,
    ORIGIN,
    _rows,
    as_sheet,
    from_sheet,
    made_from,
)
from sluitend.kernel.handbook.entries import Entry, Text
from sluitend.kernel.handbook.loading import list_parts
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.problems import PackInvalid
from sluitend.kernel.handbook.recognition import HelpLine

PART = "help_lines"


def edited(pack: Pack, change: Callable[[Any], None]) -> bytes:
    """The sheet of help lines, changed by somebody."""
    book = load_workbook(BytesIO(as_sheet(PART, pack.help_lines)))
    change(book.worksheets[0])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def column(page: Any, name: str) -> int:
    """The number of a column of help lines, from 1."""
    return 1 + [cell.value for cell in page[1]].index(heading(PART, name))


def refusal(content: bytes, part: str = PART) -> str:
    """What is said of a sheet that is refused."""
    with pytest.raises(PackInvalid) as caught:
        from_sheet(part, content)
    return str(caught.value)


@pytest.mark.parametrize("part", list_parts())
def test_every_list_reads_back_as_it_was(part: str, pack: Pack) -> None:
    entries: tuple[Entry, ...] = tuple(getattr(pack, part))
    assert from_sheet(part, as_sheet(part, entries)) == entries


def test_a_cell_far_to_the_right_makes_no_row_as_wide(pack: Pack) -> None:
    """Programs leave such a cell behind where somebody gave a whole row a colour."""
    content = edited(pack, lambda page: page.cell(3, 16384, "ver weg"))
    rows, _origin = _rows(PART, content)
    assert max(len(row) for row in rows) == MAX_COLUMNS
    assert from_sheet(PART, content) == tuple(pack.help_lines)


@given(text=TEXTS)
def test_any_text_survives_a_sheet(text: Text) -> None:
    entry = public_text(text)
    assert from_sheet("public_texts", as_sheet("public_texts", [entry])) == (entry,)


def test_an_edit_in_a_cell_is_read(pack: Pack) -> None:
    def change(page: Any) -> None:
        page.cell(2, column(page, "hours.nl")).value = "altijd"

    assert from_sheet(PART, edited(pack, change))[0].hours.nl == "altijd"  # type: ignore[attr-defined]


def test_what_looks_like_a_formula_is_written_as_text(pack: Pack) -> None:
    entry = public_text(Text({"nl": "=1+1", "en": "=HYPERLINK(0)"}))
    page = load_workbook(BytesIO(as_sheet("public_texts", [entry]))).worksheets[0]
    assert {cell.data_type for row in page.iter_rows(min_row=2) for cell in row if cell.value} == {"s"}


def test_a_formula_is_refused(pack: Pack) -> None:
    book = Workbook()
    page: Any = book.active
    page.append(["id", "=1+1"])
    out = BytesIO()
    book.save(out)
    assert "formule" in refusal(out.getvalue())


def test_a_missing_column_is_named(pack: Pack) -> None:
    def change(page: Any) -> None:
        page.delete_cols(column(page, "number"))

    assert refusal(edited(pack, change)) == (
        "help_lines.xlsx: kolom 'Nummer' ontbreekt; zet haar terug, desnoods leeg"
    )


@pytest.mark.parametrize("hidden", [True, False])
def test_a_missing_column_of_a_language_is_named(pack: Pack, hidden: bool) -> None:
    book = load_workbook(BytesIO(as_sheet(PART, pack.help_lines)))
    page: Any = book.worksheets[0]
    page.delete_cols(column(page, "name.pl"))
    if not hidden:
        del book[ORIGIN]
    out = BytesIO()
    book.save(out)
    with pytest.raises(PackInvalid) as caught:
        from_sheet(PART, out.getvalue(), pack.help_lines)
    assert str(caught.value) == (
        "help_lines.xlsx: kolom 'Naam (pl)' ontbreekt; zet haar terug, desnoods leeg"
    )


def test_a_sheet_needs_the_languages_in_which_it_was_made_and_not_those_that_came_since(pack: Pack) -> None:
    polish = public_text(Text({"nl": "ja", "en": "yes", "pl": "tak"}))
    made = as_sheet("public_texts", [public_text(Text({"nl": "ja", "en": "yes"}))])
    assert from_sheet("public_texts", made, [polish])
    assert set(made_from("public_texts", made) or ()) == {polish.id}


def test_a_cell_that_is_nested_without_end_is_refused(pack: Pack) -> None:
    def change(page: Any) -> None:
        page.cell(2, column(page, "reviewed")).value = "[" * 30_000

    assert "rij 2: 'reviewed' is niet te lezen" in refusal(edited(pack, change))


def test_an_unknown_and_a_doubled_column_are_named(pack: Pack) -> None:
    def change(page: Any) -> None:
        page.cell(1, page.max_column + 1).value = "nationaliteit"
        page.cell(1, page.max_column + 1).value = "Nummer"

    told = refusal(edited(pack, change))
    assert "kolom 'nationaliteit' is onbekend" in told
    assert "kolom 'Nummer' staat er twee keer" in told


def test_a_row_that_makes_no_entry_is_named_by_its_number(pack: Pack) -> None:
    def change(page: Any) -> None:
        page.cell(3, column(page, "confirmed")).value = "misschien"
        page.cell(3, column(page, "open.1")).value = "de hele dag"
        page.cell(3, column(page, "review_by")).value = "volgend jaar"
        page.cell(4, column(page, "name.nl")).value = None

    told = refusal(edited(pack, change))
    assert "rij 3: 'confirmed': kies ja of nee" in told
    assert "rij 3: 'open' op maandag: schrijf de tijden als 09:00-17:00" in told
    assert "rij 3: 'review_by' moet een datum zijn" in told
    assert "rij 4: 'name': de Nederlandse tekst ontbreekt" in told


def test_a_doubled_id_is_named(pack: Pack) -> None:
    def change(page: Any) -> None:
        page.cell(3, 1).value = page.cell(2, 1).value

    assert "deze id staat er twee keer" in refusal(edited(pack, change))


def test_empty_rows_are_no_entries(pack: Pack) -> None:
    def change(page: Any) -> None:
        page.insert_rows(3)

    assert len(from_sheet(PART, edited(pack, change))) == len(pack.help_lines)


@pytest.mark.parametrize(
    "content", [b"", b"id;label\n1;x\n", b"PK\x03\x04 broken", b"\x00" * 100, b"%PDF-1.7"], ids=range(5)
)
def test_what_is_no_spreadsheet_is_refused(content: bytes) -> None:
    assert "geen rekenblad" in refusal(content)


def test_a_zip_that_is_no_spreadsheet_is_refused() -> None:
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        packed.writestr("xl/workbook.xml", "<x/>")
    assert "geen rekenblad" in refusal(out.getvalue())


@cache
def whole_sheet() -> bytes:
    """A sheet as it was made once: a second one carries another moment, and may have another length."""
    return as_sheet("words", den_haag().words.named(("abu", "apv")))


@given(st.data())
def test_a_damaged_spreadsheet_is_read_or_refused_but_never_an_accident(data: st.DataObject) -> None:
    content = bytearray(whole_sheet())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    for read in (from_sheet, made_from):
        with suppress(PackInvalid):
            read("words", bytes(content))


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"])
def test_a_spreadsheet_of_which_a_part_was_cut_off_is_refused(name: str) -> None:
    whole = ZipFile(BytesIO(as_sheet("words", den_haag().words)))
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        for each in whole.namelist():
            packed.writestr(each, whole.read(each)[: 300 if each == name else None])
    with pytest.raises(PackInvalid, match="geen rekenblad"):
        from_sheet("words", out.getvalue())


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused() -> None:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (50 * 1024 * 1024))
    assert len(out.getvalue()) < MAX_BYTES
    assert "te groot" in refusal(out.getvalue())


def test_too_large_a_file_and_too_many_rows_are_refused(pack: Pack) -> None:
    assert "2 MB" in refusal(b"P" * (MAX_BYTES + 1))

    def change(page: Any) -> None:
        page.cell(MAX_ROWS + 2, 1).value = "x"

    assert "rijen" in refusal(edited(pack, change))


def test_hours_have_a_column_for_each_day(pack: Pack) -> None:
    def change(page: Any) -> None:
        for day in range(1, 8):
            page.cell(2, column(page, f"open.{day}")).value = "9.00 - 12:00, 13:00–17:00" if day < 3 else None
        page.cell(2, column(page, "review_by")).value = "31-12-2027"

    line = from_sheet(PART, edited(pack, change))[0]
    assert isinstance(line, HelpLine)
    assert [(one.days, one.opens, one.closes) for one in line.open] == [
        ((1, 2), "09:00", "12:00"),
        ((1, 2), "13:00", "17:00"),
    ]
    assert str(line.review_by) == "2027-12-31"


def test_who_edits_reads_dutch_and_chooses_from_a_list(pack: Pack) -> None:
    book = load_workbook(BytesIO(as_sheet("indicators", pack.indicators)))
    page, choices = book.worksheets[0], book[CHOICES]
    headings = [str(cell.value) for cell in page[1]]
    assert {"Naam (Nederlands)", "Bevestigd", "Gewicht"} <= set(headings)
    assert not [one for one in headings if "_" in one]
    place = headings.index("Gewicht") + 1
    offered = next(
        one for one in page.data_validations.dataValidation if page.cell(2, place).coordinate in one.sqref
    )
    column_of = offered.formula1.partition("$")[2].partition("$")[0]
    assert page.cell(2, place).value in {cell.value for cell in choices[column_of]}
    assert choices.sheet_state == "hidden"


def test_the_names_of_the_pack_still_head_a_sheet(pack: Pack) -> None:
    def change(page: Any) -> None:
        page.cell(1, column(page, "number")).value = "number"

    assert from_sheet(PART, edited(pack, change)) == tuple(pack.help_lines)


def test_a_choice_that_is_none_names_what_may_be_chosen(pack: Pack) -> None:
    book = load_workbook(BytesIO(as_sheet("indicators", pack.indicators)))
    page: Any = book.worksheets[0]
    page.cell(2, 1 + [cell.value for cell in page[1]].index("Gewicht")).value = "heel zwaar"
    out = BytesIO()
    book.save(out)
    assert "rij 2: 'strength': kies een van: " in refusal(out.getvalue(), "indicators")
