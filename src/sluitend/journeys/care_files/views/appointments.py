"""Appointments on the page of a care file, and the page on which one of them is moved or noted."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.journeys.care_files import actions, queries
from sluitend.journeys.care_files.forms import AppointmentForm, BecameForm, GiveForm, MomentForm, Seen
from sluitend.journeys.care_files.journey import CARE_FILE_MEET
from sluitend.journeys.care_files.views.consents import FORM
from sluitend.journeys.care_files.views.desk import refused, sent
from sluitend.journeys.care_files.views.one_form import Words, one_form
from sluitend.kernel.access.views import AMISS, READING, actor_of, guarded, tried

MEET = Words(
    "meet",
    gettext_lazy("Maak een afspraak"),
    gettext_lazy("Bewaar de afspraak"),
    gettext_lazy("De persoon krijgt geen bericht van dit systeem. Een herinnering is een stap voor u."),
)


@guarded(CARE_FILE_MEET, *FORM)
def make(request: HttpRequest, code: str) -> HttpResponse:
    """Make an appointment."""
    form = partial(AppointmentForm, workers=queries.workers(actor_of(request)))

    def act(*, code: str, actor: Any, revision: int | None, **parts: Any) -> None:
        planned = actions.Planned(
            at=parts.pop("at"),
            minutes=int(parts.pop("minutes")),
            worker=UUID(parts.pop("worker")),
            meeting=actions.Meeting(**parts),
        )
        actions.make_appointment(code=code, actor=actor, planned=planned, revision=revision)

    return one_form(request, code, form, act, MEET)


@guarded(CARE_FILE_MEET, *READING, "POST")
def move(request: HttpRequest, code: str, appointment: UUID) -> HttpResponse:
    """Show one appointment, and move it."""
    if request.method != "POST":
        return _page(request, code, appointment)
    form = MomentForm(request.POST, auto_id="move_%s")
    return _done(request, code, appointment, actions.move_appointment, move_form=form)


@guarded(CARE_FILE_MEET, "POST")
def give(request: HttpRequest, code: str, appointment: UUID) -> HttpResponse:
    """Let a colleague do an appointment."""
    form = GiveForm(request.POST, workers=queries.workers(actor_of(request)))
    return _done(request, code, appointment, actions.give_appointment, give_form=form)


@guarded(CARE_FILE_MEET, "POST")
def end(request: HttpRequest, code: str, appointment: UUID) -> HttpResponse:
    """Note what an appointment became."""
    form = BecameForm(request.POST, auto_id="became_%s")
    return _done(request, code, appointment, actions.end_appointment, became_form=form)


@guarded(CARE_FILE_MEET, "POST")
def reminded(request: HttpRequest, code: str, appointment: UUID) -> HttpResponse:
    """Note that somebody did what could be done about a reminder."""
    form = Seen(request.POST)
    return sent(
        request,
        code,
        "reminded_form",
        form,
        lambda **more: actions.reminded(appointment=appointment, **more),
    )


def _done(
    request: HttpRequest, code: str, appointment: UUID, act: Callable[..., object], **bound: Seen
) -> HttpResponse:
    """Do what one form asks of an appointment, or show it again with what is wrong."""
    (form,) = bound.values()
    if form.is_valid():
        asked = {"code": code, "actor": actor_of(request), "appointment": appointment, **form.cleaned_data}
        error = tried(lambda: act(**asked))
        if error is None:
            messages.success(request, _("Bewaard."))
            return redirect("care_files:file", code=code)
        refused(form, error)
    return _page(request, code, appointment, **bound)


def _page(request: HttpRequest, code: str, appointment: UUID, **bound: Seen) -> HttpResponse:
    line = queries.appointment(code, appointment, actor_of(request))
    for form in bound.values():
        if form.conflict:
            form.clash(line.revision)
    seen = {"revision": line.revision}
    context = {
        "code": code,
        "line": line,
        "trail": [
            {"label": _("Zorg"), "url": "/werk/zorg/"},
            {"label": code, "url": f"/werk/zorg/dossier/{code}/", "code": True},
            {"label": _("Afspraak")},
        ],
        "move_form": MomentForm(initial=seen, auto_id="move_%s"),
        "became_form": BecameForm(initial=seen, auto_id="became_%s"),
        "give_form": GiveForm(initial=seen, workers=queries.workers(actor_of(request))),
        "wrong": next(iter(bound.values()), None),
        **bound,
    }
    return render(request, "care_files/appointment.html", context, status=AMISS if bound else 200)
