"""A verb on a care file: found in the own organisation, sealed anew as a revision, with its next step."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.content import HELP, Consents, Contact, Person
from sluitend.journeys.care_files.course import Course
from sluitend.journeys.care_files.journey import (
    ASK_AFTERCARE,
    ASK_LAWYER,
    ASK_REMOVAL,
    ASK_RULE,
    CHILD_ROUTE,
    DISCUSS_HELP,
    DO_ON_DAY,
    END_HELP,
    FOLLOW_FILE,
    LAWYER_AHEAD,
    LOOK_AGAINST,
    NOTE_APPOINTMENT,
    REMIND_OTHERWISE,
    REMIND_PERSON,
    SECOND_LOOK,
    TELL_PERSON,
)
from sluitend.journeys.care_files.models import Appointment, CareFile
from sluitend.journeys.care_files.whole import Whole
from sluitend.journeys.care_files.words import AgeGroup, Standing
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.flow.finding import find
from sluitend.kernel.flow.revisions import OnRevisions
from sluitend.kernel.flow.terms import due_for
from sluitend.kernel.flow.verbs import doing
from sluitend.kernel.followup.actions import Due, finish_open, keep_beside
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.handbook.care import CareConsent
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.manifest import Permission, StepKind
from sluitend.kernel.organisations.models import Role

Reminder = Appointment.Reminder
TODAY = (CHILD_ROUTE, LOOK_AGAINST, REMIND_PERSON, REMIND_OTHERWISE)
BEFORE_CHOSEN = (ASK_REMOVAL, END_HELP, ASK_RULE, SECOND_LOOK, LAWYER_AHEAD, *TODAY)
"""What goes before something that somebody chose to do."""


@dataclass
class OnFile(OnRevisions[CareFile]):
    """A verb on an open care file."""

    pack: Pack = field(default_factory=lambda: current_release().pack)
    """The handbook of today: what somebody is asked and read out is what holds now."""

    @property
    def person(self) -> Person:
        """Who it is."""
        return Person.from_json(self.unsealed("person"))

    @person.setter
    def person(self, value: Person) -> None:
        self.seal("person", value.to_json())

    @property
    def contact(self) -> Contact:
        """How the person may be reached."""
        return Contact.from_json(self.unsealed("contact"))

    @contact.setter
    def contact(self, value: Contact) -> None:
        self.seal("contact", value.to_json())

    @property
    def consents(self) -> Consents:
        """What the person was asked to agree to."""
        return Consents.from_json(self.unsealed("consents"))

    @consents.setter
    def consents(self, value: Consents) -> None:
        self.seal("consents", value.to_json())

    @property
    def course(self) -> Course:
        """How it goes on."""
        return Course.from_json(self.unsealed("course"))

    @course.setter
    def course(self, value: Course) -> None:
        self.seal("course", value.to_json())

    @property
    def whole(self) -> Whole:
        """What thin mode does not keep."""
        return Whole.from_json(self.unsealed("whole"))

    @whole.setter
    def whole(self, value: Whole) -> None:
        self.seal("whole", value.to_json() if value.rows else None)

    def drop_whole(self) -> None:
        """Let nothing be there but what thin mode keeps."""
        self.seal("whole", None)

    def go_on(self, *, worked: bool = False) -> None:
        """Give the file the step that it needs now.

        Args:
            worked: somebody did what could be done, so the same step begins anew.
        """
        if self.row.closed is not None:
            self._after_its_end()
            return
        if worked or not self.stands:
            self.plan(self._needed())
        self._keep_days()

    def _keep_days(self) -> None:
        """Let each day of the whole file, such as that of a goal, be a step beside the next one."""
        days = (each.day for each in self.whole.prompts(self.pack) if not each.ahead)
        keep_beside(
            row=self.row,
            subject_kind=self.row.KIND,
            what=DO_ON_DAY,
            moments=map(end_of, days),
            actor=self.actor,
            owner_role=Role.PARTNER,
        )

    def _after_its_end(self) -> None:
        """Ask of a closed file only what a withdrawal leaves to be done; it stays closed."""
        if self.consents.unremoved:
            if self.row.current_step is None:
                self.plan(ASK_REMOVAL)
        elif self.row.current_step is not None:
            finish_open(subject_id=self.row.id, actor=self.actor)
            self.row.current_step = None

    @property
    def stands(self) -> bool:
        """Whether the next step is the one that it needs now."""
        needed, step = self._needed(), self.row.current_step
        # What somebody chose to do stays, where nothing hurries before it.
        chosen = step is not None and step.what == ASK_LAWYER and needed not in BEFORE_CHOSEN
        day = self._day(needed)
        return step is not None and (chosen or (step.what == needed and day in (None, step.due)))

    def plan(self, what: StepKind) -> None:
        """Give the file a next step: on the day that it names, else in the term of the handbook."""
        minor, today = self.person.age_group == AgeGroup.MINOR, timezone.localdate()
        due: Due = self._day(what) or partial(due_for, self.pack, what, acute=False, minor=minor)
        if what in TODAY:
            due = end_of(today)
        elif what == ASK_AFTERCARE:
            due = end_of(max(self.course.next_date or today, today))
        self.next_step(what, due=due, minor=minor, urgent=what == CHILD_ROUTE, owner_role=Role.PARTNER)

    def _of_appointments(self) -> set[str]:
        """Return what reminders wait for somebody, and whether an appointment was that nobody noted."""
        rows = Appointment.objects.filter(file_id=self.row.pk, state=Appointment.State.PLANNED)
        found = rows.values_list("at", "state", "reminder")
        now = timezone.now()
        return {state if at < now else reminder for at, state, reminder in found}

    def _needed(self) -> StepKind:
        course, meetings = self.course, self._of_appointments()
        asked = self.consents.standing(HELP)
        wanted = (
            (CHILD_ROUTE, course.child_waits),
            (LOOK_AGAINST, any(each.waits_for_second for each in self.consents.shares)),
            (ASK_REMOVAL, bool(self.consents.unremoved)),
            (SECOND_LOOK, course.proposed is not None),
            (END_HELP, asked is Standing.WITHDRAWN),
            (ASK_RULE, not self.contact.running),
            (REMIND_OTHERWISE, Reminder.REFUSED in meetings),
            (REMIND_PERSON, Reminder.DUE in meetings),
            (NOTE_APPOINTMENT, Appointment.State.PLANNED in meetings),
            (ASK_AFTERCARE, course.next_date is not None),
            (DISCUSS_HELP, asked in (Standing.NOT_DISCUSSED, Standing.AS_ADULT)),
        )
        otherwise = self._telling() or self._ending() or FOLLOW_FILE
        return next((step for step, needed in wanted if needed), otherwise)

    def _tell_on(self) -> date | None:
        """Return the first day on which the person is told what was shared without a yes."""
        days = (each.tell_on for each in self.consents.shares)
        return min((day for day in days if day), default=None)

    def _telling(self) -> StepKind | None:
        day = self._tell_on()
        soon = day is not None and end_of(day) <= due_for(self.pack, FOLLOW_FILE)
        return TELL_PERSON if soon else None

    def _ending(self) -> StepKind | None:
        """Return the talk before a stated end, where nothing else is due before it."""
        first = next(self._ahead(), None)
        soon = first is not None and end_of(first) <= due_for(self.pack, FOLLOW_FILE)
        return LAWYER_AHEAD if soon else None

    def _ahead(self) -> Iterator[date]:
        return (each.day for each in self.whole.prompts(self.pack) if each.ahead)

    def _day(self, what: StepKind) -> datetime | None:
        """Return when a step is due that is for a day of the file, or None for any other."""
        if what == TELL_PERSON and (day := self._tell_on()):
            return end_of(max(day, timezone.localdate()))
        return end_of(next(self._ahead())) if what == LAWYER_AHEAD else None


def on_file(
    code: str,
    actor: Actor,
    action: Permission,
    *,
    revision: int | None = None,
    first: bool = False,
    closed: bool = False,
) -> AbstractContextManager[OnFile]:
    """Do something with an open care file.

    Args:
        revision: that somebody saw when they began.
        first: take the row now, so that whoever saves at the same moment is told so.
        closed: it is something that may be done in a closed file too.

    Raises:
        Absent: there is none in the actor's organisation. Absent and forbidden look alike.
        DomainError: it is closed.
        Conflict: the file was changed in the meantime.
    """
    row = find(CareFile, code, actor, action, to_change=first)
    if row.closed is not None and not closed:
        raise DomainError(_("Dit dossier is gesloten. U kunt het alleen nog lezen."))
    if revision is not None and row.revision != revision:
        raise Conflict
    return doing(OnFile(row, actor, action))


def consent_text(pack: Pack, kind: str) -> CareConsent:
    """Return the text of the handbook that somebody is asked to agree to.

    Raises:
        DomainError: the handbook has none.
    """
    found = next((each for each in pack.care_consents if each.id == kind), None)
    if found is None:
        raise DomainError(_("Hiervoor is er geen tekst in de handreiking."))
    return found
