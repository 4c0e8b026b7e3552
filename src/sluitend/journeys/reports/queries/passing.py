"""What was passed on from one door to the other, as each of the two sees it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from sluitend.journeys.reports.journey import READ_REPORT, TAKE_REQUEST
from sluitend.journeys.reports.models import MailboxMessage, Passage
from sluitend.journeys.reports.queries.mailbox import Message
from sluitend.journeys.reports.terms import promised
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope

OUT = MailboxMessage.Direction.OUT
THREAD = "envelope, mailbox, message, number, direction, kind, day, swept, acute, minor, sealed"


@dataclass(frozen=True)
class DoorView:
    """How a report that came to the wrong door stands. `sent`: whether this side passed it on.

    `number` is the code that it has at whoever passed it on, by which the two speak of it.
    """

    id: UUID
    sent: bool
    number: str
    report_id: UUID
    arrived_id: UUID
    organisation_id: UUID
    recipient_id: UUID
    to: str
    state: str
    day: date

    @property
    def waits(self) -> bool:
        """Whether the other has not decided yet: until then it is of whoever passed it on."""
        return self.state == Passage.State.SENT

    @property
    def is_here(self) -> bool:
        """Whether it waits on this side to be taken over or given back."""
        return self.waits and not self.sent

    @property
    def gone(self) -> bool:
        """Whether it was passed on from here and taken over."""
        return self.sent and self.state == Passage.State.ACCEPTED

    @property
    def ended(self) -> bool:
        """Whether it came to nothing: given back or recalled."""
        return self.state in (Passage.State.RETURNED, Passage.State.RECALLED)

    @property
    def direction_words(self) -> str:
        """Whereto it went."""
        return str(Passage.To(self.to).label)

    @property
    def state_words(self) -> str:
        """How it stands."""
        return str(Passage.State(self.state).label)


class HeldMessage(NamedTuple):
    """A message of what is passed on, as it stands at the other side."""

    mailbox: UUID
    id: UUID
    number: int
    direction: str
    kind: str
    day: date
    swept: bool
    acute: bool
    minor: bool
    sealed: bytes


def passage_of(report_id: UUID, actor: Actor) -> DoorView | None:
    """Return how a report was passed on, from here or to here; None for most."""
    mine = Q(report_id=report_id, organisation_id=actor.own_organisation)
    here = Q(arrived_id=report_id, recipient_id=actor.own_organisation)
    row = Passage.objects.filter(mine | here).first()
    return door_view(row, actor) if row else None


def door_view(row: Passage, actor: Actor) -> DoorView:
    """Return a passage as this side sees it."""
    return DoorView(
        id=row.id,
        sent=row.organisation_id == actor.own_organisation,
        number=row.code,
        report_id=row.report_id,
        arrived_id=row.arrived_id,
        organisation_id=row.organisation_id,
        recipient_id=row.recipient_id,
        to=row.to,
        state=row.state,
        day=timezone.localdate(row.sent),
    )


def passages_between(
    organisations: Collection[UUID], actor: Actor, *, is_open: bool
) -> list[QuerySet[Passage]]:
    """Return what was passed on between the actor's organisation and others, as one part a side.

    Args:
        organisations: the others.
        actor: who looks; the caller has checked the right.
        is_open: what waits, or else what was decided.
    """
    others = list(organisations)
    rows = Passage.objects.filter(state=Passage.State.SENT) if is_open else _decided()
    own = actor.own_organisation
    return [
        rows.filter(organisation_id=own, recipient_id__in=others),
        rows.filter(recipient_id=own, organisation_id__in=others),
    ]


def _decided() -> QuerySet[Passage]:
    return Passage.objects.exclude(state=Passage.State.SENT)


def promised_over(row: Passage, pack: Pack) -> date:
    """Return before which day the other side promised to take over what waits."""
    step = TAKE_REQUEST if row.to == Passage.To.CARE else READ_REPORT
    return promised(pack, step, timezone.localdate(row.sent))


def thread_of(door: DoorView, *, hold: bool = False) -> tuple[UUID | None, list[HeldMessage]]:
    """Return the envelope at the other side of what waits here, and what was written to and fro there.

    Args:
        door: what waits here.
        hold: let nothing be added until the end of the transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {THREAD} FROM door_thread(%s, %s)", [door.id, hold])  # noqa: S608 - columns are ours
        rows = cursor.fetchall()
    messages = [HeldMessage._make(row[1:]) for row in rows if row[2]]
    return (rows[0][0] if rows else None), messages


def read_held(held: HeldMessage, envelope: OpenEnvelope) -> Message:
    """Return a message in plain words."""
    row = MailboxMessage(id=held.id, text=bytes(held.sealed))
    return Message(held.direction == OUT, held.kind, held.day, str(envelope.read(row, "text")))


def held_thread(door: DoorView, actor: Actor, purpose: str) -> tuple[Message, ...]:
    """Return what was written to and fro about what waits here, before it is taken over."""
    envelope_id, messages = thread_of(door)
    if envelope_id is None or not messages:
        return ()
    envelope = open_envelope(envelope_id, actor=actor, purpose=purpose)
    return tuple(read_held(each, envelope) for each in messages)
