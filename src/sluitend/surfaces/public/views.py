"""One clear door, the way out, and what happens with data."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language, get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sluitend.kernel.access.acting import as_intake
from sluitend.kernel.access.preferences import set_language
from sluitend.kernel.access.views import actor_of
from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.queries import current_release

ELSEWHERE = "https://www.buienradar.nl/"
YEAR = 365 * 24 * 3600


@as_intake
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the door: five ways to go on, and signing in."""
    return render(request, "public/home.html", {"municipality_name": _region()})


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Go away at once: to an ordinary page, and the browser forgets what it kept of us."""
    response = HttpResponseRedirect(ELSEWHERE)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the pages; the cookie holds that alone, and an account keeps it itself."""
    if request.method != "POST":
        return render(
            request,
            "public/language.html",
            {"languages": settings.LANGUAGES, "municipality_name": _region()},
        )
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = "/"
    response = HttpResponseRedirect(target)
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES) or not check_for_language(chosen):
        return response
    if request.user.is_authenticated:
        # The account keeps it, and what was chosen here before signing in no longer counts.
        set_language(chosen, actor_of(request))
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    else:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


@as_intake
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what happens with what somebody tells."""
    promise = _words(current_release().pack.name_promise)
    return render(request, "public/privacy.html", {"promise": promise, "municipality_name": _region()})


@as_intake
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say for whom these pages work, and where to go when they do not."""
    return render(request, "public/accessibility.html", {"municipality_name": _region()})


def _words(text: Text) -> str:
    return text.in_language(get_language() or "nl")


def _region() -> str:
    return _("Meldpunt")
