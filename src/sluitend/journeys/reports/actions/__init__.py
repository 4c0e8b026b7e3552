"""The only place where reports change. One function a verb; see the modules."""

from sluitend.journeys.reports.actions.copying import copy_attachment
from sluitend.journeys.reports.actions.correspondence import (
    Ticked,
    ask,
    note_heard,
    read_answer,
    stop_asking,
    tell,
    unheard,
)
from sluitend.journeys.reports.actions.destroying import destroy_again, destroy_report
from sluitend.journeys.reports.actions.filing import (
    Filed,
    Filing,
    enter_for_colleague,
    file_advice,
    file_report,
    file_signal,
)
from sluitend.journeys.reports.actions.handling import (
    answer_advice,
    assign_report,
    close,
    correct,
    move_kind,
    pass_on,
    second_eyes,
    take_in,
)
from sluitend.journeys.reports.actions.identity import REASONS, IdentityView, open_identity
from sluitend.journeys.reports.actions.looking import Original, draw_files, open_original, waiting_files
from sluitend.journeys.reports.actions.marking import file_mark, finish_mark, mark
from sluitend.journeys.reports.actions.night import end_day, to_be_told
from sluitend.journeys.reports.actions.of_care import AtCare, at_care, know_age
from sluitend.journeys.reports.actions.own import (
    remember_receipt,
)
from sluitend.journeys.reports.actions.passing import (
    Told,
    give_back_report,
    pass_on_part,
    pass_on_whole,
    recall_report,
    take_over,
    take_over_report,
)
from sluitend.journeys.reports.actions.reindexing import reindex_reports
from sluitend.journeys.reports.actions.sweeping import Swept, sweep
from sluitend.journeys.reports.actions.thread import Danger, add_to_report, answer_question
from sluitend.journeys.reports.content import IdentityContent, ReportContent, Sealed
from sluitend.journeys.reports.models import Anonymity, Channel, Minor

__all__ = [
    "REASONS",
    "Anonymity",
    "AtCare",
    "Channel",
    "Danger",
    "Filed",
    "Filing",
    "IdentityContent",
    "IdentityView",
    "Minor",
    "Original",
    "ReportContent",
    "Sealed",
    "Swept",
    "Ticked",
    "Told",
    "add_to_report",
    "answer_advice",
    "answer_question",
    "ask",
    "assign_report",
    "at_care",
    "close",
    "copy_attachment",
    "correct",
    "destroy_again",
    "destroy_report",
    "draw_files",
    "end_day",
    "enter_for_colleague",
    "file_advice",
    "file_mark",
    "file_report",
    "file_signal",
    "finish_mark",
    "give_back_report",
    "know_age",
    "mark",
    "move_kind",
    "note_heard",
    "open_identity",
    "open_original",
    "pass_on",
    "pass_on_part",
    "pass_on_whole",
    "read_answer",
    "recall_report",
    "reindex_reports",
    "remember_receipt",
    "second_eyes",
    "stop_asking",
    "sweep",
    "take_in",
    "take_over",
    "take_over_report",
    "tell",
    "to_be_told",
    "unheard",
    "waiting_files",
]
