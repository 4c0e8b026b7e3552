"""The page of a hotel for tonight, for both sides. Who is on neither gets the page of what never existed."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.forms.pages import MatterPage, Press, Shown
from sluitend.journeys.shelter import actions, queries
from sluitend.journeys.shelter.forms import DecideForm
from sluitend.journeys.shelter.journey import HOTEL, HOTEL_ANSWER, HOTEL_FOLLOW, HOTEL_PAGE, HOTEL_RECALL
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.organisations.models import Role

SENT = (
    Press(
        "niet-meer-nodig",
        "recall_hotel",
        HOTEL_RECALL,
        actions.recall_hotel,
        gettext_lazy("Gestopt. De gemeente leest: besloten."),
    ),
    Press("gedaan", "note_hotel", HOTEL_FOLLOW, actions.note_hotel, gettext_lazy("Genoteerd.")),
)
RECEIVED = (
    Press(
        "besluit",
        "answer_hotel",
        HOTEL_ANSWER,
        actions.answer_hotel,
        gettext_lazy("De zorg heeft uw antwoord."),
        form=DecideForm.make,
        given="decide_form",
        shown="takes_answer",
    ),
)


def _trail(actor: Actor) -> list[dict[str, Any]]:
    if Role.PARTNER in actor.roles:
        return [{"label": _("Zorg"), "url": "/werk/zorg/"}]
    return [{"label": _("Uitwisselen"), "url": "/werk/uitwisselen/"}]


PAGE = MatterPage(
    HOTEL,
    "shelter",
    "hotel/<str:code>/",
    HOTEL_PAGE,
    sent=Shown(queries.sent_hotel, "shelter/hotel_sent.html", SENT),
    received=Shown(queries.received_hotel, "shelter/hotel_received.html", RECEIVED),
    trail=_trail,
)
