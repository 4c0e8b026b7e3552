"""Vandaag: what needs somebody, in order."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.administration.queries import waiting_house_style
from sluitend.journeys.editing.journey import HANDBOOK_PUBLISH
from sluitend.journeys.editing.queries import asks
from sluitend.journeys.visits import actions as visits
from sluitend.kernel.access.decisions import may
from sluitend.kernel.access.views import actor_of, guarded
from sluitend.kernel.followup.journey import TODAY
from sluitend.kernel.manifest import Work
from sluitend.surfaces.desk import queries
from sluitend.surfaces.desk.who import account_of

WORKS = (
    ("bellen", Work.CALL, _("Bellen"), "phone"),
    ("lezen", Work.READ, _("Lezen"), "eye"),
    ("beslissen", Work.DECIDE, _("Beslissen"), "check"),
    ("schrijven", Work.WRITE, _("Schrijven"), "edit"),
)
"""What somebody with little time can choose: in the address, what it is, in words, and its icon."""


@guarded(TODAY)
def today(request: HttpRequest) -> HttpResponse:
    """Show every open step of this person and their roles, or those of one kind of work."""
    actor, account = actor_of(request), account_of(request)
    work = next((each for name, each, *_words in WORKS if name == request.GET.get("werk")), None)
    found = queries.today(actor, account, work=work)
    # Nobody reads "released" of what somebody asked to wait with a moment ago.
    if found.says_released and visits.heed(actor):
        found = queries.today(actor, account, work=work)
    handbook = asks(actor) if may(actor, HANDBOOK_PUBLISH) else None
    context = {
        "today": found,
        "handbook": handbook,
        "house_style_of": waiting_house_style(actor),
        "offered": actor.offered,
        # Of somebody's first days: whoever was here on an earlier day knows the way.
        "offers_walk": not (account.walked or account.seen_before),
        "works": WORKS,
    }
    return render(request, "desk/today.html", context)


@guarded(TODAY)
def more(request: HttpRequest) -> HttpResponse:
    """Show what does not fit the tabs of a phone, as a page of its own."""
    return render(request, "desk/more.html")
