"""The only place that reads exchanges: frozen values, opened and logged. Absent and forbidden look alike."""

from sluitend.journeys.exchanges.queries.addressees import ask_offer
from sluitend.journeys.exchanges.queries.backgrounds import background_of_question, background_of_transfer
from sluitend.journeys.exchanges.queries.directory import Directory, Entry, directory
from sluitend.journeys.exchanges.queries.files import SharedFile, transfer_file
from sluitend.journeys.exchanges.queries.lists import Row, exchange_list, requests_of_case
from sluitend.journeys.exchanges.queries.own_cases import own_cases
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
    "Directory",
    "Entry",
    "FrontView",
    "ReceivedRequest",
    "ReceivedTransfer",
    "Row",
    "SentRequest",
    "SentTransfer",
    "SharedFile",
    "ask_offer",
    "background_of_question",
    "background_of_transfer",
    "directory",
    "exchange_list",
    "own_cases",
    "received_request",
    "received_transfer",
    "requests_of_case",
    "sent_request",
    "sent_transfer",
    "transfer_file",
]
