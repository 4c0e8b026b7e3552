"""The innermost middleware: one transaction for view and rendering, and a refusal that outlives it."""

from collections.abc import Callable
from threading import BoundedSemaphore
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DataError, OperationalError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from psycopg.errors import DeadlockDetected

from sluitend.kernel.access.acting import NOBODY, Actor, acting, actor_of, become_intake, leave_intake
from sluitend.kernel.access.errors import Again
from sluitend.kernel.access.scope import current_scope, tracing
from sluitend.kernel.ledger import feed
from sluitend.kernel.ledger.actions import record, record_many, record_refusal
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.sealing.errors import CustodianAway, SealBroken, TooManyOpened
from sluitend.surfaces.errors import busy, in_words, page_for

type GetResponse = Callable[[HttpRequest], HttpResponse]

LIMIT = "custodian.limit"
REFUSALS = frozenset({400, 403, 404, 429})
"""Forged or unreadable, not for this person, not there, too much."""
OF_OTHERS = (CustodianAway, TooManyOpened, SealBroken, DataError)
NOT_GENUINE = "content.not_genuine"
SIGNING_IN = ("/inloggen/", "/account/2fa/")
DOORS = 24
"""How many sign in to one process at once: whoever tries passwords takes no more of its 64 threads."""
_doors = BoundedSemaphore(DOORS)
TRIES = 3
"""How often a page is made when two waited for each other and the database sent one of them away."""


class ActingMiddleware:
    """Runs view and rendering in one transaction; keeps the line of a refusal that is rolled back."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":  # must answer while the database does not
            return self.get_response(request)
        with tracing():
            return in_words(request, self._respond(request))

    def _respond(self, request: HttpRequest) -> HttpResponse:
        actor = actor_of(request)
        request.actor = actor  # type: ignore[attr-defined]
        if request.method == "POST" and actor.account_id is None and request.path.startswith(SIGNING_IN):
            return self._let_in(request, actor)
        request.tried = False  # type: ignore[attr-defined]
        response = self._try(request, actor)
        for _again in range(TRIES - 1):
            if not _can_be_done_again(request.failure):  # type: ignore[attr-defined]
                break
            request.tried = True  # type: ignore[attr-defined]
            response = self._try(request, actor)
        self._keep_refusal(request, actor, response.status_code)
        if (scope := current_scope()) and scope.opened_half:
            feed.tell("custodian.half", actor=actor)
        return response

    def _let_in(self, request: HttpRequest, actor: Actor) -> HttpResponse:
        """Answer who signs in, without a transaction: nothing of the database waits while we hash.

        What belongs together there has one of its own, see `surfaces.signin`.
        """
        request.failure, request.ran_as_intake = None, False  # type: ignore[attr-defined]
        if not _doors.acquire(blocking=False):
            return busy(request)
        try:
            response = self.get_response(request)
        finally:
            _doors.release()
        self._keep_refusal(request, actor, response.status_code)
        return response

    def _try(self, request: HttpRequest, actor: Actor) -> HttpResponse:
        # Who is signed in may be looked up, or have something of their own read, before the view.
        intake = actor is NOBODY and _is_public(request)
        request.failure = None  # type: ignore[attr-defined]
        request.ran_as_intake = intake  # type: ignore[attr-defined]
        with acting(actor, intake=intake):
            response = self.get_response(request)
            if request.failure or response.status_code >= 500:  # type: ignore[attr-defined]
                transaction.set_rollback(True)
            elif request.ran_as_intake:  # type: ignore[attr-defined]
                _end_intake()
            else:
                _note_not_genuine(actor)
        return response

    def _keep_refusal(self, request: HttpRequest, actor: Actor, status: int) -> None:
        if isinstance(request.failure, TooManyOpened):  # type: ignore[attr-defined]
            with acting(actor):
                record(
                    actor=actor, action="custodian.limit", activity="toegang", outcome=Event.Outcome.REFUSED
                )
        if isinstance(request.failure, SealBroken):  # type: ignore[attr-defined]
            with acting(actor):
                record(actor=actor, action=NOT_GENUINE, activity="toegang", outcome=Event.Outcome.FAILED)
        elif _is_refused(request, status):
            with acting(actor):
                record_refusal(actor=actor, status=status, view=view_name(request))

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        """Change the database role just before a public view runs, after all that looks at accounts."""
        if getattr(view, "as_intake", False) and not request.ran_as_intake:  # type: ignore[attr-defined]
            become_intake()
            request.ran_as_intake = True  # type: ignore[attr-defined]

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Remember what was raised: Django turns it into a response inside our transaction.

        Of what the custodian refuses we make the page, so that it is no error of ours in any log; nor are
        words that are not as they were written, what no database can hold, or that of which nothing was done
        and all can be done again, such as when two waited for each other.
        """
        request.failure = exception  # type: ignore[attr-defined]
        ours = not isinstance(exception, OF_OTHERS) and not _can_be_done_again(exception)
        return None if ours else page_for(request, exception)


def _note_not_genuine(actor: Actor) -> None:
    """Write a line for each row of the page of which the words are not as they were written."""
    scope = current_scope()
    if scope is None or not scope.not_genuine:
        return
    for place in sorted({place for place, _row_id in scope.not_genuine}):
        record_many(
            actor=actor,
            action=NOT_GENUINE,
            subjects=[("content", row_id) for each, row_id in scope.not_genuine if each == place],
            activity="toegang",
            purpose=place,
            outcome=Event.Outcome.FAILED,
        )


def _is_refused(request: HttpRequest, status: int) -> bool:
    scope = current_scope()
    return (
        status >= 500
        or (status in REFUSALS and not isinstance(request.failure, TooManyOpened))  # type: ignore[attr-defined]
        or isinstance(request.failure, PermissionDenied | Http404)  # type: ignore[attr-defined]
        or (scope is not None and scope.barred)
    )


def _can_be_done_again(failure: Exception | None) -> bool:
    stood_in_a_ring = isinstance(failure, OperationalError) and isinstance(
        failure.__cause__, DeadlockDetected
    )
    return stood_in_a_ring or isinstance(failure, Again)


def _is_public(request: HttpRequest) -> bool:
    """Return whether the page that is asked for runs as intake."""
    try:
        return getattr(resolve(request.path_info).func, "as_intake", False)
    except Resolver404:
        return False


def _end_intake() -> None:
    """Leave the role of intake where it would outlive us: inside another transaction, as a test has.

    A commit ends it by itself.
    """
    if connection.savepoint_ids:
        leave_intake()


def view_name(request: HttpRequest) -> str:
    """Return the name of the URL pattern, never the address: that may hold a code."""
    match = request.resolver_match
    return (match.view_name if match else "") or "unknown"
