"""What the guide of a region states, and what carries each statement: entries, pages, and what one can do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from .entries import BothLanguages, Entries, Entry, Fact

# `list/id`, as in `partners/avim`.
EntryPath = Annotated[str, Field(pattern=r"^[a-z_]+/[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=90)]
PageName = Annotated[str, Field(pattern=r"^([a-z]+:)?[a-z_]+$", max_length=60)]


class Statement(Fact):
    """A statement of the guide, under its heading, in own words.

    `can` says what somebody is able to do because of it: the statement counts when that works.
    """

    sheet: BothLanguages
    heading: BothLanguages
    statement: BothLanguages
    entries: tuple[EntryPath, ...] = Field(min_length=1)
    can: BothLanguages
    screens: tuple[PageName, ...] = ()
    family: str = Field(pattern="^(report|handbook|care|approach|training|governance)$")


def carried_by(statement: Statement, lists: object) -> Iterator[tuple[str, str, Entry | None]]:
    """Yield list, id and entry of what carries a statement; None where the pack has no such entry.

    Args:
        statement: the statement.
        lists: the pack, of which the lists are attributes.
    """
    for path in statement.entries:
        part, _, entry_id = path.partition("/")
        entries = getattr(lists, part, None)
        yield part, entry_id, entries.get(entry_id) if isinstance(entries, Entries) else None
