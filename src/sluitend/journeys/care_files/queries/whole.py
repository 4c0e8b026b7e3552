"""The whole file as it is read: each section of the handbook with what was written in it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.content import day_of
from sluitend.journeys.care_files.queries.guidance import Guidance, all_unconfirmed, guidance_of
from sluitend.journeys.care_files.queries.switching import State, file_state
from sluitend.journeys.care_files.whole import Prompt, Value, Whole, Written
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.care_file import (
    AreaWord,
    Ask,
    FileField,
    FileSection,
    LegalEvent,
    LifeArea,
    Shape,
)
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack

UNFOLDED = 3


@dataclass(frozen=True)
class RowView:
    """One row in words: the person's own sentence first, then each answer with its label."""

    id: str
    title: str
    own_words: str
    facts: tuple[tuple[str, str], ...]
    on: date
    note: str = ""
    earlier: tuple["RowView", ...] = ()


@dataclass(frozen=True)
class SectionView:
    """One section with its rows."""

    id: str
    label: str
    hint: str
    unconfirmed: bool
    one: bool
    """Whether it is one sheet, that is written over."""
    may_change: bool
    """Whether a row can be written over: an answer on a life area cannot."""
    rows: tuple[RowView, ...]
    unasked: tuple[tuple[str, str], ...]
    """Life areas of which nothing was written, and what may be asked."""
    guidance: tuple[Guidance, ...]

    @property
    def first(self) -> tuple[RowView, ...]:
        """The rows that are read at once."""
        return self.rows[:UNFOLDED]

    @property
    def rest(self) -> tuple[RowView, ...]:
        """The rows that are folded: more than most come for."""
        return self.rows[UNFOLDED:]

    @property
    def guidance_unconfirmed(self) -> bool:
        """Whether nobody confirmed any of its guidance."""
        return all_unconfirmed(self.guidance)

    @property
    def bare(self) -> bool:
        """Whether there is nothing to read in it: then its name and a link are enough."""
        return not (self.rows or self.unasked or self.guidance)


@dataclass(frozen=True)
class PromptLine:
    """A day on which the file asks for attention."""

    section: str
    row: str
    field: str
    day: date
    words: str
    today: bool


@dataclass(frozen=True)
class WholeView:
    """The whole file of one person."""

    may_write: bool
    going_back: bool
    papers: int = 0
    """How many documents there are."""
    prompts: tuple[PromptLine, ...] = ()
    sections: tuple[SectionView, ...] = ()

    @property
    def unconfirmed(self) -> bool:
        """Whether nobody confirmed the questions of any section that is read: then that is said once."""
        marks = [each.unconfirmed for each in self.sections if each.rows]
        return bool(marks) and all(marks)

    @property
    def bare(self) -> list[SectionView]:
        """The sections in which nothing was written yet."""
        return [each for each in self.sections if each.bare]


def whole_view(whole: Whole, pack: Pack, actor: Actor, *, closed: bool) -> WholeView | None:
    """Return what the whole file shows, or None where its organisation keeps the thin one."""
    state = file_state(actor.own_organisation)
    if state == State.THIN:
        return None
    today = timezone.localdate()
    return WholeView(
        may_write=state == State.WHOLE and not closed,
        going_back=state == State.BACK,
        papers=len(whole.documents),
        prompts=tuple(_prompt(each, whole, pack, today) for each in whole.prompts(pack)),
        sections=tuple(_section(each, whole, pack) for each in pack.file_sections),
    )


def whole_facts(whole: Whole, pack: Pack) -> Iterator[tuple[str, list[str]]]:
    """Yield each section that was written in, and its rows in words."""
    for section in pack.file_sections:
        rows = [_row_in_words(each, section, pack) for each in _ordered(whole.of(section.id), section)]
        if rows:
            yield shown(section.label), rows


def _row_in_words(row: Written, section: FileSection, pack: Pack) -> str:
    facts = ", ".join(
        f"{shown(each.label)}: {words}"
        for each in section.fields
        if (words := in_words(row.values.get(each.id, ""), each, pack))
    )
    return f"{facts} ({_day(row.on)})"


def in_words(value: Value, field: FileField, pack: Pack) -> str:
    """Return an answer as it is read. What the handbook no longer knows stays as it was kept."""
    if not isinstance(value, str):
        known = {each.id: shown(each.label) for each in field.options}
        return ", ".join(known.get(each, each) for each in value)
    if field.kind in (Ask.DAY, Ask.REMIND, Ask.UNTIL):
        return _day(value)
    return dict(options_of(field, pack)).get(value, value) if value else ""


def options_of(field: FileField, pack: Pack) -> tuple[tuple[str, str], ...]:
    """Return what may be chosen in a field: its own answers, or those of the list that it is about."""
    own = [(each.id, shown(each.label)) for each in field.options]
    lists: Mapping[Ask, Iterable[LifeArea | AreaWord | LegalEvent]] = {
        Ask.AREA: pack.life_areas,
        Ask.WORD: pack.area_words,
        Ask.EVENT: pack.legal_events,
    }
    entries = lists.get(field.kind)
    return tuple(own if entries is None else ((each.id, shown(each.label)) for each in entries))


def _section(section: FileSection, whole: Whole, pack: Pack) -> SectionView:
    rows = _ordered(whole.of(section.id), section)
    shown_rows, unasked = _by_area(rows, section, pack)
    if section.shape is not Shape.AREAS:
        shown_rows, unasked = tuple(_row(each, section, pack) for each in rows), ()
    return SectionView(
        id=section.id,
        label=shown(section.label),
        hint=shown(section.hint) if section.hint else "",
        unconfirmed=not section.confirmed,
        one=section.shape is Shape.ONE,
        may_change=section.shape is not Shape.AREAS,
        rows=shown_rows,
        unasked=unasked,
        guidance=guidance_of(pack.care_situations.named(section.situations)),
    )


def _by_area(
    rows: tuple[Written, ...], section: FileSection, pack: Pack
) -> tuple[tuple[RowView, ...], tuple[tuple[str, str], ...]]:
    """Return the last answer of each area in the order of the handbook, and the areas without one."""
    name = _area(section)
    last, unasked = [], []
    for area in pack.life_areas:
        given = [_row(each, section, pack) for each in reversed(rows) if each.text(name) == area.id]
        if given:
            newest = given[0]
            last.append(
                RowView(
                    newest.id,
                    shown(area.label),
                    newest.own_words,
                    newest.facts,
                    newest.on,
                    earlier=tuple(given[1:]),
                )
            )
        else:
            unasked.append((shown(area.label), shown(area.asks)))
    return tuple(last), tuple(unasked)


def _area(section: FileSection) -> str:
    found = section.of(Ask.AREA)
    return found.id if found else ""


def _ordered(rows: tuple[Written, ...], section: FileSection) -> tuple[Written, ...]:
    """Return rows as they were written; dated ones by their day, the newest first."""
    day = section.of(Ask.DAY) if section.shape is Shape.DATED else None
    return tuple(sorted(rows, key=lambda each: each.text(day.id), reverse=True)) if day else rows


def _row(row: Written, section: FileSection, pack: Pack) -> RowView:
    words = [(each, in_words(row.values.get(each.id, ""), each, pack)) for each in section.fields]
    said = next((text for each, text in words if each.kind is Ask.OWN_WORDS), "")
    rest = [(each, text) for each, text in words if text and each.kind is not Ask.OWN_WORDS]
    titled = section.shape in (Shape.ROWS, Shape.DATED, Shape.AREAS) and bool(rest)
    event = section.of(Ask.EVENT)
    kind = pack.legal_events.get(row.text(event.id)) if event else None
    return RowView(
        id=row.id,
        title=rest[0][1] if titled else "",
        own_words=said,
        facts=tuple((shown(each.label), text) for each, text in rest[1 if titled else 0 :]),
        on=date.fromisoformat(row.on),
        note=shown(kind.note) if kind and kind.note else "",
    )


def _prompt(prompt: Prompt, whole: Whole, pack: Pack, today: date) -> PromptLine:
    section = pack.file_sections[prompt.section]
    row = whole.row(prompt.section, prompt.row)
    named = _row(row, section, pack).title if row else ""
    label = next((shown(each.label) for each in section.fields if each.id == prompt.field), "")
    # What it is about says enough: beside that the label of the day, such as "before", says nothing.
    what = _("Praat met een advocaat") if prompt.ahead else ("" if named else label)
    words = ": ".join(filter(None, [named or shown(section.label), what]))
    return PromptLine(prompt.section, prompt.row, prompt.field, prompt.day, words, prompt.day <= today)


def _day(text: str) -> str:
    day = day_of(text)
    return date_format(day, "j F Y") if day else ""
