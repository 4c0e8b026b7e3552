"""The verbs of planned visits and hold requests. Nothing else changes one."""

from sluitend.journeys.visits.actions.asking import (
    Ask,
    ask,
    ask_anew,
    lift,
    lift_for_mayor,
    note_hold,
    note_lift,
    read_hold,
)
from sluitend.journeys.visits.actions.asking_holder import (
    HolderAnswer,
    answer_holder,
    ask_after,
    ask_holder,
)
from sluitend.journeys.visits.actions.catching_up import catch_up, heed, pass_holds
from sluitend.journeys.visits.actions.consulting import Consulted, consult, consult_after
from sluitend.journeys.visits.actions.destroying import destroy_passed
from sluitend.journeys.visits.actions.planning import Plan, carry_out, hear, plan_visit, withdraw
from sluitend.journeys.visits.actions.reindexing import reindex_holds, reindex_visits
from sluitend.journeys.visits.actions.releasing import release, take_back

__all__ = [
    "Ask",
    "Consulted",
    "HolderAnswer",
    "Plan",
    "answer_holder",
    "ask",
    "ask_after",
    "ask_anew",
    "ask_holder",
    "carry_out",
    "catch_up",
    "consult",
    "consult_after",
    "destroy_passed",
    "hear",
    "heed",
    "lift",
    "lift_for_mayor",
    "note_hold",
    "note_lift",
    "pass_holds",
    "plan_visit",
    "read_hold",
    "reindex_holds",
    "reindex_visits",
    "release",
    "take_back",
    "withdraw",
]
