"""What holds for every page: headers, idle timeout, language, second factor, and where a form came from."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers

from sluitend.forms.drafts import DESK, HEADER, keep_late, keep_unsent, page_before
from sluitend.kernel.access import scope

type GetResponse = Callable[[HttpRequest], HttpResponse]

PUBLIC_FORMS = ("/melden/", "/hulp-vragen/", "/ontvangst/", "/overleg/", "/taal/", "/ophalen/", "/handboek/")
FOR_EVERYBODY = "public"
"""The second pool of `DATABASES`."""
COOKIELESS = ("/werken-en-wonen/", "/weg/")
WITHOUT_SECOND_FACTOR = ("/inloggen/", "/uitloggen/", "/account/", "/static/", "/healthz", "/readyz")
CHANGES_SECOND_FACTOR = ("/account/2fa/", "/inloggen/")
HAS_SECOND_FACTOR = "second_factor"
ACTIVE = "active"
SKEW_SECONDS = 60
SENT_IN_PLACE, PLACE = "Sluitend-Send", "Sluitend-Place"


class PrivateHeaders:
    """No page with content stays in a cache, on a shared computer least of all."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Permissions-Policy"] = (
            "geolocation=(self), camera=(), microphone=(), interest-cohort=()"
        )
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class WithoutCookies:
    """Read no cookie where somebody at risk reads: no language, and no session of who works here."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(COOKIELESS):
            request.META.pop("HTTP_COOKIE", None)
            request.COOKIES = {}
        return self.get_response(request)


class InPlace:
    """Tell a page that sent its form by script where to go, instead of sending it there.

    It goes by itself: followed by the script the page would be asked for, and logged as looked at, twice.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.headers.get(SENT_IN_PLACE) and response.status_code in (301, 302, 303):
            response.headers[PLACE] = response.headers["Location"]
            del response.headers["Location"]
            response.content = b""
            response.status_code = 204
        return response


class OwnPool:
    """Give pages for everybody connections of their own, where this process serves the desk as well.

    A full pool of the desk, whoever filled it, then refuses nobody who reports or looks for help.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if FOR_EVERYBODY not in connections.settings or request.path.startswith(scope.DESK):
            return self.get_response(request)
        of_the_desk = connections[DEFAULT_DB_ALIAS]  # of this thread, as is what takes its place
        connections[DEFAULT_DB_ALIAS] = connections[FOR_EVERYBODY]
        try:
            return self.get_response(request)
        finally:
            connections[DEFAULT_DB_ALIAS] = of_the_desk


class SlowWire:
    """Hold no connection to the database for who sends or receives slowly: each process has only a few."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _ = request.POST  # the whole body, before anything asks the database
        response = self.get_response(request)
        if not connection.in_atomic_block:  # within another transaction, as a test has, it is not ours
            connection.close()
        return response


class PublicOrigin:
    """Guard the forms that work without a cookie: whoever posts must come from our own pages.

    A token would need a cookie, and an anonymous reporter gets none.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(PUBLIC_FORMS):
            # The framework's own switch for a request whose origin was checked in another way.
            setattr(request, "_dont_enforce_csrf_checks", self._from_here(request))  # noqa: B010
        return self.get_response(request)

    @staticmethod
    def _from_here(request: HttpRequest) -> bool:
        site = request.headers.get("Sec-Fetch-Site")
        if site is not None:
            return site in ("same-origin", "none")
        origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
        return not origin or urlsplit(origin).netloc == request.get_host()


class IdleTimeout:
    """End a session after half an hour without activity. Saving a draft by itself is no activity.

    What somebody sends after that is not done, and not lost either: it stands in the form after signing in.
    What a page asks by itself ends no session: by that session what they send next is known as theirs.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.session.session_key and request.user.is_authenticated:
            now = int(time.time())
            last = request.session.get(ACTIVE, now)
            # A last sign of life that lies ahead is of a clock that was set back: then nobody knows.
            if not -SKEW_SECONDS <= now - last <= settings.SLUITEND_REST_SECONDS:
                return self._end(request) if request.headers.get(HEADER) is None else self._by_itself(request)
            if request.headers.get(HEADER) is None and (now - last > 30 or ACTIVE not in request.session):
                request.session[ACTIVE] = now
        return self.get_response(request)

    def _end(self, request: HttpRequest) -> HttpResponse:
        late = request.method == "POST" and request.path.startswith(DESK)
        if late:
            keep_late(request)
        logout(request)
        return redirect_to_login(page_before(request)) if late else self.get_response(request)

    def _by_itself(self, request: HttpRequest) -> HttpResponse:
        kept = keep_unsent(request) if request.path.startswith(DESK) else None
        request.user = AnonymousUser()
        return kept or self.get_response(request)


class Language:
    """The language that was chosen on this device, else that of the account, else what the browser asks."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_request(request)
        chosen_here = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) in dict(settings.LANGUAGES)
        if request.user.is_authenticated and not chosen_here:
            language = request.user.language
        # Only for this request: the next one, or a job, in this thread begins without it.
        with translation.override(language):
            request.LANGUAGE_CODE = translation.get_language() or "nl"
            response = self.get_response(request)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


class SecondFactor:
    """Outside the demonstration nobody works without a second factor.

    Only a yes is remembered, for one account in one session, so that most pages need not ask. It is forgotten
    with whatever may change it: signing in, and all that is sent to the pages of second factors.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.SLUITEND_SECOND_FACTOR_REQUIRED:
            return self.get_response(request)
        if request.method == "POST" and request.path.startswith(CHANGES_SECOND_FACTOR):
            request.session.pop(HAS_SECOND_FACTOR, None)
        if (
            request.user.is_authenticated
            and not request.path.startswith(WITHOUT_SECOND_FACTOR)
            and not self._holds(request)
        ):
            return redirect("/account/2fa/")
        return self.get_response(request)

    @staticmethod
    def _holds(request: HttpRequest) -> bool:
        account = str(request.user.pk)
        if request.session.get(HAS_SECOND_FACTOR) == account:
            return True
        found = has_second_factor(request)
        if found:
            request.session[HAS_SECOND_FACTOR] = account
        return found


def has_second_factor(request: HttpRequest) -> bool:
    """Return whether this account has set up TOTP or a passkey."""
    from allauth.mfa.utils import is_mfa_enabled

    return bool(is_mfa_enabled(request.user))
