"""What every view of visits does: try an action, put what is wrong beside its field, go on."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sluitend.journeys.visits import actions
from sluitend.kernel.access.acting import Actor, system_actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.access.views import AMISS, tried
from sluitend.kernel.followup.turns import Turn, words_of

FORM = ("GET", "HEAD", "POST")


def posted(request: HttpRequest) -> Any:
    """Return what was sent, or None on a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def attempt(
    form: forms.Form, action: Callable[[], object], turn: Callable[[], Turn | None] = lambda: None
) -> bool:
    """Do what a filled in form asks; put what is wrong on the form.

    Args:
        form: that was sent.
        action: what it asks.
        turn: who changed it last, for who may know.

    Returns:
        Whether it was done.
    """
    if not form.is_bound or not form.is_valid():
        return False
    error = tried(action)
    if error is not None:
        said = words_of(error, turn())
        form.add_error(error.field if error.field in form.fields else None, said)
    return error is None


def press(
    request: HttpRequest,
    error: DomainError | None,
    done: str,
    name: str,
    *args: str,
    turn: Callable[[], Turn | None] = lambda: None,
) -> HttpResponse:
    """Say how a press without a form ended, on the page it was made on."""
    if error is not None:
        messages.warning(request, words_of(error, turn()))
    else:
        messages.success(request, done)
    return redirect(name, *args)


def gone(request: HttpRequest, form: forms.Form) -> None:
    """Say above the page what was wrong in a form that is no longer there."""
    texts = [str(text) for each in form.errors.values() for text in each]
    messages.warning(request, next(iter(texts), Conflict().message))


def status_of(*all_forms: forms.Form) -> int:
    """Return the status of a page with these forms: one that came back says so."""
    return AMISS if any(form.is_bound and form.errors for form in all_forms) else 200


def catch_up(actor: Actor) -> None:
    """Let what was asked a moment ago count before anything is decided, and stay when that is refused."""
    actions.catch_up(system_actor(actor.own_organisation))
