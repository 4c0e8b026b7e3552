"""The agreements between municipalities to stand in for each other."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.journeys.administration.actions import agreements as actions
from sluitend.journeys.administration.forms.absence import CoverForm, PoolForm
from sluitend.journeys.administration.journey import ACCOUNT_MANAGE
from sluitend.journeys.administration.queries.people import manages_all
from sluitend.journeys.administration.views.common import done, id_of, status_of
from sluitend.kernel.access.views import actor_of, guarded, tried
from sluitend.kernel.organisations import absence
from sluitend.kernel.organisations.reading import towns


@guarded(ACCOUNT_MANAGE, "GET", "HEAD", "POST")
def pools(request: HttpRequest) -> HttpResponse:
    """Show the agreements with other municipalities; propose, agree, stop."""
    actor = actor_of(request)
    if manages_all(actor):
        return _covers(request)
    own = actor.own_organisation
    for name, verb in (("agree", actions.agree_to_pool), ("leave", actions.leave_pool)):
        if name in request.POST:
            error = tried(lambda: verb(id_of(request.POST[name]), actor=actor))  # noqa: B023  (called at once)
            if error is None:
                messages.success(request, _("Dat is gedaan."))
            else:
                messages.error(request, error.message)
            return redirect("manage_pools")
    form = PoolForm(request.POST or None, others=absence.municipalities(but=own))
    if form.is_valid() and done(form, lambda: _propose(form, request)):
        messages.success(request, _("De afspraak staat er. De andere gemeenten moeten nog akkoord gaan."))
        return redirect("manage_pools")
    context = {"pools": absence.pools(own), "form": form}
    return render(request, "administration/pools.html", context, status=status_of(form))


def _covers(request: HttpRequest) -> HttpResponse:
    """Show where somebody reads and who stands in; make and end such an agreement."""
    if "end" in request.POST:
        error = tried(lambda: actions.end_cover(id_of(request.POST["end"]), actor=actor_of(request)))
        if error is None:
            messages.success(request, _("De waarneming is gestopt. Onderaan ziet u waar nu niemand leest."))
        else:
            messages.error(request, error.message)
        return redirect("manage_pools")
    found = towns()
    form = CoverForm(request.POST or None, towns=found)
    if form.is_valid() and done(form, lambda: _cover(form, request)):
        messages.success(request, _("De afspraak staat er. Wie waarneemt, moet nog akkoord gaan."))
        return redirect("manage_pools")
    context = {"covers": absence.covers(), "towns": found, "form": form}
    return render(request, "administration/covers.html", context, status=status_of(form))


def _cover(form: CoverForm, request: HttpRequest) -> None:
    data = form.cleaned_data
    actions.propose_cover(
        reference=data["reference"],
        since=data["since"],
        until=data["until"],
        covered=[UUID(each) for each in data["covered"]],
        standing_in=[UUID(each) for each in data["standing_in"]],
        actor=actor_of(request),
    )


def _propose(form: PoolForm, request: HttpRequest) -> None:
    data = form.cleaned_data
    actions.propose_pool(
        reference=data["reference"],
        since=data["since"],
        until=data["until"],
        organisation_ids=[UUID(each) for each in data["organisations"]],
        actor=actor_of(request),
    )
