"""The only place that reads requests for help. Everything comes back frozen, opened and logged."""

from sluitend.journeys.care.queries.listed import NIGHTS, SHOW, RequestLine, requests
from sluitend.journeys.care.queries.opened import RequestView, request, told_contact
from sluitend.journeys.care.queries.receiving import does_care, on_call_number, receiver
from sluitend.journeys.care.queries.shared import SharedRow, shared_list
from sluitend.journeys.care.queries.writing_back import AskerMail, asker_mail

__all__ = [
    "NIGHTS",
    "SHOW",
    "AskerMail",
    "RequestLine",
    "RequestView",
    "SharedRow",
    "asker_mail",
    "does_care",
    "on_call_number",
    "receiver",
    "request",
    "requests",
    "shared_list",
    "told_contact",
]
