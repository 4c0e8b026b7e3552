"""Reading care files; opened and logged. Other journeys enter here."""

from sluitend.journeys.care_files.contacting import (
    EVERY_DAY,
    WEEKDAYS,
    Answer,
    ContactRule,
    Effect,
    may_contact,
)
from sluitend.journeys.care_files.content import Contact, Rule
from sluitend.journeys.care_files.queries.asking import AskPage, BackPage, ask_page, back_page
from sluitend.journeys.care_files.queries.reading import (
    FileView,
    OfRequest,
    Way,
    care_file,
    may_count,
    of_request,
    opened,
    requests_of,
    ways,
)
from sluitend.journeys.care_files.queries.taking import take
from sluitend.journeys.care_files.saying import in_words, why_not

__all__ = [
    "EVERY_DAY",
    "WEEKDAYS",
    "Answer",
    "AskPage",
    "BackPage",
    "Contact",
    "ContactRule",
    "Effect",
    "FileView",
    "OfRequest",
    "Rule",
    "Way",
    "ask_page",
    "back_page",
    "care_file",
    "in_words",
    "may_contact",
    "may_count",
    "of_request",
    "opened",
    "requests_of",
    "take",
    "ways",
    "why_not",
]
