"""Subjects and observations as somebody describes them, before they are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sluitend.journeys.cases.reach import NOT_KNOWN, Reach
from sluitend.kernel.handbook.same_address import other_ways
from sluitend.kernel.sealing.tokens import KINDS, Kind, search_tokens_for


@dataclass(frozen=True)
class NewSubject:
    """A subject as somebody describes it: what is known, roles, and values by which it can be found again."""

    kind: str
    name: str
    roles: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    remark: str = ""
    language: str = ""
    reach: Reach = NOT_KNOWN


@dataclass(frozen=True)
class NewObservation:
    """What somebody saw or thinks, with when, where and from whom.

    `lasts` is how long it has been so, `put_out` whether somebody was put on the street.
    """

    kind: str
    text: str
    when: str = ""
    where: str = ""
    source: str = ""
    indicators: tuple[str, ...] = ()
    lasts: str = ""
    put_out: bool = False
    about: tuple[UUID, ...] = ()
    """The subjects of which it says how they hang together."""
    told: str = ""
    """When another municipality heard it, where it came from there."""
    sums_up: bool = False
    """Whether a program wrote it, of what stands elsewhere: then nothing is read from it."""


def subject_tokens(organisation_id: UUID, identifiers: Sequence[tuple[str, str]]) -> list[tuple[str, UUID]]:
    """Return (kind, token) for every identifier that has a normal form, to write and to search with.

    While the key of search is renewed they are written under the former too: a planned visit finds a case
    by what both wrote, and one of the two is indexed anew before the other.
    """
    found = [
        (kind, token)
        for kind, value in [*identifiers, *other_ways(identifiers)]
        if (known := _kind(kind)) is not None
        for token in search_tokens_for(organisation_id, known, value)
    ]
    return list(dict.fromkeys(found))


def _kind(name: str) -> Kind | None:
    return next((kind for kind in KINDS if kind == name), None)
