"""Being away, oneself or a colleague, and the agreements between municipalities to stand in."""

from collections.abc import Callable
from datetime import date
from typing import TypedDict
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.kernel.access.journey import OWN_ACCOUNT
from sluitend.kernel.access.views import AMISS, actor_of, guarded, tried
from sluitend.kernel.followup.journey import ABSENCE_COLLEAGUE
from sluitend.kernel.manifest import FOCAL
from sluitend.kernel.organisations import absence, queries
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.organisations.reading import towns
from sluitend.surfaces.desk import absence_actions as actions
from sluitend.surfaces.desk.absence_forms import AbsenceForm, ColleagueAbsenceForm, CoverForm, PoolForm
from sluitend.surfaces.desk.journey import ACCOUNT_MANAGE


@guarded(OWN_ACCOUNT, "GET", "HEAD", "POST")
def own_absence(request: HttpRequest) -> HttpResponse:
    """Show and write down when one is away, and who stands in."""
    actor = actor_of(request)
    own = actor.own_organisation
    if ended := _ended(request, "own_absence"):
        return ended
    deputies = absence.candidates(own, but=actor.own_account) if actor.roles & FOCAL else []
    form = AbsenceForm(request.POST or None, deputies=deputies)
    if form.is_valid() and done(form, lambda: actions.enter_own(**_days(form), actor=actor)):
        messages.success(request, _("De afwezigheid is doorgegeven."))
        return redirect("own_absence")
    context = {"form": form, "absences": absence.absences(own, account_id=actor.own_account), "own": True}
    return render(request, "desk/absence.html", context, status=status_of(form))


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
    context = {"form": form, "absences": absence.absences(own), "own": False}
    return render(request, "desk/absence.html", context, status=status_of(form))


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
    error = tried(lambda: actions.end(_id(request.POST["end"]), actor=actor_of(request)))
    if error is None:
        messages.success(request, _("De afwezigheid is weggehaald."))
    else:
        messages.error(request, error.message)
    return redirect(page)


def _id(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise Http404 from None


def done(form: forms.Form, action: Callable[[], object]) -> bool:
    """Try an action, and put what the person should hear beside its field. Returns whether it was done."""
    error = tried(action)
    if error is not None:
        form.add_error(error.field if error.field in form.fields else None, error.message)
    return error is None


def status_of(form: forms.Form) -> int:
    """Return the status of a page with this form: a form that came back says so."""
    return AMISS if form.is_bound and form.errors else 200


@guarded(ACCOUNT_MANAGE, "GET", "HEAD", "POST")
def pools(request: HttpRequest) -> HttpResponse:
    """Show the agreements with other municipalities; propose, agree, stop."""
    actor = actor_of(request)
    if actor.organisation_kind in (Organisation.Kind.REGION, Organisation.Kind.PLATFORM):
        return _covers(request)
    own = actor.own_organisation
    for name, verb in (("agree", actions.agree_to_pool), ("leave", actions.leave_pool)):
        if name in request.POST:
            error = tried(lambda: verb(_id(request.POST[name]), actor=actor))  # noqa: B023  (called at once)
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
    return render(request, "desk/pools.html", context, status=status_of(form))


def _covers(request: HttpRequest) -> HttpResponse:
    """Show where somebody reads and who stands in; make and end such an agreement."""
    if "end" in request.POST:
        error = tried(lambda: actions.end_cover(_id(request.POST["end"]), actor=actor_of(request)))
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
    return render(request, "desk/covers.html", context, status=status_of(form))


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
