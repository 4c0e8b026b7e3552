"""The agenda of who coordinates care: when, of which file, whose work. No name of a person stands in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from sluitend.journeys.care_files.calendar import Slot, as_calendar, lookup_of
from sluitend.journeys.care_files.course import Meeting
from sluitend.journeys.care_files.journey import AGENDA, CARERS
from sluitend.journeys.care_files.models import AgendaFeed, Appointment
from sluitend.journeys.care_files.words import Before, Channel, Interpreter, PlaceKind, With
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.organisations.queries import colleagues, names
from sluitend.kernel.sealing.opened import OpenEnvelope

PAGE = 100
BACK, MOST = timedelta(days=31), 500
FEED = "SELECT id, at, minutes, revision, cancelled FROM care_agenda(%s, %s, %s)"


@dataclass(frozen=True)
class AgendaLine:
    """An appointment in the agenda."""

    at: datetime
    ends: datetime
    file: str
    worker: str
    mine: bool
    over: bool
    left: bool
    """Whether whose work it was gives no care here any more."""


@dataclass(frozen=True)
class Agenda:
    """What comes, what nobody noted yet, and since when there is an address for one's own calendar."""

    lines: tuple[AgendaLine, ...]
    feed_since: datetime | None


@dataclass(frozen=True)
class AppointmentLine:
    """An appointment of a file, with its words."""

    id: UUID
    revision: int
    at: datetime
    ends: datetime
    worker: str
    left: bool
    """Whether it is planned, and whose work it was gives no care here any more."""
    state: str
    kind: str
    where: str
    interpreter: str
    reminder: str
    before: str
    planned: bool
    over: bool
    to_remind: bool


def agenda(actor: Actor) -> Agenda:
    """Return the appointments of the own organisation that were not noted yet, the first first.

    Raises:
        Refused: the role may not see it.
    """
    require_role(actor, AGENDA)
    rows = Appointment.objects.filter(
        organisation_id=actor.own_organisation, state=Appointment.State.PLANNED, file__closed__isnull=True
    )
    found = list(rows.select_related("file").order_by("at", "id")[:PAGE])
    people, now = names({each.worker_id for each in found}), timezone.now()
    there = {account for account, _name in workers(actor)}
    lines = tuple(
        AgendaLine(
            at=each.at,
            ends=each.ends,
            file=each.file.code,
            worker=people.get(each.worker_id, ""),
            mine=each.worker_id == actor.account_id,
            over=each.at < now,
            left=str(each.worker_id) not in there,
        )
        for each in found
    )
    feed = AgendaFeed.objects.filter(account_id=actor.own_account).first()
    return Agenda(lines, feed.made if feed else None)


def feed(token: str) -> str:
    """Return the calendar behind a secret: moments, and nothing of any person.

    The database says whether the account works there today, and gives no more than moments. A secret that is
    none, or that ended, gives an empty calendar: whoever read it before keeps nothing, and it tells nothing.
    """
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(FEED, [lookup_of(token), now - BACK, timezone.localdate()])
        rows = cursor.fetchall()
    return as_calendar([Slot(*row) for row in rows[:MOST]], now=now)


def workers(actor: Actor) -> list[tuple[str, str]]:
    """Return who may have an appointment with a person in care, each once."""
    there = colleagues(actor.own_organisation, roles=CARERS)
    return list({str(each.account_id): each.name for each in there}.items())


def appointment_lines(
    file_id: UUID, envelope: OpenEnvelope, *, only: UUID | None = None
) -> Iterator[AppointmentLine]:
    """Yield the appointments of a file, the last first.

    Args:
        envelope: of the file, opened.
        only: the one that is wanted.
    """
    found = Appointment.objects.filter(file_id=file_id, **({"pk": only} if only else {}))
    rows = list(found.order_by("-at", "-id")[:PAGE])
    people, now = names({each.worker_id for each in rows}), timezone.now()
    planned_rows = [each for each in rows if each.state == Appointment.State.PLANNED]
    carers = colleagues(planned_rows[0].organisation_id, roles=CARERS) if planned_rows else []
    there = {each.account_id for each in carers}
    for row in rows:
        meeting = Meeting.from_json(envelope.read(row, "content"))
        place = PlaceKind(meeting.place_kind).label if meeting.place_kind else ""
        planned = row.state == Appointment.State.PLANNED
        yield AppointmentLine(
            id=row.id,
            revision=row.revision,
            at=row.at,
            ends=row.ends,
            worker=people.get(row.worker_id, ""),
            left=planned and row.worker_id not in there,
            state=str(Appointment.State(row.state).label),
            kind=str(With(meeting.kind).label) if meeting.kind else "",
            where=", ".join(filter(None, [str(place), meeting.place])),
            interpreter=_interpreter(meeting),
            reminder=_reminder(row, meeting),
            before=meeting.before,
            planned=planned,
            over=planned and row.at < now,
            to_remind=planned and row.reminder in ("due", "refused"),
        )


def _interpreter(meeting: Meeting) -> str:
    return str(Interpreter(meeting.interpreter).label) if meeting.interpreter else ""


def _reminder(row: Appointment, meeting: Meeting) -> str:
    if not meeting.remind_before:
        return ""
    when, way = Before(meeting.remind_before).label, Channel(meeting.remind_by).label
    return f"{when}, {str(way).lower()}: {str(Appointment.Reminder(row.reminder).label).lower()}"
