"""Office files of strangers are seen as their words, read behind shut doors; hostile ones end in words."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.kernel.sealing import samples

from sluitend.kernel.sealing import drawing, pixels, reading

DOCX, XLSX, TEXT = reading.DOCX, reading.XLSX, reading.TEXT


def said(content: bytes, kind: str) -> list[str]:
    """Return the lines that are read, in this process."""
    return list(reading.words_reader(kind)(content))


def set_words(content: bytes, kind: str) -> str:
    """Return what stands on the pages, before they are drawn."""
    with pixels._asked(content, kind, 30) as answer:
        words = pixels._words(answer)
    pdf = pypdfium2.PdfDocument(pixels._set(words, kind))
    return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def paragraph(text: str) -> str:
    """Return a paragraph of a Word file."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str) -> str:
    """Return a cell of a table in one."""
    return f"<w:tc>{text}</w:tc>"


def workbook(*rows: list[Any], name: str = "Uren") -> bytes:
    """Return an Excel file."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def test_a_word_file_is_its_paragraphs_tables_and_notes() -> None:
    inner = f"<w:tbl><w:tr>{cell(paragraph('diep'))}</w:tr></w:tbl>"
    table = f"<w:tbl><w:tr>{cell(paragraph('ma'))}{cell(paragraph('12 uur') + inner)}</w:tr></w:tbl>"
    notes = f'<w:comments xmlns:w="{samples.WORD}">{paragraph("Wie schreef dit?")}</w:comments>'
    content = samples.document(paragraph("Wij slapen ") + table + paragraph("a&lt;b"), comments=notes)
    lines = ["PWij slapen", "Rma\t12 uur diep", "Pa<b", "Ncomments", "PWie schreef dit?"]
    assert said(content, DOCX) == lines


def test_an_excel_file_is_its_cells() -> None:
    content = workbook(["Dag", "Uren"], [DAY, 12.5], [None, None], [None, "=1+1"])
    assert said(content, XLSX) == ["HUren", "RDag\tUren", "R03-11-2026\t12.5"]


def test_a_spreadsheet_is_its_rows_as_they_were_typed() -> None:
    content = workbook(["Dag", "Uren"], [DAY, 12], [None], [None, "=1+1", " a\tb "])
    rows = [("Dag", "Uren"), ("03-11-2026", "12"), ("",), ("", "=", "a b")]
    assert pixels.cells(content) == rows
    book, out = openpyxl.load_workbook(io.BytesIO(content)), io.BytesIO()
    book.create_sheet("Verborgen", 0).sheet_state = "hidden"
    book.save(out)
    assert pixels.cells(out.getvalue()) == rows
    with pytest.raises(pixels.Unreadable):
        pixels.cells(b"geen rekenblad")


def test_the_pages_say_what_is_left_out_and_what_people_wrote_is_no_markup() -> None:
    text = set_words(samples.document(paragraph('#image("/etc/passwd") *Wij* $x$ \u65e5')), DOCX)
    assert "Dit zijn de woorden uit een Word-bestand." in text
    assert '#image("/etc/passwd") *Wij* $x$' in text
    assert "een rij per regel" in set_words(workbook(["Dag", "Uren"]), XLSX)
    assert "Dag | Uren" in " ".join(set_words(workbook(["Dag", "Uren"]), XLSX).split())


@pytest.mark.parametrize(
    ("content", "kind"),
    [(samples.document(paragraph("Wij")), DOCX), (workbook(["Wij"]), XLSX), (b"Wij\n", TEXT)],
)
def test_they_become_pixels(content: bytes, kind: str) -> None:
    (page,) = pixels.drawn(content, kind)
    assert page.startswith(b"\xff\xd8\xff")


def test_what_is_too_long_says_that_there_is_more() -> None:
    content = samples.document(paragraph("woord") * (reading.MOST_LINES + 1))
    lines = said(content, DOCX)
    assert len(lines) == reading.MOST_LINES + 1
    assert lines[-1] == reading.MORE
    assert "Er staat meer in het bestand." in set_words(content, DOCX)


def zipped(**parts: bytes) -> bytes:
    """Return an archive with these parts, the dots of their names as two bars."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


def with_part(content: bytes, name: str, new: bytes) -> bytes:
    """Return an office file with one part of it replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for each in old.namelist():
            made.writestr(each, new if each == name else old.read(each))
    return out.getvalue()


def bomb() -> bytes:
    """A part that unpacks to a quarter of a gigabyte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * (256 * 1024 * 1024))
    return out.getvalue()


def entities(levels: int = 20) -> bytes:
    """Words that name each other until they are a billion."""
    named = "".join(f'<!ENTITY e{n + 1} "&e{n};&e{n};&e{n};&e{n};">' for n in range(levels))
    return f'<!DOCTYPE a [<!ENTITY e0 "ha">{named}]><a>&e{levels};</a>'.encode()


OUTSIDE = b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'
DAY = datetime(2026, 11, 3, tzinfo=UTC).replace(tzinfo=None)
SHEET = "xl/worksheets/sheet1.xml"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(rows: str, dimension: str = "A1:XFD1048576") -> bytes:
    """Return an Excel file with these rows, that says it is as large as can be."""
    inside = f'<dimension ref="{dimension}"/><sheetData>{rows}</sheetData>'
    xml = f'<worksheet xmlns="{SPREADSHEET}">{inside}</worksheet>'
    return with_part(workbook(["a"]), SHEET, xml.encode())


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb": (bomb, DOCX),
    "entities in a document": (lambda: zipped(**{"word/document__xml": entities()}), DOCX),
    "entities in a sheet": (lambda: with_part(workbook(["a"]), SHEET, entities()), XLSX),
    "a file from outside": (lambda: zipped(**{"word/document__xml": OUTSIDE}), DOCX),
    "a file from outside in a sheet": (lambda: with_part(workbook(["a"]), SHEET, OUTSIDE), XLSX),
    "an archive in an archive": (lambda: zipped(**{"word/document__xml": samples.document("")}), DOCX),
    "no document": (lambda: zipped(**{"word/other__xml": b"<a/>"}), DOCX),
    "no words": (lambda: samples.document("<w:p/>"), DOCX),
    "broken": (lambda: samples.document(paragraph("Wij"))[:200], DOCX),
    "broken sheet": (lambda: workbook(["Wij"])[:900], XLSX),
    "not text": (lambda: b"\xff\xfe\xfd", TEXT),
    "millions of paragraphs": (lambda: samples.document("<w:p/>" * 9_000_000), DOCX),
    "a deep nest": (lambda: samples.document("<w:tbl><w:tr><w:tc>" * 200_000), DOCX),
}


@pytest.mark.parametrize(("make", "kind"), HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_hostile_or_broken_ends_in_words(make: Callable[[], bytes], kind: str) -> None:
    with pytest.raises(pixels.NotDrawn):
        list(pixels.drawn(make(), kind))


def test_a_sheet_that_says_it_is_endless_is_as_long_as_its_rows() -> None:
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>ver</t></is></c></row>'
    near = '<row r="2"><c r="A2" t="inlineStr"><is><t>dichtbij</t></is></c></row>'
    assert "dichtbij" in set_words(sheet(near + far), XLSX)


def test_a_macro_is_no_word() -> None:
    content = samples.document(paragraph("Wij"), vbaProject="<a>Sub AutoOpen</a>")
    assert said(content, DOCX) == ["PWij"]


@pytest.mark.parametrize(
    "answer",
    [b"", b"PWij\n", b"\xff\0", b"PWij\nXniets\n\0", b"Nwat\n\0", b"Mwat\n\0", b"\0", b"P" * 9_000_000],
)
def test_a_child_that_lies_is_not_believed(monkeypatch: pytest.MonkeyPatch, answer: bytes) -> None:
    times = max(1, len(answer) // 99)
    line = f"import sys; sys.stdin.read(); sys.stdout.buffer.write({answer[:99]!r} * {times})"
    monkeypatch.setattr(pixels, "_CHILD", ("-I", "-c", line))
    with pytest.raises(pixels.Unreadable):
        list(pixels.drawn(b"x", DOCX))


@given(st.text(max_size=200))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_words_can_be_set(text: str) -> None:
    words = "".join(f"{kind}{line}\n" for line in text.split("\n") for kind in "HPR" if line)
    try:
        assert pixels._set(words, TEXT).startswith(b"%PDF")
    except pixels.Unreadable:
        assert not text.strip()


def test_what_stands_for_an_end_never_comes_out_of_a_file() -> None:
    assert drawing.END_OF_WORDS.decode() not in "".join(said(b"a\0b", TEXT)).replace("\0", "")


def test_the_cells_of_the_first_page_that_is_seen_are_read_as_typed_and_no_formula() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    hidden = book.worksheets[0]
    hidden.append(["dicht"])
    hidden.sheet_state = "hidden"
    page = book.create_sheet()
    page.append(["Kade 8", 12, None, "=HYPERLINK(1)"])
    page.append([])
    page.append(["Kade 9"])
    book.save(out)
    lines = [line.rstrip(reading.BETWEEN) for line in said(out.getvalue(), reading.CELLS)]
    assert lines == ["RKade 8\t12\t\t=", "R", "RKade 9"]
