"""Being away: oneself, or a colleague."""

from datetime import date
from typing import TypedDict
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.journeys.administration.actions import absence as actions
from sluitend.journeys.administration.forms.absence import AbsenceForm, ColleagueAbsenceForm
from sluitend.journeys.administration.journey import ABSENCE_COLLEAGUE
from sluitend.journeys.administration.views.common import done, id_of, status_of
from sluitend.kernel.access.journey import OWN_ACCOUNT
from sluitend.kernel.access.views import actor_of, guarded, tried
from sluitend.kernel.organisations import absence, queries
from sluitend.kernel.organisations.models import STANDS_IN, Role


@guarded(OWN_ACCOUNT, "GET", "HEAD", "POST")
def own_absence(request: HttpRequest) -> HttpResponse:
    """Show and write down when one is away, and who stands in."""
    actor = actor_of(request)
    own = actor.own_organisation
    if ended := _ended(request, "own_absence"):
        return ended
    deputies = absence.candidates(own, but=actor.own_account) if actor.roles.intersection(STANDS_IN) else []
    form = AbsenceForm(request.POST or None, deputies=deputies)
    if form.is_valid() and done(form, lambda: actions.enter_own(**_days(form), actor=actor)):
        messages.success(request, _("De afwezigheid is doorgegeven."))
        return redirect("own_absence")
    context = {"form": form, "absences": absence.absences(own, account_id=actor.own_account), "own": True}
    return render(request, "administration/absence.html", context, status=status_of(form))


@guarded(ABSENCE_COLLEAGUE, "GET", "HEAD", "POST")
def colleague_absence(request: HttpRequest) -> HttpResponse:
    """Show who is away, and write it down for somebody who cannot."""
    actor = actor_of(request)
    own = actor.own_organisation
    if ended := _ended(request, "colleague_absence"):
        return ended
    people = {str(each.account_id): each.name for each in queries.colleagues(own)}
    deputies = absence.candidates(own, but=actor.own_account)
    form = ColleagueAbsenceForm(request.POST or None, deputies=deputies, people=list(people.items()))
    if form.is_valid() and done(
        form,
        lambda: actions.enter_for(UUID(form.cleaned_data["person"]), **_days(form), actor=actor),
    ):
        messages.success(request, _("De afwezigheid is doorgegeven."))
        return redirect("colleague_absence")
    manages = Role.MANAGER in actor.roles
    context = {"form": form, "absences": absence.absences(own), "own": False, "manages": manages}
    return render(request, "administration/absence.html", context, status=status_of(form))


class _Days(TypedDict):
    first: date
    last: date
    deputy_id: UUID | None


def _days(form: AbsenceForm) -> _Days:
    data = form.cleaned_data
    return _Days(first=data["first"], last=data["last"], deputy_id=form.deputy_id())


def _ended(request: HttpRequest, page: str) -> HttpResponse | None:
    if "end" not in request.POST:
        return None
    error = tried(lambda: actions.end(id_of(request.POST["end"]), actor=actor_of(request)))
    if error is None:
        messages.success(request, _("De afwezigheid is weggehaald."))
    else:
        messages.error(request, error.message)
    return redirect(page)
