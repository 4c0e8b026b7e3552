"""The plan of a case: its facts, its actions, and what a person does with them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sluitend.journeys.cases import actions, queries
from sluitend.journeys.cases.forms import ActionForm, FactForm, ReleaseForm
from sluitend.journeys.cases.forms.clashing import Revised
from sluitend.journeys.cases.journey import CASE_PLAN
from sluitend.journeys.cases.queries.plan_views import PlanPage
from sluitend.journeys.cases.queries.planning import LATER, REFUSALS
from sluitend.journeys.cases.views.common import attempt, status_of, to
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.views import actor_of, guarded


@require_safe
@guarded(CASE_PLAN)
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Show the plan with the facts it stands on."""
    return _page(request, queries.plan_page(code, actor_of(request)))


@require_POST
@guarded(CASE_PLAN)
def fact(request: HttpRequest, code: str) -> HttpResponse:
    """Record what a person says of one fact, and show the plan that follows."""
    actor = actor_of(request)
    page = queries.plan_page(code, actor)
    form = FactForm(request.POST, page=page, initial={"revision": page.head.revision})
    if form.is_valid():
        data = form.cleaned_data
        done, change = attempt(
            form,
            lambda: actions.set_fact(
                actor=actor, code=code, fact=data["fact"], values=data["values"], revision=form.seen
            ),
        )
        if done and change is not None:
            messages.success(request, _changed(change))
            return to("plan", code, fragment=f"feit-{data['fact']}")
    return _page(request, page, form)


@require_POST
@guarded(CASE_PLAN)
def action(request: HttpRequest, code: str) -> HttpResponse:
    """Begin an action, record that it was done or not, or take it up again."""
    actor = actor_of(request)
    page = queries.plan_page(code, actor)
    form = ActionForm(request.POST, page=page, initial={"revision": page.head.revision})
    if form.is_valid():
        done, _nothing = attempt(form, lambda: _do(form, code, actor))
        if done and form.cleaned_data["what"] == form.START:
            # A page of the journey above: its address is known, its code is not.
            return redirect(f"/werk/casussen/{code}/doorzetten/")
        if done:
            return to("plan", code, fragment="plan")
    return _page(request, page, form)


@require_POST
@guarded(CASE_PLAN)
def release(request: HttpRequest, code: str) -> HttpResponse:
    """Judge the case by the newest release of the handbook from now on."""
    actor = actor_of(request)
    page = queries.plan_page(code, actor)
    form = ReleaseForm(request.POST, initial={"revision": page.head.revision})
    if form.is_valid():
        number = form.cleaned_data["number"]
        done, _nothing = attempt(
            form,
            lambda: actions.take_over_release(actor=actor, code=code, number=number, revision=form.seen),
        )
        if done:
            messages.success(request, _("De casus loopt nu volgens uitgave %(n)s.") % {"n": number})
            return to("plan", code, fragment="plan")
    return _page(request, page, form)


def _do(form: ActionForm, code: str, actor: Actor) -> None:
    data = form.cleaned_data
    what, chosen = data["what"], data["action"]
    named: dict[str, Any] = {"actor": actor, "code": code, "revision": form.seen}
    if what == form.START:
        actions.start_actions(**named, actions=chosen)
        return
    named["action"] = chosen[0]
    if what == form.FINISH:
        actions.finish_action(**named)
    elif what == form.PUT_OFF:
        if data["until"] is None:
            raise DomainError(_("Kies een dag."), "until")
        more = {"until": data["until"], "reason": data["reason"], "sentence": data["reason_text"]}
        actions.put_off_action(**named, **more)
    elif what == form.REFUSE:
        actions.refuse_action(**named, reason=data["reason"], sentence=data["reason_text"])
    else:
        actions.take_up_again(**named)


def _page(request: HttpRequest, page: PlanPage, form: Revised | None = None) -> HttpResponse:
    listed = page.pack.reason_list
    sent = form.data if isinstance(form, ActionForm) else None
    context = {"page": page, "form": form, "sent": sent, "reasons": listed(REFUSALS), "later": listed(LATER)}
    return render(request, "cases/plan.html", context, status=status_of(form) if form else 200)


def _changed(change: actions.PlanChange) -> str:
    if not (change.new or change.gone or change.faster):
        return _("Vastgelegd. Het plan blijft zoals het was.")
    told = [
        f"{sentence % {'actions': actions.in_one_line(words)}}."
        for sentence, words in (
            (_("Nieuw: %(actions)s"), change.new),
            (_("Niet meer nodig: %(actions)s"), change.gone),
            (_("Sneller: %(actions)s"), change.faster),
        )
        if words
    ]
    return " ".join([_("Het plan is veranderd."), *told])
