"""Where a matter may go and what may be known: bases, parts, partners and sources."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from .entries import BothLanguages, Entry, Fact, Refers, Structure, Text

NATIONAL = "national"

BasisId = Annotated[str, Refers("bases")]
PartId = Annotated[str, Refers("parts")]
AreaId = Annotated[str, Refers("subregions", frozenset({NATIONAL}))]


class Track(StrEnum):
    """Which of the two tracks something serves."""

    PERSON = "person"
    PLACE = "place"
    BOTH = "both"


class Urgency(StrEnum):
    """How soon something asks for action."""

    NOW = "now"
    TODAY = "today"
    DAYS = "days"


class Verb(StrEnum):
    """What the municipality does with a partner; only TRANSFER changes the owner."""

    REFER = "refer"
    BRING_IN = "bring_in"
    ASK = "ask"
    TRANSFER = "transfer"


class Wish(StrEnum):
    """Whether a possible victim wants help. A wish is never consent."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"
    UNKNOWN = "unknown"


class Territory(StrEnum):
    """Where a matter belongs."""

    HERE = "here"
    IN_REGION = "in_region"
    OUTSIDE_REGION = "outside_region"


class BasisStatus(StrEnum):
    """Whether a legal basis can be used."""

    IN_FORCE = "in_force"
    CHECK = "check"
    PENDING = "pending"


class Controller(StrEnum):
    """Who may rely on a legal basis."""

    MUNICIPALITY = "municipality"
    CARE = "care"
    POLICE = "police"
    PARTNERSHIP = "partnership"


class Basis(Fact):
    """A legal basis for a disclosure or a look-up (domain brief 2.1)."""

    code: str
    label: Text
    use: Text
    status: BasisStatus
    usable_by: tuple[Controller, ...] = Field(min_length=1)

    @property
    def usable_by_municipality(self) -> bool:
        """Whether a municipality may choose it: its own basis, and not a law that is still pending."""
        return Controller.MUNICIPALITY in self.usable_by and self.status is not BasisStatus.PENDING


class Part(Entry):
    """A part of a case that can be shared, or may never leave."""

    label: Text
    hint: Text | None = None
    identifies_person: bool = False
    never: bool = False
    reason: Text = Text({"nl": "Meer dan nodig voor deze vraag."})
    gates: tuple[Annotated[str, Refers("plan_gates")], ...] = ()
    """What must come first before it goes to another organisation that does not help the person."""


class Purpose(Entry):
    """A prepared purpose of a referral."""

    label: Text


class Work(Structure):
    """Work that several partners do, each in its own subregions, for example `support`."""

    group: str
    areas: tuple[AreaId, ...] = Field(min_length=1)


CONTACT = "contact_method"
"""The part that says how somebody can be reached safely. Of partners, only care gets it."""


class Partner(Fact):
    """An organisation or partnership that can receive, be asked, or be brought in."""

    label: Text
    aliases: tuple[str, ...] = ()
    works: tuple[Work, ...] = ()
    kind: str
    areas: tuple[AreaId, ...] = Field(min_length=1)
    task: Text
    verb: Verb
    channels: tuple[str, ...] = Field(min_length=1)
    channel_confirmed: bool
    sheets: tuple[str, ...] = ()
    note: Text | None = None
    help_line: Annotated[str, Refers("help_lines")] | None = None

    @property
    def gives_care(self) -> bool:
        """Whether it is care."""
        return self.kind == "care"

    def covers(self, subregion: str | None) -> bool:
        """Tell whether the partner works in `subregion`; without one every partner does."""
        return _within(self.areas, subregion)

    def does(self, group: str, subregion: str | None) -> bool:
        """Tell whether the partner does the work of `group` in `subregion`."""
        return any(work.group == group and _within(work.areas, subregion) for work in self.works)


def _within(areas: tuple[str, ...], subregion: str | None) -> bool:
    return subregion is None or NATIONAL in areas or subregion in areas


class WithheldPart(Structure):
    """A part that may not be sent, with the reason that the screen shows."""

    part: PartId
    reason: Text


class Permission(StrEnum):
    """Whether a focal point may ask a source."""

    YES = "yes"
    ASK = "ask"
    NO = "no"


class SourceQuestion(Entry):
    """A prepared question to a source."""

    label: Text


class Source(Fact):
    """A source for enrichment (domain brief 3): hit or no hit first, details with a reason."""

    label: Text
    allowed: Permission
    automatic: bool = False
    condition: Text
    bases: tuple[BasisId, ...] = ()
    reason_not: Text | None = None
    questions: tuple[SourceQuestion, ...] = ()
    copy_rule: Text | None = None
    on_hit: Text | None = None
    on_no_hit: Text | None = None


class Department(Entry):
    """A part of the own municipality, or a public desk, to which a matter can be passed on."""

    label: BothLanguages
    handles: Text
    keeps_case: bool = False


class ResidentsAnswer(Entry):
    """A prepared answer; `lets_place_go` says whether the place track can start with it.

    `nobody` says that it denies that people live or sleep there: what was told otherwise stands beside it.
    """

    label: Text
    lets_place_go: bool
    nobody: bool = False


class FirstStep(Entry):
    """Something that is done before anything about a place is sent; by asking a party of the plan, or not."""

    label: Text
    party: Annotated[str, Refers("plan_parties")] | None = None


class Residents(Structure):
    """What is asked before anything about a place is sent (domain brief 2.4).

    Kept are the answer about the residents, that the question about papers was asked, and the first
    steps taken. The answer about papers is never kept and never sent.
    """

    question: Text
    hint: Text
    answers: tuple[ResidentsAnswer, ...] = Field(min_length=2)
    papers_question: Text
    papers_hint: Text
    first_steps: tuple[FirstStep, ...] = Field(min_length=1)
