"""Releasing a visit: by a focal point, when every open point is settled; and taking that back."""

from django.utils.translation import gettext as _

from sluitend.journeys.visits.actions import writing
from sluitend.journeys.visits.actions.catching_up import hear_askers
from sluitend.journeys.visits.actions.waiting import carrier, fall_back
from sluitend.journeys.visits.journey import CARRY_OUT, VISIT_RELEASE
from sluitend.journeys.visits.models import Visit
from sluitend.journeys.visits.queries import bound, rows
from sluitend.journeys.visits.queries.points import open_points
from sluitend.kernel.access.acting import Actor, system_actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.flow.verbs import OnTurns, doing
from sluitend.kernel.followup.deadlines import end_of


def release(*, actor: Actor, code: str, beside_case: bool = False) -> None:
    """Release a visit: its planner may carry it out.

    Args:
        actor: a focal point; pressing this is having looked.
        code: of the visit.
        beside_case: she has laid a friendly visit beside the case that is about the same place.

    Raises:
        Absent: no such visit.
        DomainError: a point is still open.
        Conflict: it is not waiting, or the database refuses.
    """
    writing.lock(actor.own_organisation)
    hear_askers(system_actor(actor.own_organisation))
    row = rows.find_visit(code, actor, VISIT_RELEASE)
    with doing(OnTurns(row, actor, VISIT_RELEASE)) as it:
        it.to(Visit.State.RELEASED)
        if not bound.all_heard(actor.own_organisation):
            raise DomainError(
                _("Een wachtverzoek of antwoord is niet te lezen. Tot dan komt niets vrij. Bel uw beheerder.")
            )
        points = open_points(row, actor)
        if points.wait_requests:
            raise DomainError(_("Overleg eerst met wie om wachten vroeg, en leg vast wat eruit kwam."))
        if points.gates:
            raise DomainError(_("Beantwoord eerst wat er met de bewoners gebeurt."))
        if points.cases and not beside_case:
            raise DomainError(_("Leg dit bezoek eerst naast de casus."), "beside_case")
        it.next_step(CARRY_OUT, due=end_of(row.day), **carrier(row))
        it.purpose = "beside_case" if points.cases else "released"


def take_back(*, actor: Actor, code: str) -> None:
    """Let a released visit wait again; its planner hears it at once, and not why.

    Raises:
        Absent: no such visit.
        Conflict: it is not released.
    """
    writing.lock(actor.own_organisation)
    row = rows.find_visit(code, actor, VISIT_RELEASE)
    with doing(OnTurns(row, actor, VISIT_RELEASE, "taken_back")):
        fall_back(row, actor)
