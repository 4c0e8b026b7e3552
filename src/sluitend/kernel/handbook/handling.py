"""How a matter is handled: reasons, outcomes, deadlines, retention terms and case names."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from random import Random
from typing import Annotated, Self

from pydantic import Field, model_validator

from .entries import BothLanguages, Entry, Fact, Refers, Structure, Text
from .guidance import Track

OTHER_REASON = "andere_reden"


class Reason(Entry):
    """A prepared reason.

    Attributes:
        asks_sentence: opens one text field.
        acute, minor: who picks it says that there is danger now, or that a child may be involved.
    """

    label: Text
    asks_sentence: bool = False
    acute: bool = False
    minor: bool = False


class ReasonList(Entry):
    """The prepared reasons for one decision; the last one is always "another reason"."""

    label: Text
    reasons: tuple[Reason, ...] = Field(min_length=2)

    def __iter__(self) -> Iterator[Reason]:  # type: ignore[override]  # pydantic iterates over fields
        return iter(self.reasons)

    def reason(self, reason_id: str) -> Reason | None:
        """Return the reason with this id, or None."""
        return next((reason for reason in self.reasons if reason.id == reason_id), None)


class Closes(StrEnum):
    """What an outcome closes."""

    REPORT = "report"
    TRACK = "track"
    CASE = "case"


class Outcome(Fact):
    """How something ended: with a retention term and the text for the reporter."""

    label: Text
    closes: tuple[Closes, ...] = Field(min_length=1)
    track: Track = Track.BOTH
    retention: Annotated[str, Refers("retention")]
    to_reporter: BothLanguages


class Unit(StrEnum):
    """In what a term is counted."""

    AT_ONCE = "at_once"
    SAME_DAY = "same_day"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    DAYS = "days"


class Term(Structure):
    """A length of time."""

    unit: Unit
    amount: int = Field(default=0, ge=0, le=400)
    closes: str | None = Field(default=None, pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    """The time before which it must be done, of what is due the same day; else the end of the office day."""

    @model_validator(mode="after")
    def _amount_fits_unit(self) -> Self:
        counted = self.unit not in (Unit.AT_ONCE, Unit.SAME_DAY)
        if counted != (self.amount > 0):
            raise ValueError(
                f"amount past niet bij '{self.unit}'|amount does not fit '{self.unit}'"
                "|geef amount alleen bij uren en dagen|give amount only with hours and days"
            )
        if self.closes and self.unit is not Unit.SAME_DAY:
            raise ValueError(
                f"closes past niet bij '{self.unit}'|closes does not fit '{self.unit}'"
                "|geef closes alleen bij dezelfde dag|give closes only with the same day"
            )
        return self


class CountsIn(StrEnum):
    """Whose working days a term counts."""

    OWNER = "owner"
    EVERYONE = "everyone"


class Deadline(Fact):
    """The term of one kind of next step. The id is the step kind."""

    label: Text
    term: Term
    hurries: bool = True
    counts_in: CountsIn = CountsIn.OWNER

    def term_for(self, *, acute: bool = False, minor: bool = False) -> Term:
        """Return the term: at once when acute, the same day for a minor, else the ordinary one.

        Terms that only promise an answer to somebody (`hurries` false) do not get shorter.
        """
        if self.hurries and acute:
            return Term(unit=Unit.AT_ONCE)
        if self.hurries and minor and self.term.unit is not Unit.AT_ONCE:
            return Term(unit=Unit.SAME_DAY)
        return self.term


class RetentionTerm(Fact):
    """How long something is kept, counted from `starts`; None follows another case type."""

    label: Text
    months: int | None = Field(default=None, ge=1, le=240)
    days: int | None = Field(default=None, ge=1, le=366)
    starts: Text
    explanation: Text

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        if (self.months is None) == (self.days is None):
            raise ValueError(
                "geef months of days, niet allebei|give months or days, not both"
                "|haal een van de twee weg, of vul er een in|take one of the two out, or fill one in"
            )
        return self


class CaseNames(Structure):
    """Words for neutral case names: never a person, company, address or form."""

    rules: tuple[Text, ...]
    kinds: tuple[str, ...] = Field(min_length=5)
    settings: tuple[str, ...] = Field(min_length=5)

    def propose(self, random: Random, *, count: int = 3) -> tuple[str, ...]:
        """Return `count` different proposals such as "Kas aan de Oostbuurt"."""
        pairs = [(kind, setting) for kind in self.kinds for setting in self.settings]
        return tuple(f"{kind} {setting}" for kind, setting in random.sample(pairs, count))


VISIT_KINDS = ("check", "visit", "letter", "permit", "branch")
"""What can be planned, by the ids of the program."""


class VisitRule(Fact):
    """What holds for one kind of what is planned somewhere. The id is the kind: see `VISIT_KINDS`.

    Attributes:
        second_person: another person releases it than the one who planned it.
    """

    label: Text
    second_person: bool


# Small letters, so that a word stands there once; a star at the end stands for any ending.
_WatchedWord = Annotated[
    str, Field(pattern=r"^[^\W\d_A-Z](?:[^\W\d_A-Z]|[ '-])*\*?$", min_length=2, max_length=60)
]


class Watchword(Entry):
    """Words that are marked in a text before it goes to another organisation, or that are no name there.

    The id says what the words are: see `kernel.telltale.words`.
    """

    label: BothLanguages
    nl: tuple[_WatchedWord, ...] = Field(min_length=1, max_length=1000)
    en: tuple[_WatchedWord, ...] = Field(min_length=1, max_length=1000)
