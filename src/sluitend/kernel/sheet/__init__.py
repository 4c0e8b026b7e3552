"""One page that can go by secure mail or be read out by telephone: PDF/A-2a and PDF/UA-1, made by typst.

What people typed goes to typst as data, never as markup: a bracket or a hash in a report stays what it is.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

from sluitend.kernel.sheet.printable import REPLACEMENT, printable

CARD_TEMPLATE = Path(__file__).with_name("card.typ")
CARD_SIZES = ((1250, 10.5), (1500, 9.8), (1800, 9.2), (2100, 8.6))
"""Up to so many signs on an A5 card, letters of so many points."""

SIZES = ((3000, 10.5), (4500, 9.5))
"""Up to so many signs of data, letters of so many points."""

CONSENT_SIZES = ((2200, 13.0), (2900, 12.0), (4500, 11.0))
"""Up to so many signs on a form of one A4, letters of so many points: who agrees may read with difficulty."""

OUR_FONTS = Path(__file__).parents[2] / "static" / "sluitend" / "dist"
"""Where the front end puts the font that typst does not bring along."""

SMALLEST = 8.5
CARD_SMALLEST = 7.6
STANDARDS: tuple[Literal["a-2a"], Literal["ua-1"]] = ("a-2a", "ua-1")


@dataclass(frozen=True)
class Line:
    """A heading with what stands under it."""

    label: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """Everything on the page. The code is the only title: nothing outside says what it is about."""

    code: str
    day: str
    heading: str
    intro: str
    facts: tuple[Line, ...]
    question_label: str
    question: str
    lines: tuple[Line, ...]
    basis_label: str
    basis: str
    closing: str
    made: datetime


@dataclass(frozen=True)
class Entry:
    """A referral on the list for a partner."""

    code: str
    kind: str
    sent: str
    age: str
    answer: str


@dataclass(frozen=True)
class ListSheet:
    """All that is open with one partner, with room to write what the answer is. No content of any of it."""

    title: str
    day: str
    intro: str
    columns: tuple[str, ...]
    entries: tuple[Entry, ...]
    codes_label: str
    codes: tuple[Line, ...]
    closing: str
    made: datetime


@dataclass(frozen=True)
class Receipt:
    """That something was received, and what was answered. The code is its only subject."""

    code: str
    day: str
    heading: str
    facts: tuple[Line, ...]
    closing: str
    made: datetime


@dataclass(frozen=True)
class CardSignal:
    """Something one can see or hear, and what it can also be."""

    text: str
    also: str


@dataclass(frozen=True)
class CardSheet:
    """A card for the pocket or the wall, in the language of who reads it. Nobody typed a word of it."""

    language: str
    title: str
    sender: str
    eyebrow: str
    heading: str
    lead: str
    also_label: str
    signals: tuple[CardSignal, ...]
    do_label: str
    do: tuple[str, ...]
    dont_label: str
    dont: tuple[str, ...]
    route_label: str
    route: tuple[str, ...]
    code: str
    code_words: str
    closing: str
    made: datetime


@dataclass(frozen=True)
class ConsentText:
    """A text that somebody is asked to agree to, in one language."""

    language: str
    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class ConsentWord:
    """A word of the form in Dutch, and as the person reads it; empty where that is Dutch too."""

    dutch: str
    theirs: str
    language: str


@dataclass(frozen=True)
class ConsentSheet:
    """A form to agree on by hand, Dutch beside the language of the person. It names nobody and no place."""

    title: str
    texts: tuple[ConsentText, ...]
    notices: tuple[str, ...]
    answers: tuple[ConsentWord, ...]
    blanks: tuple[ConsentWord, ...]
    closing: str
    made: datetime


@dataclass(frozen=True)
class CopiedWords:
    """A sentence of a copy; without a language it is in that of the copy, or as somebody typed it."""

    text: str
    language: str
    direction: str


@dataclass(frozen=True)
class CopiedLine:
    """Something that is kept, with all that is said of it."""

    label: CopiedWords
    words: tuple[CopiedWords, ...]


@dataclass(frozen=True)
class CopiedSection:
    """A heading with its lines."""

    heading: CopiedWords
    note: str
    lines: tuple[CopiedLine, ...]


@dataclass(frozen=True)
class CopySheet:
    """What is kept of somebody, in their language, to take along. No name of who made it, and no sign."""

    language: str
    heading: str
    notices: tuple[str, ...]
    sections: tuple[CopiedSection, ...]
    made: datetime


@dataclass(frozen=True)
class SetLine:
    """A heading, a paragraph or a row of cells of somebody else's file."""

    kind: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class WordsSheet:
    """The words of somebody else's file, without its layout."""

    notice: str
    lines: tuple[SetLine, ...]
    more: str
    made: datetime


TEMPLATES = {
    Sheet: Path(__file__).with_name("sheet.typ"),
    ListSheet: Path(__file__).with_name("list.typ"),
    Receipt: Path(__file__).with_name("receipt.typ"),
    WordsSheet: Path(__file__).with_name("words.typ"),
    ConsentSheet: Path(__file__).with_name("consent.typ"),
    CopySheet: Path(__file__).with_name("copy.typ"),
}


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Return those inside typst, and ours for Arabic and Persian."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[OUR_FONTS])


def as_pdf(
    page: Sheet | ListSheet | Receipt | WordsSheet | ConsentSheet | CopySheet,
    sender: str = "",
    mark: bytes | None = None,
) -> bytes:
    """Return it as a PDF: a sheet, a receipt and a form of one page, the others of as many as they need.

    Args:
        page: what stands on it.
        sender: whose name stands above a sheet, a list or a receipt; the others name nobody.
        mark: beside that name, a JPEG.

    Raises:
        typst.TypstError: it cannot be made. Its message may quote the page, so it belongs in no log.
    """
    data = asdict(page)
    made = data.pop("made")
    sizes = CONSENT_SIZES if isinstance(page, ConsentSheet) else SIZES
    size = {"size": _size(data, sizes)} if isinstance(page, Sheet | ConsentSheet) else {}
    above = {"sender": printable(sender), "mark": [*(mark or b"")]}
    return _compiled(TEMPLATES[type(page)], {**_printable(data), **above, **size}, made)


def card_as_pdf(card: CardSheet, mark: bytes | None = None) -> bytes:
    """Return a card as a PDF on A5; the letters shrink a little before it becomes two pages.

    Args:
        card: what stands on it.
        mark: of its sender, a JPEG.

    Raises:
        typst.TypstError: it cannot be made.
    """
    data = asdict(card)
    made, code = data.pop("made"), data.pop("code")
    length = sum(len(words) for words in _words(data))
    size = next((size for most, size in CARD_SIZES if length <= most), CARD_SMALLEST)
    pictures = {"code": code, "mark": [*(mark or b"")]}
    return _compiled(CARD_TEMPLATE, {**_printable(data), **pictures, "size": size}, made)


def _compiled(template: Path, data: dict[str, Any], made: datetime) -> bytes:
    return typst.compile(
        template,
        root=template.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"sheet": json.dumps(data, ensure_ascii=False)},
        pdf_standards=list(STANDARDS),
        timestamp=made.astimezone(UTC).replace(microsecond=0),
    )


def _size(data: dict[str, Any], sizes: tuple[tuple[int, float], ...]) -> float:
    """Return a letter size with which the words fit on one page as long as that can still be read."""
    length = len(json.dumps(data, ensure_ascii=False))
    return next((size for most, size in sizes if length <= most), SMALLEST)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for each in value.values() if isinstance(value, dict) else value:
            yield from _words(each)


def _printable(value: Any) -> Any:
    """Return the same structure with every text in it printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: _printable(each) for name, each in value.items()}
    return [_printable(each) for each in value]


def shows(text: str) -> bool:
    """Tell whether every sign of a text has a shape here: what lacks one is not printed as squares."""
    return REPLACEMENT not in printable(text)


def file_name(code: str) -> str:
    """Return a name that says nothing but the code."""
    return f"{code}.pdf"
