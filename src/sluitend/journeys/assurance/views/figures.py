"""Nights without a place, and how long it took: counts of half years that are over."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sluitend.journeys.assurance import queries
from sluitend.journeys.assurance.journey import CARE_FIGURES
from sluitend.kernel.access.views import actor_of, guarded
from sluitend.kernel.halves import periods


@guarded(CARE_FIGURES)
def figures(request: HttpRequest) -> HttpResponse:
    """Show the figures of one half year, as they were settled."""
    choices = periods()
    wanted = request.GET.get("periode", choices[0].key)
    period = next((each for each in choices if each.key == wanted), None)
    if period is None:
        raise Http404
    actor = actor_of(request)
    context = {
        "picture": queries.picture(actor, period),
        "periods": choices,
        "board": queries.board(actor) if queries.sees_assured(actor) else None,
    }
    return render(request, "assurance/figures.html", context)
