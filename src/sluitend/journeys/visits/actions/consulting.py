"""Consulting: that the asker was rung before something happens, and what came out."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.visits import rows, terms
from sluitend.journeys.visits.actions.passing import came_out, let_pass
from sluitend.journeys.visits.actions.waiting import fall_back, wait_for
from sluitend.journeys.visits.journey import HOLD_CONSULT, VISIT_RELEASE
from sluitend.journeys.visits.models import Consultation, Hold, Visit
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.sealing.envelopes import open_envelope

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
    """Record that the asker of a hold was consulted about one visit. It releases nothing by itself.

    Args:
        actor: a focal point.
        code: of the hold.
        visit_code: of the visit that the hold binds.
        what: whom, when, and what came out; `cannot_wait` says that help or a legal term goes before it.

    Raises:
        Absent: no such hold or visit.
        DomainError: something is missing or cannot be, with its field.
        Conflict: this hold does not bind this visit any more.
    """
    rows.lock(actor.own_organisation)
    hold = rows.find_hold(code, actor, HOLD_CONSULT)
    visit = rows.find_visit(visit_code, actor, VISIT_RELEASE)
    if visit.closed or hold not in rows.binding_holds(visit):
        raise Conflict
    _check(hold, what)
    row = _write(hold, visit, what, actor)
    if visit.state == Visit.State.RELEASED and not rows.allows(row, hold):
        fall_back(visit, actor)
    elif visit.state == Visit.State.PLANNED and what.wait_until:
        wait_for(visit, what.wait_until, actor)
    rows.note(hold, actor=actor, action=HOLD_CONSULT, purpose=what.cannot_wait or what.outcome)
    followup.settle()


def consult_after(*, actor: Actor, code: str, what: Consulted) -> None:
    """Record that the asker was consulted after the day of a hold. "Go ahead" and "no answer" end it.

    Whoever must still wait is asked to ask anew; until then the hold binds on.

    Raises:
        Absent: none binds this municipality.
        DomainError: its day has not passed, or something is missing, with its field.
        Conflict: it has ended already.
    """
    rows.lock(actor.own_organisation)
    hold = rows.find_hold(code, actor, HOLD_CONSULT)
    if hold.state not in Hold.BINDING:
        raise Conflict
    if not rows.passed(hold):
        raise DomainError(_("De datum is nog niet voorbij. Alleen de vrager heft het eerder op."))
    _check(hold, what)
    if what.asked_on <= hold.until:
        raise DomainError(_("Kies een dag na de datum van het wachtverzoek."), "asked_on")
    if hold.state == Hold.State.RUNS:
        let_pass(hold, actor)
    came_out(_write(hold, None, what, actor), hold, actor)
    rows.note(hold, actor=actor, action=HOLD_CONSULT, purpose=f"after.{what.outcome}")
    followup.settle()


def _check(hold: Hold, what: Consulted) -> None:
    today = timezone.localdate()
    if not what.whom.strip():
        raise DomainError(_("Schrijf wie u sprak of probeerde te bereiken."), "whom")
    if len(what.whom) > LINE:
        raise DomainError(_("Dit is te lang. Schrijf ten hoogste 160 tekens."), "whom")
    if what.outcome not in Consultation.Outcome.values:
        raise DomainError(_("Kies wat eruit kwam."), "outcome")
    if what.cannot_wait and what.cannot_wait not in Consultation.CannotWait.values:
        raise DomainError(_("Kies waarom het niet kan wachten."), "cannot_wait")
    if not timezone.localtime(hold.asked_at).date() <= what.asked_on <= today:
        raise DomainError(_("Kies een dag sinds het wachtverzoek, tot en met vandaag."), "asked_on")
    waits = what.outcome == Consultation.Outcome.WAIT
    if waits and what.wait_until is None:
        raise DomainError(_("Tot welke dag?"), "wait_until")
    if what.wait_until and not today < what.wait_until <= terms.latest_until():
        raise DomainError(_("Kies een dag na vandaag, niet te ver weg."), "wait_until")


def _write(hold: Hold, visit: Visit | None, what: Consulted, actor: Actor) -> Consultation:
    row = Consultation(
        organisation_id=hold.organisation_id,
        hold=hold,
        visit=visit,
        turn=rows.next_consultation(hold),
        asked_on=what.asked_on,
        at=timezone.now(),
        by_id=actor.own_account,
        outcome=what.outcome,
        wait_until=what.wait_until if what.outcome == Consultation.Outcome.WAIT else None,
        cannot_wait=what.cannot_wait,
    )
    envelope = open_envelope(hold.envelope_id, actor=actor, purpose=HOLD_CONSULT)
    envelope.seal(row, "whom", what.whom.strip())
    row.save(force_insert=True)
    return row
