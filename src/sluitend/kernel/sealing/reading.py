"""Reads the words of an office file or a text of a stranger. Runs only in the process that `drawing` is.

Each line that comes out begins with what it is: a heading, a paragraph, a row of cells, where notes begin, or
that there is more. Layout, pictures, macros and links stay behind: nothing but words is looked for.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import IO, Any

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT = "text/plain"
KINDS = frozenset({DOCX, XLSX, TEXT})
CELLS = f"{XLSX}; cells"
"""The first page of a spreadsheet that is seen, as it was typed: an empty row is a row too."""
READ = KINDS | {CELLS}

HEADING, PARAGRAPH, ROW, PLACE, MORE = "HPRNM"
FORMULA = "="
"""Stands for whatever a formula says."""
BETWEEN = "\t"
MOST_LINES, MOST_SIGNS, MOST_CELLS = 4_000, 150_000, 60
MOST_ELEMENTS = 1_000_000
MOST_UNPACKED = 64 * 1024 * 1024
"""Of one part of an office file."""

EVENTS = ("start", "end")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ASIDE = (
    ("margins", re.compile(r"word/(?:header|footer)\d{0,3}\.xml")),
    ("notes", re.compile(r"word/(?:footnotes|endnotes)\.xml")),
    ("comments", re.compile(r"word/comments\.xml")),
)
PLACES = tuple(place for place, _names in _ASIDE)


type Reader = Callable[[bytes], Iterator[str]]


class TooMuch(Exception):
    """A part that has or unpacks to more than is read."""


def words_reader(media_type: str) -> Reader:
    """Return what reads files of one kind. All it needs is loaded here."""
    warnings.simplefilter("ignore")
    loads: dict[str, Callable[[], Reader]] = {
        DOCX: _docx_reader,
        XLSX: _xlsx_reader,
        TEXT: lambda: _text,
        CELLS: _cells_reader,
    }
    read = loads[media_type]()

    def limited(content: bytes) -> Iterator[str]:
        signs = 0
        for number, line in enumerate(read(content)):
            signs += len(line)
            if number >= MOST_LINES or signs > MOST_SIGNS:
                yield MORE
                return
            yield line

    return limited


def _text(content: bytes) -> Iterator[str]:
    return (PARAGRAPH + line for line in content.decode().splitlines())


def _docx_reader() -> Reader:
    from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]

    def read(content: bytes) -> Iterator[str]:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            with _part(archive, "word/document.xml") as part:
                yield from _Document().lines(iterparse(part, events=EVENTS))
            for place, names in _ASIDE:
                for name in filter(names.fullmatch, archive.namelist()):
                    with _part(archive, name) as part:
                        lines = list(_Document().lines(iterparse(part, events=EVENTS)))
                    yield from ([PLACE + place, *lines] if lines else [])

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'<w:p xmlns:w="{_W[1:-1]}"><w:t>a</w:t></w:p>')
    list(read(out.getvalue()))
    return read


def _part(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """Open a part as far as it may be unpacked, whatever the archive says of its size."""
    with archive.open(name) as part:
        unpacked = part.read(MOST_UNPACKED + 1)
    if len(unpacked) > MOST_UNPACKED:
        raise TooMuch
    return io.BytesIO(unpacked)


class _Document:
    """Paragraphs and rows of tables as they end; a table inside a cell is read as the words of that cell."""

    def __init__(self) -> None:
        self.open: list[list[str]] = []
        self.cell: list[str] = []
        self.row: list[str] = []
        self.depth = 0

    def lines(self, events: Iterable[tuple[str, Any]]) -> Iterator[str]:
        """Yield the lines of a part."""
        for number, (event, element) in enumerate(events):
            if number > MOST_ELEMENTS:
                raise TooMuch
            name = element.tag.removeprefix(_W)
            if event == "start":
                self._begin(name)
            elif name == "t" and self.open:
                self.open[-1].append(element.text or "")
            elif name in ("tab", "br", "cr") and self.open:
                self.open[-1].append(" ")
            elif name in ("p", "tc", "tr"):
                yield from self._end(name)
                element.clear()

    def _begin(self, name: str) -> None:
        if name == "p":
            self.open.append([])
        self.depth += name == "tr"

    def _end(self, name: str) -> Iterator[str]:
        if name == "p":
            text = _one_line("".join(self.open.pop()))
            if self.depth:
                self.cell.append(text)
            elif text:
                yield PARAGRAPH + text
        elif name == "tc" and self.depth == 1:
            self.row.append(_one_line(" ".join(self.cell)))
            self.cell = []
        elif name == "tr":
            self.depth -= 1
            if not self.depth:
                yield from _row(self.row)
                self.row = []


def _cells_reader() -> Reader:
    import openpyxl

    def read(content: bytes) -> Iterator[str]:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = next(each for each in book.worksheets if each.sheet_state == "visible")
        sheet.reset_dimensions()
        for cells in sheet.iter_rows():
            row = [FORMULA if each.data_type == "f" else _value(each.value) for each in cells[:MOST_CELLS]]
            yield next(_row(row), ROW)

    list(read(_sample_book()))
    return read


def _xlsx_reader() -> Reader:
    import openpyxl

    def read(content: bytes) -> Iterator[str]:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            yield HEADING + _one_line(sheet.title)
            sheet.reset_dimensions()  # what a sheet says of its size is not believed
            for cells in sheet.iter_rows(values_only=True):
                yield from _row([_value(each) for each in cells[:MOST_CELLS]])

    list(read(_sample_book()))
    return read


def _sample_book() -> bytes:
    """Return a spreadsheet, by the reading of which all is loaded that reading one needs."""
    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    for sheet in (*book.worksheets, book.create_sheet()):
        sheet.append(["a", 1, 1.5, datetime.now(UTC).replace(tzinfo=None), True, None, "=1"])
    book.save(out)
    return out.getvalue()


def _value(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        day = value.strftime("%d-%m-%Y")
        return day if not (value.hour or value.minute) else f"{day} {value:%H:%M}"
    return _one_line(str(value))


def _row(cells: list[str]) -> Iterator[str]:
    kept = cells[:MOST_CELLS]
    while kept and not kept[-1]:
        kept.pop()
    if kept:
        yield ROW + BETWEEN.join(kept)


def _one_line(text: str) -> str:
    return " ".join(text.split())
