"""One care file, as who works there reads it: how to make contact first, then what is asked of whom."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.contacting import Answer
from sluitend.journeys.care_files.content import (
    REGISTRATION,
    STATISTICS,
    Attempt,
    Consents,
    Contact,
    Person,
    Rule,
    day_of,
)
from sluitend.journeys.care_files.course import Course
from sluitend.journeys.care_files.journey import CARE_FILE_READ, DISCUSS_HELP
from sluitend.journeys.care_files.models import CareFile
from sluitend.journeys.care_files.queries.agenda import AppointmentLine, appointment_lines
from sluitend.journeys.care_files.queries.ending import CourseView, course_view
from sluitend.journeys.care_files.queries.moved import Move, moves_of
from sluitend.journeys.care_files.queries.numbers import of_a_shelter
from sluitend.journeys.care_files.queries.supporting import Support, support_of
from sluitend.journeys.care_files.queries.tiles import ShareLine, Tile, help_tile, share_lines, tiles
from sluitend.journeys.care_files.queries.went import why_shut
from sluitend.journeys.care_files.queries.whole import UNFOLDED, WholeView, whole_view
from sluitend.journeys.care_files.saying import in_words, message, why_not
from sluitend.journeys.care_files.whole import Whole
from sluitend.journeys.care_files.words import AgeGroup, Channel, May, ParentsKnow, Standing
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.flow.finding import find
from sluitend.kernel.flow.verbs import note
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.manifest import Permission, step_named
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope

SCHEMES = {Channel.CALL: "tel:", Channel.TEXT_MESSAGE: "sms:", Channel.EMAIL: "mailto:"}
LAST = 20


@dataclass(frozen=True)
class Opened:
    """A care file with what is sealed in it."""

    row: CareFile
    person: Person
    contact: Contact
    consents: Consents
    course: Course
    whole: Whole
    envelope: OpenEnvelope


@dataclass(frozen=True)
class RuleLine:
    """One rule in words. A rule past its day still closes, and opens nothing."""

    id: str
    words: str
    past: bool
    check_on: date | None
    set_on: date | None


@dataclass(frozen=True)
class Way:
    """A way in which somebody may be reached: now, with what to press, or why not."""

    label: str
    value: str
    href: str
    why_not: str


@dataclass(frozen=True)
class AttemptLine:
    """Contact that was sought."""

    at: datetime
    way: str
    reached: bool
    against: str


@dataclass(frozen=True)
class Removal:
    """Somebody who is asked to take away what was shared."""

    id: str
    recipient: str
    about: str
    on: date | None
    before: date | None


@dataclass(frozen=True)
class FileView:
    """A care file, opened."""

    code: str
    request_code: str
    revision: int
    state: str
    state_words: str
    closed: bool
    ended: str
    kept_until: date | None
    step: str
    asks_help: bool
    """Whether the next step is to ask whether one may help: then the text for it is one press away."""
    due: datetime | None
    unconfirmed: bool
    minor: bool
    person: Person
    person_rows: tuple[tuple[str, str], ...]
    rules: tuple[RuleLine, ...]
    earlier: tuple[str, ...]
    ways: tuple[Way, ...]
    no_rule: str
    shelter_number: str
    """That a rule has the number of a shelter, which nobody passes on."""
    stop_until: date | None
    attempts: tuple[AttemptLine, ...]
    help: Tile | None
    tiles: tuple[Tile, ...]
    shares: tuple[ShareLine, ...]
    support: Support | None
    mediator: str
    """Who can be asked to mediate to a place, where the handbook has somebody."""
    removals: tuple[Removal, ...]
    registers_with: str
    """To whom what the handbook names can be passed on, after a yes to that; empty without one."""
    may_count: bool
    no_counting: str
    """Why nothing of it is counted."""
    keep_short: str
    course: CourseView
    whole: WholeView | None
    appointments: tuple[AppointmentLine, ...]
    moves: tuple[Move, ...]
    """What is asked because who supports the person stops."""

    @property
    def texts_unconfirmed(self) -> bool:
        """Whether nobody confirmed any of the texts that the person is asked: then that is said once."""
        marks = [each.unconfirmed for each in (self.help, *self.tiles) if each]
        return bool(marks) and all(marks)

    @property
    def may_take_back(self) -> bool:
        """Whether the person said yes to anything that holds: then there is one press to take it back."""
        tiles = (self.help, *self.tiles)
        agreed = any(each.may_withdraw for each in tiles if each)
        return agreed or any(each.may_withdraw and not each.against for each in self.shares)

    @property
    def shares_at_work(self) -> list[ShareLine]:
        """What is shared or waits for somebody; what is over is folded."""
        return [each for each in self.shares if each.at_work]

    @property
    def shares_over(self) -> list[ShareLine]:
        """What was agreed to share and is over, or was answered with no."""
        return [each for each in self.shares if not each.at_work]

    @property
    def last_attempts(self) -> tuple[AttemptLine, ...]:
        """The contact that was sought last."""
        return self.attempts[:UNFOLDED]

    @property
    def earlier_attempts(self) -> tuple[AttemptLine, ...]:
        """What was sought before that."""
        return self.attempts[UNFOLDED:]


@dataclass(frozen=True)
class OfRequest:
    """What the page of a request needs of its care file."""

    code: str
    closed: bool
    contact: Contact
    shut: str
    """Why nobody here makes contact any more, whatever the rules say; nothing where they may."""


def opened(code: str, actor: Actor, action: Permission = CARE_FILE_READ, *, purpose: str = "") -> Opened:
    """Return a care file with what is sealed in it, logged.

    Raises:
        Absent: there is none in the actor's organisation.
        Refused: the role may not see it.
    """
    return _opened(find(CareFile, code, actor, action), actor, action, purpose)


def of_request(request_id: UUID, actor: Actor) -> OfRequest | None:
    """Return the care file of a request of the own organisation, opened for its contact rules, or None."""
    row = CareFile.objects.filter(organisation_id=actor.own_organisation, request_id=request_id).first()
    if row is None:
        return None
    found = _opened(row, actor, CARE_FILE_READ, "contact")
    return OfRequest(row.code, row.closed is not None, found.contact, why_shut(found.consents, actor))


def requests_of(file_ids: Collection[UUID], actor: Actor) -> dict[UUID, UUID]:
    """Return from which request each of these care files of the own organisation was begun. Opens nothing."""
    if not file_ids:
        return {}
    rows = CareFile.objects.filter(organisation_id=actor.own_organisation, pk__in=list(file_ids))
    return dict(rows.values_list("pk", "request_id"))


def care_file(code: str, actor: Actor, *, at: datetime | None = None) -> FileView:
    """Return one care file, opened and logged.

    Args:
        code: of the file.
        actor: who opens it.
        at: the moment in the Netherlands at which somebody would make contact; now, if none is given.

    Raises:
        Absent: there is none in the actor's organisation.
        Refused: the role may not see it.
    """
    found, pack = opened(code, actor), current_release().pack
    row, at = found.row, at or timezone.localtime()
    step, today = row.current_step, at.date()
    deadline = pack.deadlines.get(step_named(step.what).term or "") if step else None
    end = pack.request.end(row.outcome) if row.outcome else None
    open_now = row.closed is None
    shut = why_shut(found.consents, actor) if open_now else ""
    return FileView(
        code=row.code,
        request_code=row.request_code,
        revision=row.revision,
        state=row.state,
        state_words=str(CareFile.State(row.state).label),
        closed=not open_now,
        ended=shown(end.label) if end else "",
        kept_until=row.retention_until,
        step=str(step_named(step.what).label) if step else "",
        asks_help=step is not None and step.what == DISCUSS_HELP,
        due=step.due if step else None,
        unconfirmed=deadline is not None and not deadline.confirmed,
        minor=found.person.age_group == AgeGroup.MINOR,
        person=found.person,
        person_rows=tuple(person_rows(found.person)),
        rules=tuple(_rule(each, today) for each in found.contact.running),
        earlier=tuple(in_words(each) for each in found.contact.rules if each.ended),
        ways=tuple(ways(found.contact, at, pack)) if open_now and not shut else (),
        no_rule=shut or _no_rule(found.contact, pack),
        shelter_number=of_a_shelter(found.contact, pack),
        stop_until=_still(found.contact.stop_until, today),
        attempts=tuple(_attempt(each) for each in reversed(found.contact.attempts[-LAST:])),
        help=help_tile(found.consents, found.person, pack, today),
        tiles=tuple(tiles(found.consents, found.person, pack, today)),
        shares=tuple(share_lines(found.consents, today, pack, actor)),
        support=support_of(found.person, pack, actor),
        mediator=shown(pack.mediator.label) if pack.mediator else "",
        removals=tuple(
            Removal(each.id, each.recipient, each.about, day_of(each.on), day_of(each.before))
            for each in found.consents.unremoved
        ),
        registers_with=registers_with(found.consents, pack),
        may_count=may_count(found.consents),
        no_counting=no_counting(found.consents, pack),
        keep_short=message(pack, "keep_short"),
        course=course_view(found.course, found.contact, pack, actor),
        whole=whole_view(found.whole, pack, actor, closed=not open_now),
        appointments=tuple(appointment_lines(row.id, found.envelope)),
        moves=tuple(moves_of(code, found.consents, actor)),
    )


def appointment(code: str, appointment_id: UUID, actor: Actor) -> AppointmentLine:
    """Return one appointment that was not noted yet, opened and logged.

    Raises:
        Absent: there is none in this file, or it is over.
    """
    found = opened(code, actor, purpose="appointment")
    line = next(appointment_lines(found.row.id, found.envelope, only=appointment_id), None)
    if line is None or not line.planned or found.row.closed is not None:
        raise Absent
    return line


def _no_rule(contact: Contact, pack: Pack) -> str:
    return "" if contact.running else message(pack, Answer.NO_RULE)


def registers_with(consents: Consents, pack: Pack) -> str:
    """Return with whom the person wants to be registered; nothing without a yes, or anything to pass on."""
    text = pack.care_consents.get(REGISTRATION)
    if text is None or not text.passes_on or text.recipient is None:
        return ""
    return shown(text.recipient) if consents.standing(REGISTRATION) is Standing.YES else ""


def may_count(consents: Consents) -> bool:
    """Tell whether the person said yes to counting, and did not take that back."""
    return consents.standing(STATISTICS) is Standing.YES


def no_counting(consents: Consents, pack: Pack) -> str:
    """Return why nothing of this person is counted, or nothing where that may be."""
    if may_count(consents):
        return ""
    standing = consents.standing(STATISTICS)
    if standing in (Standing.NO, Standing.WITHDRAWN):
        return message(pack, "no_counting")
    return _("Dit kan pas na een ja op Tellen en leren, zonder naam.")


def ways(contact: Contact, at: datetime, pack: Pack) -> Iterator[Way]:
    """Yield each way that a rule is about: what to press now, or why not."""
    for channel in dict.fromkeys(each.channel for each in contact.running):
        answer, label = contact.may(channel, at), str(Channel(channel).label)
        if answer is not Answer.YES:
            yield Way(label, "", "", why_not(contact, channel, answer, pack))
            continue
        for value in dict.fromkeys(each.value for each in _opening(contact, channel, at)):
            scheme = SCHEMES.get(Channel(channel), "")
            yield Way(label, value, f"{scheme}{value.replace(' ', '')}" if scheme and value else "", "")


def person_rows(person: Person) -> Iterator[tuple[str, str]]:
    """Yield what is known of the person, with its words."""
    for label, value in (
        (_("Zo wil de persoon heten"), person.call_name),
        (_("Jonger dan 18?"), AgeGroup(person.age_group).label if person.age_group else ""),
        (_("Weten ouders dit?"), _parents(person)),
        (_("Taal"), person.language),
        (_("Subregio"), person.subregion),
        (_("Voogd"), person.guardian),
        (_("Nummer in uw eigen systeem"), person.own_number),
    ):
        if value:
            yield label, str(value)


def _parents(person: Person) -> str:
    """Return whether the parents of a child may know; of a grown-up nobody asks."""
    return str(ParentsKnow(person.parents_know).label) if person.age_group == AgeGroup.MINOR else ""


def _opened(row: CareFile, actor: Actor, action: Permission, purpose: str) -> Opened:
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=action)
    note(row, actor, action, purpose)
    return Opened(
        row,
        Person.from_json(envelope.read(row, "person")),
        Contact.from_json(envelope.read(row, "contact")),
        Consents.from_json(envelope.read(row, "consents")),
        Course.from_json(envelope.read(row, "course")),
        Whole.from_json(envelope.read(row, "whole")),
        envelope,
    )


def _opening(contact: Contact, channel: str, at: datetime) -> Iterator[Rule]:
    """Yield the rules that open a way now."""
    only = [each for each in contact.running if each.effect == May.ONLY]
    for each in only or [each for each in contact.running if each.effect == May.ALLOWED]:
        rule = each.as_rule()
        if each.channel == channel and rule.holds(at) and not rule.past(at):
            yield each


def _rule(rule: Rule, today: date) -> RuleLine:
    check_on = day_of(rule.check_on)
    past = check_on is not None and check_on < today
    return RuleLine(rule.id, in_words(rule), past, check_on, day_of(rule.set_on))


def _attempt(attempt: Attempt) -> AttemptLine:
    at = datetime.fromisoformat(attempt.at)
    return AttemptLine(at, str(Channel(attempt.channel).label), attempt.reached == "yes", attempt.against)


def _still(text: str, today: date) -> date | None:
    day = day_of(text)
    return day if day and day > today else None
