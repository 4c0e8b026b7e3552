"""The verbs of exchanges. Nothing else changes one."""

from sluitend.journeys.exchanges.actions.answering import (
    accept_request,
    answer_request,
    return_request,
    take_in_request,
)
from sluitend.journeys.exchanges.actions.deciding import accept_transfer, return_transfer
from sluitend.journeys.exchanges.actions.handing_over import (
    finish_transfer,
    handle_ended_transfer,
    note_transfer_accepted,
    note_transfer_returned,
    recall_transfer,
    remind_transfer,
    send_transfer,
)
from sluitend.journeys.exchanges.actions.listing import (
    ask_to_confirm,
    check_silent,
    confirm_entry,
    show_number,
)
from sluitend.journeys.exchanges.actions.onward import hear_onward, pass_on_heard
from sluitend.journeys.exchanges.actions.requesting import (
    ask_further,
    handle_request,
    hear_answer,
    recall_request,
    remind_request,
    send_inquiry,
    send_request,
)
from sluitend.journeys.exchanges.actions.telling import read_transfer_news, write_about_transfer

__all__ = [
    "accept_request",
    "accept_transfer",
    "answer_request",
    "ask_further",
    "ask_to_confirm",
    "check_silent",
    "confirm_entry",
    "finish_transfer",
    "handle_ended_transfer",
    "handle_request",
    "hear_answer",
    "hear_onward",
    "note_transfer_accepted",
    "note_transfer_returned",
    "pass_on_heard",
    "read_transfer_news",
    "recall_request",
    "recall_transfer",
    "remind_request",
    "remind_transfer",
    "return_request",
    "return_transfer",
    "send_inquiry",
    "send_request",
    "send_transfer",
    "show_number",
    "take_in_request",
    "write_about_transfer",
]
