"""What every view of cases does: who acts, try an action, say what went wrong."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Action, require
from sluitend.kernel.access.errors import DomainError

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]

AMISS = 422
"""Status of a form that came back: nothing was done."""


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts in this request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


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


def attempt[Result](
    form: forms.Form, action: Callable[[], Result], field_of: Callable[[str | None], str | None] | None = None
) -> tuple[bool, Result | None]:
    """Run an action; on failure undo it and put its message on the form, with what was typed kept.

    Args:
        form: bound and valid.
        action: what to do.
        field_of: from the field that an action names to the field of this form.

    Returns:
        Whether it worked, and what came out.
    """
    try:
        with transaction.atomic():
            return True, action()
    except DomainError as error:
        field = field_of(error.field) if field_of else error.field
        known = field if field in form.fields else NON_FIELD_ERRORS
        form.add_error(None if known == NON_FIELD_ERRORS else known, error.message)
        return False, None


def status_of(form: forms.Form) -> int:
    """Return the status of a page with this form: a form that came back says so."""
    return AMISS if form.is_bound and form.errors else 200


def to(name: str, *args: Any, fragment: str = "") -> HttpResponseRedirect:
    """Go to a page of cases after something was done."""
    response = redirect(reverse(f"cases:{name}", args=args) + (f"#{fragment}" if fragment else ""))
    assert isinstance(response, HttpResponseRedirect)  # noqa: S101  (narrows the type)
    return response
