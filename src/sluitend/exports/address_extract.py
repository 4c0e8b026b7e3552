"""From an extract of the register of addresses (BAG) to plain doors: its XML, or a table with a line each.

What cannot be read is counted by what is wrong with it, and left out.
"""

from __future__ import annotations

import csv
import re
import shutil
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any

from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]

GIVEN, TAKEN_BACK = "uitgegeven", "ingetrokken"

_ID = re.compile(r"[0-9]{16}", re.ASCII)
_POSTCODE = re.compile(r"[1-9][0-9]{3}[A-Z]{2}", re.ASCII)
# Names of columns as tables made of the register have them.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("nummeraanduiding", "nummeraanduiding_id", "nummeraanduidingid", "identificatie"),
    "street": ("openbareruimte", "straat", "straatnaam", "openbareruimtenaam"),
    "number": ("huisnummer",),
    "letter": ("huisletter",),
    "suffix": ("huisnummertoevoeging", "toevoeging"),
    "postcode": ("postcode",),
    "place": ("woonplaats", "woonplaatsnaam"),
    "municipality": ("gemeente", "gemeentenaam", "gemeentecode"),
    "x": ("x",),
    "y": ("y",),
}
_NEEDED = ("id", "street", "number", "place", "municipality")


class ExtractUnreadable(Exception):
    """Raised, in Dutch, for a file that is no extract."""


@dataclass(frozen=True)
class Door:
    """A door of the extract; `municipality` is a code of a pack, `given` whether it is still so called."""

    id: str
    street: str
    place: str
    municipality: str
    number: int
    letter: str = ""
    suffix: str = ""
    postcode: str = ""
    x: int | None = None
    y: int | None = None
    given: bool = True


_NEEDED_KINDS = ("GEM", "WPL", "OPR", "NUM")
_OF_NAME = re.compile(r"(GEM)-?WPL|(WPL|OPR|NUM|VBO)(?=[^A-Z]|$)")


@dataclass(frozen=True)
class _Part:
    """A file of XML, or one in a ZIP, or a ZIP of them in a ZIP; what it holds is in its name."""

    kind: str
    path: Path
    member: str = ""

    def files(self) -> Iterator[IO[bytes]]:
        """Open each file of XML in turn; a ZIP in a ZIP is unpacked, for it is read from its end."""
        if not self.member:
            with self.path.open("rb") as file:
                yield file
            return
        with zipfile.ZipFile(self.path) as outer, outer.open(self.member) as held:
            if self.member.lower().endswith(".xml"):
                yield held
                return
            with tempfile.TemporaryFile() as copy:
                shutil.copyfileobj(held, copy)
                with zipfile.ZipFile(copy) as inner:
                    for name in sorted(inner.namelist()):
                        if name.lower().endswith(".xml"):
                            with inner.open(name) as file:
                                yield file


@dataclass
class Extract:
    """The doors of some municipalities in a file, and what was wrong with others.

    `towns` gives the code of a municipality by its names and by its code; `faults` is filled while reading.
    """

    path: Path
    towns: Mapping[str, str]
    day: date
    faults: Counter[str] = field(default_factory=Counter)

    def doors(self) -> Iterator[Door]:
        """Yield every door of these municipalities.

        Raises:
            ExtractUnreadable: it is no extract.
            OSError: it cannot be read.
        """
        if self.path.suffix.lower() == ".csv":
            yield from self._of_table()
        else:
            yield from self._of_register()

    def points(self) -> Iterator[tuple[int, int, int]]:
        """Yield the number of the main door of each dwelling, and where that is in the national grid.

        Of the whole country: whoever keeps the doors of a region knows which are wanted.
        """
        if self.path.suffix.lower() == ".csv":
            return
        for said in self._objects(list(self._parts()), "VBO", "Verblijfsobject"):
            x, y = [*map(_metres, said.get("pos", "").split()[:2]), None, None][:2]
            door = said.get("NummeraanduidingRef", "")
            if x is not None and y is not None and _ID.fullmatch(door):
                yield int(door), x, y

    def _of_table(self) -> Iterator[Door]:
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            rows = csv.DictReader(file, delimiter=";" if first.count(";") > first.count(",") else ",")
            names = {str(name).strip().lower(): name for name in rows.fieldnames or ()}
            columns = {
                key: next((names[each] for each in known if each in names), None)
                for key, known in _COLUMNS.items()
            }
            if missing := [key for key in _NEEDED if columns[key] is None]:
                needed = ", ".join(_COLUMNS[key][0] for key in missing)
                raise ExtractUnreadable(f"in de eerste regel ontbreekt: {needed}")
            try:
                for row in rows:
                    said = {
                        key: (row.get(name) or "").strip() if name else "" for key, name in columns.items()
                    }
                    if town := self.towns.get(said["municipality"].casefold()):
                        yield from self._door({**said, "municipality": town})
            except (csv.Error, UnicodeDecodeError) as error:
                raise ExtractUnreadable(f"regel {rows.line_num} is niet te lezen") from error

    def _of_register(self) -> Iterator[Door]:
        parts = list(self._parts())
        if lacking := [kind for kind in _NEEDED_KINDS if all(part.kind != kind for part in parts)]:
            raise ExtractUnreadable(f"dit is geen uittreksel van de BAG: er ontbreekt {', '.join(lacking)}")
        towns = {
            said.get("gerelateerdeWoonplaats", ""): code
            for said in self._objects(parts, "GEM", "GemeenteWoonplaatsRelatie")
            if (code := self.towns.get(said.get("gerelateerdeGemeente", "")))
        }
        places = {
            said["identificatie"]: said.get("naam", "")
            for said in self._objects(parts, "WPL", "Woonplaats")
            if said.get("identificatie") in towns
        }
        streets = {
            said["identificatie"]: (said.get("naam", ""), said["WoonplaatsRef"])
            for said in self._objects(parts, "OPR", "OpenbareRuimte")
            if said.get("WoonplaatsRef") in places
        }
        for said in self._objects(parts, "NUM", "Nummeraanduiding"):
            if (street := streets.get(said.get("OpenbareRuimteRef", ""))) is None:
                continue
            # A door may lie in another place than its street.
            place = said.get("WoonplaatsRef", street[1])
            yield from self._door(
                {
                    "id": said.get("identificatie", ""),
                    "street": street[0],
                    "place": places.get(place, ""),
                    "municipality": towns.get(place, ""),
                    "number": said.get("huisnummer", ""),
                    "letter": said.get("huisletter", ""),
                    "suffix": said.get("huisnummertoevoeging", ""),
                    "postcode": said.get("postcode", ""),
                    "x": "",
                    "y": "",
                },
                given=TAKEN_BACK not in said.get("status", "").casefold(),
            )

    def _door(self, said: Mapping[str, str], *, given: bool = True) -> Iterator[Door]:
        postcode = said["postcode"].replace(" ", "").upper()
        wrong = {
            "zonder nummer van 16 cijfers": not _ID.fullmatch(said["id"].zfill(16)) or not said["id"],
            "zonder straat": not said["street"],
            "zonder plaats of gemeente": not (said["place"] and said["municipality"]),
            "zonder huisnummer": not re.fullmatch(r"[1-9][0-9]{0,4}", said["number"], re.ASCII),
            "met een postcode die niet kan": bool(postcode) and not _POSTCODE.fullmatch(postcode),
        }
        if faults := [name for name, holds in wrong.items() if holds]:
            self.faults.update(faults[:1])
            return
        yield Door(
            id=said["id"].zfill(16),
            street=said["street"],
            place=said["place"],
            municipality=said["municipality"],
            number=int(said["number"]),
            letter=said["letter"],
            suffix=said["suffix"],
            postcode=postcode,
            x=_metres(said["x"]),
            y=_metres(said["y"]),
            given=given,
        )

    def _parts(self) -> Iterator[_Part]:
        """Yield every file with what it holds: XML in a folder, in a ZIP, or in a ZIP within one."""
        if self.path.is_dir():
            for path in sorted(self.path.rglob("*.xml")):
                yield _Part(_kind_of(path.name), path)
            for path in sorted(self.path.rglob("*.zip")):
                yield from _of_zip(path)
        elif zipfile.is_zipfile(self.path):
            yield from _of_zip(self.path)
        else:
            self.path.stat()
            raise ExtractUnreadable("geef een CSV, een ZIP of een map met XML")

    def _objects(self, parts: list[_Part], kind: str, name: str) -> Iterator[dict[str, str]]:
        """Yield what each object says, by the names of its elements; what held before or will hold not."""
        for file in (file for part in parts if part.kind == kind for file in part.files()):
            try:
                for _event, element in iterparse(file, forbid_dtd=True):
                    if _name(element) == name:
                        said = _said(element)
                        if self._holds(said):
                            yield said
                        element.clear()
            except (SyntaxError, ValueError) as error:  # of XML, and of what it may not have
                raise ExtractUnreadable(f"de XML van {name} is niet te lezen") from error

    def _holds(self, said: Mapping[str, str]) -> bool:
        begun = said.get("beginGeldigheid", said.get("begindatumTijdvakGeldigheid", ""))
        ended = said.get("eindGeldigheid", said.get("einddatumTijdvakGeldigheid", ""))
        today = self.day.isoformat()
        return not said.get("eindRegistratie") and begun[:10] <= today and (not ended or ended[:10] > today)


def _kind_of(name: str) -> str:
    found = _OF_NAME.search(name.upper())
    return (found[1] or found[2]) if found else ""


def _of_zip(path: Path) -> Iterator[_Part]:
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if name.lower().endswith((".xml", ".zip")):
                yield _Part(_kind_of(name) or _kind_of(path.name), path, name)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _said(element: Any) -> dict[str, str]:
    """Return the text of each element within by its name; of a relation, the number that stands in it."""
    said: dict[str, str] = {}
    for each in element.iter():
        text = (each.text or "").strip()
        if text:
            said.setdefault(_name(each), text)
    for relation in ("gerelateerdeWoonplaats", "gerelateerdeGemeente"):
        for each in element.iter():
            if _name(each) == relation:
                said[relation] = "".join(each.itertext()).strip()
    return said


def _metres(text: str) -> int | None:
    try:
        return round(float(text.replace(",", ".")))
    except (ValueError, OverflowError):
        return None
