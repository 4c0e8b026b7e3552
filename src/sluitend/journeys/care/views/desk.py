"""The pages of the coordinator. Who works elsewhere gets the page of what never existed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.forms.shelter_address import without_question
from sluitend.journeys.care import actions, queries
from sluitend.journeys.care.desk_forms import AnswerForm, AttemptForm, CloseForm, TellForm
from sluitend.journeys.care.door_forms import SignalForm
from sluitend.journeys.care.journey import CARE_LIST, CARE_READ, CARE_WORK
from sluitend.journeys.care.views.pressing import press
from sluitend.journeys.shelter import queries as shelter
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.views import AMISS, READING, actor_of, guarded, tried
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.listing import PAGE


@guarded(CARE_LIST, *READING)
def requests(request: HttpRequest) -> HttpResponse:
    """List the requests by urgency, without names; who slept where, and what is over, only when asked."""
    actor = actor_of(request)
    page = queries.requests(actor, request.GET.dict())
    if page.chosen[queries.SHOW.name] == queries.NIGHTS:
        return render(request, "care/list.html", {"page": page, "nights": shelter.searches(actor)})
    tonight = _tonight(actor) if page.chosen.is_usual else {}
    return render(request, "care/list.html", {"page": page, **tonight})


@guarded(CARE_READ, *READING)
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show one request: how to reach the person first."""
    return shown(request, code)


take_on = press(CARE_WORK, actions.take_on, gettext_lazy("Aangenomen. De aanvrager leest dat."))
hear = press(CARE_WORK, actions.hear, gettext_lazy("Gelezen."))


@guarded(CARE_WORK, "POST")
def advise(request: HttpRequest, code: str) -> HttpResponse:
    """Answer a question for advice."""
    form = AnswerForm(request.POST, auto_id="answer_%s")
    return _sent(request, code, "answer_form", form, actions.advise)


@guarded(CARE_WORK, "POST")
def ask_back(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the asker something."""
    form = AnswerForm(request.POST, auto_id="ask_%s")
    return _sent(request, code, "ask_form", form, actions.ask_back)


@guarded(CARE_WORK, "POST")
def tell(request: HttpRequest, code: str) -> HttpResponse:
    """Write to the asker."""
    form = TellForm(request.POST, pack=current_release().pack)
    return _sent(request, code, "tell_form", form, actions.tell)


@guarded(CARE_WORK, "POST")
def note_attempt(request: HttpRequest, code: str) -> HttpResponse:
    """Note that contact was tried."""
    form = AttemptForm(request.POST, pack=current_release().pack)
    return _sent(request, code, "attempt_form", form, actions.note_attempt)


@guarded(CARE_WORK, "POST")
def open_file(request: HttpRequest, code: str) -> HttpResponse:
    """Make the care file of a request, and go there."""
    made: list[str] = []
    error = tried(lambda: made.append(actions.open_file(code=code, actor=actor_of(request))))
    if error is not None:
        messages.warning(request, error.message)
        return redirect("care:request", code=code)
    messages.success(request, _("Dossier gemaakt."))
    return redirect("care_files:file", code=made[0])


@guarded(CARE_WORK, "POST")
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close a request with its outcome."""
    form = CloseForm(request.POST, pack=current_release().pack)
    return _sent(request, code, "close_form", form, actions.close)


def _tonight(actor: Actor) -> dict[str, Any]:
    """Return who looks for a place, with who has it now; nothing where nobody looks."""
    lines = shelter.searches(actor, PAGE)
    without_bed = shelter.without_bed(lines)
    reached = shelter.reached(actor) if without_bed else None
    return {
        "searches": lines,
        "without_bed": without_bed,
        "more": len(without_bed) == PAGE,
        "reached": reached,
    }


def _sent(
    request: HttpRequest, code: str, name: str, form: forms.Form, action: Callable[..., None]
) -> HttpResponse:
    """Do what a form asks, or show the page again with what is wrong beside its field."""
    if form.is_valid():
        given = without_question(form.cleaned_data)
        error = tried(lambda: action(code=code, actor=actor_of(request), **given))
        if error is None:
            messages.success(request, _("Bewaard."))
            return redirect("care:request", code=code)
        form.add_error(error.field if error.field in form.fields else None, error.message)
    return shown(request, code, **{name: form})


def shown(request: HttpRequest, code: str, **bound: forms.Form) -> HttpResponse:
    """Return the page of a request, with a form that came back."""
    actor, pack = actor_of(request), current_release().pack
    view = queries.request(code, actor)
    searches = shelter.begun_from(view.id, actor)
    context = {
        "view": view,
        "searches": searches,
        "may_search": view.may_search and bool(pack.night_hours) and not any(here for *_, here in searches),
        "trail": [{"label": _("Zorg"), "url": "/werk/zorg/"}, {"label": code, "code": True}],
        "answer_form": AnswerForm(auto_id="answer_%s"),
        "ask_form": AnswerForm(auto_id="ask_%s"),
        "tell_form": TellForm(pack=pack),
        "attempt_form": AttemptForm(pack=pack),
        "close_form": CloseForm(pack=pack),
        "signal_form": SignalForm(pack=pack),
        "wrong": next(iter(bound.values()), None),
        **bound,
    }
    return render(request, "care/request.html", context, status=AMISS if bound else 200)
