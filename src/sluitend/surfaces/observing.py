"""What is seen of a request from outside: how long it took and how it ended, by the name of its pattern.

Of pages for everybody nothing is kept but that one failed: a count with a time beside it is a clock, and
whoever reports without a name must not be found by one.
"""

import time
from collections.abc import Callable
from typing import Any

import structlog
from django.db import connection
from django.http import HttpRequest, HttpResponse

from sluitend.kernel.access.scope import DESK, WATCHING, Scope, current_scope, tracing, within
from sluitend.kernel.access.throttle import client_address
from sluitend.kernel.ledger import feed
from sluitend.kernel.measures import CONNECTIONS, FAILED_FOR_ALL, REFUSED, REQUESTS
from sluitend.surfaces.spans import spanned

type GetResponse = Callable[[HttpRequest], HttpResponse]

log = structlog.get_logger("sluitend.pages")
SLOW_MS = 2_000
CHANGES_SECOND_FACTOR = frozenset(
    {
        "account_change_password",
        "account_set_password",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
        "mfa_remove_webauthn",
    }
)
EXPORTS = ("application/pdf", "text/csv", "application/zip", "application/vnd.", "application/json-seq")


class Observed:
    """Stands around everything that answers, so that it sees how that ended, after the commit."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in WATCHING:
            return self.get_response(request)
        scope = Scope(
            desk=request.path.startswith(DESK),
            address=client_address(request),
            looks=request.method in ("GET", "HEAD"),
        )
        begun = time.perf_counter()
        with within(scope), tracing(), spanned(scope) as span:
            response = self.get_response(request)
            span.end(response.status_code)
            self._note(request, response, scope, time.perf_counter() - begun)
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        """Remember the name of the pattern, never the address: that may hold a code."""
        name_route(request)

    @staticmethod
    def _note(request: HttpRequest, response: HttpResponse, scope: Scope, seconds: float) -> None:
        if not scope.desk:
            if response.status_code >= 500:
                FAILED_FOR_ALL.inc()
                log.error("page.failed", status=response.status_code)
            return
        _measure(scope.route, response.status_code, seconds)
        milliseconds = round(seconds * 1000)
        if response.status_code >= 500:
            log.error("page.failed", status=response.status_code, ms=milliseconds)
        elif milliseconds > SLOW_MS:
            log.warning("page.slow", status=response.status_code, ms=milliseconds)
        _feed(request, response, scope)


def _measure(route: str, status: int, seconds: float) -> None:
    REQUESTS.labels(route, f"{status // 100}xx").observe(seconds)
    if status in (403, 404):
        REFUSED.inc()
    pool = getattr(connection, "pool", None)
    if pool is not None:
        standing = pool.get_stats()
        size, free = standing.get("pool_size", 0), standing.get("pool_available", 0)
        CONNECTIONS.labels("used").set(size - free)
        CONNECTIONS.labels("free").set(free)
        CONNECTIONS.labels("waited_for").set(standing.get("requests_waiting", 0))


def name_route(request: HttpRequest) -> None:
    """Write the name of the pattern that matched in the scope of this request."""
    scope = current_scope()
    match = request.resolver_match
    if scope is not None and match is not None:
        scope.route = match.view_name or "unknown"


def _feed(request: HttpRequest, response: HttpResponse, scope: Scope) -> None:
    """Tell what only shows from outside: what leaves as a file, and a second factor that changed."""
    actor = getattr(request, "actor", None)
    if response.status_code == 200 and is_export(response):
        feed.tell("export.file", actor=actor)
    elif request.method == "POST" and response.status_code == 302 and scope.route in CHANGES_SECOND_FACTOR:
        feed.tell("second_factor.changed", actor=actor, detail=scope.route)


def is_export(response: HttpResponse) -> bool:
    """Return whether this answer is something that is kept outside: a file and not a page."""
    kind = response.headers.get("Content-Type", "")
    attached = response.headers.get("Content-Disposition", "").startswith("attachment")
    return attached or kind.startswith(EXPORTS)
