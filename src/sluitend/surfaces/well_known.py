"""What is asked for at a fixed address: by browsers, search engines and whoever found a weakness."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

CLOSED = ("/werk/", "/account/", "/inloggen/", "/uitnodiging/")
"""Where no search engine needs to look. What stands there is guarded by itself."""

HOLDS = timedelta(days=180)
"""So long what is said about weaknesses holds; RFC 9116 asks for less than a year."""

PLAIN = "text/plain; charset=utf-8"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say where search engines need not look."""
    lines = ["User-agent: *", *(f"Disallow: {each}" for each in CLOSED)]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a weakness, where an administrator named somebody."""
    contact = settings.SLUITEND_SECURITY_CONTACT
    if not contact:
        raise Http404
    expires = (timezone.now() + HOLDS).strftime("%Y-%m-%dT00:00:00Z")
    lines = (f"Contact: {contact}", f"Expires: {expires}", "Preferred-Languages: nl, en")
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Lead to the icon, for browsers that ask for it at its old address."""
    return HttpResponseRedirect(static("sluitend/favicon.svg"))


@require_safe
def change_password(request: HttpRequest) -> HttpResponse:
    """Lead to where somebody changes their password."""
    return HttpResponseRedirect("/account/wachtwoord/")
