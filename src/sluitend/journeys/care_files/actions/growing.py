"""The person turns out to be under 18: what was signed as an adult holds no longer, a child has a route."""

from dataclasses import replace
from itertools import batched
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.actions.sharing import stop_all
from sluitend.journeys.care_files.actions.working import OnFile, on_file
from sluitend.journeys.care_files.journey import CARE_FILE_CHILD, CARE_FILE_WRITE
from sluitend.journeys.care_files.models import CareFile
from sluitend.journeys.care_files.words import AgeGroup, Standing
from sluitend.journeys.care_shares import queries as shared
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.queries import about_minors
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.flow.verbs import doing

AT_ONCE = 500


def turn_age(it: OnFile, before: str) -> None:
    """Let what was begun from the same request know the age that the file says from now on."""
    age = it.person.age_group
    if age == AgeGroup.MINOR:
        turn_minor(it)
    elif it.course.age:  # it was kept of somebody under 18 alone
        it.course = replace(it.course, age=None)
    if age in (AgeGroup.MINOR, AgeGroup.ADULT):
        minor, corrects = age == AgeGroup.MINOR, before == AgeGroup.MINOR
        reports.know_age(it.row.request_id, it.actor, minor=minor, corrects=corrects)


def turn_minor(it: OnFile) -> None:
    """Let a file be about somebody under 18 from now on. What an adult agreed to share is closed."""
    today = timezone.localdate()
    # What a ground allows is not what an adult agreed to: it goes on.
    stop_all(it, holding=(Standing.YES,))
    it.consents = it.consents.as_child(today)
    it.course = replace(
        it.course,
        child_since=today.isoformat(),
        child_told="",
        child_told_on="",
        adult_since="",
        was_guardian="",
    )


def note_child_route(*, code: str, actor: Actor, told: str, revision: int | None) -> None:
    """Note whom somebody called about a person who turned out to be under 18.

    Raises:
        Conflict: that is not asked, or was done.
        DomainError: it does not say whom.
    """
    with on_file(code, actor, CARE_FILE_CHILD, revision=revision, ends=True) as it:
        if not it.course.child_waits:
            raise Conflict
        if not told.strip():
            raise DomainError(_("Schrijf welke organisatie u belde."), "told")
        on = timezone.localdate().isoformat()
        it.course = replace(it.course, child_told=told.strip(), child_told_on=on)
        it.go_on()


def hear_of_minors(actor: Actor) -> int:
    """Let each open file know that it is about somebody under 18 by now, and return how many did.

    Its asker may have said so of the request, or an organisation with which something of it was shared.
    """
    rows = CareFile.objects.filter(
        organisation_id=actor.own_organisation, closed__isnull=True, current_step__minor=False
    ).order_by("opened", "id")
    # Of all that are open: whoever is an adult stays open for long, and would hide who comes after.
    requests = list(rows.values_list("request_id", flat=True))
    minors: set[UUID] = set()
    for some in batched(requests, AT_ONCE):
        minors |= about_minors(some, actor)
    found = list(rows.filter(request_id__in=minors).select_related("current_step"))
    if answered := shared.answered_child(actor):
        others = rows.exclude(request_id__in=minors).select_related("current_step")
        found += [row for row in others if _shared_by(row, actor) & answered]
    for row in found:
        with fenced():
            _hear(row, actor)
    return len(found)


def _shared_by(row: CareFile, actor: Actor) -> set[UUID]:
    """Return by which agreements something of a file was shared."""
    return {
        UUID(each.id) for each in OnFile(row, actor, CARE_FILE_WRITE, "clock").consents.shares if each.what
    }


def _hear(row: CareFile, actor: Actor) -> None:
    it = OnFile(row, actor, CARE_FILE_WRITE, "clock")
    if it.course.child_since or it.course.adult_since:  # somebody who knows better wrote something else since
        return
    with doing(it):
        if it.person.age_group != AgeGroup.MINOR:
            before = it.person
            it.person = replace(before, age_group=AgeGroup.MINOR)
            turn_age(it, before.age_group)
        it.go_on(worked=True)
