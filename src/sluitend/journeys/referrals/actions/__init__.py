"""The verbs of a referral. Nothing else changes one."""

from sluitend.journeys.referrals.actions.collecting import (
    accept_pickup,
    answer_pickup,
    ask_from_pickup,
    open_pickup,
    return_pickup,
)
from sluitend.journeys.referrals.actions.ending import (
    BY_PLAN,
    close_without_answer,
    end_links,
    let_stand,
    recall,
    stop_waiting,
)
from sluitend.journeys.referrals.actions.following import (
    answer_question,
    handle_answer,
    note_answer,
    note_sent,
    remind,
    wait_request_made,
)
from sluitend.journeys.referrals.actions.holding import note_reference, reindex_received
from sluitend.journeys.referrals.actions.monthly import make_list
from sluitend.journeys.referrals.actions.partner import accept, ask, feed_back, return_
from sluitend.journeys.referrals.actions.pickup import start_pickup
from sluitend.journeys.referrals.actions.reaching import note_reach_read, note_reach_told
from sluitend.journeys.referrals.actions.sending import send
from sluitend.journeys.referrals.actions.taking import leave, take
from sluitend.journeys.referrals.actions.taking_in import take_in

__all__ = [
    "BY_PLAN",
    "accept",
    "accept_pickup",
    "answer_pickup",
    "answer_question",
    "ask",
    "ask_from_pickup",
    "close_without_answer",
    "end_links",
    "feed_back",
    "handle_answer",
    "leave",
    "let_stand",
    "make_list",
    "note_answer",
    "note_reach_read",
    "note_reach_told",
    "note_reference",
    "note_sent",
    "open_pickup",
    "recall",
    "reindex_received",
    "remind",
    "return_",
    "return_pickup",
    "send",
    "start_pickup",
    "stop_waiting",
    "take",
    "take_in",
    "wait_request_made",
]
