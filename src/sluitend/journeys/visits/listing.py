"""A list of visits that somebody plans at once: lines of a file or pasted, each with what is wrong.

With Dutch names of columns on top it is a table, as a spreadsheet saves it; without, each line is an address.
Nothing is guessed: what cannot be read is said, of every line at once, and nothing is planned of it.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext as _

from sluitend.journeys.visits import places
from sluitend.journeys.visits.actions import Plan, faults_of
from sluitend.journeys.visits.models import Visit
from sluitend.journeys.visits.places import Place
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.sealing import pixels
from sluitend.kernel.sealing.filetypes import XLSX, sniff
from sluitend.kernel.sealing.pixels import NotDrawn, TooLarge
from sluitend.kernel.sealing.reading import FORMULA
from sluitend.kernel.sealing.tokens import ADDRESS, DOOR, normalise

MOST_ROWS = 200
MOST_BYTES = 1024 * 1024
MOST_SIGNS = 60_000
SECONDS = 15
SEPARATORS = (";", "\t", ",")

COLUMNS: Mapping[str, str] = {
    "adres": "address",
    "locatie": "address",
    "straat": "street",
    "straatnaam": "street",
    "huisnummer": "number",
    "huisnr": "number",
    "nummer": "number",
    "toevoeging": "addition",
    "huisnummertoevoeging": "addition",
    "postcode": "postcode",
    "plaats": "town",
    "woonplaats": "town",
    "bedrijf": "company",
    "bedrijfsnaam": "company",
    "handelsnaam": "company",
    "kvk": "kvk",
    "kvknummer": "kvk",
    "kvknr": "kvk",
    "kenteken": "plate",
    "dag": "day",
    "datum": "day",
    "soort": "kind",
    "wat": "kind",
    "waarvoor": "aim",
    "doel": "aim",
    "toelichting": "aim",
}
"""What a column may be called, in small letters without anything else, and what it is."""
DAY_FORMS = ("%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y")


@dataclass(frozen=True)
class ForAll:
    """What holds for the lines that do not say it themselves."""

    kind: str = ""
    day: date | None = None
    aim: str = ""


@dataclass(frozen=True)
class Line:
    """One line: which, as it was typed, what it plans, and what is wrong with it."""

    number: int
    words: str
    plan: Plan
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listed:
    """A list that was read. `wrong` is about all of it: then no line was read."""

    lines: tuple[Line, ...] = ()
    wrong: tuple[str, ...] = ()

    @property
    def right(self) -> tuple[Plan, ...]:
        """What the lines plan in which nothing is wrong."""
        return tuple(each.plan for each in self.lines if not each.faults)

    @property
    def faulty(self) -> tuple[Line, ...]:
        """The lines in which something is wrong."""
        return tuple(each for each in self.lines if each.faults)


def text_of(content: bytes, name: str, *, size: int) -> str:
    """Return the text of a file that somebody chose: a spreadsheet, or lines.

    Args:
        content: the file, or the beginning of one that is too large.
        name: its name.
        size: how large it is.

    Raises:
        DomainError: it is too large, not of these kinds, or cannot be read; in words.
    """
    if size > MOST_BYTES:
        raise DomainError(_("Dit bestand is te groot. Stuur ten hoogste 1 MB."), "file")
    if name.lower().endswith(".xlsx"):
        return _text_of_sheet(content)
    if not name.lower().endswith((".csv", ".txt")):
        raise DomainError(_("Kies een Excel-bestand (.xlsx) of een CSV-bestand (.csv)."), "file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise DomainError(
            _(
                "De tekens in dit bestand zijn niet te lezen. "
                "Bewaar het als “CSV UTF-8”, of stuur het Excel-bestand."
            ),
            "file",
        )
    return text


def _text_of_sheet(content: bytes) -> str:
    if sniff(content) is not XLSX:
        raise DomainError(_("Dit is geen Excel-bestand zonder macro’s. Bewaar het als .xlsx."), "file")
    try:
        rows = pixels.cells(content, seconds=SECONDS)
    except TooLarge:
        raise DomainError(_("Er staat te veel in dit bestand. Plan ten hoogste 40 regels."), "file") from None
    except NotDrawn:
        raise DomainError(
            _("Dit bestand is hier niet te lezen. Plak de regels in het vak."), "file"
        ) from None
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(rows)
    return out.getvalue()


def read(text: str, for_all: ForAll, planned: Iterable[Plan] = ()) -> Listed:
    """Read a list.

    Args:
        text: as it was pasted, or came out of a file.
        for_all: what holds for the lines that do not say it themselves.
        planned: what this person has planned already.
    """
    if len(text) > MOST_SIGNS:
        return Listed(wrong=(_("Dit is te lang. Plan ten hoogste 40 regels."),))
    try:
        columns, rows = _rows(text)
    except DomainError as error:
        return Listed(wrong=(error.message,))
    wrong = list(_wrong_columns(columns))
    if not rows:
        wrong.append(_("Er staat geen regel in."))
    if len(rows) > MOST_ROWS:
        wrong.append(_("Dit zijn %(count)d regels. Plan ten hoogste 40 regels.") % {"count": len(rows)})
    if wrong:
        return Listed(wrong=tuple(wrong))
    named = [COLUMNS.get(_plain(each), "") for each in columns]
    lines = (_line(number, cells, named, for_all) for number, cells in rows)
    return Listed(tuple(_twice(lines, {same(each) for each in planned})))


type Numbered = list[tuple[int, list[str]]]


def _rows(text: str) -> tuple[list[str], Numbered]:
    """Return the names of the columns, and the rows that are not empty by their number.

    Raises:
        DomainError: it is no list.
    """
    lines = text.splitlines()
    first = next((number for number, each in enumerate(lines) if each.strip()), 0)
    top = lines[first] if lines else ""
    separator = max(SEPARATORS, key=lambda each: sum(_plain(name) in COLUMNS for name in top.split(each)))
    names = top.split(separator)
    if not any(_plain(name) in COLUMNS for name in names):
        if any(each in top for each in (";", "\t")):
            raise DomainError(_("Zet op de eerste regel hoe de kolommen heten, zoals Adres; Bedrijf; Dag."))
        return ["adres"], _one_column(lines, first)
    if len(names) == 1:
        return names, _one_column(lines, first + 1)
    reader = csv.reader(lines[first:], delimiter=separator, strict=True)
    try:
        table = [(first + reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error:
        raise DomainError(_("Dit is geen lijst: er staat een aanhalingsteken open.")) from None
    return table[0][1], [(number, row) for number, row in table[1:] if any(row)]


def _one_column(lines: Sequence[str], first: int) -> Numbered:
    return [
        (number, [each.strip().strip('"')])
        for number, each in enumerate(lines[first:], first + 1)
        if each.strip()
    ]


def _wrong_columns(columns: Sequence[str]) -> Iterator[str]:
    known = [COLUMNS.get(_plain(each), "") for each in columns]
    for name, field in zip(columns, known, strict=True):
        if name and not field:
            yield _("De kolom “%(name)s” kennen wij niet.") % {"name": name[: places.LINE]}
    twice = {field for field in known if field and known.count(field) > 1}
    for name in {name for name, field in zip(columns, known, strict=True) if field in twice}:
        yield _("De kolom “%(name)s” staat er twee keer.") % {"name": name}


def _line(number: int, cells: Sequence[str], named: Sequence[str], for_all: ForAll) -> Line:
    said = {field: cell for field, cell in zip(named, cells, strict=False) if field}
    faults = []
    if any(cell.startswith(FORMULA) for cell in cells):
        faults.append(_("Hier staat een formule. Zet de waarde neer."))
    if any(cell for cell in cells[len(named) :]) or any(
        cell for field, cell in zip(named, cells, strict=False) if not field
    ):
        faults.append(_("Hier staat iets in een kolom zonder naam."))
    when = _day(said.get("day", ""), for_all.day)
    what = _kind(said.get("kind", ""), for_all.kind)
    if when is None:
        faults.append(_("Schrijf een dag, zoals 31-12-2026."))
    if not what:
        faults.append(_("Wat plant u? Schrijf controle, bezoek of brief."))
    plan = Plan(kind=what, day=when or date.min, place=_place(said), aim=said.get("aim", "") or for_all.aim)
    skip = {"day"} if when is None else set()
    skip |= set() if what else {"kind"}
    faults += [each.message for each in faults_of(plan) if each.field not in skip]
    return Line(number, " · ".join(filter(None, cells)), plan, tuple(faults))


def _place(said: Mapping[str, str]) -> Place:
    street = " ".join(
        filter(None, (said.get("street", ""), said.get("number", ""), said.get("addition", "")))
    )
    town = " ".join(filter(None, (said.get("postcode", ""), said.get("town", ""))))
    address = ", ".join(filter(None, (said.get("address", "") or street, town)))
    return Place(address, *(said.get(each.name, "") for each in fields(Place)[1:]))


def _day(typed: str, otherwise: date | None) -> date | None:
    if not typed:
        return otherwise
    for form in DAY_FORMS:
        try:
            return datetime.strptime(typed, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _kind(typed: str, otherwise: str) -> str:
    if not typed:
        return otherwise
    with translation.override("nl"):
        dutch = {_plain(str(each.label)): each.value for each in Visit.Kind}
    own = {_plain(str(each.label)): each.value for each in Visit.Kind}
    return (dutch | own).get(_plain(typed), "")


def _twice(lines: Iterable[Line], planned: Set[object]) -> Iterator[Line]:
    """Give the lines; one that plans the same as an earlier one, or what is planned already, says so."""
    seen: dict[object, int] = {}
    for line in lines:
        what = same(line.plan)
        first = seen.setdefault(what, line.number)
        if not line.plan.place.identifiers:
            yield line
        elif first != line.number:
            again = _("Dit staat ook op regel %(number)d.") % {"number": first}
            yield replace(line, faults=(*line.faults, again))
        elif what in planned:
            yield replace(line, faults=(*line.faults, _("Dit hebt u al gepland.")))
        else:
            yield line


def same(plan: Plan) -> object:
    """Return what two plans have in common that are the same: kind, day and place, however it is written.

    Of an address that can be only one that is its number: another town may have that street too.
    """
    place = plan.place.settled()
    there = [
        (DOOR, place.door)
        if place.door and kind == ADDRESS
        else (kind, *(normalise(kind, value)[:1] or [value]))
        for kind, value in place.identifiers
    ]
    return plan.kind, plan.day, frozenset(there)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.strip('"').casefold())
