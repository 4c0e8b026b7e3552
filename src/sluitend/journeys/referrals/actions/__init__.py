"""The verbs of a referral. Nothing else changes one."""

from sluitend.journeys.referrals.actions.following import (
    answer_question,
    close_without_answer,
    expire_passed,
    handle_answer,
    note_answer,
    note_sent,
    recall,
    remind,
)
from sluitend.journeys.referrals.actions.monthly import make_list
from sluitend.journeys.referrals.actions.partner import accept, ask, feed_back, return_
from sluitend.journeys.referrals.actions.sending import send

__all__ = [
    "accept",
    "answer_question",
    "ask",
    "close_without_answer",
    "expire_passed",
    "feed_back",
    "handle_answer",
    "make_list",
    "note_answer",
    "note_sent",
    "recall",
    "remind",
    "return_",
    "send",
]
