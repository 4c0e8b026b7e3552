"""Judging a case by a newer release of the handbook: a person decides so, and reads first what differs."""

from django.utils.translation import gettext as _

from sluitend.journeys.cases.actions.going_on import known_in, replan
from sluitend.journeys.cases.actions.working import on_case
from sluitend.journeys.cases.journey import CASE_PLAN
from sluitend.journeys.cases.models import TimelineEvent
from sluitend.journeys.cases.queries.plans import newer_for
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.handbook.language import in_dutch


def take_over_release(*, actor: Actor, code: str, number: int, revision: int | None = None) -> None:
    """Judge a case by the newest release from now on; the timeline says what that changed in its plan.

    Args:
        number: of the release of which the person read what it changes.
        revision: of the case as the person saw it.

    Raises:
        Absent: there is no such case here.
        Conflict: it is not the newest release any more, or somebody else changed the case.
    """
    with on_case(code, actor, CASE_PLAN, revision=revision, purpose="release") as it:
        with in_dutch():
            newer = newer_for(known_in(it))
        if newer is None or newer.number != number:
            raise Conflict
        it.row.release_number = number
        replan(it)
        with in_dutch():
            told = _("Uitgave %(n)s van de handreiking geldt nu") % {"n": number}
            more = (f"{title}: {' '.join(actions).rstrip('.')}" for title, actions in newer.told)
            it.event(TimelineEvent.What.PLAN, told, *more)
