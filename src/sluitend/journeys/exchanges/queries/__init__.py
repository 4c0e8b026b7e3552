"""The only place that reads exchanges: frozen values, opened and logged. Absent and forbidden look alike."""

from sluitend.journeys.exchanges.queries.directory import Directory, Entry, directory
from sluitend.journeys.exchanges.queries.files import SharedFile, transfer_file
from sluitend.journeys.exchanges.queries.lists import STATES, Page, Row, exchange_list
from sluitend.journeys.exchanges.queries.names import Name, step_names
from sluitend.journeys.exchanges.queries.requests import (
    ReceivedRequest,
    SentRequest,
    asks_request,
    received_request,
    sent_request,
)
from sluitend.journeys.exchanges.queries.transfers import (
    FrontView,
    ReceivedTransfer,
    SentTransfer,
    received_transfer,
    sends_transfer,
    sent_transfer,
)
from sluitend.journeys.exchanges.queries.turns import last_turn, together

__all__ = [
    "STATES",
    "Directory",
    "Entry",
    "FrontView",
    "Name",
    "Page",
    "ReceivedRequest",
    "ReceivedTransfer",
    "Row",
    "SentRequest",
    "SentTransfer",
    "SharedFile",
    "asks_request",
    "directory",
    "exchange_list",
    "last_turn",
    "received_request",
    "received_transfer",
    "sends_transfer",
    "sent_request",
    "sent_transfer",
    "step_names",
    "together",
    "transfer_file",
]
