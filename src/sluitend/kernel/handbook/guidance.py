"""Where a matter may go and what may be known: bases, parts, partners, routes and sources."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from .entries import BothLanguages, Entry, Fact, FormId, Refers, Structure, Text

NATIONAL = "national"

BasisId = Annotated[str, Refers("bases")]
PartId = Annotated[str, Refers("parts")]
AreaId = Annotated[str, Refers("subregions", frozenset({NATIONAL}))]


class Track(StrEnum):
    """Which of the two tracks a route serves."""

    PERSON = "person"
    PLACE = "place"
    BOTH = "both"


class Urgency(StrEnum):
    """How soon a route asks for action."""

    NOW = "now"
    TODAY = "today"
    DAYS = "days"


class Verb(StrEnum):
    """What the municipality does with a partner; only TRANSFER changes the owner."""

    REFER = "refer"
    BRING_IN = "bring_in"
    ASK = "ask"
    TRANSFER = "transfer"
    HOLD = "hold"
    PASS_ON = "pass_on"  # noqa: S105 - a verb, not a password


class Answer(StrEnum):
    """An answer to a question on a case; not knowing is an answer."""

    YES = "yes"
    NO = "no"
    PERHAPS = "perhaps"
    UNKNOWN = "unknown"


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
    reason: Text = Text({"nl": "Meer dan nodig voor deze route."})


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


class FactText(Entry):
    """The sentence for one value of a fact, for example `minor.perhaps`."""

    text: Text


class Conditions(Structure):
    """When a route applies: every key that is given must match. Several values mean: one of these."""

    acute: bool | None = None
    person_known: bool | None = None
    place_or_company_known: bool | None = None
    suspicion_only: bool | None = None
    organised: bool | None = None
    coerced_into_crime: bool | None = None
    complex_person: bool | None = None
    diplomatic_household: bool | None = None
    bad_housing: bool | None = None
    minor: tuple[Answer, ...] = ()
    non_eu_minor: tuple[Answer, ...] = ()
    coercion_seen: tuple[Answer, ...] = ()
    wish: tuple[Wish, ...] = ()
    territory: tuple[Territory, ...] = ()
    forms: tuple[FormId, ...] = ()


class WithheldPart(Structure):
    """A part that a route may not send, with the reason that the screen shows."""

    part: PartId
    reason: Text


class Route(Fact):
    """One row of the routing table (domain brief 2.2). It advises; a person decides.

    `may` is the ceiling of what is shared, not the default. `first` is what comes before anything is
    sent. A partner is asked to answer within `answer_days` working days, and what was shared can be read
    for `end_days` days.
    """

    label: Text
    track: Track
    conditions: Conditions
    partners: tuple[Annotated[str, Refers("partners_or_groups")], ...] = ()
    departments: tuple[Annotated[str, Refers("departments")], ...] = ()
    call_first: tuple[Annotated[str, Refers("help_lines")], ...] = ()
    urgency: Urgency
    verb: Verb
    bases: tuple[BasisId, ...] = Field(min_length=1)
    task: Text
    purposes: tuple[Annotated[str, Refers("purposes")], ...] = Field(min_length=1)
    may: tuple[PartId, ...]
    may_not: tuple[WithheldPart, ...] = ()
    human_decides: Text
    explanation: Text
    first: Text | None = None
    asks_residents_question: bool
    answer_days: int | None = Field(default=None, ge=0, le=60)
    end_days: int | None = Field(default=None, ge=1, le=366)


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
    """A prepared answer; `lets_place_go` says whether the place track can start with it."""

    label: Text
    lets_place_go: bool


class FirstStep(Entry):
    """Something that is done before anything about a place is sent."""

    label: Text


class Residents(Structure):
    """What is asked before any route about a place (domain brief 2.4).

    Kept are the answer about the residents, that the question about papers was asked, and the first
    steps taken. The answer about papers is never kept and never sent.
    """

    question: Text
    hint: Text
    answers: tuple[ResidentsAnswer, ...] = Field(min_length=2)
    papers_question: Text
    papers_hint: Text
    first_steps: tuple[FirstStep, ...] = Field(min_length=1)
