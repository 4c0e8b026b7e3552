"""What pages and other journeys get to see of reports: frozen, opened, in words."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sluitend.journeys.reports.content import ORIGINAL_REASONS, Identifier, ReportContent, also_told
from sluitend.journeys.reports.models import Anonymity, Kind, Minor, State, may_be_minor
from sluitend.journeys.reports.queries.mailbox import Message
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.sealing.models import Attachment


@dataclass(frozen=True)
class SignalView:
    """An indicator that was ticked, with its innocent explanation."""

    id: str
    label: str
    innocent: str


@dataclass(frozen=True)
class AttachmentView:
    """A file that came with a report: its pages are seen with `queries.page`, itself with a reason."""

    id: UUID
    name: str
    size: int
    state: str
    shown: str
    pages: tuple[UUID, ...]

    @property
    def shown_words(self) -> str:
        """What there is to see of it, in words."""
        return str(Attachment.Shown(self.shown).label)

    @property
    def reasons(self) -> tuple[tuple[str, str], ...]:
        """Why somebody may want the file itself: code and words."""
        return tuple((code, str(words)) for code, words in ORIGINAL_REASONS.items())

    @property
    def has_original(self) -> bool:
        """Whether the file itself is kept, and may be opened."""
        return self.shown != Attachment.Shown.PIXELS and self.state != Attachment.State.INFECTED


@dataclass(frozen=True)
class ReportLine:
    """A report in a list: no names, nothing that was told but the place and the form."""

    id: UUID
    code: str
    kind: str
    kind_words: str
    state: str
    state_words: str
    received: date
    acute: bool
    minor: bool
    unverified: bool
    where: str
    form: str
    signals: int
    waits_for: str
    due: datetime | None


@dataclass(frozen=True)
class ReportView:
    """One report, opened. `content` holds what was told; what is about the reporter is not in it."""

    id: UUID
    code: str
    organisation_id: UUID
    kind: str
    state: str
    channel: str
    received: date
    anonymity: str
    acute: bool
    minor: str
    theme: str
    theme_words: str
    content: ReportContent
    when_words: str
    form_words: str
    role_words: str
    signals: tuple[SignalView, ...]
    marks: tuple[str, ...]
    danger: tuple[str, ...]
    attachments: tuple[AttachmentView, ...]
    messages: tuple[Message, ...]
    decided: date | None
    closed: bool
    reason_words: str
    asks_second_eyes: bool
    may_look_along: bool
    """Whether that is not the work of who reads this."""
    second_eyes: date | None
    step_words: str = ""
    unread: bool = False
    """Whether a message of the reporter waits to be read."""
    asked: bool = False
    """Whether an answer of the reporter is waited for."""
    heard: int = 0
    """Number of the last message of the reporter that stands in it."""
    due: datetime | None = None
    identifiers: tuple[Identifier, ...] = field(default=())

    @property
    def unverified(self) -> bool:
        """Whether nobody stands behind it: it must be checked before anyone acts."""
        return self.anonymity == Anonymity.ANONYMOUS

    @property
    def kind_words(self) -> str:
        """The kind, as the desk names it."""
        return str(Kind(self.kind).label)

    @property
    def state_words(self) -> str:
        """The state, as the desk names it."""
        return str(State(self.state).label)

    @property
    def anonymity_words(self) -> str:
        """What the reporter allowed."""
        return str(Anonymity(self.anonymity).label)

    @property
    def minor_words(self) -> str:
        """Whether somebody younger than eighteen is involved, in words."""
        return str(Minor(self.minor).label)

    @property
    def also_told(self) -> list[str]:
        """How long it has been so, and whether somebody was put on the street, as sentences."""
        return also_told(self.content.lasts, put_out=self.content.put_out == "yes")

    @property
    def may_be_minor(self) -> bool:
        """Whether somebody is, or may be, younger than eighteen."""
        return may_be_minor(self.minor)


@dataclass(frozen=True)
class EarlierSignal:
    """An earlier report that shares something identifying with this one."""

    report_id: UUID
    code: str
    received: date
    state: str
    state_words: str
    kinds: tuple[str, ...]
    acute: bool
    minor: str
    closed: bool
    tokens: frozenset[UUID] = frozenset()
    """What it has in common, of that for which was sought."""


def signals_of(pack: Pack, content: ReportContent, language: str) -> tuple[SignalView, ...]:
    """Return the ticked indicators, and those behind the marks, in words."""
    ids = [
        *content.signals,
        *(pack.marks[mark].indicator or "" for mark in content.marks if mark in pack.marks),
    ]
    found = [pack.indicators[each] for each in dict.fromkeys(ids) if each in pack.indicators]
    return tuple(
        SignalView(
            each.id,
            each.label.in_language(language),
            each.innocent.in_language(language) if each.innocent else "",
        )
        for each in found
    )
