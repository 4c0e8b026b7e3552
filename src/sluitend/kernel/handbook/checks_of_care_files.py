"""The rules of the whole care file: lists that belong together, and fields that fit how a section is kept."""

from __future__ import annotations

from collections.abc import Iterator

from .care_file import Ask, FileField, FileSection, Shape
from .pack import Pack
from .problems import Finding, Words

PARTS = ("file_sections", "life_areas", "area_words", "legal_events")
_ADD: Words = ("voeg dit toe", "add this")
_MEND: Words = ("verbeter dit", "mend this")
_OPTIONS = frozenset({Ask.CHOICE, Ask.CHOICES})
_NEEDS = {Shape.DATED: Ask.DAY, Shape.AREAS: Ask.AREA}
"""Without a day nothing is dated, and without an area nothing is of one."""


def care_file_findings(pack: Pack) -> Iterator[Finding]:
    """Yield what is wrong with the whole file; a pack without one has nothing wrong."""
    if not any(len(getattr(pack, part)) for part in PARTS):
        return
    for part in PARTS:
        if not len(getattr(pack, part)):
            yield Finding(part, "", (f"'{part}' ontbreekt", f"'{part}' is missing"), _ADD)
    for section in pack.file_sections:
        yield from _section(section)
    if pack.request.fields and not pack.request.keeps_whole_file:
        words = ("de bewaartermijn ontbreekt", "the retention term is missing")
        yield Finding("request", "request", words, _ADD, "keeps_whole_file")


def _section(section: FileSection) -> Iterator[Finding]:
    seen: set[str] = set()
    for field in section.fields:
        if field.id in seen:
            yield _wrong(section, field.id, "staat er twee keer", "stands there twice")
        seen.add(field.id)
        yield from _field(section, field)
    needed = _NEEDS.get(section.shape)
    found = section.of(needed) if needed else None
    if needed and (found is None or not found.required):
        yield _wrong(
            section, needed, "moet er zijn en is verplicht", "has to be there and is required", "fields"
        )
    if section.of(Ask.UNTIL) and not section.of(Ask.EVENT):
        yield _wrong(section, Ask.UNTIL, "hoort bij een 'event'", "belongs to an 'event'", "fields")


def _field(section: FileSection, field: FileField) -> Iterator[Finding]:
    if (field.kind in _OPTIONS) != bool(field.options):
        yield _wrong(
            section,
            field.id,
            "past niet bij de antwoorden die er staan",
            "does not fit the answers that stand there",
        )


def _wrong(section: FileSection, what: str, dutch: str, english: str, at: str = "fields") -> Finding:
    return Finding("file_sections", section.id, (f"'{what}' {dutch}", f"'{what}' {english}"), _MEND, at)
