"""Pages for what does not work. Absent and forbidden are one page, one status."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_from_request, override


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Show that there is nothing here, whether it is absent or not for this person."""
    return render(request, "404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Show that the request could not be read."""
    # A body that cannot be read is met before the middleware that chooses the language.
    language = getattr(request, "LANGUAGE_CODE", None) or get_language_from_request(request)
    with override(language):
        return render(request, "400.html", status=400)


def failed(request: HttpRequest) -> HttpResponse:
    """Show that something broke on our side, without saying what."""
    return render(request, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "", **kwargs: Any) -> HttpResponse:
    """Show that the form did not come from one of our pages, or that the session ended."""
    return render(request, "400.html", {"session_ended": True}, status=400)
