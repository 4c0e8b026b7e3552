"""How much is planned on the days that come, in counts: nothing is opened."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from sluitend.journeys.visits.journey import VISIT_RELEASE
from sluitend.journeys.visits.models import Visit
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may


@dataclass(frozen=True)
class PlannedOn:
    """How much is planned on a day, and how much of that waits until somebody releases it."""

    number: int
    waits: int


def planned_between(first: date, last: date, actor: Actor) -> dict[date, PlannedOn]:
    """Return how much is planned on each of these days; nothing for who releases nothing."""
    if not may(actor, VISIT_RELEASE):
        return {}
    rows = Visit.objects.filter(
        organisation_id=actor.own_organisation, closed__isnull=True, day__gte=first, day__lte=last
    )
    days = rows.values("day").annotate(
        number=Count("id"), waits=Count("id", filter=Q(state=Visit.State.PLANNED))
    )
    return {each["day"]: PlannedOn(each["number"], each["waits"]) for each in days.order_by("day")}
