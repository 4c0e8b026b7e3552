"""After the help: on which days somebody asks how it goes. Only with a yes, and a way that is safe."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.actions.working import OnFile, on_file
from sluitend.journeys.care_files.contacting import Answer
from sluitend.journeys.care_files.content import Attempt
from sluitend.journeys.care_files.course import Asked, Course
from sluitend.journeys.care_files.journey import CARE_FILE_AFTER
from sluitend.journeys.care_files.models import CareFile
from sluitend.journeys.care_files.saying import why_not
from sluitend.journeys.care_files.words import AfterSaid
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError

SAFE = frozenset({Answer.YES, Answer.NOT_NOW})
"""A way is there, if not at this hour."""
HELP_AGAIN = frozenset({AfterSaid.TALK, AfterSaid.UNSAFE})


def plan_aftercare(
    *, code: str, actor: Actor, dates: Sequence[date], channel: str, agreed: bool, revision: int | None
) -> None:
    """Plan the days on which somebody asks how it goes.

    Raises:
        DomainError: the person did not say yes or wants no help, the way is not safe, or a day has passed.
    """
    with on_file(code, actor, CARE_FILE_AFTER, revision=revision) as it:
        it.require_help()
        if not agreed:
            raise DomainError(_("Nazorg kan alleen als de persoon ja zegt."), "agreed")
        if not dates or min(dates) <= timezone.localdate():
            raise DomainError(_("Kies een dag na vandaag."), "dates")
        answer = it.contact.may(channel, timezone.localtime())
        if answer not in SAFE:
            raise DomainError(why_not(it.contact, channel, answer, it.pack), "channel")
        days = tuple(sorted({each.isoformat() for each in dates}))
        it.course = replace(it.course, channel=channel, dates=days)
        if it.row.state != CareFile.State.AFTERCARE:
            it.to(CareFile.State.AFTERCARE)
        it.go_on(worked=True)


def note_aftercare(*, code: str, actor: Actor, said: str, revision: int | None) -> None:
    """Note what somebody heard who asked how it goes, in the way that was agreed.

    Raises:
        Conflict: no aftercare is planned.
        DomainError: the person may not be reached in that way now.
    """
    with on_file(code, actor, CARE_FILE_AFTER, revision=revision, ends=True) as it:
        before = it.course
        if before.next_date is None or said not in AfterSaid.values:
            raise Conflict
        if said != AfterSaid.NO_MORE:
            _note_attempt(it, before.channel, reached=said != AfterSaid.UNREACHED)
        it.course = _after(before, said)
        if said in HELP_AGAIN or not it.course.dates:
            it.to(CareFile.State.IN_CARE)
        it.go_on(worked=True)


def _after(before: Course, said: str) -> Course:
    today = timezone.localdate().isoformat()
    dates = tuple(each for each in before.dates if each != min(before.dates))
    if said == AfterSaid.UNREACHED:
        dates = before.dates
    elif said != AfterSaid.WELL:
        dates = ()
    return replace(before, dates=dates, asked=(*before.asked, Asked(today, said)))


def _note_attempt(it: OnFile, channel: str, *, reached: bool) -> None:
    now = timezone.localtime()
    answer = it.contact.may(channel, now)
    if answer is not Answer.YES:
        raise DomainError(why_not(it.contact, channel, answer, it.pack), "said")
    attempt = Attempt(now.isoformat(timespec="minutes"), channel, "yes" if reached else "no")
    it.contact = replace(it.contact, attempts=(*it.contact.attempts, attempt))
