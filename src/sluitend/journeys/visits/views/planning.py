"""The pages of whoever plans: own visits, each with one word for every open point."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.journeys.visits import actions, queries
from sluitend.journeys.visits.actions import Plan
from sluitend.journeys.visits.forms import FoundForm, PlanForm, WithdrawForm
from sluitend.journeys.visits.journey import VISIT_LIST, VISIT_PLAN, VISIT_WORK
from sluitend.journeys.visits.views.common import FORM, attempt, catch_up, posted, press, status_of
from sluitend.kernel.access.views import LISTING, READING, actor_of, guarded, tried
from sluitend.kernel.listing import asked_of


@guarded(VISIT_LIST, *LISTING)
def own_list(request: HttpRequest) -> HttpResponse:
    """List what this person planned."""
    actions.heed(actor_of(request))
    page = queries.own_visits(actor_of(request), asked_of(request.GET.dict(), request.POST.dict()))
    return render(request, "visits/own_list.html", {"page": page})


@guarded(VISIT_PLAN, *FORM)
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a visit."""
    form = PlanForm(posted(request))
    if attempt(form, lambda: actions.plan_visit(actor=actor_of(request), plan=plan_of(form))):
        messages.success(request, _("Gepland. Wacht tot er “vrijgegeven” staat."))
        return redirect("visits:own_list")
    return render(request, "visits/plan.html", {"form": form}, status=status_of(form))


def plan_of(form: PlanForm, *, case_code: str = "") -> Plan:
    """Return what was planned."""
    data = form.cleaned_data
    return Plan(kind=data["kind"], day=data["day"], place=form.place(), aim=data["aim"], case_code=case_code)


@guarded(VISIT_WORK, *READING)
def own(request: HttpRequest, code: str) -> HttpResponse:
    """Show one visit to its planner."""
    return _page(request, code)


@guarded(VISIT_WORK, "POST")
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Withdraw a visit."""
    form, actor = WithdrawForm(request.POST), actor_of(request)
    queries.own_visit(code, actor)
    if attempt(form, lambda: actions.withdraw(actor=actor, code=code, reason=form.cleaned_data["reason"])):
        messages.success(request, _("Ingetrokken."))
        return redirect("visits:own_list")
    return _page(request, code, withdraw_form=form)


@guarded(VISIT_WORK, "POST")
def carry_out(request: HttpRequest, code: str) -> HttpResponse:
    """Say that a visit took place, and what was seen there."""
    form, actor = FoundForm(request.POST), actor_of(request)
    catch_up(actor)
    queries.own_visit(code, actor)
    if attempt(form, lambda: actions.carry_out(actor=actor, code=code, found=form.cleaned_data["found"])):
        messages.success(request, _("Vastgelegd."))
        return redirect("visits:own", code)
    return _page(request, code, found_form=form)


@guarded(VISIT_WORK, "POST")
def hear(request: HttpRequest, code: str) -> HttpResponse:
    """Say that one has seen that a visit is not released any more."""
    error = tried(lambda: actions.hear(actor=actor_of(request), code=code))
    return press(request, error, _("Gezien."), "visits:own", code)


def _page(
    request: HttpRequest,
    code: str,
    *,
    withdraw_form: WithdrawForm | None = None,
    found_form: FoundForm | None = None,
) -> HttpResponse:
    actions.heed(actor_of(request))
    view = queries.own_visit(code, actor_of(request))
    trail = [{"label": _("Controles"), "url": "/werk/toezicht/"}, {"label": code, "code": True}]
    withdraw_form, found_form = withdraw_form or WithdrawForm(), found_form or FoundForm()
    context = {"view": view, "trail": trail, "withdraw_form": withdraw_form, "found_form": found_form}
    return render(request, "visits/own.html", context, status=status_of(withdraw_form, found_form))
