"""What stands before every view of the desk: somebody is signed in, and may do this."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Action, require
from sluitend.kernel.organisations.models import Account

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts in this request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def account_of(request: HttpRequest) -> Account:
    """Return the account that is signed in, for views behind `guarded`."""
    assert isinstance(request.user, Account)  # noqa: S101  (narrows the type)
    return request.user


def own_organisation(actor: Actor) -> UUID:
    """Return the organisation for which somebody acts; `require` saw to it that there is one."""
    assert actor.organisation_id is not None  # noqa: S101  (narrows the type)
    return actor.organisation_id


def guarded[**P](action: Action) -> Callable[[View[P]], View[P]]:
    """Send whoever is not signed in to the entrance and back, and refuse whoever may not do `action`."""

    def decorator(view: View[P]) -> View[P]:
        @wraps(view)
        def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path() if request.method == "GET" else "/werk/")
            require(actor_of(request), action)
            return view(request, *args, **kwargs)

        return inner

    return decorator
