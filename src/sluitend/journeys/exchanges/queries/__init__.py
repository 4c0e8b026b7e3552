"""The only place that reads exchanges: frozen values, opened and logged. Absent and forbidden look alike."""

from sluitend.journeys.exchanges.queries.directory import Directory, Entry, directory
from sluitend.journeys.exchanges.queries.files import SharedFile, transfer_file
from sluitend.journeys.exchanges.queries.lists import STATES, Page, Row, exchange_list
from sluitend.journeys.exchanges.queries.names import Name, step_names
from sluitend.journeys.exchanges.queries.requests import (
    ReceivedRequest,
    SentRequest,
    received_request,
    sent_request,
)
from sluitend.journeys.exchanges.queries.transfers import (
    FrontView,
    ReceivedTransfer,
    SentTransfer,
    received_transfer,
    sent_transfer,
)

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
    "directory",
    "exchange_list",
    "received_request",
    "received_transfer",
    "sent_request",
    "sent_transfer",
    "step_names",
    "transfer_file",
]
