"""What pages get. Nothing here can be saved."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sluitend.journeys.referrals.queries import Running
from sluitend.journeys.visits.places import Place


@dataclass(frozen=True)
class VisitRow:
    """One planned visit in a list."""

    code: str
    kind: str
    day: date
    place: Place
    state: str
    state_words: str
    planner: str = ""
    open: tuple[str, ...] = ()
    """What stands in the way of releasing it, in a word each; only a focal point reads it."""


@dataclass(frozen=True)
class OwnView:
    """A visit as its planner sees it: one word for every open point."""

    code: str
    kind: str
    day: date
    place: Place
    aim: str
    state: str
    state_words: str
    must_hear: bool
    day_came: bool
    found: str = ""

    @property
    def may_say_done(self) -> bool:
        """Whether it can have taken place, and may."""
        return self.state == "released" and self.day_came

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in ("planned", "released")


@dataclass(frozen=True)
class Said:
    """What came out of a consultation, and when."""

    words: str
    on: date
    whom: str
    by: str
    wait_until: date | None
    cannot_wait: str
    in_writing: bool = False
    remark: str = ""


@dataclass(frozen=True)
class WaitRequestLine:
    """A wait request that binds a visit: whom to ring, and what they said last."""

    code: str
    asker: str
    contact: str
    telephones: tuple[str, ...]
    ground: str
    until: date
    passed: bool
    allows: bool
    said: Said | None
    asked_on: datetime | None = None
    """Since when the asker was asked about this visit in Sluitend and has not answered."""

    may_ask: bool = False
    """Whether somebody of the asker can sign in, and was not asked yet."""

    perhaps: str = ""
    """Where it is about, when that is only written alike."""


@dataclass(frozen=True)
class BesideLine:
    """Another visit at the same place, the same days."""

    code: str
    kind: str
    day: date
    planner: str
    state_words: str


@dataclass(frozen=True)
class InHand:
    """Who has the place of a visit in hand: partners, other municipalities, and whoever goes there too."""

    partners: tuple[Running, ...] = ()
    elsewhere: tuple[str, ...] = ()
    """Codes of the cases that another municipality was asked to take over, or did."""
    beside: tuple[BesideLine, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.asks or self.beside)

    @property
    def asks(self) -> bool:
        """Whether whoever releases the visit has to speak to somebody first."""
        return bool(self.partners or self.elsewhere)


@dataclass(frozen=True)
class VisitView:
    """A visit as a focal point sees it, with every open point."""

    code: str
    kind: str
    day: date
    place: Place
    aim: str
    planner: str
    state: str
    state_words: str
    case_code: str
    wait_requests: tuple[WaitRequestLine, ...]
    gates: tuple[str, ...]
    cases: tuple[str, ...]
    in_hand: InHand
    others: tuple[str, ...] | None = None
    """Who else may release it, where by the handbook that is not whoever planned it, who looks now."""
    found: str = ""
    perhaps: frozenset[str] = frozenset()
    """Codes of the cases, referrals and visits above whose address is only written alike."""

    @property
    def may_release(self) -> bool:
        """Whether nothing but her own look stands in the way."""
        goes = not self.gates and all(each.allows for each in self.wait_requests)
        return self.state == "planned" and goes and self.others is None

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in ("planned", "released")


@dataclass(frozen=True)
class AtCase:
    """A visit at a place of a case: what and when, never who."""

    code: str
    kind: str
    day: date
    state_words: str
    perhaps: bool = False
    """Whether it has no more in common with the case than how an address is written."""


@dataclass(frozen=True)
class WaitRequestRow:
    """One wait request in a list. `place` is empty for who may not read it."""

    code: str
    who: str
    until: date
    state: str
    state_words: str
    place: str = ""


@dataclass(frozen=True)
class WaitRequestView:
    """A wait request as the municipality that it binds sees it."""

    code: str
    asker: str
    contact: str
    telephones: tuple[str, ...]
    place: Place
    ground: str
    sentence: str
    asked_at: datetime
    until: date
    state: str
    state_words: str
    passed: bool
    must_read: bool
    partner: str
    lifted: str
    visits: tuple[VisitRow, ...]
    said: tuple[Said, ...]
    asked_on: datetime | None = None
    """Since when the asker was asked in Sluitend, after the day, and has not answered."""

    may_ask: bool = False
    """Whether its day has passed, somebody of the asker can sign in, and was not asked yet."""

    @property
    def binds(self) -> bool:
        """Whether nothing happens there without a consultation."""
        return self.state in ("runs", "passed")


@dataclass(frozen=True)
class QuestionView:
    """What a municipality asks an asker, as that one sees it: what is planned, when, and no more.

    `kind` is empty when it asks about the wait request itself, of which the day has passed.
    """

    id: UUID
    kind: str
    day: date | None
    text: str
    by: str
    asked_at: datetime
    answer: str
    wait_until: date | None
    may_answer: bool


@dataclass(frozen=True)
class AskedView:
    """A wait request as its asker sees it. Of what is planned there only what the municipality asks about."""

    code: str
    municipality: str
    telephone: str
    place: Place
    ground: str
    sentence: str
    contact: str
    asked_telephone: str
    asked_at: datetime
    until: date
    indexed: datetime | None
    state: str
    state_words: str
    questions: tuple[QuestionView, ...]

    @property
    def binds(self) -> bool:
        """Whether it can be lifted or asked anew."""
        return self.state in ("runs", "passed")
