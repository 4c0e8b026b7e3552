"""The only place where requests for help change. One function a verb; see the modules."""

from sluitend.journeys.care.actions.filing import Asked, file_request
from sluitend.journeys.care.actions.handling import (
    advise,
    ask_back,
    close,
    hear,
    note_attempt,
    take_on,
    tell,
)

__all__ = [
    "Asked",
    "advise",
    "ask_back",
    "close",
    "file_request",
    "hear",
    "note_attempt",
    "take_on",
    "tell",
]
