"""What is asked of a municipality for tonight, as each side reads it; opened and logged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from sluitend.journeys.shelter.journey import (
    AWAIT_HOTEL,
    CALL_TOWN,
    HOTEL_FOLLOW,
    HOTEL_LOOK,
    READ_HOTEL,
    READ_LATE,
)
from sluitend.journeys.shelter.models import HotelAsk
from sluitend.journeys.shelter.words import household_words
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.flow.finding import find, open_whats
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.verbs import note
from sluitend.kernel.manifest import step_named
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.organisations.queries import organisation_names
from sluitend.kernel.organisations.reading import towns
from sluitend.kernel.sealing.envelopes import open_envelope


@dataclass(frozen=True)
class HotelLine:
    """One municipality that was asked, on the page of the search."""

    code: str
    town: str
    words: str
    open: bool


@dataclass(frozen=True)
class HotelView:
    """What was asked, as one side reads it.

    Attributes:
        other: who is on the other side, with the number to call.
        household: for whom, in words; with `beds` all that is told of anybody. Empty when it is over.
        due: until when an answer is asked.
        mark: by which the municipality knows its decision again.
        late: when the municipality answered what was settled already, and what in words.
        step: what care must do now.
    """

    code: str
    other: str
    telephone: str
    words: str
    night: date
    household: str
    beds: int
    due: datetime | None
    answer: str
    mark: str
    late: datetime | None
    late_words: str
    step: str
    may_answer: bool
    may_answer_late: bool
    may_recall: bool
    may_note: bool

    @property
    def takes_answer(self) -> bool:
        """Whether the form for an answer is there."""
        return self.may_answer or self.may_answer_late


def hotel_lines(search: UUID, night: date, actor: Actor) -> tuple[HotelLine, ...]:
    """Return whom was asked for a hotel for a night of a search. Opens nothing."""
    rows = list(
        HotelAsk.objects.filter(organisation_id=actor.own_organisation, search=search, night=night).order_by(
            "sent", "code"
        )
    )
    names = organisation_names(each.other for each in rows)
    return tuple(
        HotelLine(
            each.code,
            names.get(each.other, ""),
            each.in_words("", received=False),
            each.state == State.SENT,
        )
        for each in rows
    )


def hotel_towns() -> tuple[tuple[str, str], ...]:
    """Return the municipalities where somebody reads, by name."""
    return tuple((each.code, each.name) for each in towns() if each.reads)


def sent_hotel(code: str, actor: Actor) -> HotelView:
    """Return what the actor's organisation asked, opened and logged.

    Raises:
        Absent: there is none of this code.
    """
    return _view(find(HotelAsk, code, actor, HOTEL_FOLLOW), actor, received=False)


def received_hotel(code: str, actor: Actor) -> HotelView:
    """Return what was asked of the actor's organisation, opened and logged; after its end only that it ended.

    Raises:
        Absent: nothing of this code was asked of the actor's organisation.
    """
    return _view(find(HotelAsk, code, actor, HOTEL_LOOK), actor, received=True)


def _view(row: HotelAsk, actor: Actor, *, received: bool) -> HotelView:
    action = HOTEL_LOOK if received else HOTEL_FOLLOW
    note(row, actor, action, "read")
    over = row.over
    asked: Mapping[str, Any] = {}
    mark: Mapping[str, Any] = {}
    if not (received and over):
        envelope = open_envelope(row.envelope_id, actor=actor, purpose=action)
        asked, mark = envelope.read(row, "content") or {}, envelope.read(row, "booking") or {}
    other = Organisation.objects.get(pk=row.organisation_id if received else row.other)
    opens = frozenset[str]() if received else open_whats(row, actor) & {READ_HOTEL, CALL_TOWN, READ_LATE}
    step = next(iter(sorted(opens)), "")
    waits = row.state == State.SENT and not over and row.answered_late is None
    return HotelView(
        code=row.code,
        other=other.name,
        telephone=other.telephone,
        words=row.in_words(other.name, received=received),
        night=row.night,
        household=household_words(str(asked["household"])) if asked else "",
        beds=int(asked.get("beds", 0)),
        due=row.recipient_step.due if received and row.recipient_step else None,
        answer=row.answer,
        mark=str(mark.get("mark", "")),
        late=row.answered_late,
        late_words=str(HotelAsk.Answer(row.answer).label) if row.answered_late else "",
        step=str(step_named(step or AWAIT_HOTEL).label) if row.closed is None and not received else "",
        may_answer=received and waits,
        may_answer_late=received and row.takes_late(timezone.localdate()),
        may_recall=not received and waits,
        may_note=not received and bool(opens) and row.closed is None,
    )
