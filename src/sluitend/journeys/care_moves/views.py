"""The page of a client who goes, for both sides. Who is on neither gets the page of what never existed."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.forms.pages import MatterPage, Press, Shown
from sluitend.journeys.care_moves import actions, queries
from sluitend.journeys.care_moves.forms import GiveBackForm
from sluitend.journeys.care_moves.journey import (
    CARE_MOVE,
    CARE_MOVE_FOLLOW,
    CARE_MOVE_PAGE,
    CARE_MOVE_RECALL,
    CARE_MOVE_TAKE,
)
from sluitend.kernel.access.acting import Actor

SENT = (
    Press(
        "terughalen",
        "recall_move",
        CARE_MOVE_RECALL,
        actions.recall,
        gettext_lazy("Teruggehaald. De cliënt blijft bij u."),
    ),
    Press("gelezen", "note_move", CARE_MOVE_FOLLOW, actions.note_read, gettext_lazy("Genoteerd.")),
)
RECEIVED = (
    Press(
        "overnemen",
        "accept_move",
        CARE_MOVE_TAKE,
        actions.accept,
        gettext_lazy("Overgenomen. Dit is het nieuwe dossier."),
        then="care_files:file",
    ),
    Press(
        "teruggeven",
        "give_back_move",
        CARE_MOVE_TAKE,
        actions.give_back,
        gettext_lazy("Teruggegeven. U las niet om wie het gaat."),
        form=GiveBackForm.make,
        given="give_back_form",
        shown="may_give_back",
    ),
)


def _trail(actor: Actor) -> list[dict[str, Any]]:
    del actor
    return [{"label": _("Vandaag"), "url": "/werk/"}]


PAGE = MatterPage(
    CARE_MOVE,
    "care_moves",
    "zorgoverdracht/<str:code>/",
    CARE_MOVE_PAGE,
    sent=Shown(queries.sent_move, "care_moves/sent.html", SENT),
    received=Shown(queries.received_move, "care_moves/received.html", RECEIVED),
    trail=_trail,
)
