"""What the public views share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sluitend.forms.wizard import Sent
from sluitend.journeys.reports.place_fields import PlaceFields
from sluitend.kernel.access.acting import as_intake
from sluitend.kernel.access.views import actor_of, works_here
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.organisations.queries import code_of

type View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Mark a public view: all its database work runs as intake, and it takes only GET and POST."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
        return view(request, *args, **kwargs)

    return as_intake(wrapped)


def own_municipality(request: HttpRequest) -> str:
    """Return the code of the municipality for which somebody is signed in, or nothing."""
    actor = actor_of(request)
    if not works_here(request) or actor.organisation_kind != Organisation.Kind.MUNICIPALITY:
        return ""
    return code_of(actor.own_organisation)


def with_own_municipality(request: HttpRequest, data: Sent, form: type[PlaceFields]) -> Sent:
    """Return what was sent; a place that tells no municipality is one of the colleague's own.

    Args:
        request: of somebody who may be signed in.
        data: what was sent.
        form: how the place in it is read.
    """
    if data.get("municipality") or not works_here(request):
        return data
    asked = form(data, pack=pack())
    asked.is_valid()
    # Which address was meant is asked first, and says the municipality.
    if asked.found().asks and not (asked.may_ask_door and "door" in asked.errors):
        data["municipality"] = own_municipality(request)
    return data


def pack() -> Pack:
    """Return the handbook that holds."""
    return current_release().pack


def page(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Show a public page; above it stands the visitor's own organisation, or whose door it is."""
    actor = actor_of(request)
    here = works_here(request)
    own = {"municipality_name": actor.organisation_name, "home_url": "/werk/"} if here else {}
    shown = {"works_here": here, **own, **context}
    return render(request, template, shown, status=status)


def too_many(request: HttpRequest) -> HttpResponse:
    """Say that it goes too fast."""
    return render(request, "429.html", status=429)
