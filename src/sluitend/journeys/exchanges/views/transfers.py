"""Handing a case over, and taking one over."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from sluitend.journeys.cases.journey import TRANSFER_DECIDE, TRANSFER_FOLLOW, TRANSFER_SEND
from sluitend.journeys.exchanges import actions, leaving, offers, queries
from sluitend.journeys.exchanges.forms import AcceptedForm, MessageForm, ReasonForm, ReturnForm
from sluitend.journeys.exchanges.journey import EXCHANGE_LIST, TRANSFER_RECALL
from sluitend.journeys.exchanges.sheets import sheet_of_transfer
from sluitend.journeys.exchanges.transfer_form import TransferForm
from sluitend.journeys.exchanges.views.buttons import Buttons
from sluitend.kernel.access.views import AMISS, READING, actor_of, guarded, tried
from sluitend.kernel.followup.turns import words_of
from sluitend.kernel.sealing.downloads import SHEET_LANGUAGE, as_download, pdf_response
from sluitend.kernel.sheet import as_pdf, file_name

LIST = {"url": "/werk/uitwisselen/"}


@guarded(EXCHANGE_LIST, *READING)
def exchange_list(request: HttpRequest) -> HttpResponse:
    """List what came in from other organisations and what went out."""
    show = request.GET.get("toon", "open")
    show = show if show in queries.STATES else "open"
    page = queries.exchange_list(actor_of(request), show=show, after=request.GET.get("na", ""))
    return render(request, "exchanges/list.html", {"page": page, "show": show})


@guarded(TRANSFER_SEND, "GET", "HEAD", "POST")
def compose(request: HttpRequest, code: str) -> HttpResponse:
    """Show what would go to which municipality, and send it."""
    actor = actor_of(request)
    offer = offers.transfer_offer(code, actor)
    form = TransferForm(offer, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sent: list[str] = []
        choice = form.choice()
        error = tried(lambda: sent.append(actions.send_transfer(case_code=code, choice=choice, actor=actor)))
        if error is None:
            messages.success(request, _said(offer, choice.municipality))
            return redirect("exchanges:transfer", code=sent[0])
        form.add_error(error.field if error.field in form.fields else None, error.message)
    context = {
        "form": form,
        "offer": offer,
        "changing": any(name in form.errors for name in ("basis", "purpose", "answer_by", "way")),
        "trail": [
            {"label": offer.case_name, "url": f"/werk/casussen/{offer.case_code}/"},
            {"label": _("Overdragen")},
        ],
    }
    return render(request, "exchanges/compose_transfer.html", context, status=AMISS if form.errors else 200)


def _said(offer: offers.TransferOffer, code: str) -> str:
    asked = offer.municipality(code)
    name = asked.name if asked else code
    if asked is not None and asked.has_accounts:
        return _("Verstuurd naar %(name)s. De casus blijft van u tot die aanneemt.") % {"name": name}
    return _("Klaar voor %(name)s. Verstuur het zelf en leg hier vast wat die besluit.") % {"name": name}


@guarded(EXCHANGE_LIST, *READING)
def transfer(request: HttpRequest, code: str) -> HttpResponse:
    """Show a transfer to whichever of its two municipalities looks."""
    return _page(request, code)


@guarded(TRANSFER_FOLLOW, *READING)
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """Give a transfer that was sent as one page, for a municipality without an account."""
    with translation.override(SHEET_LANGUAGE):
        page = sheet_of_transfer(queries.sent_transfer(code, actor_of(request)))
    return pdf_response(as_pdf(page), file_name(page.code))


@guarded(EXCHANGE_LIST, *READING)
def file(request: HttpRequest, code: str, file_id: UUID) -> HttpResponse:
    """Give the clean copy of a file to the sender, or to who took the case over."""
    return as_download(queries.transfer_file(code, file_id, actor_of(request)))


@guarded(TRANSFER_DECIDE, "POST")
def accept(request: HttpRequest, code: str) -> HttpResponse:
    """Take the case over."""
    taken: list[str] = []
    error = tried(lambda: taken.append(actions.accept_transfer(code=code, actor=actor_of(request))))
    if error:
        turn = queries.last_turn("transfer", code, actor_of(request))
        messages.warning(request, words_of(error, turn))
        return redirect("exchanges:transfer", code=code)
    messages.success(request, _("U nam de casus over. Die is nu van u, met een eigen code."))
    return redirect("cases:case", code=taken[0])


@guarded(TRANSFER_DECIDE, "POST")
def give_back(request: HttpRequest, code: str) -> HttpResponse:
    """Give the transfer back with a reason."""
    form = ReturnForm(queries.received_transfer(code, actor_of(request)).return_reasons, request.POST)
    return _BUTTONS.press(
        request,
        code,
        ("return_form", form),
        lambda data: actions.return_transfer(
            code=code,
            reason=data["reason"],
            sentence=data["sentence"],
            looked=data["looked"],
            actor=actor_of(request),
        ),
        _("Teruggegeven. Er blijft bij u niets achter."),
    )


@guarded(TRANSFER_FOLLOW, "POST")
def remind(request: HttpRequest, code: str) -> HttpResponse:
    """Remind the other municipality."""
    return _BUTTONS.plain(request, code, actions.remind_transfer, _("De herinnering is geteld."))


@guarded(TRANSFER_RECALL, "POST")
def recall(request: HttpRequest, code: str) -> HttpResponse:
    """Take the transfer back."""
    form = ReasonForm(
        queries.sent_transfer(code, actor_of(request)).recall_reasons, request.POST, prefix="recall"
    )
    return _BUTTONS.press(
        request,
        code,
        ("recall_form", form),
        lambda data: actions.recall_transfer(code=code, reason=data["reason"], actor=actor_of(request)),
        _("Teruggehaald. De casus blijft van u."),
    )


@guarded(TRANSFER_FOLLOW, "POST")
def finish(request: HttpRequest, code: str) -> HttpResponse:
    """Close the case that another municipality took over."""
    return _BUTTONS.plain(
        request, code, actions.finish_transfer, _("De casus is gesloten. De melder leest waar het heen ging.")
    )


@guarded(TRANSFER_FOLLOW, "POST")
def handle(request: HttpRequest, code: str) -> HttpResponse:
    """Go on with a case that did not go over."""
    return _BUTTONS.plain(
        request, code, actions.handle_ended_transfer, _("Gelezen. Kies nu hoe het verder gaat.")
    )


@guarded(TRANSFER_FOLLOW, "POST")
def note_accepted(request: HttpRequest, code: str) -> HttpResponse:
    """Record who took the case over, where that went by mail or telephone."""
    queries.sent_transfer(code, actor_of(request))
    return _BUTTONS.press(
        request,
        code,
        ("accepted_form", AcceptedForm(request.POST)),
        lambda data: actions.note_transfer_accepted(
            code=code, name=data["name"], on=data["on"], actor=actor_of(request)
        ),
        _("Vastgelegd. De casus is gesloten. De melder leest waar het heen ging."),
    )


@guarded(TRANSFER_FOLLOW, "POST")
def note_returned(request: HttpRequest, code: str) -> HttpResponse:
    """Record that the case was not taken over, where that went by mail or telephone."""
    reasons = queries.sent_transfer(code, actor_of(request)).return_reasons
    return _BUTTONS.press(
        request,
        code,
        ("returned_form", ReasonForm(reasons, request.POST, prefix="returned")),
        lambda data: actions.note_transfer_returned(
            code=code, reason=data["reason"], actor=actor_of(request)
        ),
        _("Vastgelegd. De casus blijft van u."),
    )


@guarded(EXCHANGE_LIST, "POST")
def write(request: HttpRequest, code: str) -> HttpResponse:
    """Tell the other municipality something."""
    actor = actor_of(request)
    return _BUTTONS.press(
        request,
        code,
        ("message_form", MessageForm(request.POST, leaving.background_of_transfer(code, actor))),
        lambda data: actions.write_about_transfer(
            code=code, text=data["text"], looked=data["looked"], actor=actor
        ),
        _("Uw bericht is verstuurd."),
    )


@guarded(EXCHANGE_LIST, "POST")
def read(request: HttpRequest, code: str) -> HttpResponse:
    """Say that a message was read."""
    return _BUTTONS.plain(request, code, actions.read_transfer_news, _("Gelezen."))


def _page(request: HttpRequest, code: str, *, status: int = 200, **bound: forms.Form) -> HttpResponse:
    actor = actor_of(request)
    trail = [{"label": _("Uitwisselen"), **LIST}, {"label": code, "code": True}]
    context: dict[str, Any] = {"trail": trail, "message_form": MessageForm()}
    if queries.sends_transfer(code, actor):
        view = queries.sent_transfer(code, actor)
        context |= {
            "view": view,
            "recall_form": ReasonForm(view.recall_reasons, prefix="recall"),
            "accepted_form": AcceptedForm(),
            "returned_form": ReasonForm(view.return_reasons, prefix="returned"),
        }
        shown = {
            "recall_form": view.may_recall,
            "accepted_form": view.may_decide_on_paper,
            "returned_form": view.may_decide_on_paper,
            "message_form": view.may_write,
        }
        template = "exchanges/sent_transfer.html"
    else:
        received = queries.received_transfer(code, actor)
        context |= {"view": received, "return_form": ReturnForm(received.return_reasons)}
        shown = {"return_form": received.may_decide, "message_form": received.may_write}
        template = "exchanges/received_transfer.html"
    for name, form in bound.items():
        if not shown.get(name):
            # Somebody else was first, and the form is gone that would say it.
            messages.warning(request, _first_error(form))
            context["gone"] = form
    return render(request, template, context | bound, status=status)


def _first_error(form: forms.Form) -> str:
    return next((str(text) for texts in form.errors.values() for text in texts), "")


_BUTTONS = Buttons("exchanges:transfer", _page, "transfer")
