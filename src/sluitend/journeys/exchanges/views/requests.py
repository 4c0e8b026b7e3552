"""Asking another organisation something, and answering."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.forms.common import ReasonForm, ReturnForm
from sluitend.forms.pages import Asked, MatterPage, Press, Shown
from sluitend.journeys.exchanges import actions, asking, inquiring, queries
from sluitend.journeys.exchanges.forms import AnswerForm, AskForm
from sluitend.journeys.exchanges.inquiry_forms import FurtherForm, InquiryForm
from sluitend.journeys.exchanges.journey import (
    QUESTION_LIST,
    QUESTION_SEND,
    REQUEST,
    REQUEST_ANSWER,
    REQUEST_FOLLOW,
    REQUEST_RECALL,
    REQUEST_SEND,
    REQUEST_TAKE_IN,
)
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.views import AMISS, LISTING, actor_of, guarded, tried
from sluitend.kernel.handbook.inquiries import MUNICIPALITY
from sluitend.kernel.listing import asked_of
from sluitend.kernel.telltale import NO_BACKGROUND, Background


@guarded(QUESTION_LIST, *LISTING)
def question_list(request: HttpRequest) -> HttpResponse:
    """List what this partner asked and was asked."""
    page = queries.exchange_list(actor_of(request), asked_of(request.GET.dict(), request.POST.dict()))
    return render(request, "exchanges/list.html", {"page": page, "partner": True})


@guarded(QUESTION_SEND, "GET", "HEAD", "POST")
def ask(request: HttpRequest) -> HttpResponse:
    """Show the form for a question of a partner, or send it."""
    actor = actor_of(request)
    offer = queries.ask_offer(actor)
    data = request.POST if request.method == "POST" else None
    form = AskForm(offer, request.GET.get("aan", ""), data)
    if data is not None and form.is_valid():
        code = _sent(form, lambda: actions.send_request(question=form.question(), actor=actor))
        if code:
            messages.success(request, _("Uw vraag is verstuurd. Het antwoord komt hier en op Vandaag."))
            return redirect("exchanges:request", code=code)
    context = {"form": form, "trail": [*_home(actor), {"label": _("Nieuwe vraag")}]}
    return render(request, "exchanges/ask.html", context, status=AMISS if form.errors else 200)


@guarded(REQUEST_SEND, "GET", "HEAD", "POST")
def inquire(request: HttpRequest, code: str) -> HttpResponse:
    """Show of whom what can be asked about a case, or the form for one of those, or send it."""
    actor = actor_of(request)
    to, about = request.GET.get("aan", ""), request.GET.get("wat", "")
    trail = [{"label": code, "code": True, "url": f"/werk/casussen/{code}/"}]
    if not (to and about):
        ways = inquiring.ways_to_ask(actor)
        whom = {
            "code": code,
            "partners": [each for each in ways if each.addressee.kind != MUNICIPALITY],
            "towns": [each for each in ways if each.addressee.kind == MUNICIPALITY],
            "rows": queries.requests_of_case(code, actor),
            "trail": [*trail, {"label": _("Informatie opvragen")}],
        }
        return render(request, "exchanges/ways_to_ask.html", whom)
    offer = inquiring.inquiry_offer(code, to, about, actor)
    form = InquiryForm(offer, request.POST if request.method == "POST" else None)
    if form.is_valid():
        sent = _sent(
            form,
            lambda: actions.send_inquiry(
                case_code=code, to=to, about=about, choice=form.choice(), actor=actor
            ),
        )
        if sent:
            messages.success(request, _("Uw vraag is verstuurd. Het antwoord komt hier en op Vandaag."))
            return redirect("exchanges:request", code=sent)
    context = {"form": form, "offer": offer, "trail": [*trail, {"label": offer.label}]}
    return render(request, "exchanges/inquire.html", context, status=AMISS if form.errors else 200)


@guarded(REQUEST_SEND, "GET", "HEAD", "POST")
def further(request: HttpRequest, code: str) -> HttpResponse:
    """Show what may go along with a second question, where there is something, or ask it."""
    actor = actor_of(request)
    offer = inquiring.further_offer(code, actor)
    form = FurtherForm(offer, request.POST if request.method == "POST" else None)
    if form.is_valid() and _sent(form, lambda: _further(code, form, actor)):
        messages.success(request, _("Uw vraag om meer is verstuurd."))
        return redirect("exchanges:request", code=code)
    back = {"label": code, "code": True, "url": f"/werk/verzoeken/{code}/"}
    context = {"form": form, "offer": offer, "trail": [*_home(actor), back, {"label": _("Vraag verder")}]}
    return render(request, "exchanges/further.html", context, status=AMISS if form.errors else 200)


def _further(code: str, form: FurtherForm, actor: Actor) -> str:
    actions.ask_further(code=code, choice=form.choice(), actor=actor)
    return code


def _sent(form: Form, send: Callable[[], str]) -> str:
    """Return the code of what was sent; nothing where the form says now what is wrong."""
    sent: list[str] = []
    error = tried(lambda: sent.append(send()))
    if error is not None:
        form.add_error(error.field if error.field in form.fields else None, error.message)
    return sent[0] if sent else ""


def _home(actor: Actor) -> list[dict[str, str]]:
    if asking.is_partner(actor):
        return [{"label": _("Vragen"), "url": "/werk/vragen/"}]
    return [{"label": _("Uitwisselen"), "url": "/werk/uitwisselen/"}]


def _background(asked: Asked) -> Background:
    # Only what was sent is held against something: the page itself asks for nothing.
    return NO_BACKGROUND if asked.data is None else queries.background_of_question(asked.code, asked.actor)


SENT = (
    Press(
        "herinner",
        "remind_request",
        REQUEST_FOLLOW,
        actions.remind_request,
        gettext_lazy("De herinnering is geteld."),
    ),
    Press(
        "gelezen",
        "handle_request",
        REQUEST_FOLLOW,
        actions.handle_request,
        gettext_lazy("Gelezen. De vraag is klaar."),
    ),
    Press(
        "terughalen",
        "recall_request",
        REQUEST_RECALL,
        actions.recall_request,
        gettext_lazy("Teruggehaald. De ander kan uw vraag niet meer lezen."),
        form=lambda asked: ReasonForm(asked.view.recall_reasons, asked.data, prefix="recall"),
        given="recall_form",
        shown="may_recall",
    ),
)
RECEIVED = (
    Press("aannemen", "accept_request", REQUEST_ANSWER, actions.accept_request),
    Press(
        "opnemen",
        "take_in_request",
        REQUEST_TAKE_IN,
        actions.take_in_request,
        gettext_lazy("Opgenomen als melding. De partner kan die volgen."),
        then="cases:intake",
    ),
    Press(
        "antwoord",
        "answer_request",
        REQUEST_ANSWER,
        actions.answer_request,
        gettext_lazy("Uw antwoord is verstuurd."),
        form=lambda asked: AnswerForm(asked.view, asked.data, _background(asked)),
        given="answer_form",
        shown="may_answer",
    ),
    Press(
        "teruggeven",
        "return_request",
        REQUEST_ANSWER,
        actions.return_request,
        gettext_lazy("Teruggegeven. Er blijft bij u niets achter."),
        form=lambda asked: ReturnForm(asked.view.return_reasons, asked.data),
        given="return_form",
        shown="may_return",
    ),
)
PAGE = MatterPage(
    REQUEST,
    "exchanges",
    "verzoeken/<str:code>/",
    REQUEST_FOLLOW,
    sent=Shown(queries.sent_request, "exchanges/sent_request.html", SENT),
    received=Shown(queries.received_request, "exchanges/received_request.html", RECEIVED),
    trail=_home,
)
