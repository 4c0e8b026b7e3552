"""The verbs of planned visits and wait requests. Nothing else changes one."""

from sluitend.journeys.visits.actions.asking import (
    Ask,
    ask,
    ask_anew,
    lift,
    lift_for_mayor,
    note_lift,
    note_wait_request,
    read_wait_request,
)
from sluitend.journeys.visits.actions.asking_asker import (
    AskerAnswer,
    answer_as_asker,
    ask_after,
    ask_asker,
)
from sluitend.journeys.visits.actions.catching_up import catch_up, heed, pass_wait_requests
from sluitend.journeys.visits.actions.consulting import Consulted, consult, consult_after
from sluitend.journeys.visits.actions.destroying import destroy_passed
from sluitend.journeys.visits.actions.planning import (
    Plan,
    carry_out,
    faults_of,
    hear,
    plan_visit,
    plan_visits,
    withdraw,
)
from sluitend.journeys.visits.actions.reindexing import reindex_visits, reindex_wait_requests
from sluitend.journeys.visits.actions.releasing import (
    MOST_AT_ONCE,
    Together,
    release,
    release_together,
    take_back,
)

__all__ = [
    "MOST_AT_ONCE",
    "Ask",
    "AskerAnswer",
    "Consulted",
    "Plan",
    "Together",
    "answer_as_asker",
    "ask",
    "ask_after",
    "ask_anew",
    "ask_asker",
    "carry_out",
    "catch_up",
    "consult",
    "consult_after",
    "destroy_passed",
    "faults_of",
    "hear",
    "heed",
    "lift",
    "lift_for_mayor",
    "note_lift",
    "note_wait_request",
    "pass_wait_requests",
    "plan_visit",
    "plan_visits",
    "read_wait_request",
    "reindex_visits",
    "reindex_wait_requests",
    "release",
    "release_together",
    "take_back",
    "withdraw",
]
