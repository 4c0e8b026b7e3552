"""Pages for what does not work. Absent and forbidden are one page, one status."""

import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request, override

UNREACHABLE = (OperationalError, InterfaceError)
"""What the database says when it is away, full, too busy or just coming up: it passes by itself."""
WAIT_SECONDS = 120


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
    away = isinstance(sys.exception(), UNREACHABLE)
    with override(_language(request)):
        page = render_to_string("503.html" if away else "500.html", {"sent": request.method == "POST"})
    if away:
        return HttpResponse(page, status=503, headers={"Retry-After": str(WAIT_SECONDS)})
    return HttpResponse(page, status=500)


def _language(request: HttpRequest) -> str:
    # What goes wrong before the middleware that chooses the language is told in that of the browser.
    return getattr(request, "LANGUAGE_CODE", None) or get_language_from_request(request)


def csrf_failure(request: HttpRequest, reason: str = "", **kwargs: Any) -> HttpResponse:
    """Show that the form did not come from one of our pages, or that the session ended."""
    return render(request, "400.html", {"session_ended": True}, status=400)
