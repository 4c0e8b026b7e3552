"""Addresses of a region in a file beside the pack: from what somebody types to at most five doors.

The file is made by `sluitend handbook addresses`, is only read, and is asked inside this process: what was
typed goes to no other program and into no log. Where there is none, everything works without.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from sluitend.kernel.handbook.borders_reading import to_grid
from sluitend.kernel.sealing.addresses import street_words
from sluitend.kernel.sealing.folding import fold

FORMAT = "1"
MOST = 5
LONGEST = 160
NEAREST, FARTHEST = 25.0, 75.0
"""Metres that a phone is taken to be off at least, and at most if an address is still to be asked."""
_STREETS = 60
_BEGINS = 4
"""So many letters begin the last word of a street; fewer begin too many."""
_NUMBERS = 3
_ID = re.compile(r"[0-9]{16}")
_POSTCODE = re.compile(r"\b([1-9]\d{3})\s?([a-z]{2})\b")
_FIGURES = re.compile(r"(?<![a-z0-9])\d{1,5}")
_NUMBER = re.compile(
    r"(?P<number>\d{1,5})"
    r"(?P<addition>(?:[\s\-/]{0,2}(?:bis|hs|hoog|huis|bov|rd|zw|[ivx]{2,4}|[a-z]|\d{1,4})(?![a-z0-9])){0,3})"
)


class AddressBookBroken(Exception):
    """Raised for a file that is no address book of this version."""


@dataclass(frozen=True)
class Address:
    """A door with the number that the register of addresses gives it; `municipality` is a CBS code."""

    id: str
    street: str
    number: int
    letter: str
    suffix: str
    postcode: str
    place: str
    municipality: str

    @property
    def door(self) -> str:
        """The number with its letter and suffix."""
        return f"{self.number}{self.letter}{f'-{self.suffix}' if self.suffix else ''}"

    @property
    def text(self) -> str:
        """The address as people write it."""
        postcode = f"{self.postcode[:4]} {self.postcode[4:]} " if self.postcode else ""
        return f"{self.street} {self.door}, {postcode}{self.place}"


@dataclass(frozen=True)
class Doors:
    """The doors that a text may mean, the likeliest first; `sure` when it can mean only the first."""

    found: tuple[Address, ...] = ()
    sure: bool = False
    beside: str = ""
    """The code of a municipality beside the region, where the text names a street and a place there."""
    near: bool = False
    """Whether they are what lies around a point, and nobody typed one."""

    def of(self, address_id: str) -> Address | None:
        """Return the one that was picked, if it is among these."""
        return next((each for each in self.found if each.id == address_id), None)


NONE = Doors()


@dataclass(frozen=True)
class _Asked:
    """One way to read a text: street, number with addition, place and postcode."""

    street: tuple[str, ...]
    number: int
    addition: str
    place: tuple[str, ...]
    postcode: str


def doors(text: str) -> Doors:
    """Return the doors that a typed address may mean; none where no file is installed.

    A street without a number is no door, and what is not found is not guessed. A file that cannot be read
    costs nobody a report: `doctor` raises that alarm.
    """
    if settings.SLUITEND_ADDRESSES is None or len(text) > LONGEST:
        return NONE
    ways = list(_ways(text))
    try:
        return _answer(settings.SLUITEND_ADDRESSES, ways) if ways else NONE
    except sqlite3.Error:
        return NONE


def around(longitude: float, latitude: float, *, off: float) -> Doors:
    """Return the doors that a phone may have been at, the nearest first; never sure.

    Args:
        longitude, latitude: where it says that it was (WGS84).
        off: how many metres it may be beside that. Who may be further off than a street is wide is not asked.
    """
    if settings.SLUITEND_ADDRESSES is None or off > FARTHEST:
        return NONE
    reach = max(off, NEAREST)
    try:
        x, y = to_grid(longitude, latitude)
        with closing(_opened(settings.SLUITEND_ADDRESSES)) as file:
            rows = file.execute(_AROUND, {"x": x, "y": y, "reach": reach, "most": MOST}).fetchall()
    except (ValueError, sqlite3.Error):
        return NONE
    return Doors(tuple(_address(row) for row in rows), near=bool(rows))


def meant(texts: Iterable[str]) -> list[Address]:
    """Return the addresses that typed ones can only mean."""
    return [answer.found[0] for text in texts if (answer := doors(text)).sure]


def numbers(ids: Iterable[str]) -> list[str]:
    """Return numbers of the register, and those that the same doors had before or have now.

    One that stands in no file any more stays: its address may have ended since somebody chose it.
    """
    given = [each for each in ids if _ID.fullmatch(each)]
    if not given or settings.SLUITEND_ADDRESSES is None:
        return given
    try:
        with closing(_opened(settings.SLUITEND_ADDRESSES)) as file:
            now = [row for each in given for row in file.execute(_NOW, (int(each),))]
            every = [*(int(each) for each in given), *(each for (each,) in now)]
            before = [row for each in every for row in file.execute(_BEFORE, (each,))]
    except sqlite3.Error:
        return given
    return list(dict.fromkeys([*given, *(f"{each:016d}" for (each,) in (*now, *before))]))


_NOW = "SELECT new FROM renumbered WHERE old = ?"
_BEFORE = "SELECT old FROM renumbered WHERE new = ?"


def _answer(path: Path, ways: Sequence[_Asked]) -> Doors:
    with closing(_opened(path)) as file:
        for way in ways:
            if answer := _looked_up(file, way):
                return answer
        # A street that nobody knows beside a postcode that is there: a slip, so never sure.
        for way in reversed(ways):
            if rows := _at_postcode(file, way):
                return _chosen(rows, way, sure=False)
    return NONE


def facts(path: Path) -> dict[str, str]:
    """Return what a file says of itself: format, source, day, and how many streets and addresses it has.

    Raises:
        AddressBookBroken: it is no address book of this version.
    """
    try:
        with closing(_opened(path)) as file:
            found = dict(file.execute("SELECT key, value FROM meta"))
    except sqlite3.Error as error:
        raise AddressBookBroken(str(error)) from error
    if found.get("format") != FORMAT:
        raise AddressBookBroken(f"format {found.get('format', '?')}")
    return found


_DOORS = """
SELECT a.id, s.name, a.number, a.letter, a.suffix, a.postcode, s.place, s.municipality
FROM address a JOIN street s ON s.id = a.street
"""


_AROUND = f"""{_DOORS}
WHERE a.x BETWEEN :x - :reach AND :x + :reach AND a.y BETWEEN :y - :reach AND :y + :reach
ORDER BY (a.x - :x) * (a.x - :x) + (a.y - :y) * (a.y - :y), a.number, a.letter, a.suffix, a.id LIMIT :most
"""


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def _address(row: Sequence[str | int]) -> Address:
    number, *rest = row
    return Address(f"{int(number):016d}", *rest)  # type: ignore[arg-type]


def _ways(text: str) -> Iterator[_Asked]:
    """Yield how a text can be read; a street may have figures too, so the last number is tried first."""
    folded = fold(text)
    postcode = _POSTCODE.search(folded)
    told = f"{postcode[1]}{postcode[2]}".upper() if postcode else ""
    rest = _POSTCODE.sub(" , ", folded)
    starts = [match.start() for match in _FIGURES.finditer(rest)][-_NUMBERS:]
    for start in reversed(starts):
        match = _NUMBER.match(rest, start)
        if match is None:
            continue
        earlier, _comma, before = rest[:start].rstrip(" ,").rpartition(",")
        yield _Asked(
            street=tuple(street_words(before)),
            number=int(match["number"]),
            addition=_bare(match["addition"]),
            place=tuple(street_words(f"{earlier} {rest[match.end() :]}")),
            postcode=told,
        )


def _bare(addition: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(addition))


def _at_postcode(file: sqlite3.Connection, asked: _Asked) -> list[Address]:
    if not asked.postcode:
        return []
    rows = file.execute(
        f"{_DOORS} WHERE a.postcode = ? AND a.number = ? ORDER BY a.id", (asked.postcode, asked.number)
    )
    return [_address(row) for row in rows]


def _looked_up(file: sqlite3.Connection, asked: _Asked) -> Doors | None:
    whole = " ".join(asked.street)
    if found := _at_postcode(file, asked):
        named = [each for each in found if " ".join(street_words(each.street)) == whole]
        if named or not whole:
            return _chosen(named or found, asked, sure=True)
    if not whole:
        return None
    streets = _streets(file, asked.street)
    exact = [each for each in streets if each.norm == whole]
    lying = {each: each.place_in(asked.place) for each in exact or streets}
    longest = max(lying.values(), default=0)
    there = [each for each, long in lying.items() if long and long == longest]
    # What only begins a street, with more than a place behind the number, is no address: "kamer 4 achter".
    kept = there or exact or ([] if asked.place else streets)
    marks = ",".join("?" * len(kept))
    rows = file.execute(
        f"{_DOORS} WHERE a.street IN ({marks}) AND a.number = ? ORDER BY s.name, s.place, a.id",
        (*(each.id for each in kept), asked.number),
    ).fetchall()
    if rows:
        return _chosen([_address(row) for row in rows], asked, sure=bool(exact and there))
    # Of what lies beside the region only streets are known: both must be named whole.
    beside = {each.municipality for each in there if exact and not each.own}
    if len(beside) != 1:
        return None
    name = file.execute("SELECT name FROM municipality WHERE code = ?", (beside.pop(),)).fetchone()
    return Doors(beside=name[0]) if name else None


@dataclass(frozen=True)
class _Street:
    id: int
    norm: str
    places: str
    municipality: str
    own: int

    def place_in(self, words: Sequence[str]) -> int:
        """Return how long the name of its place is that stands among words; nothing when there is none."""
        said = f" {' '.join(words)} "
        return max((len(place) for place in self.places.split("|") if f" {place} " in said), default=0)


def _streets(file: sqlite3.Connection, words: Sequence[str]) -> list[_Street]:
    """Return streets with all these words, of which the last may have just begun: the shortest first."""
    told = " ".join(f'"{word}"' for word in words)
    begun = "*" if len(words[-1]) >= _BEGINS else ""
    rows = file.execute(
        "SELECT s.id, s.norm, s.places, s.municipality, s.own FROM street_words w"
        " JOIN street s ON s.id = w.rowid WHERE w.norm MATCH ? ORDER BY length(s.norm), s.norm, s.id LIMIT ?",
        (f"{told}{begun}", _STREETS),
    )
    return [_Street(*row) for row in rows]


def _chosen(found: list[Address], asked: _Asked, *, sure: bool) -> Doors:
    """Return those with the addition that was typed before the others of that number.

    A number alone may mean each of its doors; one that was typed with its addition means that door.
    """
    same = [each for each in found if _bare(each.letter + each.suffix) == asked.addition]
    others = [each for each in found if each not in same]
    kept = same if same and asked.addition else [*same, *others]
    return Doors(tuple(kept[:MOST]), sure=sure and len(same) == len(kept) == 1)
