"""Beheer: how what runs by itself ended last, for who looks after an organisation. Never content."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sluitend.kernel.access.views import actor_of, guarded
from sluitend.surfaces.desk import running as queries
from sluitend.surfaces.desk.journey import ORGANISATION_MANAGE


@guarded(ORGANISATION_MANAGE)
def running(request: HttpRequest) -> HttpResponse:
    """Show what failed last, and where something waits that nobody reads."""
    return render(request, "desk/running.html", {"found": queries.found(actor_of(request))})
