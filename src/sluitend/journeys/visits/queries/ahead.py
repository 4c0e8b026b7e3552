"""How much is planned on the days that come, in counts: nothing is opened."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import Count, Q

from sluitend.journeys.visits.journey import VISIT_RELEASE
from sluitend.journeys.visits.models import Visit
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may
from sluitend.kernel.prepared import Given, Prepared


@dataclass(frozen=True)
class PlannedOn:
    """How much is planned on a day, and how much of that waits until somebody releases it."""

    number: int
    waits: int


def planned_between(first: date, last: date, actor: Actor) -> dict[date, PlannedOn]:
    """Return how much is planned on each of these days; nothing for who releases nothing."""
    if not may(actor, VISIT_RELEASE):
        return {}
    rows = _planned().rows(organisation=actor.own_organisation, first=first, last=last)
    return {day: PlannedOn(number, waits) for day, number, waits in rows}


@cache
def _planned() -> Prepared:
    rows = Visit.objects.filter(
        organisation_id=Given("organisation"),
        closed__isnull=True,
        day__gte=Given("first"),
        day__lte=Given("last"),
    )
    waits = Count("id", filter=Q(state=Visit.State.PLANNED))
    return Prepared(rows.values_list("day").annotate(number=Count("id"), waits=waits).order_by("day"))
