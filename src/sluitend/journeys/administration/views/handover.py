"""The page on which somebody who leaves hands over everything in one act."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.journeys.administration.actions import handover as actions
from sluitend.journeys.administration.journey import ACCOUNT_MANAGE
from sluitend.journeys.administration.queries.handover import leaving
from sluitend.journeys.administration.views.common import id_of
from sluitend.kernel.access.decisions import may
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.views import AMISS, actor_of, guarded, tried
from sluitend.kernel.followup.journey import HANDOVER


@guarded(HANDOVER, "GET", "HEAD", "POST")
def hand_over(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show all that stands on somebody's name; give it to others and end the roles."""
    actor = actor_of(request)
    left = leaving(account_id, actor)
    problem: DomainError | None = None
    if request.method == "POST":
        to, rest = _choices(request, dict(left.choices))
        problem = tried(lambda: actions.hand_over(account_id, to=to, rest=rest, actor=actor))
        if problem is None:
            name = left.person.name
            messages.success(request, _("Alles van %(name)s is overgedragen.") % {"name": name})
            return redirect("manage_people" if may(actor, ACCOUNT_MANAGE) else "overview")
        left = leaving(account_id, actor)
    context = {
        "left": left,
        "problem": problem,
        "back": "manage_person" if may(actor, ACCOUNT_MANAGE) else "",
        "chosen": {key: value for key, value in request.POST.items() if key.startswith(("to-", "rest"))},
    }
    return render(request, "administration/handover.html", context, status=AMISS if problem else 200)


def _choices(request: HttpRequest, people: dict[str, str]) -> tuple[dict[UUID, UUID], UUID | None]:
    """Return who gets each step that was seen, and who gets the rest."""
    rest = _known(request.POST.get("rest", ""), people)
    to: dict[UUID, UUID] = {}
    for step in request.POST.getlist("step"):
        chosen = _known(request.POST.get(f"to-{step}", ""), people) or rest
        if chosen is not None:
            to[id_of(step)] = chosen
    return to, rest


def _known(value: str, people: dict[str, str]) -> UUID | None:
    if value and value not in people:
        raise Http404
    return UUID(value) if value else None
