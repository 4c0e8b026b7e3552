"""What is agreed about help: read by the region, care coordination and who gives it; kept by the region."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.journeys.assurance import actions, queries
from sluitend.journeys.assurance.forms import NewForm, PlacesForm, TermsForm
from sluitend.journeys.assurance.journey import ASSURED_HEARD, ASSURED_KEEP, ASSURED_SEE
from sluitend.kernel.access.views import AMISS, READING, actor_of, guarded, tried


@guarded(ASSURED_SEE, *READING)
def board(request: HttpRequest) -> HttpResponse:
    """Show what is assured per kind of help."""
    return render(request, "assurance/assured.html", {"board": queries.board(actor_of(request))})


@guarded(ASSURED_KEEP, *READING, "POST")
def record(request: HttpRequest) -> HttpResponse:
    """Record help that was not recorded yet."""
    actor, asked = actor_of(request), request.GET
    form = NewForm(request.POST or None, kind=asked.get("soort", ""), area=asked.get("deel", ""))
    done: list[str] = []

    def act() -> None:
        data = form.cleaned_data
        done.append(
            actions.record_assured(kind=data["kind"], area=data["area"], agreed=form.agreed(), actor=actor)
        )

    if form.is_valid() and _did(form, act):
        messages.success(request, _("Vastgelegd."))
        return redirect("assurance:one", done[0])
    return render(request, "assurance/record.html", {"form": form}, status=_status(form))


@guarded(ASSURED_SEE, *READING, "POST")
def one(request: HttpRequest, code: str) -> HttpResponse:
    """Show one agreement with its history; the region changes it here."""
    actor = actor_of(request)
    view = queries.one(code, actor)
    sent = request.POST
    terms = TermsForm(sent if "terms" in sent else None, agreed=view.agreed)
    places = PlacesForm(sent if "places" in sent else None)
    seen = sent.get("seen", "")
    number = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 7 else 0

    def change() -> None:
        actions.change_assured(code=code, agreed=terms.agreed(), seen=number, actor=actor)

    def count() -> None:
        data = places.cleaned_data
        actions.count_places(code=code, number=data["number"], day=data["day"], actor=actor)

    if terms.is_valid() and _did(terms, change):
        return _back(request, code, _("Vastgelegd. Wat eerder gold, staat onderaan."))
    if places.is_valid() and _did(places, count):
        return _back(request, code, _("Het aantal plekken staat erbij."))
    if "end" in sent:
        ending = forms.Form(sent)
        if ending.is_valid() and _did(ending, lambda: actions.end_assured(code=code, actor=actor)):
            return _back(request, code, _("Deze hulp staat niet meer bij wat geregeld is."))
        messages.error(request, " ".join(map(str, ending.non_field_errors())))
        return redirect("assurance:one", code)
    context = {"view": view, "terms": terms, "places": places}
    return render(request, "assurance/one.html", context, status=max(_status(terms), _status(places)))


@guarded(ASSURED_HEARD, "POST")
def heard(request: HttpRequest, code: str) -> HttpResponse:
    """Note that somebody of who pays, gives it or manages read that it ends."""
    error = tried(lambda: actions.note_heard(code=code, actor=actor_of(request)))
    if error:
        messages.warning(request, error.message)
        return redirect("assurance:board")
    return _back(request, code, _("Genoteerd."))


def _back(request: HttpRequest, code: str, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("assurance:one", code)


def _did(form: forms.Form, action: Callable[[], object]) -> bool:
    error = tried(action)
    if error is not None:
        form.add_error(error.field if error.field in form.fields else None, error.message)
    return error is None


def _status(form: forms.Form) -> int:
    return AMISS if form.is_bound and form.errors else 200
