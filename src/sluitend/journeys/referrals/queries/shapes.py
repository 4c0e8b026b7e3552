"""What pages of referrals show, as frozen values. Templates never get a confidential row."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sluitend.journeys.referrals.next_word import NextOffer
from sluitend.journeys.referrals.queries.taking import NOBODY, Taken
from sluitend.journeys.referrals.waiting import WaitOffer
from sluitend.kernel.flow.reasons import Named
from sluitend.kernel.telltale import Background


@dataclass(frozen=True)
class SharedPart:
    """A part as the recipient reads it."""

    id: str
    title: str
    text: str
    slot: str
    how: str
    fact: bool


@dataclass(frozen=True)
class SharedFile:
    """A clean copy of an attachment."""

    id: UUID
    name: str


@dataclass(frozen=True)
class MessageView:
    """One message between the two."""

    text: str
    meta: str
    own: bool


@dataclass(frozen=True)
class ReachNow:
    """How people are reached from now on, as the sender wrote last, and since which day."""

    id: UUID
    text: str
    day: date


@dataclass(frozen=True)
class Content:
    """What is in the envelope, opened."""

    question: str
    sender: str
    telephone: str
    task: str
    parts: tuple[SharedPart, ...]
    files: tuple[SharedFile, ...]
    messages: tuple[MessageView, ...]


@dataclass(frozen=True)
class Row:
    """A line in a list of referrals: codes and days, nothing of the content."""

    code: str
    other: str
    kind: str
    track: str
    area: str
    state: str
    state_words: str
    sent: datetime
    answer_by: date
    """Before which day something is awaited: the answer, or what the partner would say after it."""
    says_more: bool
    """Whether it is the second of these two."""
    urgent: bool
    minor: bool
    case_code: str = ""
    late: date | None = None
    may_note: bool = False
    taken: Taken = NOBODY
    gone: date | None = None
    """Since when the recipient reads nothing of it any more: then only code and state stand here."""


@dataclass(frozen=True)
class OpenWith:
    """How much is open with one partner, and when its last list was made."""

    partner: str
    name: str
    number: int
    last: date | None
    oldest: date
    more: bool = False
    """Whether there are more than `number`: it is not counted on."""

    @property
    def counted(self) -> str:
        """How many, as it is said."""
        return f"{self.number}+" if self.more else str(self.number)


@dataclass(frozen=True)
class ListedRow:
    """A referral on the list for a partner: its number, kind and age, nothing of the content."""

    code: str
    kind: str
    sent: datetime
    age: str
    answer: str
    codes: tuple[Named, ...]
    wait_elsewhere: str


@dataclass(frozen=True)
class PartnerListView:
    """All that is open with one partner, the oldest first."""

    partner: str
    name: str
    last: date | None
    rows: tuple[ListedRow, ...]

    @property
    def wait_elsewhere(self) -> str:
        """The answer that asks more than a row has room for; empty when this partner has none."""
        return next((row.wait_elsewhere for row in self.rows if row.wait_elsewhere), "")


@dataclass(frozen=True)
class NotedCode:
    """A code that can be noted, what it does, and the only sentence that a reporter may read of it."""

    id: str
    label: str
    does: str
    to_reporter: str


@dataclass(frozen=True)
class NotingView:
    """What somebody who has the partner on the telephone needs: which one it is, and the codes."""

    code: str
    partner: str
    kind: str
    sent: datetime
    codes: tuple[NotedCode, ...]
    may_note: bool
    wait: WaitOffer


@dataclass(frozen=True)
class Facts:
    """Three facts that stay apart: whether it was received, passed on, and whether an outcome is known."""

    received: date | None
    passed_on: date | None
    outcome: date | None


@dataclass(frozen=True)
class PickupState:
    """How the last pick-up of a referral stands, as its sender reads it."""

    words: str
    address: str
    made: datetime
    expires: date
    wrong: int
    living: bool


@dataclass(frozen=True)
class SentView:
    """A referral as its sender sees it."""

    code: str
    turn: int
    """The turn up to which this tells of it."""
    partner: str
    partner_id: str
    verb: str
    channel: str
    how_to_remind: str
    state: str
    state_words: str
    kind: str
    track: str
    area: str
    urgency: str
    urgent: bool
    minor: bool
    basis: str
    purpose: str
    sent: datetime
    answer_by: date
    expires: date
    went_on: date | None
    access_ended: date | None
    facts: Facts
    answer: str
    answer_words: str
    answer_on: date | None
    asks_to_wait: bool
    answered: bool
    next_word: date | None
    next_late: bool
    return_reason: str
    reminders: int
    reminded_on: date | None
    enough_reminders: bool
    closed: datetime | None
    case_code: str
    asks: str
    beyond_ground: str
    wish_ground: str
    beyond_reason: str
    wish_reason: str
    content: Content
    codes: tuple[Named, ...]
    wait: WaitOffer
    more: NextOffer
    tellable: tuple[Named, ...]
    tell_first: str
    recall_reasons: tuple[Named, ...]
    how_to_recall: str
    out_of_plan: str
    """Why the plan asks it no more, while somebody must say whether it stays."""
    stays_reasons: tuple[Named, ...]
    unanswered_reasons: tuple[Named, ...]
    may_note_sent: bool
    may_start_pickup: bool
    may_note_answer: bool
    may_remind: bool
    may_recall: bool
    may_close_unanswered: bool
    may_stop_waiting: bool
    may_answer_question: bool
    may_let_stand: bool
    asked: bool
    must_tell_reach: bool
    """Whether its partner must be called, as somebody is reached otherwise by now."""
    must_handle: bool
    reach_gone: str
    """Id of the word since which the way to reach people, as shared, holds no more; empty while it does."""
    pickup: PickupState | None
    mailbox: str
    """The public mailbox of the partner in the directory, to be confirmed before a link goes there."""
    stopped: str
    """What to know where it is still waited for, and its partner does this no more."""


@dataclass(frozen=True)
class Front:
    """What a partner may see before accepting: how urgent, what kind, which area, from whom."""

    code: str
    sender: str
    sender_telephone: str
    kind: str
    track: str
    area: str
    urgency: str
    urgent: bool
    minor: bool
    state: str
    sent: datetime
    return_reasons: tuple[Named, ...]
    bring_in: bool = False
    taken: Taken = NOBODY
    handover: bool = False
    """Whether it hands a person over to care coordination."""
    consult: bool = False
    """Whether it asks care coordination for advice, without a name."""
    sender_code: str = ""


@dataclass(frozen=True)
class Remains:
    """All that stays at a partner of what it may not read any more: the code, a day, and how it ended."""

    code: str
    day: date
    state: str
    state_words: str
    sender: str = ""
    sender_telephone: str = ""


@dataclass(frozen=True)
class ReceivedView:
    """A referral as its recipient reads it after accepting."""

    front: Front
    accepted_at: datetime
    content: Content
    basis: str
    purpose: str
    expires: date
    answer_words: str
    answer_on: date | None
    codes: tuple[tuple[Named, str], ...]
    may_answer: bool
    wait: WaitOffer
    more: NextOffer
    next_word: date | None
    reference: str
    """The recipient's own number of it."""
    background: Background
    """What this recipient's own words are held against."""
    taken_in: str = ""
    """The number of what the recipient made of it, of a person who was handed over."""
    reach: ReachNow | None = None
    """How that person is reached from now on, where nobody read it yet."""
