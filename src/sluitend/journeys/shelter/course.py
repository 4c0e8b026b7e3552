"""What is looked for, and what happened while looking: sealed, as plain values."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Self

OFFERED, PROVIDER_NO, PERSON_NO, EXPIRED = "offered", "refused", "declined", "expired"
MEDIATED, PLACED, LEFT, HELD, RESUMED = "mediation", "placed", "left", "on_hold", "open"
UNMEDIATED = "unmediated"
HOTEL_ASKED, HOTEL_YES, HOTEL_NO = "hotel_asked", "hotel_yes", "hotel_no"
LATE_YES, LATE_NO = "late_yes", "late_no"
EXTENDED, ENDED, WITHDRAWN, CORRECTED = "extended", "ended", "withdrawn", "corrected"
GONE, CALLED = "gone", "called"
GIVEN_AWAY, TOO_LATE, SAID_SO = "given_away", "too_late", "said_so"


@dataclass(frozen=True)
class Needs:
    """What somebody needs: ids of the handbook, and a number of beds."""

    beds: int = 1
    filters: tuple[str, ...] = ()
    kind: str = ""

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Self:
        """Return it as it was sealed."""
        filters = tuple(str(each) for each in found.get("filters", ()))
        return cls(int(found.get("beds", 1)), filters, str(found.get("kind", "")))

    def to_json(self) -> dict[str, Any]:
        """Return it as it is sealed."""
        return {"beds": self.beds, "filters": list(self.filters), "kind": self.kind}


@dataclass(frozen=True)
class Happened:
    """One thing that happened. `night` is the night of that moment; `told` a sentence of the coordinator."""

    what: str
    night: str
    kind: str = ""
    offer: str = ""
    reason: str = ""
    told: str = ""
    about: str = ""
    """Of a correction: the night, and what it said before. Of a hotel: the code of what was asked."""
    place: str = ""
    """Of an offer: the number by which the provider knows the place, so that nobody gives it twice."""

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Self:
        """Return it as it was sealed."""
        return cls(**{each.name: str(found.get(each.name, "")) for each in fields(cls)})

    def to_json(self) -> dict[str, str]:
        """Return it as it is sealed: what is empty is left out."""
        return {name: value for name, value in asdict(self).items() if value}


def course_of(found: Sequence[Mapping[str, Any]] | None) -> tuple[Happened, ...]:
    """Return what happened, in its order."""
    return tuple(Happened.from_json(each) for each in found or ())


def was_offered(night: date, course: Sequence[Happened], tonight: date) -> bool:
    """Tell whether a place was offered to the person for a night.

    An offer is there from its night until it was answered or ran out; what the provider took back never was.
    """
    return any(first <= night <= last for first, last in _offers(course, tonight))


def last_offer(course: Sequence[Happened]) -> Happened | None:
    """Return what was offered last."""
    return next((each for each in reversed(course) if each.what == OFFERED), None)


def _offers(course: Sequence[Happened], tonight: date) -> Iterator[tuple[date, date]]:
    first: date | None = None
    for each in course:
        if each.what == OFFERED:
            first = date.fromisoformat(each.night)
        elif each.what == PROVIDER_NO:
            first = None
        elif first is not None and each.what in (PERSON_NO, EXPIRED, PLACED, WITHDRAWN, GONE, GIVEN_AWAY):
            yield first, date.fromisoformat(each.night)
            first = None
    if first is not None:
        yield first, tonight
