"""The whole care file: its sections and their fields, the life areas and their words, legal facts.

It adds to what thin mode keeps. A region that has none of this has thin mode alone.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from .entries import BothLanguages, Entry, Fact, Refers

LONGEST = 4000


class Shape(StrEnum):
    """How what is written in a section is kept and shown."""

    ONE = "one"
    """One sheet that is written over."""
    ROWS = "rows"
    """As many as are needed, in the order in which they were written."""
    DATED = "dated"
    """Facts with a day, the newest first."""
    AREAS = "areas"
    """An answer a life area. A new one stands above the earlier ones, that stay to be read."""


class Ask(StrEnum):
    """How a field is answered."""

    LINE = "line"
    TEXT = "text"
    OWN_WORDS = "own_words"
    """The person's own sentence: it stands before everything else."""
    DAY = "day"
    REMIND = "remind"
    """A day that somebody chose: on it the file asks for attention."""
    UNTIL = "until"
    """The end of a fact, as somebody said it. Nothing computes it."""
    CHOICE = "choice"
    CHOICES = "choices"
    AREA = "area"
    WORD = "word"
    EVENT = "event"


class FileOption(Entry):
    """One answer. What `ends` is over: its days ask for nothing any more."""

    label: BothLanguages
    ends: bool = False


class FileField(Entry):
    """One field of a section. What is `told` stands on the copy that the person can take along."""

    kind: Ask
    label: BothLanguages
    hint: BothLanguages | None = None
    required: bool = False
    most: int | None = Field(default=None, ge=1, le=LONGEST)
    options: tuple[FileOption, ...] = ()
    told: bool = False


class FileSection(Fact):
    """A part of the whole file.

    Attributes:
        situations: what is read beside it; a person chooses which holds, the program decides nothing by it.
    """

    label: BothLanguages
    shape: Shape
    hint: BothLanguages | None = None
    fields: tuple[FileField, ...] = Field(min_length=1)
    situations: tuple[Annotated[str, Refers("care_situations")], ...] = ()

    @property
    def told(self) -> tuple[FileField, ...]:
        """The fields that stand on the copy for the person."""
        return tuple(each for each in self.fields if each.told)

    def of(self, kind: Ask) -> FileField | None:
        """Return the first field of a kind, or None."""
        return next((each for each in self.fields if each.kind is kind), None)


class LifeArea(Fact):
    """A part of somebody's life, and what may be asked about it."""

    label: BothLanguages
    asks: BothLanguages


class AreaWord(Fact):
    """A word for how it goes. Words have no number: nothing adds them up, sorts by them or compares."""

    label: BothLanguages


class LegalEvent(Fact):
    """A kind of dated fact in law or residence.

    `ahead_days` is how long before the end that somebody stated the worker talks with a lawyer.
    """

    label: BothLanguages
    note: BothLanguages | None = None
    ahead_days: int | None = Field(default=None, ge=1, le=365)
