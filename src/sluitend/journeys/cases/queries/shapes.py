"""What pages get: frozen values, opened and ready to be shown. No model leaves the queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sluitend.journeys.cases.reach import NOT_KNOWN, Reach
from sluitend.journeys.reports.queries import also_told
from sluitend.kernel.listing import Page
from sluitend.kernel.manifest import StepKind, step_named
from sluitend.kernel.sealing.tokens import DOOR


@dataclass(frozen=True)
class Step:
    """The next step of a case or a track."""

    what: str
    words: str
    due: datetime
    stood_for: date | None
    waits_on_other: bool
    urgent: bool
    of: str
    """`case`, the kind of the track, `transfer`, or `referral`."""
    code: str = ""

    @property
    def kind(self) -> StepKind:
        """The kind of step."""
        return step_named(self.what)


@dataclass(frozen=True)
class CaseRow:
    """A line in the list of cases."""

    code: str
    where: str
    form: str
    state: str
    state_words: str
    opened: datetime
    acute: bool
    minor: bool
    step: Step | None
    todo: str = ""
    """The action that is its next step, where it is worked by its plan."""


@dataclass(frozen=True)
class CasePage(Page[CaseRow]):
    """A page of the list, and how many there are in all."""

    total: int = 0
    more_than_total: bool = False


@dataclass(frozen=True)
class TrackView:
    """One of the two tracks as its card shows it; `opened` is False for one that does not exist yet."""

    kind: str
    opened: bool = False
    id: UUID | None = None
    state: str = ""
    state_words: str = ""
    summary: str = ""
    outcome: str = ""
    revision: int = 1
    step: Step | None = None
    term_unsure: bool = False
    """Whether its day rests on a term that nobody confirmed, and the next step of the case is another one."""
    may_refer: bool = False
    may_hand_over: bool = False


@dataclass(frozen=True)
class SubjectView:
    """A person, company, place, vehicle, phone or account."""

    id: UUID
    kind: str
    name: str
    roles: Sequence[str]
    role_words: Sequence[str]
    identifiers: Sequence[tuple[str, str]]
    remark: str
    language: str
    also_victim: bool
    reach: Reach = NOT_KNOWN
    """How somebody can be reached safely."""
    doors: Sequence[str] = ()
    """The numbers of its addresses in the register: nobody reads them, it is found again by them."""
    added: datetime | None = None

    @property
    def is_person(self) -> bool:
        """Whether it is somebody."""
        return self.kind == "person"

    @property
    def found_by(self) -> list[tuple[str, str]]:
        """By what it is found again, as (kind, value)."""
        return [*self.identifiers, *((DOOR, each) for each in self.doors)]


@dataclass(frozen=True)
class ObservationView:
    """A fact or an interpretation."""

    id: UUID
    kind: str
    text: str
    when: str
    day: date | None
    where: str
    source: str
    at: datetime
    by: str
    signals: Sequence[tuple[str, str]] = ()
    corrected: bool = False
    lasts: str = ""
    put_out: bool = False
    about: Sequence[UUID] = ()
    """The subjects of which it says how they hang together."""

    @property
    def more(self) -> list[str]:
        """What was told of it beside its words, as sentences."""
        return also_told(self.lasts, put_out=self.put_out)


@dataclass(frozen=True)
class EventView:
    """A line of the timeline."""

    what: str
    words: str
    text: str
    track: str
    at: datetime
    by: str
    struck: bool = False


@dataclass(frozen=True)
class LookedView:
    """Who looked at a case, and how often on the last day."""

    name: str
    last: datetime
    times: int


@dataclass(frozen=True)
class WishView:
    """What a possible victim wants. A wish, never consent."""

    wish: str
    words: str
    wants: str
    wants_not: str
    asked_by: str
    asked_on: date | None


@dataclass(frozen=True)
class WeighingView:
    """The last weighing, in words."""

    concrete: str
    recent: str
    pattern: str
    decision: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class ReportRef:
    """A report in a case."""

    id: UUID
    code: str
    received: date


@dataclass(frozen=True)
class Head:
    """What every page of a case shows at its top."""

    id: UUID
    code: str
    name: str
    state: str
    state_words: str
    revision: int
    acute: bool
    minor: str
    release_number: int
    owner: str
    opened: datetime
    closed: datetime | None
    held_until: date | None
    outcome: str
    retention_until: date | None
    transferring: bool
    """Whether another municipality was asked to take it over, or did."""

    @property
    def open(self) -> bool:
        """Whether something can still be done to it."""
        return self.closed is None


@dataclass(frozen=True)
class TriedView:
    """A measure that somebody was given or did, and what came of it."""

    id: str
    says: str
    to: str
    until: date | None
    result: str
    on: date | None
    helped: bool = False
    """Whether somebody said so when the case was closed."""
    who: str = ""
    """The municipality that did it, before the case was handed over."""


@dataclass(frozen=True)
class CaseView:
    """One case, opened and logged."""

    head: Head
    step: Step | None
    person: TrackView
    place: TrackView
    residents: str
    place_may_go: bool
    wish: WishView | None
    weighing: WeighingView | None
    subjects: Sequence[SubjectView]
    observations: Sequence[ObservationView]
    events: Sequence[EventView]
    reports: Sequence[ReportRef]
    looked: Sequence[LookedView]
    sources_asked: int
    sources_left: int
    asks_second_eyes: bool = False
    """Whether a colleague still has to look along at what made it urgent."""
    may_look_along: bool = False
    """Whether that is not the work of who reads this."""
    attachments: Sequence["FileView"] = field(default=())
    tried: Sequence[TriedView] = ()
    term_unsure: bool = False
    """Whether the day of the next step rests on a term of the handbook that nobody confirmed."""
    todo: str = ""
    """The action that is its next step, in the words of its plan."""

    @property
    def facts(self) -> list[ObservationView]:
        """What was seen and heard, without what was corrected."""
        return [each for each in self.observations if each.kind == "fact" and not each.corrected]

    @property
    def opinions(self) -> list[ObservationView]:
        """What somebody thinks of it, without what was corrected."""
        return [each for each in self.observations if each.kind == "opinion" and not each.corrected]

    @property
    def recent_events(self) -> list[EventView]:
        """The last lines of the timeline; the rest folds."""
        return list(self.events[:5])

    @property
    def earlier_events(self) -> list[EventView]:
        """The lines that fold."""
        return list(self.events[5:])


@dataclass(frozen=True)
class FileView:
    """An attachment of a report in the case."""

    id: UUID
    name: str
    media_type: str
    state: str
    report_code: str


@dataclass(frozen=True)
class PartView:
    """A part of a case that a referral may hold: each observation is one of its own."""

    id: str
    part: str
    """Which part of the handbook it is."""
    label: str
    value: str
    person_data: bool
    day: date | None = None
    """Of an observation: when it was, else when it was written down."""
    source: str = ""
