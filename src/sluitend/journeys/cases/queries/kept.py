"""What the sealed plan of a case keeps of measures, as it is sealed, and how an address names one."""

from typing import TypedDict
from uuid import UUID

from django.utils.crypto import salted_hmac


def measure_key(case_id: UUID, action: str) -> str:
    """Return how an address names a measure of a case: always the same, and nothing can be read from it."""
    found = salted_hmac("sluitend.cases.measure", f"{case_id}:{action}", algorithm="sha256")
    return found.hexdigest()[:12]


class Added(TypedDict):
    """Who added an action by hand, and why: as it is sealed with the case."""

    at: str
    by: str
    reason: str
    sentence: str


class Piece(TypedDict):
    """A piece of evidence: where it is, of which day, and why it may be used in a decision."""

    source: str
    words: str
    on: str
    ground: str


class Given(TypedDict):
    """A measure that somebody was given, its evidence by the words of the handbook, and what came of it.

    It keeps how it was called, for a handbook that has it no more. `until` and `on` are days in ISO form.
    """

    says: str
    to: str
    to_words: str
    contact: str
    question: str
    until: str
    at: str
    by: str
    evidence: dict[str, Piece]
    result: str
    on: str


class Tried(TypedDict):
    """What was said at the end about what was tried: what helped, or why nothing was."""

    helped: list[str]
    reason: str
    sentence: str


class Before(TypedDict):
    """A measure of a municipality that had the case before, in its words; `until` and `on` are days."""

    says: str
    to: str
    until: str
    result: str
    on: str
    who: str
