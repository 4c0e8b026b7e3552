"""The form of what people reach each other by: telephone numbers and addresses of pages.

A number with one wrong figure sends somebody in danger to nobody, and no reader sees that it is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .entries import Entry
from .helping import InformationPoint
from .pack import Pack
from .problems import Finding, Words
from .recognition import HelpLine, Reference

_SPACING = re.compile(r"[ ()\u00a0-]")
_FIGURES = re.compile(r"\+?[0-9]+")
# What is no number says so: a chat in brackets, or that one comes there through somebody else.
_WORDS_INSTEAD = re.compile(r"\([^()0-9]+\)|via [^0-9]+")

_SHORT = range(3, 7)
"""Emergency numbers, and those of a municipality or for help, such as 112, 116 111 and 14 070."""
_SERVICE = ("0800", "0900", "0906", "0909")
_OF_SERVICE = frozenset({8, 11})
_NATIONAL = 10
_ABROAD = range(8, 16)

_PAGE = re.compile(r"https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:[0-9]+)?([/?#]\S*)?")
_LIKE_A_PAGE = re.compile(r"^(https?:|www\.)|://", re.IGNORECASE)


def contact_findings(pack: Pack) -> Iterator[Finding]:
    """Yield every number and address of a page in a pack that has a wrong form."""
    for part in ("help_lines", "points", "references"):
        for entry in getattr(pack, part):
            yield from contact_findings_of(part, entry)


def contact_findings_of(part: str, entry: Entry) -> Iterator[Finding]:
    """Yield the same of one entry."""
    number = entry.number if isinstance(entry, HelpLine | InformationPoint) else None
    if number is not None and (wrong := _wrong_number(number)):
        yield Finding(part, entry.id, wrong, _WRITE_NUMBER, "number")
    if isinstance(entry, Reference) and _is_wrong_page(entry.address):
        yield Finding(part, entry.id, _NO_PAGE, _WRITE_PAGE, "address")


_WRITE_NUMBER: Words = (
    "schrijf alle cijfers, zoals 070-123 45 67, of 'via' met de naam van wie doorverbindt",
    "write all figures, as in 070-123 45 67, or 'via' with the name of who connects",
)
_NO_PAGE: Words = ("dit is geen heel webadres", "this is no whole web address")
_WRITE_PAGE: Words = (
    "neem het adres over uit de browser, met https:// ervoor en zonder spaties",
    "copy the address from the browser, with https:// in front and without spaces",
)


def _wrong_number(number: str) -> Words | None:
    if _WORDS_INSTEAD.fullmatch(number):
        return None
    if not any(one.isdigit() for one in number):
        return "'number' heeft geen cijfers", "'number' has no figures"
    bare = _SPACING.sub("", number)
    if not _FIGURES.fullmatch(bare):
        strange = next(one for one in bare.lstrip("+") if one not in "0123456789")
        return (
            f"in 'number' staat '{strange}', en dat is geen cijfer",
            f"'number' has '{strange}' in it, which is no figure",
        )
    if not _has_all_figures(bare):
        return "'number' heeft te weinig of te veel cijfers", "'number' has too few or too many figures"
    return None


def _has_all_figures(bare: str) -> bool:
    if bare.startswith("+31"):
        return len(bare) == len("+31") + _NATIONAL - 1 or "0" + bare[3:6] in _SERVICE
    if bare.startswith(("+", "00")):
        return len(bare.removeprefix("+").removeprefix("00")) in _ABROAD
    if bare.startswith(_SERVICE):
        return len(bare) in _OF_SERVICE
    return len(bare) == _NATIONAL if bare.startswith("0") else len(bare) in _SHORT


def _is_wrong_page(address: str) -> bool:
    return bool(_LIKE_A_PAGE.search(address)) and not _PAGE.fullmatch(address)
