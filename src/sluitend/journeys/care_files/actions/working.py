"""A verb on a care file: found in the own organisation, sealed anew as a revision, with its next step."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.content import HELP, Consents, Contact, Person, Share, day_of
from sluitend.journeys.care_files.course import AHEAD_DAYS, Age, Course
from sluitend.journeys.care_files.going import goes_along
from sluitend.journeys.care_files.journey import (
    ASK_AFTERCARE,
    ASK_AGE,
    ASK_LAWYER,
    ASK_REMOVAL,
    ASK_RULE,
    CARERS,
    CHILD_ROUTE,
    DISCUSS_HELP,
    DO_ON_DAY,
    END_HELP,
    FOLLOW_FILE,
    GIVE_APPOINTMENT,
    LAWYER_AHEAD,
    LOOK_AGAINST,
    LOOK_PUT_BACK,
    MOVE_SUPPORT,
    MOVING_ON,
    NOTE_APPOINTMENT,
    REMIND_OTHERWISE,
    REMIND_PERSON,
    ROUND_OFF,
    SECOND_LOOK,
    TELL_PERSON,
    TURNS_ADULT,
)
from sluitend.journeys.care_files.models import Appointment, CareFile
from sluitend.journeys.care_files.queries.papers import papers_of
from sluitend.journeys.care_files.queries.went import Line, went_by
from sluitend.journeys.care_files.saying import no_help
from sluitend.journeys.care_files.whole import Whole
from sluitend.journeys.care_files.words import AgeGroup, Purpose, Standing
from sluitend.journeys.care_moves import actions as care_moves
from sluitend.journeys.care_moves.actions import Moved
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.flow.finding import find, open_steps
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
from sluitend.kernel.organisations.queries import colleagues

Reminder = Appointment.Reminder
STILL_DONE = frozenset({CHILD_ROUTE, ASK_REMOVAL, NOTE_APPOINTMENT, ASK_AFTERCARE})
"""What ends something here, also where the client is another organisation's by now."""
ASKED_ANEW = frozenset({Standing.NOT_DISCUSSED, Standing.AS_ADULT, Standing.AS_CHILD})


@dataclass
class OnFile(OnRevisions[CareFile]):
    """A verb on an open care file."""

    pack: Pack = field(default_factory=lambda: current_release().pack)
    """The handbook of today: what somebody is asked and read out is what holds now."""
    ours: bool = False
    """Whether the client must be ours still at the end, and not only when this began."""

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
        self.seal("whole", value.to_json() if value else None)

    def drop_whole(self) -> None:
        """Let nothing be there but what thin mode keeps."""
        papers_of(self.row).delete()
        self.seal("whole", None)

    def require_help(self) -> None:
        """See that nothing new is begun for somebody who wants no help any more; what ends may be done.

        Raises:
            DomainError: the yes to help was taken back.
        """
        if self.consents.standing(HELP) is Standing.WITHDRAWN:
            raise DomainError(no_help())

    def go_on(self, *, worked: bool = False) -> None:
        """Give the file the step that it needs now.

        Args:
            worked: somebody did what could be done, so the same step begins anew.
        """
        if self.row.closed is not None:
            self._after_its_end()
            return
        self._keep_offers()
        if worked or not self.stands:
            self.plan(self._needed())
        self._keep_days()

    def _keep_offers(self) -> None:
        """Take back an offer of the client where what would go along is not so any more."""
        moves = [each for each in self.consents.shares if each.what == Purpose.MOVE]
        lines = went_by(moves, self.actor) if moves else {}
        for each in moves:
            if each.id in lines and lines[each.id].running:
                along = self.goes_along(each)
                care_moves.keep_offer(UUID(each.id), along, minor=self.is_minor, actor=self.actor)
        if moves and self.ours:  # somebody may have taken over meanwhile: what is written here nobody reads
            self.require_ours()

    @property
    def is_minor(self) -> bool:
        """Whether the person is under 18, as far as is known now."""
        return self.person.age_group == AgeGroup.MINOR

    def goes_along(self, agreed: Share) -> Moved:
        """Return what goes along with the client by an agreement, as it is now."""
        chosen = set(agreed.chosen.split())
        return goes_along(chosen, self.person, self.contact, self.whole, age=self.course.age, pack=self.pack)

    def _keep_days(self) -> None:
        """Let each day in the file, such as that of a goal or a reminder, be a step beside the next one.

        Whatever else is asked meanwhile, for however long, hides none of them.
        """
        for what, days in self._days().items():
            keep_beside(
                row=self.row,
                subject_kind=self.row.KIND,
                what=what,
                moments=map(end_of, days),
                actor=self.actor,
                owner_role=Role.PARTNER,
                minor=self.is_minor,
            )

    def _days(self) -> dict[StepKind, list[date]]:
        prompts = self.whole.prompts(self.pack)
        shares, chosen = self.consents.shares, day_of(self.course.lawyer_by)
        told, waits = (each.tell_on for each in shares), (each for each in shares if each.waits_for_second)
        put_back = day_of(self.course.put_back)
        return {
            LOOK_PUT_BACK: [put_back] if put_back else [],
            # Beside the rest: where no colleague is there who can look, nothing else waits for that.
            LOOK_AGAINST: [day for each in waits if (day := day_of(each.on))],
            ASK_LAWYER: [chosen] if chosen else [],
            DO_ON_DAY: [each.day for each in prompts if not each.ahead],
            LAWYER_AHEAD: [each.day for each in prompts if each.ahead],
            TELL_PERSON: [day for day in told if day],
            REMIND_PERSON: self._reminding(Reminder.DUE),
            REMIND_OTHERWISE: self._reminding(Reminder.REFUSED),
            GIVE_APPOINTMENT: self._to_give(),
            MOVING_ON: self._moving(),
            MOVE_SUPPORT: [_asked_from(each) for each in self.to_move],
            **self._of_age(),
        }

    @property
    def to_move(self) -> list[Share]:
        """What somebody must be asked because who supports them stops."""
        consents = self.consents
        if not any(each.moves for each in consents.shares):
            return []
        return consents.to_move(set(went_by(consents.shares, self.actor)))

    @property
    def gone_by(self) -> list[Line]:
        """What became of each move of the client to another care organisation, where one went."""
        moves = [each for each in self.consents.shares if each.what == Purpose.MOVE]
        return list(went_by(moves, self.actor).values()) if moves else []

    @property
    def is_taken(self) -> bool:
        """Whether the client is another organisation's by now, and here only what is open is ended."""
        return any(each.accepted for each in self.gone_by)

    def require_ours(self) -> None:
        """See that nobody works in a file of whom the client is another organisation's by now.

        Raises:
            DomainError: it was taken over.
        """
        if self.is_taken:
            raise DomainError(_("De cliënt is overgenomen. U kunt hier alleen nog afronden wat openstaat."))

    def _moving(self) -> list[date]:
        """Return until when somebody waits for a move that is under way, or that was taken over."""
        if not any(each.running or each.accepted for each in self.gone_by):
            return []
        moves = (each for each in self.consents.shares if each.what == Purpose.MOVE)
        return [max(date.fromisoformat(each.until) for each in moves)]

    def _of_age(self) -> dict[StepKind, list[date]]:
        """Return when somebody talks about turning 18, then on which day that is; or guesses anew."""
        age = self.course.age or Age()
        wants_none = self.consents.standing(HELP) is Standing.WITHDRAWN
        day = age.adult_on if age.talked or wants_none else age.talk_on
        guess = None if wants_none else age.guess_on
        return {TURNS_ADULT: [day] if day else [], ASK_AGE: [guess] if guess else []}

    def _reminding(self, how: str) -> list[date]:
        rows = self._planned().filter(reminder=how, at__gte=timezone.now(), remind_at__isnull=False)
        return [timezone.localdate(at) for at in rows.values_list("remind_at", flat=True) if at]

    def _to_give(self) -> list[date]:
        """Return since when somebody must say who does what a colleague had who left: one step in all."""
        if not self._planned().filter(of_who_left(self.row.organisation_id)).exists():
            return []
        asked = open_steps(self.row, self.actor).filter(what=GIVE_APPOINTMENT).first()
        return [timezone.localdate(asked.due) if asked else timezone.localdate()]

    def _planned(self) -> QuerySet[Appointment]:
        return Appointment.objects.filter(file_id=self.row.pk, state=Appointment.State.PLANNED)

    def _after_its_end(self) -> None:
        """Ask of a closed file only what a withdrawal leaves to be done; it stays closed."""
        needed = ASK_REMOVAL if self.consents.unremoved else LOOK_PUT_BACK if self.course.put_back else None
        if needed is not None:
            if self.row.current_step is None or self.row.current_step.what != needed:
                self.plan(needed)
        elif self.row.current_step is not None:
            finish_open(subject_id=self.row.id, actor=self.actor)
            self.row.current_step = None

    @property
    def stands(self) -> bool:
        """Whether the next step is the one that it needs now."""
        needed, step = self._needed(), self.row.current_step
        return step is not None and step.what == needed

    def plan(self, what: StepKind) -> None:
        """Give the file a next step, in the term of the handbook where it has one."""
        minor, today = self.is_minor, timezone.localdate()
        due: Due = partial(due_for, self.pack, what, acute=False, minor=minor)
        if what == CHILD_ROUTE:
            due = end_of(today)
        elif what == ASK_AFTERCARE:
            due = end_of(max(self.course.next_date or today, today))
        self.next_step(what, due=due, minor=minor, urgent=what == CHILD_ROUTE, owner_role=Role.PARTNER)

    def _needed(self) -> StepKind:
        course, over = self.course, self._planned().filter(at__lt=timezone.now())
        asked = self.consents.standing(HELP)
        wanted = (
            (CHILD_ROUTE, course.child_waits),
            (ASK_REMOVAL, bool(self.consents.unremoved)),
            (SECOND_LOOK, course.proposed is not None),
            (END_HELP, asked is Standing.WITHDRAWN),
            (ASK_RULE, not self.contact.running),
            (NOTE_APPOINTMENT, over.exists()),
            (ASK_AFTERCARE, course.next_date is not None),
            (DISCUSS_HELP, asked in ASKED_ANEW),
        )
        steps = [step for step, needed in wanted if needed]
        if self.is_taken:  # what nobody may do here any more is not asked
            return next((step for step in steps if step in STILL_DONE), ROUND_OFF)
        return next(iter(steps), FOLLOW_FILE)


def _asked_from(share: Share) -> date:
    """Return from which day somebody is asked who may support them when who does so stops."""
    stops, heard = date.fromisoformat(share.stops), date.fromisoformat(share.lost_on)
    return max(heard, stops - timedelta(days=AHEAD_DAYS))


def of_who_left(organisation_id: UUID) -> Q:
    """Return which appointments are still to come, of somebody who gives no care there any more."""
    there = {each.account_id for each in colleagues(organisation_id, roles=CARERS)}
    return Q(at__gte=timezone.now()) & ~Q(worker__in=there)


def on_file(
    code: str,
    actor: Actor,
    action: Permission,
    *,
    revision: int | None = None,
    first: bool = False,
    closed: bool = False,
    ends: bool = False,
) -> AbstractContextManager[OnFile]:
    """Do something with an open care file.

    Args:
        revision: that somebody saw when they began.
        first: take the row now, so that whoever saves at the same moment is told so.
        closed: it is something that may be done in a closed file too.
        ends: it ends what keeps a file open, so it is done also where the client is another's by now.

    Raises:
        Absent: there is none in the actor's organisation. Absent and forbidden look alike.
        DomainError: it is closed, or the client was taken over.
        Conflict: the file was changed in the meantime.
    """
    row = find(CareFile, code, actor, action, to_change=first)
    if row.closed is not None and not closed:
        raise DomainError(_("Dit dossier is gesloten. U kunt het alleen nog lezen."))
    if revision is not None and row.revision != revision:
        raise Conflict
    it = OnFile(row, actor, action, ours=not (closed or ends))
    if it.ours:
        it.require_ours()
    return doing(it)


def consent_text(pack: Pack, kind: str) -> CareConsent:
    """Return the text of the handbook that somebody is asked to agree to.

    Raises:
        DomainError: the handbook has none.
    """
    found = next((each for each in pack.care_consents if each.id == kind), None)
    if found is None:
        raise DomainError(_("Hiervoor is er geen tekst in de handreiking."))
    return found
