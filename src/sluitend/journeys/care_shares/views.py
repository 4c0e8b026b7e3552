"""The page of what care shares, for both sides. Who is on neither gets the page of what never existed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.forms.pages import MatterPage, Press, Shown
from sluitend.journeys.care_shares import actions, queries
from sluitend.journeys.care_shares.forms import (
    AnswerForm,
    DeclineForm,
    FirstForm,
    NumberForm,
    SeenForm,
    StepForm,
)
from sluitend.journeys.care_shares.journey import (
    CARE_SHARE,
    CARE_SHARE_ANSWER,
    CARE_SHARE_FOLLOW,
    CARE_SHARE_LIST,
    CARE_SHARE_PAGE,
    CARE_SHARE_RECALL,
)
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.views import LISTING, actor_of, guarded
from sluitend.kernel.listing import asked_of
from sluitend.kernel.organisations.models import Role


@guarded(CARE_SHARE_LIST, *LISTING)
def supported(request: HttpRequest) -> HttpResponse:
    """List whom this organisation supports."""
    page = queries.supported(actor_of(request), asked_of(request.GET.dict(), request.POST.dict()))
    return render(request, "care_shares/supported.html", {"page": page})


SENT = (
    Press(
        "terughalen",
        "recall_share",
        CARE_SHARE_RECALL,
        actions.recall,
        gettext_lazy("Teruggehaald. De ander leest niets."),
    ),
    Press(
        "gelezen",
        "note_reply",
        CARE_SHARE_FOLLOW,
        actions.note_reply,
        gettext_lazy("Genoteerd."),
        form=StepForm.make,
        given="step_form",
        shown="may_note",
    ),
    Press(
        "verteld",
        "note_told",
        CARE_SHARE_FOLLOW,
        actions.note_told,
        gettext_lazy("Genoteerd. De ander kan nu kiezen."),
    ),
)
RECEIVED = (
    Press("aannemen", "accept_share", CARE_SHARE_ANSWER, actions.accept, gettext_lazy("Aangenomen.")),
    Press(
        "kan-niet",
        "decline_share",
        CARE_SHARE_ANSWER,
        actions.decline,
        gettext_lazy("De zorg leest dat u dit niet kunt. U las niet om wie het gaat."),
        form=DeclineForm.make,
        given="decline_form",
        shown="may_decline",
    ),
    Press(
        "eerst-vragen",
        "ask_first",
        CARE_SHARE_ANSWER,
        actions.ask_first,
        gettext_lazy("De zorg heeft uw vraag en belt u. Er gaat niets verloren."),
        form=FirstForm.make,
        given="first_form",
        shown="may_ask",
    ),
    Press(
        "antwoord",
        "answer_share",
        CARE_SHARE_ANSWER,
        actions.answer,
        gettext_lazy("De zorg heeft uw antwoord."),
        form=AnswerForm.make,
        given="answer_form",
        shown="may_answer",
    ),
    Press(
        "contact-gelezen",
        "note_contact_read",
        CARE_SHARE_ANSWER,
        actions.note_contact_read,
        gettext_lazy("Genoteerd."),
        form=SeenForm.make,
        given="seen_form",
        shown="reads_contact",
    ),
    Press(
        "nummer",
        "keep_number",
        CARE_SHARE_ANSWER,
        actions.keep_number,
        gettext_lazy("Bewaard."),
        form=NumberForm.make,
        given="number_form",
        shown="is_support",
    ),
)


def _trail(actor: Actor) -> list[dict[str, Any]]:
    if queries.supports(actor):
        return [{"label": _("Ondersteuning"), "url": "/werk/ondersteuning/"}]
    if Role.PARTNER in actor.roles:
        return [{"label": _("Vandaag"), "url": "/werk/"}]
    return [{"label": _("Uitwisselen"), "url": "/werk/uitwisselen/"}]


PAGE = MatterPage(
    CARE_SHARE,
    "care_shares",
    "gedeeld/<str:code>/",
    CARE_SHARE_PAGE,
    sent=Shown(queries.sent_share, "care_shares/sent.html", SENT),
    received=Shown(queries.received_share, "care_shares/received.html", RECEIVED),
    trail=_trail,
)
