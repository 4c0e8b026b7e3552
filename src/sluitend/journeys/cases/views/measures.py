"""Measures of a case: the list with what can be added, and one measure with what carries it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sluitend.journeys.cases import actions, queries
from sluitend.journeys.cases.forms import AddMeasureForm, EvidenceForm, GiveForm, ResultForm
from sluitend.journeys.cases.forms.clashing import Revised
from sluitend.journeys.cases.forms.fields import today
from sluitend.journeys.cases.journey import CASE_PLAN
from sluitend.journeys.cases.models import is_minor
from sluitend.journeys.cases.queries.measures import DEPARTMENT, MeasurePage
from sluitend.journeys.cases.views.common import attempt, status_of, to
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.views import actor_of, guarded

FORM = ["GET", "HEAD", "POST"]
A_WEEK = 7
GIVE, EVIDENCE, RESULT = "give", "evidence", "result"


@require_http_methods(FORM)
@guarded(CASE_PLAN)
def measures(request: HttpRequest, code: str) -> HttpResponse:
    """Show the measures of a case and what else can be done here, or add one of those."""
    actor = actor_of(request)
    page = queries.measures_page(code, actor)
    form = None
    if page.may_add:
        data = request.POST if request.method == "POST" else None
        form = AddMeasureForm(data, page=page, initial={"revision": page.head.revision})
        if form.is_valid():
            said = form.cleaned_data
            done, _nothing = attempt(
                form,
                lambda: actions.add_measure(
                    actor=actor,
                    code=code,
                    action=said["action"],
                    reason=said["reason"],
                    sentence=said["reason_text"],
                    revision=form.seen,
                ),
            )
            if done:
                messages.success(request, _("De actie staat in het plan."))
                return to("plan", code, fragment="plan")
    context = {"page": page, "form": form}
    return render(request, "cases/measures.html", context, status=status_of(form) if form else 200)


@require_http_methods(FORM)
@guarded(CASE_PLAN)
def measure(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Show one measure with what carries it, give it to somebody, or note what came of it."""
    actor = actor_of(request)
    sent = request.POST.get("what", "") if request.method == "POST" else ""
    page = queries.measure_page(code, key, actor)
    if page is None:
        # It left the plan, and nobody had been given it.
        messages.error(request, _("Deze actie staat niet meer in het plan."))
        return to("measures", code)
    forms = _forms(request, page, sent)
    form = forms.get(sent)
    if form is not None and form.is_valid() and attempt(form, _deed(form, page, actor))[0]:
        messages.success(request, _("Vastgelegd."))
        return to("measure", code, key) if sent == EVIDENCE else to("measures", code)
    context = {"page": page, "form": form, "forms": forms, "sent": sent}
    return render(request, "cases/measure.html", context, status=status_of(form) if form else 200)


def _forms(request: HttpRequest, page: MeasurePage, sent: str) -> dict[str, Revised]:
    """Return the forms that this measure has now; the one that was sent has what was typed."""

    def made(what: str, kind: Callable[..., Revised], **initial: Any) -> Revised:
        data = request.POST if what == sent else None
        return kind(data, page=page, initial={"revision": page.head.revision, **initial})

    view = page.view
    found: dict[str, Revised] = {}
    if not page.head.open:
        return {}
    if view.planned is not None and view.asked and not view.result:
        found[EVIDENCE] = made(EVIDENCE, EvidenceForm)
    if view.may_give:
        found[GIVE] = made(GIVE, GiveForm, **_proposed(page))
    if view.held:
        found[RESULT] = made(RESULT, ResultForm)
    return found


def _proposed(page: MeasurePage) -> dict[str, Any]:
    """Return what stands in the form: what was said before, else the department that the handbook names."""
    given, planned = page.view.given, page.view.planned
    if given and given["to"]:
        return {"to": given["to"], "contact": given["contact"], "question": given["question"]}
    department = planned.party.department if planned else None
    hurries = page.head.acute or is_minor(page.head.minor)
    soon = {} if hurries else {"until": today() + timedelta(days=A_WEEK)}
    return {"to": f"{DEPARTMENT}:{department}" if department else "", **soon}


def _deed(form: Revised, page: MeasurePage, actor: Actor) -> Callable[[], object]:
    named: dict[str, Any] = {
        "actor": actor,
        "code": page.head.code,
        "action": page.view.id,
        "revision": form.seen,
    }
    data = form.cleaned_data
    match form:
        case EvidenceForm():
            pieces = form.said
            return lambda: actions.keep_evidence(**named, pieces=pieces)
        case GiveForm():
            wanted = {name: data[name] for name in ("to", "contact", "question", "until")}
            return lambda: actions.give(**named, **wanted)
    return lambda: actions.note_result(**named, result=data["result"], on=data["on"])
