"""Pages for what does not work. Absent and forbidden are one page, one status."""

import sys
from typing import Any

from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request, override

from sluitend.kernel.access.errors import Again
from sluitend.kernel.access.scope import DESK
from sluitend.kernel.sealing.errors import CustodianAway, SealBroken, TooManyOpened
from sluitend.surfaces.middleware import PUBLIC_FORMS
from sluitend.surfaces.sender import at_hand

PASSES = (OperationalError, InterfaceError, CustodianAway, Again)
"""What is raised when the database or the custodian is away, full, too busy or just coming up: it passes."""
WAIT_SECONDS = 120
SESSION = "Sluitend-Session"
"""Tells a page that sent its form by script that somebody has to sign in first."""


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Show that there is nothing here, whether it is absent or not for this person."""
    return render(request, "404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Show that the request could not be read."""
    with override(_language(request)):
        return render(request, "400.html", status=400)


def failed(request: HttpRequest) -> HttpResponse:
    """Show that something broke on our side, without saying what; 503 where it passes by itself.

    The page is made without anything of the request that may need the database.
    """
    return page_for(request, sys.exception()) or _broken(request)


def page_for(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """Return the calm page for what passes by itself or a person must look at; None for a failure of ours."""
    if isinstance(error, TooManyOpened):
        with override(_language(request)):
            return HttpResponse(_page(request, "429.html", opened=True), status=429)
    if isinstance(error, DataError):
        return unreadable(request)
    if isinstance(error, SealBroken):
        with override(_language(request)):
            return HttpResponse(_page(request, "not_genuine.html"), status=409)
    return busy(request) if isinstance(error, PASSES) else None


def unreadable(request: HttpRequest) -> HttpResponse:
    """Show that the database cannot hold what was sent, such as a sign that is none or a number without end.

    In an address such a thing names nothing that could be there.
    """
    in_address = "\0" in request.path
    with override(_language(request)):
        page = _page(request, "404.html" if in_address else "400.html")
    return HttpResponse(page, status=404 if in_address else 400)


def in_words(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Say on a page that an address takes another kind of request; the framework's own answer is empty."""
    if response.status_code == 405 and not response.content:
        desk = request.path.startswith(DESK) and request.user.is_authenticated
        response.content = _page(request, "405.html", action_url="/werk/" if desk else "/")
    return response


def busy(request: HttpRequest) -> HttpResponse:
    """Show that something is away, full or too busy, and passes by itself."""
    with override(_language(request)):
        page = _page(request, "503.html", sent=request.method == "POST")
    return HttpResponse(page, status=503, headers={"Retry-After": str(WAIT_SECONDS)})


def _broken(request: HttpRequest) -> HttpResponse:
    with override(_language(request)):
        return HttpResponse(_page(request, "500.html", sent=request.method == "POST"), status=500)


def _page(request: HttpRequest, template: str, **context: Any) -> str:
    """Return a page that asks nothing of the database, under the name of whose it is."""
    return render_to_string(template, {"sender": at_hand(request), **context})


def _language(request: HttpRequest) -> str:
    # What goes wrong before the middleware that chooses the language is told in that of the browser.
    return getattr(request, "LANGUAGE_CODE", None) or get_language_from_request(request)


def csrf_failure(request: HttpRequest, reason: str = "", **kwargs: Any) -> HttpResponse:
    """Show that the session ended; on a page for everybody, which has none, that the form was not ours."""
    if request.path.startswith(PUBLIC_FORMS):
        return bad_request(request)
    response = render(request, "400.html", {"session_ended": True}, status=400)
    response.headers[SESSION] = "ended"
    return response
