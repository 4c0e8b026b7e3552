"""The only place that reads visits and wait requests: opened, logged. Absent and forbidden look alike."""

from sluitend.journeys.visits.queries.ahead import PlannedOn, planned_between, planned_words
from sluitend.journeys.visits.queries.asked import (
    asked,
    asked_wait_request,
    binding,
    binding_wait_request,
    may_ask,
)
from sluitend.journeys.visits.queries.desk import at_case, visit, wait_request, wait_requests, waiting
from sluitend.journeys.visits.queries.own import own_open, own_visit, own_visits
from sluitend.journeys.visits.queries.shapes import (
    AskedView,
    AtCase,
    OwnView,
    VisitRow,
    VisitView,
    WaitRequestRow,
    WaitRequestView,
)
from sluitend.journeys.visits.queries.turns import answer_turn, asked_turn, last_turn, presence

__all__ = [
    "AskedView",
    "AtCase",
    "OwnView",
    "PlannedOn",
    "VisitRow",
    "VisitView",
    "WaitRequestRow",
    "WaitRequestView",
    "answer_turn",
    "asked",
    "asked_turn",
    "asked_wait_request",
    "at_case",
    "binding",
    "binding_wait_request",
    "last_turn",
    "may_ask",
    "own_open",
    "own_visit",
    "own_visits",
    "planned_between",
    "planned_words",
    "presence",
    "visit",
    "wait_request",
    "wait_requests",
    "waiting",
]
