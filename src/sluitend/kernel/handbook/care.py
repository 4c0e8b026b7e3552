"""Help and shelter: who does what when, what differs per situation, what there is, what is agreed to."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from .entries import FALLBACK_LANGUAGE, SOURCE_LANGUAGE, BothLanguages, Fact, ReferenceId, Refers, Structure
from .guidance import AreaId
from .handling import Term

CONTRACT_AHEAD = timedelta(days=365)
"""So long before its end somebody must begin to decide about a contract."""

Anyone = Annotated[str, Refers("partners_or_groups")]


class CareMoment(Fact):
    """A stretch of time since the first worry."""

    label: BothLanguages


class Helper(StrEnum):
    """Who does something for a person who needs help."""

    PROFESSIONAL = "professional"
    FOCAL_POINT = "focal_point"
    COORDINATOR = "coordinator"
    SUPPORT = "supporting"


class CareTask(Fact):
    """What somebody does in a stretch of time. `before` says within which term, in words."""

    moment: Annotated[str, Refers("care_moments")]
    who: Helper
    text: BothLanguages
    before: BothLanguages | None = None


class CareSituation(Fact):
    """What differs per person. A professional reads it; the program decides nothing by it.

    `first` is whom to go to first; `minor` says that it is about somebody under eighteen.
    """

    label: BothLanguages
    text: BothLanguages
    first: tuple[Anyone, ...] = Field(min_length=1)
    minor: bool = False


class CareNever(Fact):
    """What nobody does. It stands there whether it is confirmed or not, as every warning does."""

    text: BothLanguages


class OfferKind(StrEnum):
    """What kind of help it is."""

    COORDINATION = "coordination"
    SUPPORT = "supporting"
    SHELTER = "shelter"
    BESIDE = "beside"


class Capacity(Structure):
    """How many places a source counted, and when: never a constant."""

    beds: int = Field(ge=0, le=10_000)
    dated: str = Field(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?|n\.d\.)$")
    source: ReferenceId


class CareOffer(Fact):
    """A kind of help that there is. No address: where somebody sleeps stands in no handbook.

    `through` is who finds a place when nothing in the region fits; `until_then` the numbers to call as long
    as that of the provider is not confirmed. Payer and contract are for who looks after the offer.
    """

    label: BothLanguages
    kind: OfferKind
    for_whom: BothLanguages
    areas: tuple[AreaId, ...] = Field(min_length=1)
    provider: Anyone | None = None
    through: Annotated[str, Refers("partners")] | None = None
    placed_by: BothLanguages | None = None
    not_for: BothLanguages | None = None
    payer: BothLanguages | None = None
    contract_until: date | None = None
    capacity: tuple[Capacity, ...] = ()
    until_then: tuple[Annotated[str, Refers("help_lines")], ...] = ()

    @property
    def local(self) -> bool:
        """Whether it is asked here, and not of who looks in the whole country."""
        return self.through is None

    def to_decide(self, day: date) -> bool:
        """Tell whether its contract ends so soon that somebody must decide what follows."""
        return self.contract_until is not None and self.contract_until - CONTRACT_AHEAD <= day


class CareAnswer(Structure):
    """One of the answers to choose from."""

    id: str = Field(pattern=r"^[a-z0-9_]{1,60}$")
    label: BothLanguages


class CareQuestion(Fact):
    """What who asked for help is asked once a year. Its answers are counted; nothing is typed."""

    text: BothLanguages
    answers: tuple[CareAnswer, ...] = Field(min_length=2, max_length=8)


class Known(StrEnum):
    """What a care file knows already of something that is passed on."""

    ORGANISATION = "organisation"
    WORKER = "worker"
    AREA = "area"
    AGE = "age"
    LANGUAGE = "language"
    CONSENT = "consent"


class PassedOn(Structure):
    """One thing that is passed on after a yes: what the file knows, or what is asked and kept nowhere."""

    id: str = Field(pattern=r"^[a-z0-9_]{1,60}$")
    label: BothLanguages
    known: Known | None = None
    options: tuple[CareAnswer, ...] = Field(default=(), max_length=12)


class CareConsent(Fact):
    """What somebody is asked to agree to, as an act of its own; known by id, version and language.

    What stands between braces in the text is filled in by hand, for one person. What is `written` needs a
    signature. A blocked one is used by nobody until the block is lifted and the text confirmed. After a yes
    `passes_on` can be taken along, and nothing else.
    """

    label: BothLanguages
    version: int = Field(ge=1, le=999)
    title: BothLanguages
    text: BothLanguages
    written: bool
    recipient: BothLanguages | None = None
    blocked_by: Annotated[str, Refers("blocks")] | None = None
    passes_on: tuple[PassedOn, ...] = Field(default=(), max_length=40)

    def readable_in(self, language: str) -> bool:
        """Tell whether somebody may be shown it in a language: only what a person wrote or read there."""
        written = self.text.has(language) and self.title.has(language)
        return language in (SOURCE_LANGUAGE, FALLBACK_LANGUAGE) or (written and self.reviewed_in(language))


class Shared(StrEnum):
    """What care shares with another organisation, or asks of it."""

    SUPPORT = "support"
    TASK = "task"


class Opened(StrEnum):
    """The step that an answer opens. All but the first are of whoever coordinates."""

    REVIEW = "review_help"
    READ = "read_reply"
    CHOOSE = "choose_support"
    SEEK = "seek_further"
    SAFE = "check_safe"
    MOVE = "move_today"
    BED = "bed_tonight"
    LATER = "ask_later"
    AGAIN = "contact_again"
    OTHER_WAY = "other_safe_way"
    CHILD = "turned_out_child"


class Ends(StrEnum):
    """What an answer does to what was shared: nothing, it is done, or it is given back and closed to read."""

    NOT = ""
    DONE = "done"
    RETURNED = "returned"


class CareReply(Fact):
    """An answer to what care shared, and what it opens.

    `asks_date` lets whoever answers choose the day, at most so many days ahead; else `term` says when.
    What `hurries` is at once where it is about a minor.
    """

    label: BothLanguages
    meaning: BothLanguages
    answers: tuple[Shared, ...] = Field(min_length=1)
    opens: Opened
    term: Term
    asks_date: int | None = Field(default=None, ge=1, le=400)
    hurries: bool = False
    ends: Ends = Ends.NOT


class TownTask(Fact):
    """What a municipality is asked to do for somebody."""

    label: BothLanguages
