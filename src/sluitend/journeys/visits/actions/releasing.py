"""Releasing a visit: by a focal point, when every open point is settled; and taking that back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from sluitend.journeys.visits.actions import writing
from sluitend.journeys.visits.actions.catching_up import hear_askers
from sluitend.journeys.visits.actions.waiting import carrier, fall_back
from sluitend.journeys.visits.journey import CARRY_OUT, NOT_RELEASED, VISIT_RELEASE
from sluitend.journeys.visits.models import Visit
from sluitend.journeys.visits.queries import bound, rows
from sluitend.journeys.visits.queries.points import Points, is_for_another, open_points
from sluitend.kernel.access.acting import Actor, system_actor
from sluitend.kernel.access.errors import DomainError, barred
from sluitend.kernel.flow.verbs import OnTurns, doing
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.deadlines import end_of

MOST_AT_ONCE = 50


@dataclass(frozen=True)
class Together:
    """What came of releasing several at once: the codes that went, and by their reason those that stayed."""

    released: tuple[str, ...]
    stayed: Mapping[str, tuple[str, ...]]


def release(*, actor: Actor, code: str, beside_case: bool = False, agreed: bool = False) -> None:
    """Release a visit: its planner may carry it out.

    Args:
        actor: a focal point; pressing this is having looked.
        code: of the visit.
        beside_case: she has laid a friendly visit beside the case that is about the same place.
        agreed: she has spoken to whoever has the place in hand.

    Raises:
        Absent: no such visit.
        DomainError: a point is still open, or by the handbook another one than its planner does this.
        Conflict: it is not waiting, or the database refuses.
    """
    _release(code, actor, beside_case=beside_case, agreed=agreed)


def _release(
    code: str, actor: Actor, *, beside_case: bool = False, agreed: bool = False, looked: bool = True
) -> None:
    """Release a visit; `looked` says that she looked at it by itself."""
    writing.lock(actor.own_organisation)
    hear_askers(system_actor(actor.own_organisation))
    row = rows.find_visit(code, actor, VISIT_RELEASE)
    with doing(OnTurns(row, actor, VISIT_RELEASE)) as it:
        it.to(Visit.State.RELEASED)
        if is_for_another(row, actor):
            raise barred(_("U plande dit zelf. Volgens de handreiking geeft een ander het vrij."))
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
        if points.in_hand and not agreed:
            raise DomainError(_("Stem dit eerst af met wie daar al bezig is."), "agreed")
        if points.beside and not looked:
            raise DomainError(_("Er staat daar nog iets gepland. Kijk er eerst naar."))
        followup.finish_open(subject_id=row.id, actor=actor, what=NOT_RELEASED)
        it.next_step(CARRY_OUT, due=end_of(row.day), **carrier(row))
        it.purpose = _purpose(points)


def _purpose(points: Points) -> str:
    if points.in_hand:
        return "agreed"
    return "beside_case" if points.cases else "released"


def release_together(*, actor: Actor, codes: Collection[str]) -> Together:
    """Release those of some visits where nothing is open at this moment, each by itself.

    Args:
        actor: a focal point.
        codes: of the visits that she chose.

    Returns:
        Which went, and why the others stayed.

    Raises:
        Absent: one of them is no visit of this municipality.
        DomainError: none was chosen, or too many.
    """
    chosen = tuple(dict.fromkeys(codes))
    if not 0 < len(chosen) <= MOST_AT_ONCE:
        raise DomainError(_("Kies wat u vrijgeeft, ten hoogste 50 tegelijk."))
    released: list[str] = []
    stayed: dict[str, tuple[str, ...]] = {}
    for code in chosen:
        try:
            with transaction.atomic():
                _release(code, actor, looked=False)
        except DomainError as error:
            stayed[error.message] = (*stayed.get(error.message, ()), code)
        else:
            released.append(code)
    return Together(tuple(released), stayed)


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
