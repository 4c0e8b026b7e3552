"""A form of the desk that is sent twice is worked once: a double click, a reload, a retry.

Every page that is shown has its own token against forged forms. Together with who sends what to which
address that token tells a second sending of the same page from a second wish: what was typed differently,
or on a page that was shown anew, is worked again.
"""

import hashlib
import hmac
import json
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from sluitend.forms import actions
from sluitend.kernel.access.acting import Actor

type GetResponse = Callable[[HttpRequest], HttpResponse]

DESK = "/werk/"
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
# How an account likes to work: pressing again means it again.
AGAIN = ("/werk/account/", "/werk/concept/")
LONGEST = 200


class Once:
    """Work a form once, in the transaction that does what it asks."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None or not actor.roles or not _counts(request):
            return self.get_response(request)
        key = key_of(request, actor)
        before = actions.claim_form(key, actor=actor)
        if before:
            return HttpResponseRedirect(before)
        response = self.get_response(request)
        place = response.headers.get("Location", "")
        if response.status_code in (302, 303) and _ours(place):
            actions.form_worked(key, place=place, actor=actor)
        elif getattr(request, "failure", None) is None and response.status_code < 500:
            actions.form_came_back(key, actor=actor)
        return response


def key_of(request: HttpRequest, actor: Actor) -> UUID:
    """Return what a sending has in common with its repetitions: a keyed hash, from which nothing is read."""
    fields = sorted((name, values) for name, values in request.POST.lists())
    files = [(name, each.name, each.size) for name, many in request.FILES.lists() for each in many]
    what = json.dumps([str(actor.account_id), request.path, fields, files]).encode()
    return UUID(bytes=hmac.new(settings.SECRET_KEY.encode(), what, hashlib.sha256).digest()[:16])


def _counts(request: HttpRequest) -> bool:
    return (
        request.method == "POST"
        and request.path.startswith(DESK)
        and not request.path.startswith(AGAIN)
        and TOKEN in request.POST
        and "Sluitend-Preview" not in request.headers
    )


def _ours(place: str) -> bool:
    return 0 < len(place) <= LONGEST and url_has_allowed_host_and_scheme(place, None)
