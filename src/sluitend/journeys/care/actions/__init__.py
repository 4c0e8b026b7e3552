"""The only place where requests for help change. One function a verb; see the modules."""

from sluitend.journeys.care.actions.asking_again import mail_askers
from sluitend.journeys.care.actions.doors import (
    give_back,
    give_back_to_care,
    recall_from_care,
    recall_from_municipality,
    take_over,
    take_over_from_care,
    to_care,
    to_municipality,
)
from sluitend.journeys.care.actions.files import open_file
from sluitend.journeys.care.actions.filing import Asked, file_request, keep_receipt
from sluitend.journeys.care.actions.handling import (
    advise,
    ask_back,
    close,
    hear,
    note_attempt,
    take_on,
    tell,
)
from sluitend.journeys.care.actions.handover import take_in
from sluitend.journeys.care.actions.taking_over import take_over_file

__all__ = [
    "Asked",
    "advise",
    "ask_back",
    "close",
    "file_request",
    "give_back",
    "give_back_to_care",
    "hear",
    "keep_receipt",
    "mail_askers",
    "note_attempt",
    "open_file",
    "recall_from_care",
    "recall_from_municipality",
    "take_in",
    "take_on",
    "take_over",
    "take_over_file",
    "take_over_from_care",
    "tell",
    "to_care",
    "to_municipality",
]
