"""Handing a case over, and taking one over."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.forms.common import ReasonForm, ReturnForm
from sluitend.forms.pages import Asked, MatterPage, Press, Shown
from sluitend.journeys.cases.journey import TRANSFER_DECIDE, TRANSFER_FOLLOW, TRANSFER_SEND
from sluitend.journeys.exchanges import actions, offers, queries
from sluitend.journeys.exchanges.forms import AcceptedForm, TransferMessageForm
from sluitend.journeys.exchanges.journey import EXCHANGE_LIST, TRANSFER, TRANSFER_RECALL
from sluitend.journeys.exchanges.sheets import sheet_of_transfer
from sluitend.journeys.exchanges.transfer_form import TransferForm
from sluitend.kernel.access.views import AMISS, LISTING, READING, actor_of, guarded, tried
from sluitend.kernel.listing import asked_of
from sluitend.kernel.organisations.house_styles import letterhead
from sluitend.kernel.sealing.downloads import SHEET_LANGUAGE, as_download, pdf_response
from sluitend.kernel.sheet import as_pdf, file_name


@guarded(EXCHANGE_LIST, *LISTING)
def exchange_list(request: HttpRequest) -> HttpResponse:
    """List what came in from other organisations and what went out."""
    page = queries.exchange_list(actor_of(request), asked_of(request.GET.dict(), request.POST.dict()))
    return render(request, "exchanges/list.html", {"page": page})


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


@guarded(TRANSFER_FOLLOW, *READING)
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """Give a transfer that was sent as one page, for a municipality without an account."""
    with translation.override(SHEET_LANGUAGE):
        view = queries.sent_transfer(code, actor_of(request))
        page = sheet_of_transfer(view)
    head = letterhead(view.front.sender_code, view.front.sender)
    return pdf_response(as_pdf(page, *head), file_name(page.code))


@guarded(EXCHANGE_LIST, *READING)
def file(request: HttpRequest, code: str, file_id: UUID) -> HttpResponse:
    """Give the clean copy of a file to the sender, or to who took the case over."""
    return as_download(queries.transfer_file(code, file_id, actor_of(request)))


def _message_form(asked: Asked) -> TransferMessageForm:
    if asked.data is None:
        return TransferMessageForm()
    return TransferMessageForm(asked.data, queries.background_of_transfer(asked.code, asked.actor))


SENT = (
    Press(
        "herinner",
        "remind_transfer",
        TRANSFER_FOLLOW,
        actions.remind_transfer,
        gettext_lazy("De herinnering is geteld."),
    ),
    Press(
        "terughalen",
        "recall_transfer",
        TRANSFER_RECALL,
        actions.recall_transfer,
        gettext_lazy("Teruggehaald. De casus blijft van u."),
        form=lambda asked: ReasonForm(asked.view.recall_reasons, asked.data, prefix="recall"),
        given="recall_form",
        shown="may_recall",
    ),
    Press(
        "sluiten",
        "finish_transfer",
        TRANSFER_FOLLOW,
        actions.finish_transfer,
        gettext_lazy("De casus is gesloten. De melder leest waar het heen ging."),
    ),
    Press(
        "verder",
        "handle_transfer",
        TRANSFER_FOLLOW,
        actions.handle_ended_transfer,
        gettext_lazy("Gelezen. Kies nu hoe het verder gaat."),
    ),
    Press(
        "aangenomen",
        "note_transfer_accepted",
        TRANSFER_FOLLOW,
        actions.note_transfer_accepted,
        gettext_lazy("Vastgelegd. De casus is gesloten. De melder leest waar het heen ging."),
        form=lambda asked: AcceptedForm(asked.data),
        given="accepted_form",
        shown="may_decide_on_paper",
    ),
    Press(
        "niet-overgenomen",
        "note_transfer_returned",
        TRANSFER_FOLLOW,
        actions.note_transfer_returned,
        gettext_lazy("Vastgelegd. De casus blijft van u."),
        form=lambda asked: ReasonForm(asked.view.return_reasons, asked.data, prefix="returned"),
        given="returned_form",
        shown="may_decide_on_paper",
    ),
)
RECEIVED = (
    Press(
        "aannemen",
        "accept_transfer",
        TRANSFER_DECIDE,
        actions.accept_transfer,
        gettext_lazy("U nam de casus over. Die is nu van u, met een eigen code."),
        then="cases:case",
    ),
    Press(
        "teruggeven",
        "return_transfer",
        TRANSFER_DECIDE,
        actions.return_transfer,
        gettext_lazy("Teruggegeven. Er blijft bij u niets achter."),
        form=lambda asked: ReturnForm(asked.view.return_reasons, asked.data),
        given="return_form",
        shown="may_decide",
    ),
)
BOTH = (
    Press(
        "bericht",
        "write_transfer",
        EXCHANGE_LIST,
        actions.write_about_transfer,
        gettext_lazy("Uw bericht is verstuurd."),
        form=_message_form,
        given="message_form",
        shown="may_write",
    ),
    Press(
        "gelezen",
        "read_transfer",
        EXCHANGE_LIST,
        actions.read_transfer_news,
        gettext_lazy("Gelezen."),
        seen=True,
    ),
)
PAGE = MatterPage(
    TRANSFER,
    "exchanges",
    "overdrachten/<str:code>/",
    EXCHANGE_LIST,
    sent=Shown(queries.sent_transfer, "exchanges/sent_transfer.html", SENT),
    received=Shown(queries.received_transfer, "exchanges/received_transfer.html", RECEIVED),
    both=BOTH,
    trail=lambda _actor: [{"label": _("Uitwisselen"), "url": "/werk/uitwisselen/"}],
)
