"""Asking another organisation something, and answering."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.journeys.exchanges import actions, asking, leaving, queries
from sluitend.journeys.exchanges.forms import AnswerForm, AskForm, FurtherForm, ReasonForm, ReturnForm
from sluitend.journeys.exchanges.journey import (
    QUESTION_LIST,
    REQUEST_ANSWER,
    REQUEST_FOLLOW,
    REQUEST_RECALL,
    REQUEST_SEND,
    REQUEST_TAKE_IN,
)
from sluitend.journeys.exchanges.views.buttons import Buttons
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.views import AMISS, READING, actor_of, guarded, tried
from sluitend.kernel.followup.turns import words_of


@guarded(QUESTION_LIST, *READING)
def question_list(request: HttpRequest) -> HttpResponse:
    """List what this partner asked and was asked."""
    show = request.GET.get("toon", "open")
    show = show if show in queries.STATES else "open"
    page = queries.exchange_list(actor_of(request), show=show, after=request.GET.get("na", ""))
    return render(request, "exchanges/list.html", {"page": page, "show": show, "partner": True})


@guarded(REQUEST_SEND, "GET", "HEAD", "POST")
def ask(request: HttpRequest) -> HttpResponse:
    """Show the form for a question, or send it."""
    actor = actor_of(request)
    offer = asking.ask_offer(actor)
    data = request.POST if request.method == "POST" else None
    form = AskForm(offer, request.GET.get("aan", ""), data)
    if data is not None and form.is_valid():
        sent: list[str] = []
        error = tried(lambda: sent.append(actions.send_request(question=form.question(), actor=actor)))
        if error is None:
            messages.success(request, _("Uw vraag is verstuurd. Het antwoord komt hier en op Vandaag."))
            return redirect("exchanges:request", code=sent[0])
        form.add_error(error.field if error.field in form.fields else None, error.message)
    context = {
        "form": form,
        "partner": asking.is_partner(actor),
        "trail": [*_home(actor), {"label": _("Nieuwe vraag")}],
    }
    return render(request, "exchanges/ask.html", context, status=AMISS if form.errors else 200)


@guarded(REQUEST_FOLLOW, *READING)
def request_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a question to whoever asked or is asked."""
    return _page(request, code)


@guarded(REQUEST_ANSWER, "POST")
def accept(request: HttpRequest, code: str) -> HttpResponse:
    """Take a question on and read it."""
    return _BUTTONS.plain(request, code, actions.accept_request, "")


@guarded(REQUEST_ANSWER, "POST")
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Answer a question."""
    actor = actor_of(request)
    view = queries.received_request(code, actor)
    return _BUTTONS.press(
        request,
        code,
        ("answer_form", AnswerForm(view, request.POST, leaving.background_of_question(code, actor))),
        lambda data: actions.answer_request(
            code=code,
            answer=data["answer"],
            text=data.get("text", ""),
            basis=data.get("basis", ""),
            reason=data["reason"],
            sentence=data["sentence"],
            looked=data["looked"],
            actor=actor,
        ),
        _("Uw antwoord is verstuurd."),
    )


@guarded(REQUEST_ANSWER, "POST")
def give_back(request: HttpRequest, code: str) -> HttpResponse:
    """Give a question back with a reason."""
    actor = actor_of(request)
    form = ReturnForm(queries.received_request(code, actor).return_reasons, request.POST)
    return _BUTTONS.press(
        request,
        code,
        ("return_form", form),
        lambda data: actions.return_request(
            code=code,
            reason=data["reason"],
            sentence=data["sentence"],
            looked=data["looked"],
            actor=actor,
        ),
        _("Teruggegeven. Er blijft bij u niets achter."),
    )


@guarded(REQUEST_TAKE_IN, "POST")
def take_in(request: HttpRequest, code: str) -> HttpResponse:
    """Make a report of what a partner asked or told."""
    taken: list[str] = []
    error = tried(lambda: taken.append(actions.take_in_request(code=code, actor=actor_of(request))))
    if error:
        turn = queries.last_turn("request", code, actor_of(request))
        messages.warning(request, words_of(error, turn))
        return redirect("exchanges:request", code=code)
    messages.success(request, _("Opgenomen als melding. De partner kan die volgen."))
    return redirect("cases:intake", code=taken[0])


@guarded(REQUEST_FOLLOW, "POST")
def further(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for more after a hit."""
    actor = actor_of(request)
    queries.sent_request(code, actor)
    return _BUTTONS.press(
        request,
        code,
        ("further_form", FurtherForm(request.POST, leaving.background_of_question(code, actor))),
        lambda data: actions.ask_further(code=code, why=data["why"], looked=data["looked"], actor=actor),
        _("Uw vraag om meer is verstuurd."),
    )


@guarded(REQUEST_FOLLOW, "POST")
def remind(request: HttpRequest, code: str) -> HttpResponse:
    """Remind whoever was asked."""
    return _BUTTONS.plain(request, code, actions.remind_request, _("De herinnering is geteld."))


@guarded(REQUEST_RECALL, "POST")
def recall(request: HttpRequest, code: str) -> HttpResponse:
    """Take a question back."""
    actor = actor_of(request)
    form = ReasonForm(queries.sent_request(code, actor).recall_reasons, request.POST, prefix="recall")
    return _BUTTONS.press(
        request,
        code,
        ("recall_form", form),
        lambda data: actions.recall_request(code=code, reason=data["reason"], actor=actor),
        _("Teruggehaald. De ander kan uw vraag niet meer lezen."),
    )


@guarded(REQUEST_FOLLOW, "POST")
def handle(request: HttpRequest, code: str) -> HttpResponse:
    """Say that what came back was read."""
    return _BUTTONS.plain(request, code, actions.handle_request, _("Gelezen. De vraag is klaar."))


def _home(actor: Actor) -> list[dict[str, str]]:
    if asking.is_partner(actor):
        return [{"label": _("Vragen"), "url": "/werk/vragen/"}]
    return [{"label": _("Uitwisselen"), "url": "/werk/uitwisselen/"}]


def _page(request: HttpRequest, code: str, *, status: int = 200, **bound: forms.Form) -> HttpResponse:
    actor = actor_of(request)
    context: dict[str, Any] = {"trail": [*_home(actor), {"label": code, "code": True}]}
    if queries.asks_request(code, actor):
        view = queries.sent_request(code, actor)
        context |= {
            "view": view,
            "recall_form": ReasonForm(view.recall_reasons, prefix="recall"),
            "further_form": FurtherForm(),
        }
        shown = {"recall_form": view.may_recall, "further_form": view.may_ask_further}
        template = "exchanges/sent_request.html"
    else:
        received = queries.received_request(code, actor)
        context |= {
            "view": received,
            "answer_form": AnswerForm(received),
            "return_form": ReturnForm(received.return_reasons),
        }
        shown = {"answer_form": received.may_answer, "return_form": received.may_return}
        template = "exchanges/received_request.html"
    for name, form in bound.items():
        if not shown.get(name):
            # Somebody else was first, and the form is gone that would say it.
            texts = [str(text) for each in form.errors.values() for text in each]
            messages.warning(request, next(iter(texts), ""))
            context["gone"] = form
    return render(request, template, context | bound, status=status)


_BUTTONS = Buttons("exchanges:request", _page, "request")
