"""A list of visits at once: read, said what is wrong of every line, and planned when nothing is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sluitend.journeys.visits import actions, queries
from sluitend.journeys.visits.actions import Plan
from sluitend.journeys.visits.forms import ListForm
from sluitend.journeys.visits.journey import VISIT_PLAN
from sluitend.journeys.visits.list_doors import DoorsForm
from sluitend.journeys.visits.listing import ForAll, Listed, read
from sluitend.journeys.visits.views.common import FORM, attempt, status_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.views import AMISS, actor_of, guarded


@guarded(VISIT_PLAN, *FORM)
def plan_list(request: HttpRequest) -> HttpResponse:
    """Plan a list of visits: all of it, or all but the lines that are wrong."""
    if request.method != "POST":
        return _page(request, ListForm(initial={"kind": "check"}))
    actor, form = actor_of(request), ListForm(request.POST, request.FILES)
    texts: list[str] = []
    if not attempt(form, lambda: texts.append(form.given())):
        return _page(request, form)
    # What came out of a file stands in the box from here on, to be mended there.
    form = ListForm({**request.POST.dict(), "rows": texts[0]})
    listed = _read(texts[0], form, actor)
    leaves = "leave" in request.POST and listed.right
    if listed.wrong or (listed.faulty and not leaves):
        return _page(request, form, listed)
    which = DoorsForm(listed.lines, request.POST)
    if which.asks:
        return _page(request, form, listed, which)
    planned: list[int] = []
    if not attempt(form, lambda: planned.append(actions.plan_visits(actor=actor, plans=which.plans()))):
        return _page(request, form, listed, which)
    said = ngettext(
        "%(number)d contact gepland. Wacht tot er “vrijgegeven” staat.",
        "%(number)d contacten gepland. Wacht tot er “vrijgegeven” staat.",
        planned[0],
    )
    messages.success(request, said % {"number": planned[0]})
    return redirect("visits:own_list")


def _read(text: str, form: ListForm, actor: Actor) -> Listed:
    if not form.is_valid():  # what came out of a file is longer than the box
        return read(text, ForAll())
    data = form.cleaned_data
    for_all = ForAll(data["kind"], data["day"], data["aim"])
    planned = [Plan(kind=kind, day=day, place=place) for kind, day, place in queries.own_open(actor)]
    return read(text, for_all, planned)


def _page(
    request: HttpRequest, form: ListForm, listed: Listed | None = None, which: DoorsForm | None = None
) -> HttpResponse:
    trail = [{"label": _("Controles"), "url": "/werk/toezicht/"}, {"label": _("Een lijst")}]
    amiss = listed is not None and bool(listed.wrong or listed.faulty)
    asks = which is not None and which.asks
    status = AMISS if amiss or asks else status_of(form)
    context = {"form": form, "listed": listed, "which": which, "asks": asks, "trail": trail}
    return render(request, "visits/list.html", context, status=status)
