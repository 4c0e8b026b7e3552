"""What somebody writes in a care file: who it is, how to reach them, and that contact was sought."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.actions.appointments import stop_reminders
from sluitend.journeys.care_files.actions.growing import turn_age
from sluitend.journeys.care_files.actions.sharing import tell_contact
from sluitend.journeys.care_files.actions.working import OnFile, on_file
from sluitend.journeys.care_files.contacting import Answer
from sluitend.journeys.care_files.content import Attempt, Person, Rule
from sluitend.journeys.care_files.journey import (
    CARE_FILE_CONTACT,
    CARE_FILE_TRIED,
    CARE_FILE_WRITE,
)
from sluitend.journeys.care_files.models import CareFile
from sluitend.journeys.care_files.saying import why_not
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError


@dataclass(frozen=True)
class Details:
    """What somebody wrote of the person, and how the file stands."""

    person: Person
    state: str


def write_details(*, code: str, actor: Actor, details: Details, revision: int | None) -> None:
    """Write who it is, and how the file stands.

    Raises:
        Conflict: somebody else wrote in it first.
    """
    with on_file(code, actor, CARE_FILE_WRITE, revision=revision) as it:
        # The sub-region comes from the request, until the person moves: then another may support them.
        before = it.person
        it.person = replace(details.person, subregion=details.person.subregion or before.subregion)
        if it.person.age_group != before.age_group:
            turn_age(it, before.age_group)
        if details.state not in ("", it.row.state):
            if details.state == CareFile.State.CLOSED:
                raise Conflict
            it.to(details.state)
        it.go_on()


def add_rule(*, code: str, actor: Actor, rule: Rule, revision: int | None) -> None:
    """Add a rule for contact.

    Raises:
        DomainError: its end is before its start.
    """
    if rule.start and rule.end and rule.end <= rule.start:
        raise DomainError(_("Deze tijd is eerder dan het begin."), "end")
    with on_file(code, actor, CARE_FILE_CONTACT, revision=revision, first=True) as it:
        added = replace(rule, id=uuid4().hex, set_on=timezone.localdate().isoformat())
        it.contact = replace(it.contact, rules=(*it.contact.rules, added))
        _told_otherwise(it)


def end_rule(*, code: str, actor: Actor, rule: str, revision: int | None) -> None:
    """End a rule: it stays to be read, and holds no longer.

    Raises:
        Conflict: there is no such rule, or somebody ended it.
    """
    with on_file(code, actor, CARE_FILE_CONTACT, revision=revision, first=True) as it:
        if rule not in {each.id for each in it.contact.running}:
            raise Conflict
        today = timezone.localdate().isoformat()
        rules = (replace(each, ended=today) if each.id == rule else each for each in it.contact.rules)
        it.contact = replace(it.contact, rules=tuple(rules))
        _told_otherwise(it)


def stop_contact(*, code: str, actor: Actor, until: date | None, revision: int | None) -> None:
    """Let nobody make contact until a day; without a day that ends.

    Raises:
        DomainError: that day has passed.
    """
    if until and until <= timezone.localdate():
        raise DomainError(_("Kies een dag na vandaag."), "until")
    with on_file(code, actor, CARE_FILE_CONTACT, revision=revision, first=True) as it:
        it.contact = replace(it.contact, stop_until=until.isoformat() if until else "")
        _told_otherwise(it)


def _told_otherwise(it: OnFile) -> None:
    """Let who was told how the person is reached hear it anew, and let no reminder go against it."""
    tell_contact(it)
    stop_reminders(it)
    it.go_on()


def note_contact(*, code: str, actor: Actor, channel: str, reached: str, against: str = "") -> None:
    """Note that contact was sought, by which way, and whether the person was reached.

    Args:
        against: why, where the rules of the person did not allow it.

    Raises:
        DomainError: it was not allowed, and there is no reason.
    """
    with on_file(code, actor, CARE_FILE_TRIED) as it:
        now = timezone.localtime()
        answer = it.contact.may(channel, now)
        if answer is not Answer.YES and not against.strip():
            raise DomainError(why_not(it.contact, channel, answer, it.pack), "against")
        kept = "" if answer is Answer.YES else against.strip()
        attempt = Attempt(now.isoformat(timespec="minutes"), channel, reached, kept)
        it.contact = replace(it.contact, attempts=(*it.contact.attempts, attempt))
        if reached == "yes" and it.row.state == CareFile.State.NEW:
            it.to(CareFile.State.IN_CONTACT)
        if reached == "yes" and it.course.proposed:  # who was lost is not
            it.course = replace(it.course, proposed=None)
        it.go_on(worked=True)
