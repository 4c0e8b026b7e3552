"""What the planner does: plan, withdraw, carry out. Nothing here looks who asked to wait there.

Every visit waits for a focal point, at whatever place, so that waiting tells nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.journeys.cases import queries as cases
from sluitend.journeys.cases.queries import CaseAt
from sluitend.journeys.visits import jobs, places, terms
from sluitend.journeys.visits.actions import writing
from sluitend.journeys.visits.actions.catching_up import hear_askers
from sluitend.journeys.visits.actions.waiting import plan_release
from sluitend.journeys.visits.journey import NOT_RELEASED, VISIT_PLAN, VISIT_WORK
from sluitend.journeys.visits.models import Visit, VisitToken
from sluitend.journeys.visits.queries import bound, rows
from sluitend.kernel.access.acting import Actor, system_actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.flow.verbs import OnTurns, doing, note
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.sealing.envelopes import create_envelope, open_envelope

AIM_LENGTH, FOUND_LENGTH = 600, 2000
MOST_OPEN = 40
"""How many open visits somebody plans at once: a round of checks, not a list of addresses to try."""


@dataclass(frozen=True)
class Plan:
    """A visit as somebody plans it."""

    kind: str
    day: date
    place: places.Place
    aim: str = ""
    case_code: str = ""


def plan_visit(*, actor: Actor, plan: Plan) -> str:
    """Plan a visit. It waits for a focal point, whatever it is and wherever.

    Args:
        actor: who plans and carries out.
        plan: what, where, when and what for; a case only by who works on cases.

    Returns:
        The code of the visit.

    Raises:
        Absent: no such case.
        DomainError: something is missing or cannot be, with its field.
    """
    require_role(actor, VISIT_PLAN)
    for fault in faults_of(plan):
        raise fault
    case = cases.case_at(plan.case_code, actor) if plan.case_code else None
    writing.lock(actor.own_organisation)  # its tokens are of the keys that are there until it is committed
    _check_room(1, actor)
    row = _write(plan, case, actor)
    followup.settle()
    return row.code


def plan_visits(*, actor: Actor, plans: Sequence[Plan]) -> int:
    """Plan a list of visits: all of them, or none. Each waits for a focal point, like one that stands alone.

    Args:
        actor: who plans and carries out.
        plans: what, where, when and what for; none of a case.

    Returns:
        How many there are.

    Raises:
        DomainError: one of them cannot be, or there is no room for all.
    """
    require_role(actor, VISIT_PLAN)
    for fault in (fault for plan in plans for fault in faults_of(plan)):
        raise fault
    writing.lock(actor.own_organisation)
    _check_room(len(plans), actor)
    for plan in plans:
        _write(plan, None, actor)
    followup.settle()
    return len(plans)


def _write(plan: Plan, case: CaseAt | None, actor: Actor) -> Visit:
    row = Visit(
        id=uuid4(),
        organisation_id=actor.own_organisation,
        code=writing.new_code("G", Visit.objects.all()),
        kind=plan.kind,
        day=plan.day,
        planner_id=actor.own_account,
        planned_at=timezone.now(),
        case_id=case.id if case else None,
        case_code=case.code if case else "",
    )
    envelope = create_envelope(organisation_id=row.organisation_id)
    row.envelope_id = envelope.id
    place = plan.place.settled()
    envelope.seal(row, "content", {**place.as_json(), "aim": plan.aim.strip()})
    plan_release(row, actor)
    row.save(force_insert=True)
    VisitToken.objects.bulk_create(
        VisitToken(organisation_id=row.organisation_id, visit=row, kind=kind, token=token)
        for kind, token in places.tokens(row.organisation_id, place)
    )
    note(row, actor, VISIT_PLAN, row.kind)
    return row


def faults_of(plan: Plan) -> list[DomainError]:
    """Return all that is wrong with what somebody plans, each with its field."""
    today = timezone.localdate()
    found = []
    if plan.kind not in Visit.Kind.values:
        found.append(DomainError(_("Kies wat u plant."), "kind"))
    if not today <= plan.day <= today + timedelta(days=terms.MOST_DAYS_AHEAD):
        found.append(DomainError(_("Kies een dag vanaf vandaag, binnen een jaar."), "day"))
    if len(plan.aim) > AIM_LENGTH:
        found.append(DomainError(_("Dit is te lang. Schrijf ten hoogste 600 tekens."), "aim"))
    return [*found, *places.faults(plan.place)]


def _check_room(number: int, actor: Actor) -> None:
    """Refuse more than one person plans at once. Under the lock: of two lists the second counts both."""
    room = (
        MOST_OPEN
        - Visit.objects.filter(
            organisation_id=actor.own_organisation, planner_id=actor.own_account, closed__isnull=True
        ).count()
    )
    if room <= 0:
        raise DomainError(_("Er staan al 40 contacten van u open. Rond eerst iets af."))
    if number > room:
        raise DomainError(
            _("Dit zijn er %(number)d. U kunt er nu %(room)d plannen: ten hoogste 40 staan tegelijk open.")
            % {"number": number, "room": room}
        )


def withdraw(*, actor: Actor, code: str, reason: str) -> None:
    """Withdraw a visit that was not carried out.

    Raises:
        Absent: no such visit of this person.
        DomainError: no reason of the list was chosen.
        Conflict: it was done or withdrawn already.
    """
    row = rows.find_visit(code, actor, VISIT_WORK)
    if terms.pack().reason_list("withdraw_visit").reason(reason) is None:
        raise DomainError(_("Kies een reden."), "reason")
    with doing(OnTurns(row, actor, VISIT_WORK, "withdraw")) as it:
        it.to(Visit.State.WITHDRAWN)
        row.withdrawn_because = reason
        writing.close(row, actor)
    after_commit(jobs.catch_up, row.organisation_id)


def carry_out(*, actor: Actor, code: str, found: str = "") -> None:
    """Say that a released visit took place.

    What was asked in the meantime counts first: a visit that falls back now was not released.

    Args:
        found: what was seen there. Nobody changes it afterwards: a measure may rest on it.

    Raises:
        Absent: no such visit of this person.
        Conflict: it is not released, or not any more.
        DomainError: its day has not come, or the words are too long.
    """
    if len(found) > FOUND_LENGTH:
        raise DomainError(_("Dit is te lang. Schrijf ten hoogste 2.000 tekens."), "found")
    writing.lock(actor.own_organisation)
    hear_askers(system_actor(actor.own_organisation))
    row = rows.find_visit(code, actor, VISIT_WORK)
    with doing(OnTurns(row, actor, VISIT_WORK, "done")) as it:
        it.to(Visit.State.DONE)
        if bound.held(row) or not bound.all_heard(row.organisation_id):
            raise Conflict
        if not row.day_came:
            early = _("Dit staat voor %(day)s. Vanaf die dag kunt u vastleggen dat het is gedaan.")
            raise DomainError(early % {"day": date_format(row.day, "j F")})
        row.done_at = timezone.now()
        if found.strip():
            open_envelope(row.envelope_id, actor=actor, purpose=VISIT_WORK).seal(row, "found", found.strip())
        writing.close(row, actor)
    after_commit(jobs.catch_up, row.organisation_id)


def hear(*, actor: Actor, code: str) -> None:
    """Say that one has seen that a visit is not released any more.

    Raises:
        Absent: no such visit of this person.
    """
    row = rows.find_visit(code, actor, VISIT_WORK)
    with doing(writing.Beside(row, actor, VISIT_WORK, "heard")):
        followup.finish_open(subject_id=row.id, actor=actor, what=NOT_RELEASED)
