"""What people see and are told: forms, indicators, roles, marks, questions, feedback and help."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from .entries import BothLanguages, Entry, Fact, ReferenceId, Refers, Structure, Text

ALL_FORMS = "all"
EMERGENCY_NUMBER = "112"

RoleId = Annotated[str, Refers("roles")]
IndicatorId = Annotated[str, Refers("indicators")]


class Reference(Entry):
    """A document that entries name as their source."""

    title: str
    publisher: str
    date: str
    address: str
    tier: str = Field(pattern="^[ABC]$")
    read: str


class Category(Entry):
    """A heading under which indicators stand."""

    label: BothLanguages


class Elements(Structure):
    """The elements of a form of exploitation in one text: the guide or the law, as read on a day.

    A claim is a statement about the world in that text, which is shown with its origin.
    """

    core: Text | None = None
    acts: tuple[Text, ...]
    means: tuple[Text, ...]
    also: tuple[Text, ...] = ()
    aim: Text
    claim: Annotated[str, Refers("claims")] | None = None
    confirmed: bool
    checked_on: date | None = None
    source: tuple[ReferenceId, ...] = ()
    note: Text | None = None


class Definition(Structure):
    """What the guide and what the law say, to show side by side."""

    guide: Elements
    law: Elements
    difference: Text


class Form(Fact):
    """A form of exploitation. The list changes with the law, so it is data."""

    label: BothLanguages
    description: BothLanguages
    note: Text | None = None
    definition: Definition | None = None


class Meldcode(StrEnum):
    """Whether the statutory reporting code binds a role."""

    YES = "yes"
    CHECK = "check"
    NO = "no"


class ReporterRole(Entry):
    """From where somebody reports; it chooses which indicators come first."""

    label: BothLanguages
    meldcode: Meldcode = Meldcode.NO
    likeliest: tuple[IndicatorId, ...] = Field(default=(), max_length=8)
    # Its indicators come first for whoever says nothing of their work.
    unsaid: bool = False
    # Works where guests and customers come, and so may stand beside whoever profits.
    there: bool = False


class RoleGroup(Entry):
    """What a reporter presses to say from where they look: a few roles, of which the first answers for all.

    `seen` stands above the indicators that come first.
    """

    label: BothLanguages
    seen: BothLanguages
    icon: str = Field(pattern="^[a-z]{2,20}$")
    roles: tuple[RoleId, ...] = Field(min_length=1)


class Strength(StrEnum):
    """How strongly an indicator points to coercion; only for the order, never summed."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


class Emergency(StrEnum):
    """Why an indicator asks for action today."""

    ACUTE_DANGER = "acute_danger"
    MINOR = "minor"


class Indicator(Entry):
    """Something one can see or hear, with its innocent explanation beside it."""

    label: BothLanguages
    innocent: BothLanguages | None
    forms: tuple[Annotated[str, Refers("forms", frozenset({ALL_FORMS}))], ...] = Field(min_length=1)
    category: Annotated[str, Refers("categories")]
    roles: tuple[RoleId, ...]
    strength: Strength
    strength_minor: Strength | None = None
    strength_basis: str = Field(pattern="^(delphi|secondary|own_judgement)$")
    emergency: tuple[Emergency, ...] = ()
    ilo11: tuple[int, ...] = ()

    def fits(self, form: str | None) -> bool:
        """Tell whether the indicator belongs to `form`; every indicator fits when none is given."""
        return form is None or form in self.forms or ALL_FORMS in self.forms


class Mark(Entry):
    """A quick kind of observation for the page "Markeer": one press, no typing."""

    label: BothLanguages
    indicator: IndicatorId | None = None
    minor: bool = False
    acute: bool = False


class Question(Entry):
    """A prepared question to a reporter."""

    text: BothLanguages
    about: str


class AdviceTheme(Entry):
    """The theme of an advice request; with the day it is all that is kept."""

    label: BothLanguages
    minor: bool = False


class Opens(StrEnum):
    """What an answer of a partner may open. Each has its code; a pack that names another one is refused."""

    WAIT_REQUEST = "wait_request"
    NIGHT_WITHOUT_PLACE = "night_without_place"


class FeedbackCode(Fact):
    """An agreed answer of a partner, with the only text that the reporter gets.

    It is of who is named, and of every partner of these kinds. After an answer that counts and ends nothing
    the partner says more; `next_days` proposes in how many working days.
    """

    label: BothLanguages
    meaning: Text
    to_reporter: BothLanguages
    answered: bool
    closes: bool
    opens: Opens | None = None
    used_by: tuple[Annotated[str, Refers("partners", frozenset({"all", "focal_point"}))], ...]
    used_by_kinds: tuple[str, ...] = ()
    next_days: int | None = Field(default=None, ge=1, le=130)

    @model_validator(mode="after")
    def _says_more(self) -> Self:
        if self.next_days and (self.closes or not self.answered):
            raise ValueError(
                "next_days hoort bij een antwoord dat telt en niets sluit"
                "|next_days belongs to an answer that counts and closes nothing"
                "|haal next_days weg|take next_days out"
            )
        return self


class OpenHours(Structure):
    """When a number is answered: days of the week (1 is Monday) and from and until which time.

    An end that is not after its start lies on the next day; 00:00 to 00:00 is a whole day.
    """

    days: tuple[Annotated[int, Field(ge=1, le=7)], ...] = Field(min_length=1)
    opens: str = Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    closes: str = Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")


class HelpLine(Fact):
    """A number to call. Unconfirmed numbers are for professionals only.

    `open_confirmed` says whether the opening hours were checked; a line without `open` has none known.
    `checked_on` is the day on which somebody last looked the number up. Who seeks help here is shown no
    number that is not `for_seekers`.
    """

    name: BothLanguages
    number: str
    hours: BothLanguages
    audience: BothLanguages
    note: Text | None = None
    languages: tuple[Annotated[str, Refers("languages")], ...] = ()
    chat: str | None = Field(default=None, pattern=r"^https://[A-Za-z0-9._~:/?#@!$&()*+,;=%-]+$")
    open: tuple[OpenHours, ...] = ()
    open_confirmed: bool = True
    checked_on: date | None = None
    for_seekers: bool = True

    @property
    def public(self) -> bool:
        """Whether the public may see the number: confirmed ones and the emergency number."""
        return self.confirmed or self.id == EMERGENCY_NUMBER


class Amount(Structure):
    """A sum of money beside a text, with the days between which it holds."""

    value: float
    unit: BothLanguages
    valid_from: date
    valid_until: date
    confirmed: bool
    note: Text | None = None

    def shown_on(self, day: date) -> bool:
        """Tell whether the public may see the amount on `day`: confirmed and not yet past."""
        return self.confirmed and self.valid_from <= day <= self.valid_until


class PublicText(Fact):
    """A sentence for the public pages; an unconfirmed or blocked one is not shown there.

    `legal` marks words about law or residence: only in a language in which a person has read them.
    `topic` is the part of the page where it stands; without one the page asks for it by id. What is
    `to_do` somebody can do now.
    """

    text: BothLanguages
    audience: str
    topic: str | None = Field(default=None, pattern="^(pay|hours|house|papers|safety|telling|online)$")
    legal: bool = False
    to_do: bool = False
    blocked_by: Annotated[str, Refers("blocks")] | None = None
    amount: Amount | None = None
    note: Text | None = None
