"""What stands before every view behind sign-in, and how a view tries an action."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate

from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import DomainError, Held
from sluitend.kernel.access.holding import is_held
from sluitend.kernel.manifest import Permission

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]

READING = ("GET", "HEAD")
LISTING = (*READING, "POST")
"""What the address of a list takes: what is sought in it comes in a body."""
AMISS = 422
"""Status of a page with a form that came back: nothing was done."""


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts in this request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def works_here(request: HttpRequest) -> bool:
    """Return whether somebody is signed in for an organisation."""
    actor = actor_of(request)
    return actor.signed_in and actor.organisation_id is not None


def guarded[**P](action: Permission, *methods: str) -> Callable[[View[P]], View[P]]:
    """Send whoever is not signed in to the entrance and back, and refuse whoever may never do `action`.

    Args:
        action: what the page is for; actions ask again, about the thing itself.
        methods: what the address takes, where that is not for the view to say. Asked after the right, so
            that it tells nothing.
    """

    def decorator(view: View[P]) -> View[P]:
        @wraps(view)
        def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path() if request.method == "GET" else "/werk/")
            require_role(actor_of(request), action)
            if methods and request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return view(request, *args, **kwargs)

        inner.guard = action  # type: ignore[attr-defined]  # what tests ask of it
        return inner

    return decorator


def tried(action: Callable[[], object]) -> DomainError | None:
    """Do something whole or not at all, and return what the person should hear when it could not be done."""
    try:
        with transaction.atomic():
            action()
    except DomainError as error:
        return error
    except OperationalError as error:
        if is_held(error):
            return Held()
        raise
    return None


def shown_since(request: HttpRequest) -> datetime:
    """Return when the page that asks was shown; now, when that is missing or bent."""
    try:
        since = parse_datetime(request.POST.get("since", ""))
    except ValueError:
        since = None
    since = since or timezone.now()
    return since if timezone.is_aware(since) else timezone.make_aware(since)
