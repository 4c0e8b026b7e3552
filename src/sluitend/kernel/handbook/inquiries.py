"""What a municipality may ask of others about a case: of whom, for what, on what ground, with which parts."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from .entries import BothLanguages, Fact, Refers, Structure
from .guidance import BasisId, PartId, WithheldPart

MUNICIPALITY = "municipality"
"""The kind of receiver that every other municipality is; the other kinds are those of the partners."""


class InquiryAnswer(StrEnum):
    """What can come back of which the plan of a case hears."""

    HIT = "hit"
    SILENT = "silent"
    NOTHING = "nothing"
    MAY_NOT = "may_not"
    DETAILS = "details"


class Hears(Structure):
    """The news that an answer is for the plan of a case."""

    answer: InquiryAnswer
    event: Annotated[str, Refers("plan_events")]


class Inquiry(Fact):
    """A request for information that these kinds of receivers can get, with purposes and grounds that fit.

    `asks` is what can be asked for, `may` the ceiling of what goes along. Who is bound by professional
    secrecy gets no more than `first` before it said that it has something and may tell.
    """

    label: BothLanguages
    kinds: tuple[str, ...] = Field(min_length=1)
    purposes: tuple[Annotated[str, Refers("purposes")], ...] = Field(min_length=1)
    bases: tuple[BasisId, ...] = Field(min_length=1)
    asks: tuple[PartId, ...] = Field(min_length=1)
    may: tuple[PartId, ...] = ()
    may_not: tuple[WithheldPart, ...] = ()
    secrecy: bool = False
    first: tuple[PartId, ...] = ()
    asks_residents_question: bool
    answer_days: int | None = Field(default=None, ge=0, le=60)
    hears: tuple[Hears, ...] = ()

    def ceiling(self, *, first: bool) -> tuple[str, ...]:
        """Return what may go along, with the first question or after it."""
        return self.first if self.secrecy and first else self.may
