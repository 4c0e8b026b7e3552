"""The only place that reads contacts and holds: opened and logged. Absent and forbidden look alike."""

from sluitend.journeys.contacts.queries.asked import asked, asked_hold, binding, binding_hold, may_ask
from sluitend.journeys.contacts.queries.desk import at_case, contact, hold, holds, waiting
from sluitend.journeys.contacts.queries.own import own_contact, own_contacts
from sluitend.journeys.contacts.queries.shapes import (
    AskedView,
    AtCase,
    ContactRow,
    ContactView,
    HoldRow,
    HoldView,
    OwnView,
    Page,
)
from sluitend.journeys.contacts.queries.turns import answer_turn, asked_turn, last_turn, together

__all__ = [
    "AskedView",
    "AtCase",
    "ContactRow",
    "ContactView",
    "HoldRow",
    "HoldView",
    "OwnView",
    "Page",
    "answer_turn",
    "asked",
    "asked_hold",
    "asked_turn",
    "at_case",
    "binding",
    "binding_hold",
    "contact",
    "hold",
    "holds",
    "last_turn",
    "may_ask",
    "own_contact",
    "own_contacts",
    "together",
    "waiting",
]
