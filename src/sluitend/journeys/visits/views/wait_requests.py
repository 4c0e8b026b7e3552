"""Wait requests as the municipality sees them: noting, consulting after the day; and the mayor's decision."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.journeys.visits import actions, leaving, queries, terms
from sluitend.journeys.visits.forms import (
    OWN,
    AskAskerForm,
    ConsultForm,
    LiftNotedForm,
    MayorForm,
    NoteForm,
)
from sluitend.journeys.visits.journey import (
    WAIT_REQUEST_CONSULT,
    WAIT_REQUEST_LIST,
    WAIT_REQUEST_NOTE,
    WAIT_REQUEST_OVERRULE,
)
from sluitend.journeys.visits.queries import WaitRequestView
from sluitend.journeys.visits.views.common import FORM, attempt, gone, posted, press, status_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.scope import only_showing
from sluitend.kernel.access.views import LISTING, READING, actor_of, guarded, tried
from sluitend.kernel.followup.turns import Turn
from sluitend.kernel.listing import asked_of

LIST = "/werk/vrijgeven/wachtverzoeken/"


@guarded(WAIT_REQUEST_LIST, *LISTING)
def wait_requests(request: HttpRequest) -> HttpResponse:
    """List the wait requests on the municipality."""
    page = queries.wait_requests(actor_of(request), asked_of(request.GET.dict(), request.POST.dict()))
    return render(request, "visits/wait_requests.html", {"page": page})


@guarded(WAIT_REQUEST_NOTE, *FORM)
def note(request: HttpRequest) -> HttpResponse:
    """Write down what was asked by telephone; anew for the place of another one when that is named."""
    actor, old = actor_of(request), request.GET.get("opnieuw", "")
    form = NoteForm(
        posted(request),
        initial=_beforehand(request, old),
        known_at=lambda place: leaving.known_at(place, actor),
    )

    def write() -> None:
        actions.note_wait_request(actor=actor, partner=form.partner, wanted=form.wanted(instead_of=old))

    if attempt(form, write):
        messages.success(request, _("Vastgelegd. Niemand gaat daarheen voor u overlegde."))
        return redirect("visits:wait_requests")
    trail = [{"label": _("Wachtverzoeken"), "url": LIST}, {"label": _("Nieuw")}]
    return render(request, "visits/note.html", {"form": form, "trail": trail}, status=status_of(form))


def _seen(code: str, actor: Actor) -> WaitRequestView:
    """Return a wait request as a page shows it: words that do not open stop no press that leaves them be."""
    with only_showing():
        return queries.wait_request(code, actor)


def _beforehand(request: HttpRequest, old: str) -> dict[str, str]:
    """Return what is known before somebody types: who asks, and the place when it is asked anew."""
    if not old:
        asker = request.GET.get("vrager", "")
        return {"partner": asker} if asker in terms.askers() else {}
    view = _seen(old, actor_of(request))
    given = {"contact": view.contact, "telephone": next(iter(view.telephones), "")}
    return {**view.place.as_json(), **given, "partner": view.partner or OWN}


@guarded(WAIT_REQUEST_LIST, *READING)
def wait_request(request: HttpRequest, code: str) -> HttpResponse:
    """Show one wait request, with whom to ring and what it binds."""
    return _page(request, code)


@guarded(WAIT_REQUEST_CONSULT, "POST")
def read(request: HttpRequest, code: str) -> HttpResponse:
    """Say that a new wait request was read."""
    error = tried(lambda: actions.read_wait_request(actor=actor_of(request), code=code))
    return press(request, error, _("Gelezen."), "visits:wait_request", code, turn=_turn(request, code))


def _turn(request: HttpRequest, code: str) -> Callable[[], Turn | None]:
    return lambda: queries.last_turn("wait_request", code, actor_of(request))


@guarded(WAIT_REQUEST_CONSULT, "POST")
def consult_after(request: HttpRequest, code: str) -> HttpResponse:
    """Record the consultation after the day of a wait request."""
    actor = actor_of(request)
    form = ConsultForm(request.POST, code=code, about_visit=False)
    _seen(code, actor)
    turn = _turn(request, code)
    if attempt(form, lambda: actions.consult_after(actor=actor, code=code, what=form.consulted()), turn):
        messages.success(request, _("Het overleg is vastgelegd."))
        return redirect("visits:wait_request", code)
    return _page(request, code, consult_form=form)


@guarded(WAIT_REQUEST_CONSULT, "POST")
def ask_after(request: HttpRequest, code: str) -> HttpResponse:
    """Ask whoever asked to wait, in Sluitend, about a wait request of which the day has passed."""
    actor = actor_of(request)
    background = leaving.background_of_question(code, "", actor)
    form = AskAskerForm(request.POST, code=code, about_visit=False, background=background)
    turn = _turn(request, code)
    if attempt(form, lambda: actions.ask_after(actor=actor, code=code, **form.said()), turn):
        messages.success(request, _("Gevraagd. Het antwoord komt op Vandaag, en telt als overleg."))
        return redirect("visits:wait_request", code)
    return _page(request, code, ask_form=form)


@guarded(WAIT_REQUEST_NOTE, "POST")
def note_lift(request: HttpRequest, code: str) -> HttpResponse:
    """Write down that the asker lifted it by telephone."""
    actor, form = actor_of(request), LiftNotedForm(request.POST)
    _seen(code, actor)
    if attempt(
        form, lambda: actions.note_lift(actor=actor, code=code, **form.cleaned_data), _turn(request, code)
    ):
        messages.success(request, _("Opgeheven. Wat gepland staat, wacht nog op vrijgeven."))
        return redirect("visits:wait_request", code)
    return _page(request, code, lift_form=form)


@guarded(WAIT_REQUEST_OVERRULE, *LISTING)
def decisions(request: HttpRequest) -> HttpResponse:
    """List the wait requests for who decides for the mayor."""
    page = queries.binding(actor_of(request), asked_of(request.GET.dict(), request.POST.dict()))
    return render(request, "visits/decisions.html", {"page": page})


@guarded(WAIT_REQUEST_OVERRULE, *FORM)
def overrule(request: HttpRequest, code: str) -> HttpResponse:
    """Write down that the mayor ends a wait request."""
    actor = actor_of(request)
    row = queries.binding_wait_request(code, actor)
    form = MayorForm(posted(request))
    if attempt(form, lambda: actions.lift_for_mayor(actor=actor, code=code, **form.cleaned_data)):
        messages.success(request, _("Vastgelegd. De vrager en de aandachtsfunctionaris zien het besluit."))
        return redirect("visits:decisions")
    trail = [{"label": _("Wachtverzoeken"), "url": "/werk/besluit/"}, {"label": code, "code": True}]
    context = {"row": row, "form": form, "trail": trail}
    return render(request, "visits/overrule.html", context, status=status_of(form))


def _page(
    request: HttpRequest,
    code: str,
    *,
    consult_form: ConsultForm | None = None,
    ask_form: AskAskerForm | None = None,
    lift_form: LiftNotedForm | None = None,
) -> HttpResponse:
    actions.heed(actor_of(request))
    view = _seen(code, actor_of(request))
    consulting = consult_form or ConsultForm(code=code, about_visit=False)
    asking = ask_form or AskAskerForm(code=code, about_visit=False)
    lifting = lift_form or LiftNotedForm()
    late: forms.Form | None = consult_form if consult_form and not (view.passed and view.binds) else None
    late = ask_form if ask_form and not (view.may_ask and view.binds) else late
    late = lift_form if lift_form and not view.binds else late
    if late:
        gone(request, late)
    trail = [{"label": _("Wachtverzoeken"), "url": LIST}, {"label": code, "code": True}]
    context = {
        "view": view,
        "trail": trail,
        "consult_form": consulting,
        "ask_form": asking,
        "lift_form": lifting,
        "gone": late,
    }
    return render(request, "visits/wait_request.html", context, status=status_of(consulting, asking, lifting))
