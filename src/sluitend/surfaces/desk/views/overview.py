"""Overzicht: what waits in the organisation. Steps and dates, never content."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sluitend.journeys.administration.journey import ABSENCE_COLLEAGUE
from sluitend.kernel.access.decisions import may
from sluitend.kernel.access.views import actor_of, guarded
from sluitend.kernel.followup import queries as followup
from sluitend.kernel.followup.escalation import Rung
from sluitend.surfaces.desk import queries
from sluitend.surfaces.desk.journey import OVERVIEW


@guarded(OVERVIEW)
def overview(request: HttpRequest) -> HttpResponse:
    """Show open steps by kind, and what waits longer than agreed."""
    actor = actor_of(request)
    kinds = followup.open_by_kind(actor)
    context = {
        "kinds": kinds,
        "open_number": sum(each.number for each in kinds),
        "passed_number": sum(each.passed for each in kinds),
        "longest": queries.waiting_rows(actor),
        "manages": may(actor, ABSENCE_COLLEAGUE),
        "people": queries.desk_people(actor),
        "manager_rung": Rung.MANAGER,
    }
    return render(request, "desk/overview.html", context)
