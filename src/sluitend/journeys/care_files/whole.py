"""What the whole file holds beside what thin mode keeps: rows by the sections of the handbook, as sealed.

Nothing here counts, compares or orders people or their words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any, Self

from sluitend.journeys.care_files.content import day_of
from sluitend.kernel.handbook.care_file import Ask, FileSection
from sluitend.kernel.handbook.pack import Pack

type Value = str | tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """One row of a section. `on` is the day on which it was first written, `settled` whose days are done."""

    id: str
    section: str
    on: str
    values: Mapping[str, Value]
    settled: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        """Return what was written in a field of one answer."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else ""

    def to_json(self) -> dict[str, Any]:
        """Return what is sealed."""
        values = {
            name: value if isinstance(value, str) else list(value) for name, value in self.values.items()
        }
        return {
            "id": self.id,
            "section": self.section,
            "on": self.on,
            "values": values,
            "settled": list(self.settled),
        }

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Self:
        """Return it again."""
        values = {
            name: tuple(map(str, value)) if isinstance(value, list) else str(value)
            for name, value in dict(given.get("values", {})).items()
        }
        settled = tuple(map(str, given.get("settled", ())))
        return cls(str(given["id"]), str(given["section"]), str(given["on"]), values, settled)


@dataclass(frozen=True)
class Document:
    """A paper that somebody brought. `id` is that of its pixels, sealed apart; `on` the day it came."""

    id: str
    title: str
    on: str

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Self:
        """Return it again."""
        return cls(str(given["id"]), str(given["title"]), str(given["on"]))


@dataclass(frozen=True)
class Prompt:
    """A day on which the file asks for attention; `ahead` when a fact ends a while after it."""

    day: date
    row: str
    section: str
    field: str
    ahead: bool


@dataclass(frozen=True)
class Whole:
    """All rows, in the order in which they were written, and the papers."""

    rows: tuple[Written, ...] = ()
    documents: tuple[Document, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rows or self.documents)

    def document(self, name: str) -> Document | None:
        """Return one of the papers, or None."""
        return next((each for each in self.documents if each.id == name), None)

    def of(self, section: str) -> tuple[Written, ...]:
        """Return the rows of a section."""
        return tuple(each for each in self.rows if each.section == section)

    def row(self, section: str, name: str) -> Written | None:
        """Return one row of a section, or None."""
        return next((each for each in self.of(section) if each.id == name), None)

    def put(self, row: Written) -> Self:
        """Return it with a row written over, or added."""
        if row.id in {each.id for each in self.rows}:
            return replace(self, rows=tuple(row if each.id == row.id else each for each in self.rows))
        return replace(self, rows=(*self.rows, row))

    def without(self, row: Written) -> Self:
        """Return it without a row."""
        return replace(self, rows=tuple(each for each in self.rows if each.id != row.id))

    def prompts(self, pack: Pack) -> tuple[Prompt, ...]:
        """Return the days that ask for attention, the first one first."""
        found = (
            prompt
            for section in pack.file_sections
            for prompt in _prompts(self.of(section.id), section, pack)
        )
        return tuple(sorted(found, key=lambda each: each.day))

    def to_json(self) -> dict[str, Any]:
        """Return what is sealed."""
        papers = [asdict(each) for each in self.documents]
        return {"rows": [each.to_json() for each in self.rows]} | ({"documents": papers} if papers else {})

    @classmethod
    def from_json(cls, values: Any) -> Self:
        """Return it again."""
        given = values if isinstance(values, dict) else {}
        return cls(
            tuple(Written.from_json(each) for each in given.get("rows", ())),
            tuple(Document.from_json(each) for each in given.get("documents", ())),
        )


def _prompts(rows: tuple[Written, ...], section: FileSection, pack: Pack) -> Iterator[Prompt]:
    for row in rows:
        if _is_over(row, section):
            continue
        for field in section.fields:
            day = day_of(row.text(field.id)) if field.kind in (Ask.REMIND, Ask.UNTIL) else None
            if day is None or field.id in row.settled:
                continue
            ahead = field.kind is Ask.UNTIL
            asks_on = _ahead(row, day, section, pack) if ahead else day
            if asks_on:
                # What was written after its day asks on the day on which it was written.
                asks_on = max(asks_on, date.fromisoformat(row.on))
                yield Prompt(asks_on, row.id, section.id, field.id, ahead)


def _is_over(row: Written, section: FileSection) -> bool:
    return any(
        option.ends and option.id == row.text(field.id)
        for field in section.fields
        for option in field.options
    )


def _ahead(row: Written, until: date, section: FileSection, pack: Pack) -> date | None:
    """Return so long before the end that somebody stated as the handbook says; not for what was over."""
    kind = section.of(Ask.EVENT)
    event = pack.legal_events.get(row.text(kind.id)) if kind else None
    if event is None or event.ahead_days is None or until < date.fromisoformat(row.on):
        return None
    return until - timedelta(days=event.ahead_days)
