"""The pages of whoever asks to wait, with an account of its own."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.journeys.visits import actions, leaving, queries
from sluitend.journeys.visits.forms import AnewForm, AskerAnswerForm, AskForm, LiftForm
from sluitend.journeys.visits.journey import WAIT_REQUEST_ASK, WAIT_REQUEST_ASKED
from sluitend.journeys.visits.queries.shapes import AskedView
from sluitend.journeys.visits.views.common import FORM, attempt, posted, status_of
from sluitend.kernel.access.views import LISTING, READING, actor_of, guarded
from sluitend.kernel.followup.turns import words_of
from sluitend.kernel.listing import asked_of
from sluitend.kernel.telltale import Background

LIST = "/werk/wachtverzoeken/"


@guarded(WAIT_REQUEST_ASK, *LISTING)
def asked(request: HttpRequest) -> HttpResponse:
    """List what this organisation asked."""
    actor = actor_of(request)
    page = queries.asked(actor, asked_of(request.GET.dict(), request.POST.dict()))
    context = {"page": page, "may_ask": queries.may_ask(actor)}
    return render(request, "visits/asked_list.html", context)


@guarded(WAIT_REQUEST_ASK, *FORM)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask a municipality to wait."""
    actor, form = actor_of(request), AskForm(posted(request))
    if not queries.may_ask(actor):
        return redirect("visits:asked")

    def write() -> None:
        municipality = UUID(form.cleaned_data["municipality"])
        actions.ask(actor=actor, municipality_id=municipality, wanted=form.wanted())

    if attempt(form, write):
        messages.success(request, _("Gevraagd. De gemeente legt het meteen naast wat gepland staat."))
        return redirect("visits:asked")
    trail = [{"label": _("Wachtverzoeken"), "url": LIST}, {"label": _("Nieuw")}]
    return render(request, "visits/ask.html", {"form": form, "trail": trail}, status=status_of(form))


@guarded(WAIT_REQUEST_ASKED, *READING)
def asked_wait_request(request: HttpRequest, code: str) -> HttpResponse:
    """Show one wait request that this organisation asked."""
    return _page(request, code)


@guarded(WAIT_REQUEST_ASKED, "POST")
def lift(request: HttpRequest, code: str) -> HttpResponse:
    """End a wait request before its day."""
    actor = actor_of(request)
    form = LiftForm(request.POST, _told(queries.asked_wait_request(code, actor)))
    if attempt(form, lambda: actions.lift(actor=actor, code=code, **form.said())):
        messages.success(request, _("Opgeheven. De gemeente hoeft u niet meer te bellen."))
        return redirect("visits:asked")
    return _page(request, code, lift_form=form)


@guarded(WAIT_REQUEST_ASKED, "POST")
def anew(request: HttpRequest, code: str) -> HttpResponse:
    """Ask again for the same place."""
    actor = actor_of(request)
    form = AnewForm(request.POST, _told(queries.asked_wait_request(code, actor)))
    if attempt(form, lambda: actions.ask_anew(actor=actor, code=code, **form.said())):
        messages.success(request, _("Opnieuw gevraagd."))
        return redirect("visits:asked")
    return _page(request, code, anew_form=form)


@guarded(WAIT_REQUEST_ASKED, "POST")
def answer(request: HttpRequest, code: str, question_id: UUID) -> HttpResponse:
    """Answer a question of the municipality about one visit."""
    actor = actor_of(request)
    view = queries.asked_wait_request(code, actor)
    about = [word for each in view.questions if each.id == question_id for word in (each.text, each.by)]
    form = AskerAnswerForm(request.POST, key=str(question_id), background=_told(view, *about))
    if attempt(
        form,
        lambda: actions.answer_as_asker(actor=actor, code=code, question_id=question_id, said=form.said()),
    ):
        messages.success(request, _("Uw antwoord is verstuurd. De gemeente houdt zich eraan."))
        return redirect("visits:asked_wait_request", code)
    return _page(request, code, answer_form=form, answered=question_id)


def _told(view: AskedView, *more: str) -> Background:
    return leaving.told(view.place, view.sentence, view.contact, *more)


def _page(
    request: HttpRequest,
    code: str,
    *,
    answer_form: AskerAnswerForm | None = None,
    answered: UUID | None = None,
    lift_form: LiftForm | None = None,
    anew_form: AnewForm | None = None,
) -> HttpResponse:
    view = queries.asked_wait_request(code, actor_of(request))
    lifting = lift_form or LiftForm()
    asking = anew_form or AnewForm()
    if (lift_form or anew_form) and not view.binds:
        messages.warning(request, words_of(None, queries.asked_turn(code, actor_of(request))))
    trail = [{"label": _("Wachtverzoeken"), "url": LIST}, {"label": code, "code": True}]
    if answer_form and answered not in {each.id for each in view.questions if each.may_answer}:
        turn = queries.answer_turn(answered, actor_of(request)) if answered else None
        messages.warning(request, words_of(None, turn))
    questions = [
        (each, answer_form if answer_form and each.id == answered else AskerAnswerForm(key=str(each.id)))
        for each in view.questions
    ]
    context = {
        "view": view,
        "trail": trail,
        "lift_form": lifting,
        "anew_form": asking,
        "questions": questions,
    }
    forms = (lifting, asking, *([answer_form] if answer_form else []))
    return render(request, "visits/asked.html", context, status=status_of(*forms))
