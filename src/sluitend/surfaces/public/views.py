"""One clear door, the way out, and what happens with data."""

from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language, get_language
from django.views.decorators.http import require_http_methods, require_safe

from sluitend.journeys.reports.journey import READ_REPORT
from sluitend.journeys.reports.queries import promised_days
from sluitend.kernel.access.acting import as_intake
from sluitend.kernel.access.preferences import set_language
from sluitend.kernel.access.views import actor_of
from sluitend.kernel.handbook.entries import SOURCE_LANGUAGE, Text
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.house_styles import mark_of
from sluitend.kernel.organisations.palette import NoColour, Palette, style_sheet
from sluitend.surfaces.sender import ASKED, doors, region_of, sender_of
from sluitend.surfaces.tongues import tongues

ELSEWHERE = "https://www.buienradar.nl/"
YEAR = 365 * 24 * 3600
FIRST_LANGUAGES = 5
KEEP = {"Cache-Control": "public, max-age=86400"}
"""What stands under an address that changes with it may stay in a cache."""


@as_intake
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the door: tell, consult, or read for oneself; then what fewer people come for."""
    sender = sender_of(request)
    if not sender.reads:
        return render(request, "public/closed.html", {"sender": sender, "region": region_of(request)})
    pack = doors().pack
    english, *foreign = [each for each in tongues(pack) if each.code != SOURCE_LANGUAGE]
    shown = {
        "sender": sender,
        "languages": [*foreign[:FIRST_LANGUAGES], english],
        "more_languages": len(foreign[FIRST_LANGUAGES:]),
        "read_in": promised_days(pack, READ_REPORT),
    }
    return render(request, "public/home.html", shown)


@as_intake
@require_safe
def towns(request: HttpRequest) -> HttpResponse:
    """Show the door of every municipality, and that of the region."""
    known = doors().pack.municipalities
    named = [
        (known[each.code].known_as if each.code in known else each.name, urlencode({ASKED: each.code}))
        for each in doors().towns.values()
        if not doors().ended(each.code)
    ]
    return render(request, "public/towns.html", {"towns": sorted(named), "region": region_of(request)})


@as_intake
@require_safe
def colours(request: HttpRequest, colours: str) -> HttpResponse:
    """Give the style sheet of six colours. They stand in its address, so it may be kept."""
    try:
        palette = Palette.read(colours)
    except NoColour:
        raise Http404 from None
    return HttpResponse(style_sheet(palette), content_type="text/css", headers=KEEP)


@as_intake
@require_safe
def mark(request: HttpRequest, style_id: UUID) -> HttpResponse:
    """Give the mark of an organisation, of a version that is public; ours in place of what is not there."""
    found = mark_of(style_id)
    if found is None:
        return redirect(static("sluitend/favicon.svg"))
    return HttpResponse(found, content_type="image/jpeg", headers=KEEP)


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
            {"languages": settings.LANGUAGES, "sender": sender_of(request)},
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
    return render(request, "public/privacy.html", {"promise": promise})


@as_intake
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say for whom these pages work, and where to go when they do not."""
    return render(request, "public/accessibility.html")


def _words(text: Text) -> str:
    return text.in_language(get_language() or "nl")
