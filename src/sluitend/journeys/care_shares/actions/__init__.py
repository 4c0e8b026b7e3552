"""The only place where what care shares changes. One function a verb; only a care file sends."""

from sluitend.journeys.care_shares.actions.receiving import (
    accept,
    answer,
    ask_first,
    decline,
    keep_number,
    note_contact_read,
)
from sluitend.journeys.care_shares.actions.sending import (
    Sending,
    end_on,
    note_reply,
    note_told,
    recall,
    send,
    stop,
    tell_contact,
)
from sluitend.journeys.care_shares.content import Part

__all__ = [
    "Part",
    "Sending",
    "accept",
    "answer",
    "ask_first",
    "decline",
    "end_on",
    "keep_number",
    "note_contact_read",
    "note_reply",
    "note_told",
    "recall",
    "send",
    "stop",
    "tell_contact",
]
