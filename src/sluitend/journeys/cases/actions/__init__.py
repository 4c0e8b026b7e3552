"""The only place where cases change. One function a verb; see the modules."""

from sluitend.journeys.cases.actions.asking import (
    act_against_wish,
    answer_residents_question,
    record_wish,
)
from sluitend.journeys.cases.actions.assigning import assign_case, hand_over, let_go, now_with, owned
from sluitend.journeys.cases.actions.closing import close_case, reopen
from sluitend.journeys.cases.actions.handover import (
    close_handed_over,
    hand_over_ended,
    hand_over_sent,
)
from sluitend.journeys.cases.actions.inquiry_news import inquiry_told
from sluitend.journeys.cases.actions.intake import (
    Judgement,
    add_to_case,
    answer_advice,
    ask_reporter,
    close_report,
    judge_earlier,
    move_kind,
    pass_on,
    read_message,
    second_eyes,
    take_in_new,
)
from sluitend.journeys.cases.actions.measures import (
    Ended,
    NewPiece,
    add_measure,
    give,
    keep_evidence,
    note_result,
)
from sluitend.journeys.cases.actions.notes import (
    add_note,
    add_observation,
    add_subject,
    correct_observation,
)
from sluitend.journeys.cases.actions.onward import PASSES_ON, Onward, heard_for_others, note_onward
from sluitend.journeys.cases.actions.plan_news import note_at_place
from sluitend.journeys.cases.actions.planning import (
    finish_action,
    in_one_line,
    put_off_action,
    refuse_action,
    set_fact,
    start_actions,
    take_up_again,
)
from sluitend.journeys.cases.actions.postponing import change_due
from sluitend.journeys.cases.actions.reaching import record_reach
from sluitend.journeys.cases.actions.recalling import letter_back, letter_left
from sluitend.journeys.cases.actions.referral_news import (
    referral_came,
    referral_news,
    referral_sent,
    referral_went_on,
)
from sluitend.journeys.cases.actions.reindexing import reindex_cases
from sluitend.journeys.cases.actions.releases import take_over_release
from sluitend.journeys.cases.actions.sources import copy_from_hit, dismiss_earlier, link_earlier, look_up
from sluitend.journeys.cases.actions.taking_over import TakenOver, TakenPart, take_over
from sluitend.journeys.cases.actions.tracks import close_track, open_track, work_track
from sluitend.journeys.cases.actions.urgency import (
    hear_at_place,
    hear_from_sender,
    hear_reporters,
    look_along,
)
from sluitend.journeys.cases.actions.weighing import weigh
from sluitend.journeys.cases.drafts import NewObservation, NewSubject
from sluitend.kernel.handbook.changes_of_plans import PlanChange

__all__ = [
    "PASSES_ON",
    "Ended",
    "Judgement",
    "NewObservation",
    "NewPiece",
    "NewSubject",
    "Onward",
    "PlanChange",
    "TakenOver",
    "TakenPart",
    "act_against_wish",
    "add_measure",
    "add_note",
    "add_observation",
    "add_subject",
    "add_to_case",
    "answer_advice",
    "answer_residents_question",
    "ask_reporter",
    "assign_case",
    "change_due",
    "close_case",
    "close_handed_over",
    "close_report",
    "close_track",
    "copy_from_hit",
    "correct_observation",
    "dismiss_earlier",
    "finish_action",
    "give",
    "hand_over",
    "hand_over_ended",
    "hand_over_sent",
    "hear_at_place",
    "hear_from_sender",
    "hear_reporters",
    "heard_for_others",
    "in_one_line",
    "inquiry_told",
    "judge_earlier",
    "keep_evidence",
    "let_go",
    "letter_back",
    "letter_left",
    "link_earlier",
    "look_along",
    "look_up",
    "move_kind",
    "note_at_place",
    "note_onward",
    "note_result",
    "now_with",
    "open_track",
    "owned",
    "pass_on",
    "put_off_action",
    "read_message",
    "record_reach",
    "record_wish",
    "referral_came",
    "referral_news",
    "referral_sent",
    "referral_went_on",
    "refuse_action",
    "reindex_cases",
    "reopen",
    "second_eyes",
    "set_fact",
    "start_actions",
    "take_in_new",
    "take_over",
    "take_over_release",
    "take_up_again",
    "weigh",
    "work_track",
]
