"""Who else has a matter, a planned visit or a wait request open."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sluitend.journeys.visits import queries as visits
from sluitend.kernel.access.journey import OWN_ACCOUNT
from sluitend.kernel.access.views import actor_of, guarded, shown_since
from sluitend.kernel.flow import turns as flow
from sluitend.kernel.followup.turns import Present

VISITS = ("planned", "wait_request")


@guarded(OWN_ACCOUNT, "POST")
def presence(request: HttpRequest, subject: str, code: str) -> HttpResponse:
    """Say who else has it open and what another did, for a page that asks this while it is seen."""
    page = urlsplit(request.headers.get("Referer", "")).path
    context = {"presence": _found(request, subject, code), "page": page}
    return render(request, "components/present.html", context)


def _found(request: HttpRequest, subject: str, code: str) -> Present:
    since = shown_since(request)
    actor, writes = actor_of(request), bool(request.POST.get("writes"))
    if subject in VISITS:
        return visits.presence(subject, code, actor, since=since, writes=writes)
    return flow.presence(subject, code, actor, since=since, writes=writes)
