"""What a person at risk reads: languages, questions to oneself, points to go to, cards to point at."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from .approach import AnyFormId
from .entries import BothLanguages, Entry, Fact, Refers, Structure, Text
from .recognition import IndicatorId

LanguageId = Annotated[str, Refers("languages")]


class Direction(StrEnum):
    """How a language is written."""

    LTR = "ltr"
    RTL = "rtl"


class Language(Fact):
    """A language in which the public pages exist; people choose it by its own name."""

    label: BothLanguages
    own_name: str
    script: str = Field(pattern="^[A-Z][a-z]{3}$")
    direction: Direction
    priority: int = Field(ge=1, le=9)
    evidence: Text
    state: BothLanguages
    sound: BothLanguages


class ReadingForm(Fact):
    """A way to take in a text without reading much: sound, picture, easy words."""

    label: BothLanguages
    rule: BothLanguages
    audience: BothLanguages


class SelfCheckQuestion(Fact):
    """A plain question to oneself. The answer is neither kept nor sent."""

    text: BothLanguages
    form: AnyFormId
    picture: str = Field(pattern="^[a-z-]+$", max_length=30)


class InformationPoint(Fact):
    """A place to go with questions, in one's own language.

    Without municipalities it is tied to none. An example from elsewhere is no place to go to.
    `state` tells professionals how current it is.
    """

    label: BothLanguages
    where: BothLanguages
    what: BothLanguages
    spoken: BothLanguages
    languages: tuple[LanguageId, ...] = ()
    municipalities: tuple[Annotated[str, Refers("municipalities")], ...] = ()
    hours: BothLanguages | None = None
    number: str | None = None
    address: str | None = None
    state: BothLanguages
    example: bool = False

    @property
    def public(self) -> bool:
        """Whether the public may see it: only what was confirmed, and no example from elsewhere."""
        return self.confirmed and not self.example


class Lift(Structure):
    """Who lifted a block, when, and on what source."""

    by: str = Field(min_length=3)
    on: date
    source: Annotated[str, Refers("references")]


class Block(Fact):
    """Texts that stand in no language until a named person lifts the block, with date and source."""

    label: BothLanguages
    reason: BothLanguages
    lifted_by_whom: BothLanguages
    since: date
    instead: Annotated[str, Refers("public_texts")]
    lifted: Lift | None = None


class CardCategory(Entry):
    """A heading under which cards stand."""

    label: BothLanguages


class CardAnswer(Structure):
    """An answer to point at; `follow_up` tells the official what to do."""

    id: str = Field(pattern=r"^[a-z0-9_]+$", max_length=40)
    text: BothLanguages
    follow_up: BothLanguages | None = None


class CardDirection(StrEnum):
    """Who points at the sentence."""

    TO_PERSON = "to_person"
    FROM_PERSON = "from_person"


class Card(Fact):
    """A two-way card "Laat dit zien": one sentence in two languages, with answers to point at."""

    text: BothLanguages
    direction: CardDirection
    category: Annotated[str, Refers("card_categories")]
    answers: tuple[CardAnswer, ...] = ()
    indicators: tuple[IndicatorId, ...] = ()
    picture: str = Field(pattern="^[a-z-]+$", max_length=30)


class StandardAnswer(Entry):
    """An answer that stands under every card."""

    text: BothLanguages
