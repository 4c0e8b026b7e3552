"""The verbs of exchanges. Nothing else changes one."""

from sluitend.journeys.exchanges.actions.deciding import accept_transfer, return_transfer
from sluitend.journeys.exchanges.actions.handing_over import (
    expire_transfers,
    finish_transfer,
    handle_ended_transfer,
    note_transfer_accepted,
    note_transfer_returned,
    recall_transfer,
    remind_transfer,
    send_transfer,
)
from sluitend.journeys.exchanges.actions.telling import read_transfer_news, write_about_transfer

__all__ = [
    "accept_transfer",
    "expire_transfers",
    "finish_transfer",
    "handle_ended_transfer",
    "note_transfer_accepted",
    "note_transfer_returned",
    "read_transfer_news",
    "recall_transfer",
    "remind_transfer",
    "return_transfer",
    "send_transfer",
    "write_about_transfer",
]
