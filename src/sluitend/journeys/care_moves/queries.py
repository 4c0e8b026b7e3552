"""A client who goes to another care organisation, as each side reads it. Other journeys enter here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sluitend.journeys.care_moves.actions import CANNOT
from sluitend.journeys.care_moves.content import Moved, Part
from sluitend.journeys.care_moves.journey import (
    CARE_MOVE_FOLLOW,
    CARE_MOVE_LOOK,
    MOVE_BACK,
    MOVE_TAKEN,
)
from sluitend.journeys.care_moves.models import TAKEN, CareMove
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.flow import phrases
from sluitend.kernel.flow.finding import find, open_steps
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.reasons import Named, reasons
from sluitend.kernel.flow.verbs import note
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.envelopes import open_envelope


@dataclass(frozen=True)
class Line:
    """What became of an agreement by which a client goes: in words, and where to read on."""

    code: str
    words: str
    accepted: bool
    running: bool
    kind: str = "move"


@dataclass(frozen=True)
class Front:
    """The outside: all that whoever is asked sees before taking over."""

    code: str
    other: str
    telephone: str
    state_words: str
    sent: datetime
    answer_by: date
    minor: bool
    reason: str


@dataclass(frozen=True)
class SentMove:
    """A client who may go, as the sender follows it."""

    front: Front
    parts: tuple[Part, ...]
    may_recall: bool
    may_note: bool
    taken: bool
    changed: bool
    """Whether it was taken back since what would go along changed."""


@dataclass(frozen=True)
class ReceivedMove:
    """The same, as whoever is asked sees it: never opened here, since taking over makes a file of it."""

    front: Front
    may_accept: bool
    cannot: tuple[Named, ...]

    @property
    def may_give_back(self) -> bool:
        """Whether it can be given back."""
        return bool(self.cannot)


def of_agreements(references: Collection[UUID], actor: Actor) -> Mapping[UUID, Line]:
    """Return what became of the last offer by these agreements of a care file; nothing is opened."""
    rows = CareMove.objects.filter(organisation_id=actor.own_organisation, reference__in=references)
    return {
        row.reference: Line(
            code=row.code,
            words=row.in_words("", received=False),
            accepted=row.state in TAKEN,
            running=row.state == State.SENT,
        )
        for row in rows.order_by("sent", "id")
    }


def sent_move(code: str, actor: Actor) -> SentMove:
    """Return what the actor's organisation sent, opened and logged.

    Raises:
        Absent: there is none of this code.
    """
    row = find(CareMove, code, actor, CARE_MOVE_FOLLOW)
    note(row, actor, CARE_MOVE_FOLLOW, "read")
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=CARE_MOVE_FOLLOW)
    moved = Moved.from_json(envelope.read(row, "content"))
    may_note = open_steps(row, actor).filter(what__in=(MOVE_TAKEN, MOVE_BACK)).exists()
    return SentMove(
        front=_front(row, received=False),
        parts=moved.parts,
        may_recall=row.state == State.SENT,
        may_note=may_note,
        taken=row.state in TAKEN,
        # Who takes it back by hand has nothing to read of it.
        changed=may_note and row.state == State.RECALLED,
    )


def received_move(code: str, actor: Actor) -> ReceivedMove:
    """Return what was asked of the actor's organisation, logged; it is not opened.

    Raises:
        Absent: nothing of this code was asked of the actor's organisation.
    """
    row = find(CareMove, code, actor, CARE_MOVE_LOOK)
    note(row, actor, CARE_MOVE_LOOK)
    waits = row.state == State.SENT and not row.over
    cannot = reasons(row.pack, CANNOT, sentences=False) if waits and CANNOT in row.pack.reasons else ()
    return ReceivedMove(_front(row, received=True), waits, cannot)


def _front(row: CareMove, *, received: bool) -> Front:
    other = Organisation.objects.get(pk=row.organisation_id if received else row.other)
    return Front(
        code=row.code,
        other=other.name,
        telephone=other.telephone,
        state_words=row.in_words(other.name, received=received),
        sent=row.sent,
        answer_by=row.answer_by,
        minor=row.minor,
        reason=phrases.reason(row.pack, CANNOT, row.return_reason) if row.return_reason else "",
    )
