"""The agenda of who coordinates care, and the secret address for their own calendar."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sluitend.journeys.care_files import actions, queries
from sluitend.journeys.care_files.journey import AGENDA, AGENDA_FEED
from sluitend.kernel.access.views import READING, actor_of, guarded


@guarded(AGENDA, *READING)
def show(request: HttpRequest) -> HttpResponse:
    """Show what comes."""
    return _page(request)


@guarded(AGENDA_FEED, "POST")
def make(request: HttpRequest) -> HttpResponse:
    """Make a new address for one's own calendar, and show it once."""
    token = actions.make_feed(actor_of(request))
    base = settings.SLUITEND_ADDRESS.rstrip("/")
    return _page(request, address=f"{base}{reverse('care_files:calendar', args=[token])}")


@guarded(AGENDA_FEED, "POST")
def stop(request: HttpRequest) -> HttpResponse:
    """Let the address for one's own calendar open nothing any more."""
    actions.stop_feed(actor_of(request))
    messages.success(request, _("Het adres werkt niet meer."))
    return redirect("care_files:agenda")


def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Return the moments behind a secret address, to whatever calendar asks: it has no account."""
    if request.method not in READING:
        return HttpResponseNotAllowed(READING)
    return HttpResponse(queries.feed(token), content_type="text/calendar; charset=utf-8")


def _page(request: HttpRequest, address: str = "") -> HttpResponse:
    context = {"view": queries.agenda(actor_of(request)), "address": address}
    return render(request, "care_files/agenda.html", context)
