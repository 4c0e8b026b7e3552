"""What somebody writes in the whole file: rows by the sections of the handbook, and that a day was done."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import uuid4

from django.utils import timezone

from sluitend.journeys.care_files.actions.switching import require_whole
from sluitend.journeys.care_files.actions.working import OnFile, on_file
from sluitend.journeys.care_files.journey import CARE_FILE_WRITE
from sluitend.journeys.care_files.whole import Value, Whole, Written
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.handbook.care_file import FileSection, Shape

NEW = ""


def write_part(
    *, code: str, actor: Actor, section: str, row: str, values: Mapping[str, Value], revision: int | None
) -> None:
    """Write a row of a section, or write over it. An answer on a life area is always a new one.

    Args:
        row: which is written over; empty for a new one. A section of one sheet has one row.

    Raises:
        Conflict: there is no such section or row, or somebody else wrote in the file first.
        DomainError: the whole file is off, or the person wants no help any more.
    """
    with on_file(code, actor, CARE_FILE_WRITE, revision=revision) as it:
        require_whole(actor)
        it.require_help()
        part, whole = _section(it, section), it.whole
        today = timezone.localdate().isoformat()
        if part.shape is Shape.ONE:
            before = next(iter(whole.of(section)), None)
        elif row == NEW:
            before = None
        else:
            before = _row(whole, part, row)
        known = {each.id for each in part.fields}
        kept = {name: value for name, value in values.items() if value and name in known}
        if before is None:
            written = Written(uuid4().hex, section, today, kept)
        else:
            written = replace(before, values=kept, settled=_still_settled(before, kept))
        it.whole = whole.put(written)
        it.go_on()


def settle_day(*, code: str, actor: Actor, section: str, row: str, field: str, revision: int | None) -> None:
    """Note that what a day of a row asked for was done.

    Raises:
        Conflict: that day asks for nothing, or somebody else wrote in the file first.
    """
    with on_file(code, actor, CARE_FILE_WRITE, revision=revision) as it:
        asked = {(each.section, each.row, each.field) for each in it.whole.prompts(it.pack)}
        found = it.whole.row(section, row)
        if found is None or (section, row, field) not in asked:
            raise Conflict
        it.whole = it.whole.put(replace(found, settled=(*found.settled, field)))
        it.go_on()


def take_away_part(*, code: str, actor: Actor, section: str, row: str, revision: int | None) -> None:
    """Take a row away that should not stand there: the person may have something changed.

    Raises:
        Conflict: there is no such row, or somebody else wrote in the file first.
    """
    with on_file(code, actor, CARE_FILE_WRITE, revision=revision) as it:
        found = it.whole.row(section, row)
        if found is None:
            raise Conflict
        it.whole = it.whole.without(found)
        it.go_on()


def _section(it: OnFile, name: str) -> FileSection:
    found = it.pack.file_sections.get(name)
    if found is None:
        raise Conflict
    return found


def _row(whole: Whole, section: FileSection, name: str) -> Written:
    found = whole.row(section.id, name)
    # An earlier answer stays as it was said.
    if found is None or section.shape is Shape.AREAS:
        raise Conflict
    return found


def _still_settled(before: Written, values: Mapping[str, Value]) -> tuple[str, ...]:
    """Keep as done what asks on the same day as it did."""
    return tuple(each for each in before.settled if before.values.get(each) == values.get(each))
