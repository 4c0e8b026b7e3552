"""Regio: counts and waiting times over all municipalities."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sluitend.kernel.access.views import actor_of, guarded
from sluitend.kernel.halves import periods
from sluitend.surfaces.desk.journey import REGION
from sluitend.surfaces.desk.region import picture, waits_in_the_region


@guarded(REGION)
def region(request: HttpRequest) -> HttpResponse:
    """Show the picture of one half year that is over."""
    choices = periods()
    wanted = request.GET.get("periode", choices[0].key)
    period = next((each for each in choices if each.key == wanted), None)
    if period is None:
        raise Http404
    actor = actor_of(request)
    context = {
        "picture": picture(actor, period),
        "periods": choices,
        "waits": waits_in_the_region(actor),
    }
    return render(request, "desk/region.html", context)
