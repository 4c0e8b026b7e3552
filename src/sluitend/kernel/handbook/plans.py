"""The rules of a plan: facts, parties, ceilings, warnings, gates, actions, rules, and cases to try them on.

The pack has them; `planning` makes a plan of them. Nothing here weighs, sums or learns.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from .approach import Holder
from .entries import BothLanguages, Entry, Fact, Refers, Structure, Text
from .guidance import BasisId, PartId, Track, Urgency, WithheldPart
from .phrases import OR

LineId = Annotated[str, Refers("plan_lines")]
FactId = Annotated[str, Refers("plan_facts")]
PartyId = Annotated[str, Refers("plan_parties")]
WarningId = Annotated[str, Refers("plan_warnings")]
GateId = Annotated[str, Refers("plan_gates")]
ActionId = Annotated[str, Refers("plan_actions")]
RuleId = Annotated[str, Refers("plan_rules")]
IndicatorId = Annotated[str, Refers("indicators")]


class Rank(StrEnum):
    """How much a rule says, from weak to strong. Where it stands in the file says nothing."""

    GENERAL = "general"
    FORM = "form"
    SITUATION = "situation"
    GUARD = "guard"


class PartyKind(StrEnum):
    """What somebody who acts is, in the order of a line where all else is equal."""

    EMERGENCY = "emergency"
    CARE = "care"
    GUARDIANSHIP = "guardianship"
    DEPARTMENT = "department"
    POLICE = "police"
    HELP = "help"
    INSPECTORATE = "inspectorate"
    INSPECTION = "inspection"
    PROSECUTION = "prosecution"
    PARTNERSHIP = "partnership"
    MUNICIPALITY = "municipality"
    SELF = "self"


class PlanVerb(StrEnum):
    """What the municipality does in an action."""

    CALL = "call"
    REFER = "refer"
    ASK = "ask"
    CONSULT = "consult"
    BRING_IN = "bring_in"
    TRANSFER = "transfer"
    ASSIGN = "assign"
    PASS_ON = "pass_on"  # noqa: S105 - a verb, not a password
    PROPOSE = "propose"
    DO = "do"

    @property
    def sends(self) -> bool:
        """Whether something leaves the municipality."""
        return self not in (PlanVerb.ASSIGN, PlanVerb.PASS_ON, PlanVerb.PROPOSE, PlanVerb.DO)

    @property
    def names(self) -> bool:
        """Whether a person may be pointed out."""
        return self not in (PlanVerb.ASK, PlanVerb.CONSULT, PlanVerb.PASS_ON, PlanVerb.PROPOSE)


class Shown(StrEnum):
    """Where a fact stands: always in the strip, there when it is something, or nowhere."""

    STRIP = "strip"
    MORE = "more"
    NEVER = "never"


class Fills(StrEnum):
    """What fills a fact in before a person does."""

    REPORT = "report"
    PLACE = "place"
    MUNICIPALITY = "municipality"
    REPORTER = "reporter"
    NOBODY = "nobody"


class Line(Entry):
    """One of the lines on which actions stand, and the track it belongs to."""

    label: BothLanguages
    track: Track


class FactValue(Structure):
    """One value of a fact."""

    id: str = Field(pattern=r"^[a-z0-9_]+$", max_length=40)
    label: BothLanguages


class CaseFact(Entry):
    """A fact of a case that rules look at. Its first value is what holds while nobody said anything.

    `protective` has the values in the order in which they win when two sentences contradict each other.
    With `of_forms`, every form of the pack is a value too. No fact names a group.
    """

    label: BothLanguages
    values: tuple[FactValue, ...] = Field(min_length=1)
    show: Shown
    fills: Fills
    protective: tuple[str, ...] = ()
    many: bool = False
    of_forms: bool = False
    with_number: bool = False


class FactIs(Structure):
    """A fact has one of these values; for a fact with many values, one in common is enough.

    With `only` it has no other value beside them: what a rule takes out for one place stays for another.
    """

    fact: FactId
    values: tuple[str, ...] = Field(min_length=1)
    only: bool = False


class When(Structure):
    """Conditions that all hold."""

    all: tuple[FactIs, ...] = ()


class Party(Fact):
    """Who can do something: a partner or group of them, an own department, the emergency number, oneself.

    `otherwise` are numbers for who cannot call theirs: not confirmed, or nobody answers now.
    """

    label: BothLanguages
    kind: PartyKind
    verbs: tuple[PlanVerb, ...] = ()
    partner: Annotated[str, Refers("partners_or_groups")] | None = None
    department: Annotated[str, Refers("departments")] | None = None
    help_line: Annotated[str, Refers("help_lines")] | None = None
    otherwise: tuple[Annotated[str, Refers("help_lines")], ...] = ()


class Task(Fact):
    """For which task of which body something is shared: mayor and college each share for their own."""

    label: BothLanguages
    holders: tuple[Holder, ...] = Field(min_length=1)
    article: Text | None = None
    bases: tuple[BasisId, ...] = Field(min_length=1)


class Share(Fact):
    """A ceiling: what may go and for what, and which parts may not and why. What is not named does not go."""

    purposes: tuple[Annotated[str, Refers("purposes")], ...] = ()
    may: tuple[PartId, ...] = ()
    may_not: tuple[WithheldPart, ...] = ()


class PlanWarning(Fact):
    """A sentence of caution. With `wait` it says what somebody should not do yet."""

    text: BothLanguages
    wait: bool = False


class Gate(Entry):
    """A lock on actions: shut while these facts hold, or until one of these actions is done.

    Where one of `open_when` holds it is open all the same.
    """

    text: BothLanguages
    shut_when: tuple[FactIs, ...] = ()
    until_done: tuple[ActionId, ...] = ()
    open_when: tuple[When, ...] = ()

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if bool(self.shut_when) == bool(self.until_done):
            raise ValueError(
                "een slot heeft óf 'shut_when' óf 'until_done'"
                "|a gate has 'shut_when' or 'until_done', not both"
                "|kies een van de twee|choose one of the two"
            )
        return self


class Action(Fact):
    """Something to do, once, whichever rules ask for it.

    `first` is the warning that always stands beside a number. `gates` and `after` lock it until they are
    open or done. `answer_days` are the working days within which an answer is expected. What is `by_hand` is
    added by a person alone, by no rule. `finds` is the fact that it finds out. `aloud` is what somebody who
    calls can read to the other end, `aloud_several` the same where there are more people. What is `sleeping`
    is about where people sleep: it belongs to whoever works there, also where they work somewhere else.
    """

    lines: tuple[LineId, ...] = Field(min_length=1)
    party: PartyId
    verb: PlanVerb
    says: BothLanguages
    finds: FactId | None = None
    share: Annotated[str, Refers("plan_shares")]
    task: Annotated[str, Refers("plan_tasks")]
    warnings: tuple[WarningId, ...] = Field(min_length=1)
    first: WarningId | None = None
    call: bool = False
    aloud: tuple[BothLanguages, ...] = ()
    aloud_several: tuple[BothLanguages, ...] = ()
    gates: tuple[GateId, ...] = ()
    after: tuple[ActionId, ...] = ()
    stop: BothLanguages
    by: str | None = Field(default=None, pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    answer_days: int | None = Field(default=None, ge=0, le=60)
    public: bool = False
    through: PartyId | None = None
    instrument: Annotated[str, Refers("instruments")] | None = None
    holders: tuple[Holder, ...] = ()
    evidence: tuple[BothLanguages, ...] = ()
    by_hand: bool = False
    sleeping: bool = False

    @property
    def is_given(self) -> bool:
        """Whether somebody of the municipality itself is given it, and it asks what came of it."""
        return self.verb in (PlanVerb.ASSIGN, PlanVerb.PASS_ON, PlanVerb.PROPOSE)

    @property
    def is_followed(self) -> bool:
        """Whether it has a page of its own: somebody is given it, or evidence must carry it."""
        return self.is_given or bool(self.evidence)

    @property
    def rests_on_power(self) -> bool:
        """Whether a body of the municipality decides on it: what another one decided is no decision here."""
        return self.is_given and bool(self.instrument or self.holders)

    @property
    def is_measure(self) -> bool:
        """Whether it is a measure or a barrier that a person may choose also where no rule asks for it."""
        return self.is_given and (self.by_hand or self.instrument is not None)


class Aim(Structure):
    """Which actions are meant: the named ones, or all that fit every other word that stands here."""

    actions: tuple[ActionId, ...] = ()
    lines: tuple[LineId, ...] = ()
    kinds: tuple[PartyKind, ...] = ()
    verbs: tuple[PlanVerb, ...] = ()
    but_not: tuple[ActionId, ...] = ()


class Adds(Structure):
    """An action that a rule asks for, and how soon."""

    action: ActionId
    urgency: Urgency


class Hastens(Aim):
    """Actions that must go at least so fast. Nothing slows one."""

    urgency: Urgency


class Warns(Aim):
    """Warnings that come beside what an action says itself."""

    warnings: tuple[WarningId, ...] = Field(min_length=1)


class Withholds(Aim):
    """Parts that are taken out of a ceiling, with the reason. Nothing puts one back."""

    parts: tuple[PartId, ...] = Field(min_length=1)
    reason: BothLanguages


class Rule(Fact):
    """When something holds, what it asks for: several `when` mean one of them, none means always."""

    rank: Rank
    when: tuple[When, ...] = ()
    because: BothLanguages
    adds: tuple[Adds, ...] = ()
    lifts: tuple[Aim, ...] = ()
    hastens: tuple[Hastens, ...] = ()
    warns: tuple[Warns, ...] = ()
    withholds: tuple[Withholds, ...] = ()


class Ages(Structure):
    """An age that a report names, from and below."""

    at_least: int = Field(default=0, ge=0, le=120)
    below: int = Field(ge=1, le=121)


class Reading(Entry):
    """What in a report proposes a value: an indicator that was ticked, a phrase, an age, a sign of danger.

    A phrase is heard wherever its words begin a word; where it ends in a point, its last word ends there too.
    `~`, `+`, `>`, `|`, `@` and `!` make one of groups of words near each other: see `phrases`.
    """

    fact: FactId
    value: str
    indicators: tuple[IndicatorId, ...] = ()
    emergency: str | None = None
    phrases: tuple[str, ...] = ()
    ages: Ages | None = None


class WordGroup(Entry):
    """Words that mean much the same, which phrases of readings name by `@` and the id of the group."""

    phrases: tuple[str, ...] = Field(min_length=1)

    @cached_property
    def joined(self) -> str:
        """The words as they stand in a phrase."""
        return OR.join(self.phrases)


class FactSet(Structure):
    """A fact that gets a value; a fact with many values gets several lines."""

    fact: FactId
    value: str


class PlanEvent(Entry):
    """News, the facts that it sets, and how soon there must be a step then."""

    label: BothLanguages
    sets: tuple[FactSet, ...] = ()
    step: Urgency
    feedback: Annotated[str, Refers("feedback_codes")] | None = None
    kinds: tuple[PartyKind, ...] = ()


class PlanAnswer(Entry):
    """An answer of somebody who asks whom to call, in plain words, and the facts that it means."""

    label: BothLanguages
    sets: tuple[FactSet, ...] = Field(min_length=1)
    rare: bool = False


class ActionHas(Structure):
    """What an action of a sample has: warnings, parts, locks or rules, by id."""

    action: ActionId
    ids: tuple[str, ...] = Field(min_length=1)


class Expected(Structure):
    """What the plan of a sample must be."""

    actions: tuple[Adds, ...] = ()
    absent: tuple[ActionId, ...] = ()
    first: ActionId | None = None
    open: tuple[ActionId, ...] = ()
    warnings: tuple[ActionHas, ...] = ()
    may_share: tuple[ActionHas, ...] = ()
    must_not_share: tuple[ActionHas, ...] = ()
    locked: tuple[ActionHas, ...] = ()
    because: tuple[ActionHas, ...] = ()


class SampleStep(Structure):
    """News in a sample or a corrected fact, what was done by then, and the plan after it."""

    event: Annotated[str, Refers("plan_events")] | None = None
    sets: tuple[FactSet, ...] = ()
    done: tuple[ActionId, ...] = ()
    expect: Expected


class Sample(Entry):
    """An invented case with the plan that it must have: what a change of the rules is tried on.

    `read` are the facts that the report itself must propose, `corrected` those where a person said no to it.
    """

    title: Text
    text: Text
    indicators: tuple[IndicatorId, ...] = ()
    facts: tuple[FactSet, ...] = ()
    read: tuple[FactId, ...] = ()
    corrected: tuple[FactId, ...] = ()
    done: tuple[ActionId, ...] = ()
    expect: Expected
    then: tuple[SampleStep, ...] = ()
