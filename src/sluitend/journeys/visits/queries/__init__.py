"""The only place that reads visits and holds: opened and logged. Absent and forbidden look alike."""

from sluitend.journeys.visits.queries.asked import asked, asked_hold, binding, binding_hold, may_ask
from sluitend.journeys.visits.queries.desk import at_case, hold, holds, visit, waiting
from sluitend.journeys.visits.queries.own import own_visit, own_visits
from sluitend.journeys.visits.queries.shapes import (
    AskedView,
    AtCase,
    HoldRow,
    HoldView,
    OwnView,
    Page,
    VisitRow,
    VisitView,
)
from sluitend.journeys.visits.queries.turns import answer_turn, asked_turn, last_turn, together

__all__ = [
    "AskedView",
    "AtCase",
    "HoldRow",
    "HoldView",
    "OwnView",
    "Page",
    "VisitRow",
    "VisitView",
    "answer_turn",
    "asked",
    "asked_hold",
    "asked_turn",
    "at_case",
    "binding",
    "binding_hold",
    "hold",
    "holds",
    "last_turn",
    "may_ask",
    "own_visit",
    "own_visits",
    "together",
    "visit",
    "waiting",
]
