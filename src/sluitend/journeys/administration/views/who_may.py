"""Wie mag wat, en wie gaf het: the roles of an organisation, and those that wait for a second person."""

from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from sluitend.journeys.administration.actions import roles as actions
from sluitend.journeys.administration.journey import ESCALATION_CHOOSE, ROLE_CONFIRM, ROLE_LIST
from sluitend.journeys.administration.queries import roles
from sluitend.journeys.administration.queries.people import manages_all
from sluitend.journeys.administration.role_words import changes
from sluitend.journeys.administration.views.common import id_of
from sluitend.kernel.access.decisions import may
from sluitend.kernel.access.views import actor_of, guarded, tried
from sluitend.kernel.followup.handover import returned
from sluitend.kernel.organisations.queries import memberships, names, offers

MONTH = timedelta(days=31)
OWN = {"accept": actions.accept, "decline": actions.decline}


@guarded(ROLE_CONFIRM, "GET", "HEAD", "POST")
def who_may(request: HttpRequest) -> HttpResponse:
    """Show who has which role and who gave it; confirm a role that another offered, or refuse it."""
    actor = actor_of(request)
    lists = may(actor, ROLE_LIST)
    if not lists and not manages_all(actor):
        raise Http404
    if request.method == "POST":
        said: list[str] = []
        error = tried(lambda: said.append(_done(request)))
        if error is not None:
            messages.warning(request, error.message)
        for each in said:
            messages.success(request, each)
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
    }
    return render(request, "administration/who_may.html", context)


def _done(request: HttpRequest) -> str:
    actor, what = actor_of(request), request.POST.get("do", "")
    if what == "seen":
        actions.seen_returned(id_of(request.POST.get("account", "")), actor)
        return _("Genoteerd.")
    if what == "confirm":
        actions.confirm(id_of(request.POST.get("membership", "")), actor, until=_day(request))
        return _("De rol is bevestigd.")
    if what == "refuse":
        actions.refuse(id_of(request.POST.get("membership", "")), actor)
        return _("Dat is ongedaan gemaakt. De beheerder kan de rol opnieuw aanbieden.")
    raise Http404


def _day(request: HttpRequest) -> date | None:
    """Return until when the page said that the role would work; nothing for one without an end."""
    try:
        return parse_date(request.POST.get("until", ""))
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
        membership_id = id_of(request.POST.get("membership", ""))
        problem = tried(lambda: what(membership_id, actor))
        if problem is None:
            messages.success(request, _("Dat is genoteerd."))
            return redirect("own_roles")
    account_id = actor.own_account
    context = {"memberships": memberships(account_id), "offers": offers(account_id), "problem": problem}
    return render(request, "administration/own_roles.html", context)
