"""Wie mag wat, en wie gaf het: the roles of an organisation, and those that wait for a second person."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.kernel.access.decisions import may
from sluitend.kernel.access.views import actor_of, guarded, tried
from sluitend.kernel.followup.handover import returned
from sluitend.kernel.followup.journey import CHECK_ROLES, ESCALATION_CHOOSE
from sluitend.kernel.followup.queries import open_of_kind
from sluitend.kernel.organisations import roles
from sluitend.kernel.organisations.queries import memberships, names, offers
from sluitend.surfaces.desk import actions, role_actions
from sluitend.surfaces.desk.journey import ROLE_CONFIRM, ROLE_LIST
from sluitend.surfaces.desk.role_words import changes
from sluitend.surfaces.desk.who import account_of

MONTH = timedelta(days=31)
OWN = {"accept": role_actions.accept, "decline": role_actions.decline}


@guarded(ROLE_CONFIRM, "GET", "HEAD", "POST")
def who_may(request: HttpRequest) -> HttpResponse:
    """Show who has which role and who gave it; confirm a role that another offered, or refuse it."""
    actor = actor_of(request)
    lists = may(actor, ROLE_LIST)
    if not lists and not actions.manages_all(actor):
        raise Http404
    if request.method == "POST":
        messages.success(request, _done(request))
        return redirect("who_may")
    since = timezone.localdate() - MONTH
    rows = roles.given_in(actor.own_organisation, ended_since=since) if lists else []
    today = timezone.localdate()
    context = {
        "waiting": roles.to_confirm(actor.own_account, actor.own_organisation),
        "rows": [each for each in rows if each.until is None or each.until >= today],
        "changes": changes(rows, since=since, today=today),
        "lists": lists,
        "returned": names(returned(actor)) if lists else {},
        "manages": may(actor, ESCALATION_CHOOSE),
        "to_look": lists and open_of_kind(CHECK_ROLES, actor),
    }
    return render(request, "desk/who_may.html", context)


def _done(request: HttpRequest) -> str:
    actor, what = actor_of(request), request.POST.get("do", "")
    if what == "looked":
        role_actions.looked_through(actor)
        return _("Genoteerd: u keek na wie hier mag werken.")
    if what == "seen":
        role_actions.seen_returned(_id(request, "account"), actor)
        return _("Genoteerd.")
    if what == "confirm":
        role_actions.confirm(_id(request, "membership"), actor)
        return _("De rol is bevestigd.")
    if what == "refuse":
        role_actions.refuse(_id(request, "membership"), actor)
        return _("De rol is weg. De beheerder kan haar opnieuw aanbieden.")
    raise Http404


def _id(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        raise Http404 from None


@login_required
def own_roles(request: HttpRequest) -> HttpResponse:
    """Show one's own roles and what they wait for; take a role elsewhere, or say no."""
    actor, problem = actor_of(request), None
    if request.method == "POST":
        what = OWN.get(request.POST.get("do", ""))
        if what is None:
            raise Http404
        membership_id = _id(request, "membership")
        problem = tried(lambda: what(membership_id, actor))
        if problem is None:
            messages.success(request, _("Dat is genoteerd."))
            return redirect("own_roles")
    account_id = account_of(request).pk
    context = {"memberships": memberships(account_id), "offers": offers(account_id), "problem": problem}
    return render(request, "desk/own_roles.html", context)
