"""The pages of whoever plans: own contacts, each with one word for every open point."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.journeys.contacts import actions, queries
from sluitend.journeys.contacts.actions import Plan
from sluitend.journeys.contacts.forms import PlanForm, WithdrawForm
from sluitend.journeys.contacts.journey import CONTACT_LIST, CONTACT_PLAN, CONTACT_WORK
from sluitend.journeys.contacts.views.common import FORM, attempt, catch_up, posted, press, status_of
from sluitend.kernel.access.views import READING, actor_of, guarded, tried


@guarded(CONTACT_LIST, *READING)
def own_list(request: HttpRequest) -> HttpResponse:
    """List what this person planned."""
    actions.heed(actor_of(request))
    page = queries.own_contacts(actor_of(request), after=request.GET.get("na", ""))
    return render(request, "contacts/own_list.html", {"page": page})


@guarded(CONTACT_PLAN, *FORM)
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a contact."""
    form = PlanForm(posted(request))
    if attempt(form, lambda: actions.plan_contact(actor=actor_of(request), plan=plan_of(form))):
        messages.success(request, _("Gepland. Wacht tot er “vrijgegeven” staat."))
        return redirect("contacts:own_list")
    return render(request, "contacts/plan.html", {"form": form}, status=status_of(form))


def plan_of(form: PlanForm, *, case_code: str = "") -> Plan:
    """Return what was planned."""
    data = form.cleaned_data
    return Plan(kind=data["kind"], day=data["day"], place=form.place(), aim=data["aim"], case_code=case_code)


@guarded(CONTACT_WORK, *READING)
def own(request: HttpRequest, code: str) -> HttpResponse:
    """Show one contact to its planner."""
    return _page(request, code, WithdrawForm())


@guarded(CONTACT_WORK, "POST")
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Withdraw a contact."""
    form, actor = WithdrawForm(request.POST), actor_of(request)
    queries.own_contact(code, actor)
    if attempt(form, lambda: actions.withdraw(actor=actor, code=code, reason=form.cleaned_data["reason"])):
        messages.success(request, _("Ingetrokken."))
        return redirect("contacts:own_list")
    return _page(request, code, form)


@guarded(CONTACT_WORK, "POST")
def carry_out(request: HttpRequest, code: str) -> HttpResponse:
    """Say that a contact took place."""
    actor = actor_of(request)
    catch_up(actor)
    error = tried(lambda: actions.carry_out(actor=actor, code=code))
    return press(request, error, _("Vastgelegd."), "contacts:own", code)


@guarded(CONTACT_WORK, "POST")
def hear(request: HttpRequest, code: str) -> HttpResponse:
    """Say that one has seen that a contact is not released any more."""
    error = tried(lambda: actions.hear(actor=actor_of(request), code=code))
    return press(request, error, _("Gezien."), "contacts:own", code)


def _page(request: HttpRequest, code: str, form: WithdrawForm) -> HttpResponse:
    actions.heed(actor_of(request))
    view = queries.own_contact(code, actor_of(request))
    trail = [{"label": _("Controles"), "url": "/werk/toezicht/"}, {"label": code, "code": True}]
    context = {"view": view, "trail": trail, "withdraw_form": form}
    return render(request, "contacts/own.html", context, status=status_of(form))
