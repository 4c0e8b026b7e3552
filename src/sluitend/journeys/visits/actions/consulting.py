"""Consulting: that the asker was rung before something happens, and what came out."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.visits import terms
from sluitend.journeys.visits.actions import writing
from sluitend.journeys.visits.actions.hearing import let_plans_follow
from sluitend.journeys.visits.actions.passing import came_out, let_pass
from sluitend.journeys.visits.actions.waiting import fall_back, wait_for
from sluitend.journeys.visits.journey import VISIT_RELEASE, WAIT_REQUEST_CONSULT
from sluitend.journeys.visits.models import Consultation, Visit, WaitRequest
from sluitend.journeys.visits.queries import bound, rows
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.flow.verbs import OnTurns, changing, doing

LINE = 160


@dataclass(frozen=True)
class Consulted:
    """Whom somebody asked, when, and what came out."""

    whom: str
    asked_on: date
    outcome: str
    wait_until: date | None = None
    cannot_wait: str = ""


def consult(*, actor: Actor, code: str, visit_code: str, what: Consulted) -> None:
    """Record that the asker of a wait request was consulted about one visit. It releases nothing by itself.

    Args:
        actor: a focal point.
        code: of the wait request.
        visit_code: of the visit that the wait request binds.
        what: whom, when, and what came out; `cannot_wait` says that help or a legal term goes before it.

    Raises:
        Absent: no such wait request or visit.
        DomainError: something is missing or cannot be, with its field.
        Conflict: this wait request does not bind this visit any more.
    """
    writing.lock(actor.own_organisation)
    wait_request = rows.find_wait_request(code, actor, WAIT_REQUEST_CONSULT)
    visit = rows.find_visit(visit_code, actor, VISIT_RELEASE)
    if visit.closed or wait_request not in bound.binding_wait_requests(visit):
        raise Conflict
    _check(wait_request, what)
    with doing(
        writing.Beside(wait_request, actor, WAIT_REQUEST_CONSULT, what.cannot_wait or what.outcome)
    ) as it:
        row = _write(it, visit, what)
        if visit.state == Visit.State.RELEASED and not bound.allows(row, wait_request):
            with changing(visit):
                fall_back(visit, actor)
        elif visit.state == Visit.State.PLANNED and what.wait_until:
            with changing(visit):
                wait_for(visit, what.wait_until, actor)


def consult_after(*, actor: Actor, code: str, what: Consulted) -> None:
    """Record that the asker was consulted after the day of a wait request. "Go ahead" and "no answer" end it.

    Whoever must still wait is asked to ask anew; until then the wait request binds on.

    Raises:
        Absent: none binds this municipality.
        DomainError: its day has not passed, or something is missing, with its field.
        Conflict: it has ended already.
    """
    writing.lock(actor.own_organisation)
    wait_request = rows.find_wait_request(code, actor, WAIT_REQUEST_CONSULT)
    if wait_request.state not in WaitRequest.BINDING:
        raise Conflict
    if not bound.passed(wait_request):
        raise DomainError(_("De datum is nog niet voorbij. Alleen de vrager heft het eerder op."))
    _check(wait_request, what)
    if what.asked_on <= wait_request.until:
        raise DomainError(_("Kies een dag na de datum van het wachtverzoek."), "asked_on")
    with doing(OnTurns(wait_request, actor, WAIT_REQUEST_CONSULT, f"after.{what.outcome}")) as it:
        if wait_request.state == WaitRequest.State.RUNS:
            let_pass(wait_request, actor)
        came_out(_write(it, None, what), wait_request, actor)
    if wait_request.state not in WaitRequest.BINDING:
        let_plans_follow(wait_request)


def _check(wait_request: WaitRequest, what: Consulted) -> None:
    today = timezone.localdate()
    if not what.whom.strip():
        raise DomainError(_("Schrijf wie u sprak of probeerde te bereiken."), "whom")
    if len(what.whom) > LINE:
        raise DomainError(_("Dit is te lang. Schrijf ten hoogste 160 tekens."), "whom")
    if what.outcome not in Consultation.Outcome.values:
        raise DomainError(_("Kies wat eruit kwam."), "outcome")
    if what.cannot_wait and what.cannot_wait not in Consultation.CannotWait.values:
        raise DomainError(_("Kies waarom het niet kan wachten."), "cannot_wait")
    if not timezone.localtime(wait_request.asked_at).date() <= what.asked_on <= today:
        raise DomainError(_("Kies een dag sinds het wachtverzoek, tot en met vandaag."), "asked_on")
    waits = what.outcome == Consultation.Outcome.WAIT
    if waits and what.wait_until is None:
        raise DomainError(_("Tot welke dag?"), "wait_until")
    if what.wait_until and not today < what.wait_until <= terms.latest_until():
        raise DomainError(_("Kies een dag na vandaag, niet te ver weg."), "wait_until")


def _write(it: OnTurns[WaitRequest], visit: Visit | None, what: Consulted) -> Consultation:
    wait_request = it.row
    row = Consultation(
        organisation_id=wait_request.organisation_id,
        wait_request=wait_request,
        visit=visit,
        turn=bound.next_consultation(wait_request),
        asked_on=what.asked_on,
        at=timezone.now(),
        by_id=it.actor.own_account,
        outcome=what.outcome,
        wait_until=what.wait_until if what.outcome == Consultation.Outcome.WAIT else None,
        cannot_wait=what.cannot_wait,
    )
    it.envelope.seal(row, "whom", what.whom.strip())
    row.save(force_insert=True)
    return row
