"""The form by which a professional asks care coordination for advice, or for help for somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from .entries import BothLanguages, Entry, Id, Refers, Structure
from .language import shown

STEPS = 5
START, ADVICE, HELP = "start", "advies", "hulp"
DANGER, MINOR, WHERE = "danger_now", "under_18", "where"
NAMED = frozenset({START, DANGER, MINOR, WHERE, "knows", "seen", "safe_contact", "asker"})
"""Fields that the program itself asks for."""
PROMISES = frozenset({"today", "out_of_hours", "on_call", "next_day"})
NUMBER = "{number}"
"""Stands in a promise where the number of who is on call comes."""
LOST = "lost"
"""The end of who answers no more: what was tried before they last answered says nothing of that."""
SENTENCES = frozenset({"arrived", "busy", "question", "offered", "done"})
MESSAGES = frozenset({"no_rule", "not_now", "stopped", "never", "only_otherwise", "past"}) | {
    *(
        "no_counting",
        "younger",
        "lawyer_first",
        "close_not_yet",
        "other_witness",
        "no_text_yet",
        "keep_short",
        "no_place_here",
        "no_address",
        "no_agreement",
    ),
}
"""What a page of care says when something may not, or not now."""

type Answers = Mapping[str, Sequence[str]]


class RequestKind(StrEnum):
    """How a field is answered."""

    CHOICE = "choice"
    CHOICES = "choices"
    TEXT = "text"
    LONG_TEXT = "long_text"
    MUNICIPALITY = "municipality"
    COUNTS = "counts"
    SAFE_CONTACT = "safe_contact"
    CONTACT = "contact"
    STATEMENT = "statement"


class Holds(Structure):
    """That a field was answered with one of these."""

    field: Id
    answers: tuple[Id, ...] = Field(min_length=1)

    def of(self, given: Answers) -> bool:
        """Tell whether it was."""
        return not set(self.answers).isdisjoint(given.get(self.field, ()))


class RequestOption(Entry):
    """One answer."""

    label: BothLanguages


class RequestField(Entry):
    """One question. It is shown when all of `shown_if` holds."""

    step: int = Field(ge=1, le=STEPS)
    kind: RequestKind
    label: BothLanguages
    hint: BothLanguages | None = None
    required: bool = False
    most: int | None = Field(default=None, ge=1, le=4000)
    options: tuple[RequestOption, ...] = ()
    shown_if: tuple[Holds, ...] = ()

    def is_shown(self, given: Answers) -> bool:
        """Tell whether it is asked, after these answers."""
        return all(each.of(given) for each in self.shown_if)


class NeverAsked(Entry):
    """What nobody asks, and why not."""

    what: BothLanguages
    why: BothLanguages


class RequestText(Entry):
    """A sentence that the asker reads."""

    text: BothLanguages

    def said(self, number: str = "") -> str:
        """Return it in the language of the page, with the number of who is on call in its place."""
        return shown(self.text).replace(NUMBER, number)


class RequestEnd(Entry):
    """How a request ended. `attempts` is how often somebody must have tried to make contact before that."""

    label: BothLanguages
    attempts: int = Field(default=0, ge=0, le=9)

    @property
    def lost(self) -> bool:
        """Whether nobody reaches the person any more."""
        return self.id == LOST


class CareRequest(Structure):
    """The whole form. A handbook without fields has none, and its requests go to the municipality.

    Attributes:
        work: of the partner that receives it; see `Partner.works`.
        support_work: of the partner that supports somebody, in each part of the region.
        before: until when on an office day a hurried request is answered the same day.
        hurries: one of these makes it hurried.
        advice_first: one of these makes it a question for advice, unless it is hurried by one of `unless`.
        messages: what whoever gives care reads when something may not; what is filled in stands in braces.
        aftercare_months, aftercare_asks: how many months after the help somebody asks how it goes, and what.
        keeps, keeps_advice, keeps_file, keeps_whole_file: how long a request, a question for advice, a care
            file of thin mode and a whole one are kept after their end.
    """

    work: Id | None = None
    support_work: Id | None = None
    before: str = Field(default="16:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    hurries: tuple[Holds, ...] = ()
    advice_first: tuple[Holds, ...] = ()
    unless: tuple[Holds, ...] = ()
    advice_note: BothLanguages | None = None
    fields: tuple[RequestField, ...] = ()
    promises: tuple[RequestText, ...] = ()
    sentences: tuple[RequestText, ...] = ()
    messages: tuple[RequestText, ...] = ()
    never_asked: tuple[NeverAsked, ...] = ()
    ends: tuple[RequestEnd, ...] = ()
    aftercare_months: tuple[Annotated[int, Field(ge=1, le=60)], ...] = ()
    aftercare_asks: BothLanguages | None = None
    keeps: Annotated[str, Refers("retention")] | None = None
    keeps_advice: Annotated[str, Refers("retention")] | None = None
    keeps_file: Annotated[str, Refers("retention")] | None = None
    keeps_whole_file: Annotated[str, Refers("retention")] | None = None

    def settled(self, given: Answers) -> dict[str, Sequence[str]]:
        """Return the answers with what is started: advice, where a name may not be given yet."""
        advice = any(each.of(given) for each in self.advice_first) and not any(
            each.of(given) for each in self.unless
        )
        return {**given, START: (ADVICE,)} if advice else dict(given)

    def shown(self, given: Answers) -> tuple[RequestField, ...]:
        """Return the fields that are asked, after these answers.

        What hangs on a field that is not asked is not asked either, whatever was sent of it.
        """
        known: dict[str, Sequence[str]] = {}
        settled = self.settled(given)
        found = []
        for field in self.fields:
            if field.is_shown(known):
                found.append(field)
                known[field.id] = settled.get(field.id, ())
        return tuple(found)

    def is_hurried(self, given: Answers) -> bool:
        """Tell whether somebody must be called the same day."""
        return any(each.of(given) for each in self.hurries)

    def promise(self, name: str) -> RequestText:
        """Return what the asker is promised."""
        return next(each for each in self.promises if each.id == name)

    def end(self, name: str) -> RequestEnd | None:
        """Return a way to end, or None."""
        return next((each for each in self.ends if each.id == name), None)
