"""Zoeken. What is sought travels in the body of a POST: it stands in no address, log or history."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sluitend.journeys.referrals.journey import REFERRAL_RECEIVED_LIST
from sluitend.kernel.access.decisions import may
from sluitend.kernel.access.views import actor_of, guarded
from sluitend.surfaces.desk.finding import find
from sluitend.surfaces.desk.forms import SearchForm
from sluitend.surfaces.desk.journey import SEARCH


@guarded(SEARCH)
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found and why, or the field alone."""
    form = SearchForm(request.POST or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    results = find(actor_of(request), words) if words else None
    receives = may(actor_of(request), REFERRAL_RECEIVED_LIST)
    context = {"form": form, "results": results, "search_query": words, "receives": receives}
    return render(request, "desk/search.html", context)
