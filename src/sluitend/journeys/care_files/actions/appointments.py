"""Appointments of a person in care: made, moved, given, called off, noted; and whether a reminder may go."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.forms.shelter_address import is_address
from sluitend.journeys.care_files.actions.working import OnFile, of_who_left, on_file
from sluitend.journeys.care_files.contacting import Answer
from sluitend.journeys.care_files.content import HELP
from sluitend.journeys.care_files.course import Meeting
from sluitend.journeys.care_files.journey import CARE_FILE_MEET, CARERS, GIVE_APPOINTMENT
from sluitend.journeys.care_files.models import Appointment, CareFile
from sluitend.journeys.care_files.saying import message, why_not
from sluitend.journeys.care_files.words import Before, Standing
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.flow.verbs import doing
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.organisations.queries import colleagues

State, Reminder = Appointment.State, Appointment.Reminder
OVER = frozenset({State.KEPT, State.MISSED})
AT_HAND = (Reminder.DUE, Reminder.REFUSED)
"""There is something to do about a reminder."""


@dataclass(frozen=True)
class Planned:
    """An appointment as somebody made it. `at` is a moment in the Netherlands."""

    at: datetime
    minutes: int
    worker: UUID
    meeting: Meeting


def make_appointment(*, code: str, actor: Actor, planned: Planned, revision: int | None) -> None:
    """Make an appointment.

    Raises:
        DomainError: the moment has passed, the words look like an address, there is no such colleague, or the
            person wants no help, or may not be reminded in this way then.
    """
    with on_file(code, actor, CARE_FILE_MEET, revision=revision, first=True) as it:
        it.require_help()
        _require_no_address(it, planned.meeting.place)
        _require_colleague(planned.worker, actor)
        row = Appointment(
            organisation_id=actor.own_organisation,
            file=it.row,
            at=planned.at,
            minutes=planned.minutes,
            worker_id=planned.worker,
        )
        _set_reminder(it, row, planned.meeting)
        it.envelope.seal(row, "content", planned.meeting.to_json())
        row.save(force_insert=True)
        it.go_on()


def move_appointment(
    *, code: str, actor: Actor, appointment: UUID, at: datetime, revision: int | None
) -> None:
    """Move an appointment to another moment: its reminder is asked of the rules anew.

    Raises:
        Absent: it is not of this file.
        Conflict: it is over, or somebody else was first.
        DomainError: the moment has passed, or the person may not be reminded then.
    """
    with on_file(code, actor, CARE_FILE_MEET, first=True) as it:
        row = _planned(it, appointment, revision)
        meeting = Meeting.from_json(it.envelope.read(row, "content"))
        was = date_format(timezone.localtime(row.at), "j F Y H:i")
        row.at = at
        _set_reminder(it, row, meeting)
        it.envelope.advance(row)
        before = "; ".join(filter(None, [meeting.before, was]))
        it.envelope.seal(row, "content", replace(meeting, before=before).to_json())
        row.save()
        it.go_on()


def give_appointment(
    *, code: str, actor: Actor, appointment: UUID, worker: UUID, revision: int | None
) -> None:
    """Let somebody else do an appointment, such as one of a colleague who left or is ill.

    Raises:
        Absent: it is not of this file.
        Conflict: it is over, or somebody else was first.
        DomainError: there is no such colleague.
    """
    with on_file(code, actor, CARE_FILE_MEET, first=True) as it:
        row = _planned(it, appointment, revision)
        _require_colleague(worker, actor)
        row.worker_id = worker
        it.envelope.advance(row)
        row.save()
        it.go_on()


def end_appointment(*, code: str, actor: Actor, appointment: UUID, became: str, revision: int | None) -> None:
    """Say what an appointment became: cancelled, kept, or the person did not come.

    Raises:
        Absent: it is not of this file.
        Conflict: it is over, or somebody else was first.
        DomainError: it did not begin yet.
    """
    with on_file(code, actor, CARE_FILE_MEET, first=True, ends=True) as it:
        row = _planned(it, appointment, revision)
        if became not in OVER | {State.CANCELLED}:
            raise Conflict
        if became in OVER and row.at > timezone.now():
            raise DomainError(_("Deze afspraak is nog niet geweest."), "became")
        row.state, row.remind_at, row.reminder = became, None, ""
        it.envelope.advance(row)
        row.save()
        # Who met the person looked how it goes: that is asked anew from here.
        it.go_on(worked=became == State.KEPT)


def reminded(*, code: str, actor: Actor, appointment: UUID, revision: int | None) -> None:
    """Note that somebody did what could be done about a reminder.

    Raises:
        Absent: it is not of this file.
        Conflict: there is nothing to remind of.
    """
    with on_file(code, actor, CARE_FILE_MEET, first=True, ends=True) as it:
        row = _planned(it, appointment, revision)
        if row.reminder not in AT_HAND:
            raise Conflict
        row.reminder = Reminder.DONE
        it.envelope.advance(row)
        row.save()
        it.go_on()


def appointments_by_clock(actor: Actor) -> int:
    """Let each reminder of which the moment came be a step, until its appointment, and what is over another.

    So is each appointment of somebody who left: somebody says who does it.

    Whether the person may be reached in that way is asked again: rules may have changed since.

    Returns:
        How many files were looked at.
    """
    now, own = timezone.now(), Appointment.objects.filter(organisation_id=actor.own_organisation)
    open_ones = own.filter(state=State.PLANNED, file__closed__isnull=True)
    left = {*open_ones.filter(of_who_left(actor.own_organisation)).values_list("file_id", flat=True)}
    changed = left ^ _asked_who(actor)
    comes = open_ones.filter(_changes(now))
    over = open_ones.filter(at__lt=now).exclude(file__current_step__what="note_appointment")
    files = {*comes.values_list("file_id", flat=True), *over.values_list("file_id", flat=True), *changed}
    rows = CareFile.objects.filter(pk__in=files).select_related("current_step").order_by("opened", "id")
    # All of them: one that waits for something else first stays here, and would hide who comes after.
    for row in rows:
        with fenced():
            _remind(row, actor, now, anew=row.pk in changed)
    return len(files)


def _asked_who(actor: Actor) -> set[UUID]:
    """Return of which files somebody is asked already who does an appointment of who left."""
    asked = NextStep.objects.filter(
        organisation_id=actor.own_organisation, what=GIVE_APPOINTMENT, done__isnull=True
    )
    return set(asked.values_list("subject_id", flat=True))


def _remind(file: CareFile, actor: Actor, now: datetime, *, anew: bool) -> None:
    it = OnFile(file, actor, CARE_FILE_MEET, "clock")
    planned = Appointment.objects.filter(file=file, state=State.PLANNED)
    rows = list(planned.filter(_changes(now)).order_by("remind_at", "id"))
    if not rows and it.stands and not anew:
        return
    with doing(it):
        for row in rows:
            if row.at < now:
                row.remind_at, row.reminder = None, Reminder.NONE
            else:
                meeting = Meeting.from_json(it.envelope.read(row, "content"))
                answer = it.contact.may(meeting.remind_by, timezone.localtime(now))
                row.reminder = Reminder.DUE if answer is Answer.YES else Reminder.REFUSED
            it.envelope.advance(row)
            row.save()
        it.go_on()


def _changes(now: datetime) -> Q:
    """Return of which appointments the reminder changes now: its moment came, or nobody can be reminded."""
    return Q(reminder=Reminder.WAITS, remind_at__lte=now) | Q(reminder__in=AT_HAND, at__lt=now)


def stop_reminders(it: OnFile) -> None:
    """Let no reminder that is due be given any more in a way that the person does not allow now."""
    due = Appointment.objects.filter(file=it.row, state=State.PLANNED, reminder=Reminder.DUE)
    for row in due.select_for_update().order_by("remind_at", "id"):
        meeting = Meeting.from_json(it.envelope.read(row, "content"))
        if it.contact.may(meeting.remind_by, timezone.localtime()) is not Answer.YES:
            row.reminder = Reminder.REFUSED
            it.envelope.advance(row)
            row.save()


def _planned(it: OnFile, appointment: UUID, revision: int | None) -> Appointment:
    row = Appointment.objects.filter(file=it.row, pk=appointment).select_for_update().first()
    if row is None:
        raise Absent
    if row.state != State.PLANNED or revision not in (None, row.revision):
        raise Conflict
    return row


def _set_reminder(it: OnFile, row: Appointment, meeting: Meeting) -> None:
    """Give an appointment the moment of its reminder, where the person allows that."""
    now = timezone.now()
    if row.at <= now:
        raise DomainError(_("Kies een moment dat nog komt."), "day")
    row.remind_at, row.reminder = None, Reminder.NONE
    # Somebody who wants no help any more is not reminded: what stands still can be moved, or called off.
    if not meeting.remind_before or it.consents.standing(HELP) is Standing.WITHDRAWN:
        return
    at = _ahead(row.at, meeting.remind_before)
    if at <= now:
        raise DomainError(_("Voor deze herinnering is het te laat."), "remind_before")
    if not meeting.remind_by:
        raise DomainError(_("Kies een manier."), "remind_by")
    answer = it.contact.may(meeting.remind_by, timezone.localtime(at))
    if answer is not Answer.YES:
        raise DomainError(why_not(it.contact, meeting.remind_by, answer, it.pack), "remind_by")
    row.remind_at, row.reminder = at, Reminder.WAITS


def _ahead(at: datetime, before: str) -> datetime:
    """Return when somebody is reminded: a day before by the clock on the wall, or two hours as they pass."""
    if before == Before.DAY:
        return timezone.localtime(at) - timedelta(days=1)
    return at.astimezone(UTC) - timedelta(hours=2)


def _require_colleague(worker: UUID, actor: Actor) -> None:
    if worker not in {each.account_id for each in colleagues(actor.own_organisation, roles=CARERS)}:
        raise DomainError(_("Kies een collega."), "worker")


def _require_no_address(it: OnFile, words: str) -> None:
    if is_address(words):
        raise DomainError(message(it.pack, "no_address"), "place")
