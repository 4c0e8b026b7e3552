"""What is planned on the days that come, in counts, kinds and days: nothing is opened."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from sluitend.journeys.visits.journey import VISIT_LIST, VISIT_RELEASE
from sluitend.journeys.visits.models import Visit
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may
from sluitend.kernel.flow.phrases import short_day
from sluitend.kernel.prepared import Given, Prepared, among


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


def planned_words(actor: Actor, visit_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return of which kind each of these is and on which day, without opening one: of where it is nothing.

    One statement, or none.
    """
    if not visit_ids or not (may(actor, VISIT_LIST) or may(actor, VISIT_RELEASE)):
        return {}
    rows = _named().rows(organisation=actor.own_organisation, ids=list(visit_ids))
    return {
        key: _("%(kind)s op %(day)s") % {"kind": Visit.Kind(kind).label, "day": short_day(day)}
        for key, kind, day in rows
    }


@cache
def _named() -> Prepared:
    rows = Visit.objects.filter(organisation_id=Given("organisation"), id=among("ids")).order_by()
    return Prepared(rows.values_list("id", "kind", "day"))


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
