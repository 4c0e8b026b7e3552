"""What a municipality can do: groups, sectors, branches, contact moments, measures and barriers."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from .entries import BothLanguages, Entry, Fact, FormId, Refers, Structure, Text
from .recognition import ALL_FORMS, IndicatorId, RoleId

PartnerId = Annotated[str, Refers("partners")]
AnyFormId = Annotated[str, Refers("forms", frozenset({ALL_FORMS}))]
SbiCode = Annotated[str, Field(pattern=r"^\d{2}(\.\d{1,2}(\.\d)?)?$")]


class RiskGroup(Fact):
    """Where to bring information. Never an indicator, and never a field, filter or count on a person."""

    label: BothLanguages
    in_guide: bool
    forms: tuple[AnyFormId, ...] = Field(min_length=1)
    why: BothLanguages
    inform: BothLanguages
    mind: BothLanguages


class CodesChecked(StrEnum):
    """Whether the company codes of 2025 were compared with an official list."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Trade(Fact):
    """What a sector and a branch share: a name, the forms, and both lists of company codes.

    CBS and KVK use the codes of 2008 and 2025 beside each other, so a pack has both.
    """

    label: BothLanguages
    in_guide: bool
    forms: tuple[AnyFormId, ...] = Field(min_length=1)
    sbi_2008: tuple[SbiCode, ...] = ()
    sbi_2025: tuple[SbiCode, ...] = ()
    codes_checked: CodesChecked


class Sector(Trade):
    """A kind of work in which exploitation is found more often."""

    why: BothLanguages
    indicators: tuple[IndicatorId, ...] = Field(min_length=1)
    partners: tuple[PartnerId, ...] = ()


class Knowing(StrEnum):
    """Whether a branch helps exploitation along without knowing, knowingly, or either."""

    UNKNOWING = "unknowing"
    KNOWING = "knowing"
    EITHER = "either"


class Branch(Trade):
    """A branch that may make exploitation easier: what to ask of it and what reporting means to it.

    `licence` says what a report means for the host's licence, as stated on `licence_on`; it is confirmed
    apart from the rest of the entry, because a host acts on it.
    """

    knowing: Knowing
    role: BothLanguages
    ask: BothLanguages
    indicators: tuple[IndicatorId, ...] = ()
    licence: BothLanguages
    licence_on: date
    licence_confirmed: bool = False


class ContactMoment(Fact):
    """Where the municipality meets people: what to look at, what to ask, what to mind.

    The groups say for whom the card is made; nothing is kept about the person who stands there.
    """

    label: BothLanguages
    role: RoleId
    risk_groups: tuple[Annotated[str, Refers("risk_groups")], ...] = ()
    look_at: BothLanguages
    ask: BothLanguages
    mind: BothLanguages
    indicators: tuple[IndicatorId, ...] = ()
    cards: tuple[Annotated[str, Refers("cards")], ...] = ()


class Heading(Entry):
    """A heading of the guide, under which measures stand."""

    label: BothLanguages
    forms: tuple[AnyFormId, ...] = Field(min_length=1)


class ExampleKind(StrEnum):
    """What the example with a measure is."""

    GOOD_PRACTICE = "good_practice"
    POLICY = "policy"
    PROBLEM = "problem"
    PROPOSAL = "proposal"


class Carrier(StrEnum):
    """Who carries a measure out by default; a municipality can take one back from the region."""

    MUNICIPALITY = "municipality"
    REGION = "region"


class Measure(Fact):
    """Something a municipality or the region does, with how one sees that it is done."""

    label: BothLanguages
    heading: Annotated[str, Refers("headings")]
    check: BothLanguages
    evidence: BothLanguages
    example: BothLanguages
    example_kind: ExampleKind
    carried_by: Carrier
    starter: bool = False


class Holder(StrEnum):
    """Which body may use an instrument: a measure by the wrong one does not stand."""

    MAYOR = "mayor"
    COLLEGE = "college"
    COUNCIL = "council"
    OTHER = "other"


class Instrument(Fact):
    """A power of government: who may use it, on what ground, and what must be shown first.

    `holders` is for finding and counting; `body` says in words who decides what, where that differs.
    """

    label: BothLanguages
    holders: tuple[Holder, ...] = ()
    body: BothLanguages
    ground: BothLanguages
    evidence: tuple[BothLanguages, ...] = Field(min_length=1)
    mind: BothLanguages | None = None


class Teaches(StrEnum):
    """What a ruling warns of: that too little was shown, or that another body had to decide."""

    EVIDENCE = "evidence"
    BODY = "body"


class Ruling(Fact):
    """What a court said of a measure, for whoever prepares one. Without instruments it is about all."""

    label: BothLanguages
    teaches: Teaches
    stood: bool
    text: BothLanguages
    instruments: tuple[Annotated[str, Refers("instruments")], ...] = ()

    def is_about(self, instrument: str | None) -> bool:
        """Tell whether it is about a measure that rests on this instrument."""
        return not self.instruments or instrument in self.instruments


class DecisionGround(Structure):
    """Why what a source says may be used in a decision."""

    id: str = Field(pattern=r"^[a-z0-9_]+$", max_length=40)
    label: BothLanguages


class EvidenceKind(Fact):
    """Where a piece of evidence comes from, what to mind with it, and on which grounds it may be used."""

    label: BothLanguages
    mind: BothLanguages
    grounds: tuple[DecisionGround, ...] = Field(min_length=1)

    def ground(self, ground_id: str) -> DecisionGround | None:
        """Return the ground with this id, or None."""
        return next((each for each in self.grounds if each.id == ground_id), None)


class MeasureResult(Entry):
    """What came of a measure that somebody was given; `counts` where what waits for it may go on."""

    label: BothLanguages
    counts: bool


class Word(Fact):
    """An abbreviation or a term of the trade, explained wherever it stands on a page."""

    label: Text
    meaning: BothLanguages


class Stage(Entry):
    """A step in how exploitation goes, from recruiting to money. The order is that of the pack."""

    label: BothLanguages


class Barrier(Fact):
    """Where one form of exploitation can be made harder, at one stage."""

    label: BothLanguages
    form: FormId
    stage: Annotated[str, Refers("stages")]
    facilitators: BothLanguages
    what: BothLanguages
    indicators: tuple[IndicatorId, ...] = ()
    partners: tuple[PartnerId, ...] = ()
    instruments: tuple[Annotated[str, Refers("instruments")], ...] = ()
    measures: tuple[Annotated[str, Refers("measures")], ...] = ()


class Register(Fact):
    """A list or a count that makes a statement of the guide workable. None holds a victim."""

    label: BothLanguages
    purpose: BothLanguages
    fields: tuple[BothLanguages, ...] = Field(min_length=1)
    family: str = Field(pattern="^(report|handbook|care|approach|training|governance)$")


class Recommendation(Fact):
    """A national recommendation on care and shelter."""

    label: BothLanguages
    note: BothLanguages | None = None


class Figure(Fact):
    """A published figure with its year. Figures of several sources are never added."""

    year: str
    what: BothLanguages
    value: int | float
    unit: BothLanguages
    note: BothLanguages | None = None

    @property
    def label(self) -> Text:
        """How a list calls it: the year goes first, for the same thing is counted in many."""
        return Text({language: f"{self.year}: {words}" for language, words in self.what.root.items()})


class Claim(Fact):
    """A statement of the guide about the world, shown with its origin and beside other figures."""

    label: BothLanguages
    origin: BothLanguages
    shown_as: BothLanguages
    figures: tuple[Annotated[str, Refers("figures")], ...] = ()
    registers: tuple[Annotated[str, Refers("registers")], ...] = ()


class ReaderSection(Structure):
    """A heading with a few short lines.

    The indicators bring their innocent explanations, the help lines their numbers and hours: neither is
    written in a line, where it would grow old.
    """

    heading: BothLanguages
    lines: tuple[BothLanguages, ...] = Field(min_length=1)
    indicators: tuple[IndicatorId, ...] = ()
    help_lines: tuple[Annotated[str, Refers("help_lines")], ...] = ()


class ReaderPage(Fact):
    """A short page for people outside the chain: employers, hosts, residents."""

    label: BothLanguages
    audience: str = Field(pattern="^(employers|residents|hosts)$")
    sections: tuple[ReaderSection, ...] = Field(min_length=1)
