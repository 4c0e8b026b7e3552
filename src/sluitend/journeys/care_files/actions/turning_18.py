"""Somebody in care is nearly 18: when they were born, what is asked anew, and what ends on the day itself.

No right is computed. On that day ends what a parent or guardian answered, and nothing else.
"""

from dataclasses import replace
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.actions.sharing import stop_share
from sluitend.journeys.care_files.actions.working import OnFile, on_file
from sluitend.journeys.care_files.course import ADULT_YEARS, Age, adult_on
from sluitend.journeys.care_files.journey import CARE_FILE_WRITE, TURNS_ADULT
from sluitend.journeys.care_files.models import CareFile
from sluitend.journeys.care_files.words import AgeGroup
from sluitend.journeys.reports import actions as reports
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.flow.verbs import doing
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.models import NextStep

OLDEST = 120


def write_age(
    *, code: str, actor: Actor, born: date | None, low: int | None, high: int | None, revision: int | None
) -> None:
    """Note when somebody under 18 was born, or between which ages they are as a guess. Neither takes it away.

    Raises:
        DomainError: the person is not under 18; both were given; or it is no day or guess that can be.
        Conflict: somebody else wrote first.
    """
    with on_file(code, actor, CARE_FILE_WRITE, revision=revision) as it:
        if it.person.age_group != AgeGroup.MINOR:
            raise DomainError(_("Dit vraagt u alleen van wie jonger is dan 18."), "born")
        if born and (low is not None or high is not None):
            raise DomainError(_("Schrijf de dag of een schatting, niet allebei."), "low")
        today, age = timezone.localdate(), None
        if born:
            _require_birth(born, today)
            age = Age(born=born.isoformat(), on=today.isoformat())
        elif low is not None or high is not None:
            _require_band(low, high)
            age = Age(low=str(low), high=str(high), on=today.isoformat())
        it.course = replace(it.course, age=age)
        it.go_on()


def talk_of_18(*, code: str, actor: Actor, revision: int | None) -> None:
    """Note that somebody talked about what is asked anew at 18.

    Raises:
        Conflict: that is not asked yet, or was done.
    """
    with on_file(code, actor, CARE_FILE_WRITE, revision=revision) as it:
        age, today = it.course.age, timezone.localdate()
        if age is None or age.talked or age.talk_on is None or age.talk_on > today:
            raise Conflict
        it.course = replace(it.course, age=replace(age, talked=today.isoformat()))
        it.go_on()


def turn_adults(actor: Actor) -> int:
    """Let each open file know that its person is 18 today, and return how many were looked at.

    A step stands for the day, so that only those files are opened of which the day is near.
    """
    steps = NextStep.objects.filter(
        organisation_id=actor.own_organisation,
        what=TURNS_ADULT,
        done__isnull=True,
        due__lte=end_of(timezone.localdate()),
    )
    rows = CareFile.objects.filter(pk__in=steps.values("subject_id"), closed__isnull=True)
    found = list(rows.select_related("current_step").order_by("opened", "id"))
    for row in found:
        with fenced():
            _turn(row, actor)
    return len(found)


def _turn(row: CareFile, actor: Actor) -> None:
    it, today = OnFile(row, actor, CARE_FILE_WRITE, "clock"), timezone.localdate()
    age = it.course.age
    if age is None or age.adult_on is None or age.adult_on > today:
        return
    with doing(it):
        _turn_adult(it, today)
        it.go_on(worked=True)


def _turn_adult(it: OnFile, today: date) -> None:
    """End what a parent or guardian answered and the route of a child; a search for an adult may begin."""
    for each in it.consents.shares:
        if each.ends_at_18(today):
            stop_share(it, each)
    it.consents = it.consents.as_adult(today)
    before = it.person
    it.person = replace(before, age_group=AgeGroup.ADULT, guardian="", parents_know="")
    it.course = replace(
        it.course,
        age=None,
        child_since="",
        child_told="",
        child_told_on="",
        adult_since=today.isoformat(),
        was_guardian=before.guardian,
    )
    reports.know_age(it.row.request_id, it.actor, minor=False, corrects=True)


def _require_birth(born: date, today: date) -> None:
    if born > today:
        raise DomainError(_("Deze dag komt nog. Kies een dag die voorbij is."), "born")
    if born.year < today.year - OLDEST:
        raise DomainError(_("Dan is de persoon ouder dan 120 jaar. Kijk de dag na."), "born")
    if adult_on(born) <= today:
        raise DomainError(_grown_up(), "born")


def _require_band(low: int | None, high: int | None) -> None:
    if low is None or high is None:
        raise DomainError(_("Schrijf allebei de leeftijden, bijvoorbeeld 15 en 17."), "low")
    if low > high:
        raise DomainError(_("De tweede leeftijd is lager dan de eerste."), "high")
    if low >= ADULT_YEARS:
        raise DomainError(_grown_up(), "low")


def _grown_up() -> str:
    return _("Dan is de persoon 18 of ouder. Verander dat eerst bij De persoon, Werk bij.")
