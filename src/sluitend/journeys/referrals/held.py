"""By what a recipient finds a referral again: what was shared, under its own key of search."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sluitend.journeys.referrals.waiting import COMPANY, KVK, PLACE, VEHICLE
from sluitend.kernel.sealing.tokens import Kind, normalise, tokens_for

PARTS: Mapping[str, Kind] = {
    PLACE: "address",
    VEHICLE: "plate",
    "phone": "phone",
    "online_account": "account",
    "person_name": "name",
}
SOUGHT: tuple[Kind, ...] = ("address", "plate", "kvk", "company", "phone", "account", "name", "reference")
REFERENCE: Kind = "reference"
TAKEN_IN = "taken_in"
"""As which the number stands of what the recipient made of it; it is found as its own number is."""
PIECES = re.compile(r"[,;\n]")
MOST = 200
SHORTEST_NAME = 3


def values_of(parts: Sequence[Mapping[str, Any]]) -> list[tuple[Kind, str]]:
    """Return what identifies something in the parts of a referral, each once."""
    return list(dict.fromkeys(_values(parts)))[:MOST]


def _values(parts: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Kind, str]]:
    for part in parts:
        if part["id"] == COMPANY:
            yield from (("kvk", number) for number in KVK.findall(part["text"]))
            for text in PIECES.split(part["text"]):
                yield from _of_kind("company", text.strip())
        elif kind := PARTS.get(part["id"]):
            # An address is one line with its commas; of the others each piece may be one.
            texts = [*part["text"].splitlines(), *PIECES.split(part["text"])]
            for text in filter(None, (text.strip() for text in texts)):
                yield from _of_kind(kind, text)


def _of_kind(kind: Kind, text: str) -> Iterator[tuple[Kind, str]]:
    if normalise(kind, text):
        yield kind, text
    if kind == "name":
        # Whoever knows only the family name looks for that.
        yield from ((kind, word) for word in text.split() if len(word) >= SHORTEST_NAME)


def tokens_of(organisation_id: UUID, values: Sequence[tuple[Kind, str]]) -> list[tuple[Kind, UUID]]:
    """Return the tokens of these values under the key of an organisation, each once."""
    found = ((kind, token) for kind, value in values for token in tokens_for(organisation_id, kind, value))
    return list(dict.fromkeys(found))
