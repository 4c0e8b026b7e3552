"""The verbs of planned contacts and hold requests. Nothing else changes one."""

from sluitend.journeys.contacts.actions.asking import (
    Ask,
    ask,
    ask_anew,
    lift,
    lift_for_mayor,
    note_hold,
    note_lift,
    read_hold,
)
from sluitend.journeys.contacts.actions.asking_holder import (
    HolderAnswer,
    answer_holder,
    ask_after,
    ask_holder,
)
from sluitend.journeys.contacts.actions.catching_up import catch_up, heed, pass_holds
from sluitend.journeys.contacts.actions.consulting import Consulted, consult, consult_after
from sluitend.journeys.contacts.actions.destroying import destroy_passed
from sluitend.journeys.contacts.actions.planning import Plan, carry_out, hear, plan_contact, withdraw
from sluitend.journeys.contacts.actions.reindexing import reindex_contacts, reindex_holds
from sluitend.journeys.contacts.actions.releasing import release, take_back

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
    "plan_contact",
    "read_hold",
    "reindex_contacts",
    "reindex_holds",
    "release",
    "take_back",
    "withdraw",
]
