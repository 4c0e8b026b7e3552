"""New information wins: danger or a child, heard in whatever way, goes before everything that was planned.

Every verb by which a case can learn of one of the two ends in `hear`; see ADR 0035.
"""

from collections.abc import Iterable
from uuid import UUID

from sluitend.journeys.cases import terms
from sluitend.journeys.cases.actions.onward import send_onward
from sluitend.journeys.cases.actions.reasons import told_by
from sluitend.journeys.cases.actions.working import OnCase, open_tracks
from sluitend.journeys.cases.journey import CASE, CASE_WORK, LOOK_AGAIN
from sluitend.journeys.cases.models import (
    Case,
    CaseReport,
    Minor,
    SubjectToken,
    TimelineEvent,
    graver,
    is_minor,
)
from sluitend.journeys.cases.queries.rows import find_case, is_gone
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.journey import REPORT_SECOND_EYES, WEIGH
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.flow.verbs import doing
from sluitend.kernel.followup.actions import ask_second_eyes, one_unit
from sluitend.kernel.followup.actions import look_along as end_second_eyes
from sluitend.kernel.followup.models import Because, NextStep
from sluitend.kernel.handbook.handling import Reason
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.manifest import step_named


def hear(
    it: OnCase,
    *,
    because: Because,
    acute: bool = False,
    minor: str = "unknown",
    told: str = "",
) -> None:
    """Take in that there may be danger, or a child. What is so already stays; what was planned comes first.

    The case and its open tracks get a step now, a colleague is asked to look along, escalation begins anew,
    and the timeline says why. Where another municipality has the case by now, it goes there instead. Nothing
    happens when what was heard is about neither.

    Args:
        it: on a case that is open, or gone to another municipality.
        because: in what way it was heard.
        acute, minor: what was heard.
        told: what the timeline says beside the reason: a code.
    """
    case, it.revises = it.row, True
    if not (acute or is_minor(minor)):
        case.minor = graver(case.minor, minor)
        return
    if is_gone(case):
        send_onward(case, acute=acute, minor=is_minor(minor))
        _write_heard(it, because, told)
        return
    correct(
        it,
        because=because,
        acute=case.acute or acute,
        minor=graver(case.minor, minor),
        told=told,
        again=True,
    )


def hear_of(case: Case, actor: Actor, *, because: Because, acute: bool, minor: str, told: str = "") -> None:
    """Let a case `hear`: for who does nothing else to it."""
    with doing(OnCase(case, actor, CASE_WORK, purpose=f"heard.{because}")) as it:
        hear(it, because=because, acute=acute, minor=minor, told=told)


def hear_reporters(actor: Actor) -> int:
    """Let open cases hear the danger, or the child, that reporters ticked: nobody need read it first.

    Args:
        actor: the system, acting for one organisation. Running it twice changes nothing.

    Returns:
        How many messages were heard.
    """
    heard = 0
    for message in reports.unheard(actor):
        with fenced():
            hear_message(message, actor)
            heard += 1
    return heard


def hear_message(message: reports.Ticked, actor: Actor) -> None:
    """Let the case of which a report is part hear what its reporter ticked, once."""
    case = living_case_of(message.report_id, actor)
    if case is not None:
        minor = Minor.YES if message.minor else Minor.UNKNOWN
        told = CaseReport.objects.values_list("report_code", flat=True).get(
            case=case, report_id=message.report_id
        )
        hear_of(case, actor, because=Because.MESSAGE, acute=message.acute, minor=minor, told=told)
    reports.note_heard(message.id, actor=actor)


def living_case_of(report_id: UUID, actor: Actor) -> Case | None:
    """Return the case that a report is part of, where somebody works on it: here, or where it went."""
    part = (
        CaseReport.objects.filter(organisation_id=actor.own_organisation, report_id=report_id)
        .exclude(case__state=Case.State.CLOSED, case__transfer__isnull=True)
        .select_related("case")
        .first()
    )
    return part.case if part else None


def hear_from_sender(case_id: UUID, actor: Actor, *, acute: bool, minor: bool, told: str) -> None:
    """Let a case hear what the municipality heard that it came from. Called by the journey of exchanges.

    A case that was closed here stays so: what was written about it is a step of its own.
    """
    case = Case.objects.filter(pk=case_id, organisation_id=actor.own_organisation).first()
    if case is None or (case.state == Case.State.CLOSED and not is_gone(case)):
        return
    young = Minor.PERHAPS if minor else Minor.UNKNOWN
    hear_of(case, actor, because=Because.TRANSFER, acute=acute, minor=young, told=told)


def hear_at_place(
    actor: Actor, tokens: Iterable[UUID], *, case_ids: Iterable[UUID | None], reason: Reason, told: str
) -> None:
    """Let open cases hear what a reason tells that was picked for a place. Called by the journey of visits.

    Args:
        actor: a focal point, or the system.
        tokens: of what is at the place; each case about one of them hears it.
        case_ids: of cases that belong to it anyhow.
        reason: a prepared one; it may tell of danger, or of a child.
        told: what the timeline says beside it: a code.
    """
    heard = told_by(reason)
    about = SubjectToken.objects.filter(organisation_id=actor.own_organisation, token__in=list(tokens))
    wanted = {*about.values_list("case_id", flat=True), *(each for each in case_ids if each)}
    mine = Case.objects.filter(organisation_id=actor.own_organisation, pk__in=wanted, closed__isnull=True)
    with one_unit():
        for case in mine.order_by("opened"):
            hear_of(case, actor, because=Because.WEIGHED, told=told, **heard)


def correct(
    it: OnCase,
    *,
    because: Because,
    acute: bool,
    minor: str,
    told: str = "",
    again: bool = False,
) -> None:
    """Set whether a case is acute or about a child; what is planned follows.

    Args:
        because: in what way it was heard.
        acute, minor: how it is from now on; less than it was takes the hurry away.
        told: what the timeline says beside the reason: a code.
        again: it was heard anew, also when it was so already.
    """
    case = it.row
    before = (case.acute, is_minor(case.minor))
    case.acute, case.minor = acute, minor
    after = (acute, is_minor(minor))
    graver_now = after[0] > before[0] or after[1] > before[1]
    if not again and after == before:
        return
    heard = because if graver_now or again else ""
    _replan(it, heard)
    if not heard:
        return
    if case.transfer is not None:
        send_onward(case, acute=acute, minor=after[1])
    ask_second_eyes(
        row=case,
        subject_kind=CASE,
        due=terms.second_eyes(case.pack, acute=acute),
        actor=it.actor,
        urgent=acute,
        minor=after[1],
        work_of=it.actor.account_id,
        or_of=CaseReport.objects.filter(case=case).values_list("report_id", flat=True),
    )
    _write_heard(it, because, told)


@in_dutch()
def _write_heard(it: OnCase, because: Because, told: str) -> None:
    it.event(TimelineEvent.What.URGENT, str(because.label), told)


def _replan(it: OnCase, because: str) -> None:
    case, tracks = it.row, [it.on_track(each) for each in open_tracks(it.row).order_by("kind")]
    ids = [case.current_step_id, *(each.row.current_step_id for each in tracks)]
    steps = NextStep.objects.in_bulk([each for each in ids if each])
    if case.current_step_id:
        present = step_named(steps[case.current_step_id].what)
        # What waited for a date is weighed anew.
        what = WEIGH if present is LOOK_AGAIN else present
        it.plan(what, because=because)
    for each in tracks:
        step = steps.get(each.row.current_step_id) if each.row.current_step_id else None
        if step is not None and (because or not step.waits_on_other):
            each.plan(step_named(step.what), because=because)


def look_along(*, actor: Actor, code: str) -> None:
    """Say that a second pair of eyes looked at what made a case urgent, or at what was put off since.

    Raises:
        Absent: no such case here.
        DomainError: it is their own work.
    """
    require_role(actor, REPORT_SECOND_EYES)
    case = find_case(code, actor, CASE_WORK)
    if end_second_eyes(subject_id=case.id, actor=actor):
        with doing(OnCase(case, actor, REPORT_SECOND_EYES)) as it:
            it.event(TimelineEvent.What.LOOKED_ALONG)
