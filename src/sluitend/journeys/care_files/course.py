"""How a care file goes on: an end that waits for a colleague, aftercare, and the route of a child."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from sluitend.journeys.care_files.content import Sealed, day_of


@dataclass(frozen=True)
class Proposed(Sealed):
    """An end that a colleague looks at first. `open_door` is what the person was told about coming back."""

    end: str = ""
    open_door: str = ""
    by: str = ""
    on: str = ""


@dataclass(frozen=True)
class Look(Sealed):
    """What a colleague said who looked along at an end."""

    by: str = ""
    on: str = ""
    agrees: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Asked(Sealed):
    """What somebody heard who asked after the end of the help how it goes."""

    on: str = ""
    said: str = ""


@dataclass(frozen=True)
class Given(Sealed):
    """That the person was given a copy, and whether paper was safe. `printed` is the day on which it was."""

    id: str = ""
    on: str = ""
    language: str = ""
    safe: str = ""
    printed: str = ""


@dataclass(frozen=True)
class Course:
    """How the file goes on, beside what is known of the person.

    Attributes:
        proposed: the end that waits for a colleague, if there is one.
        dates: on which aftercare is still to be asked, in the way of `channel`.
        child_since: the day on which the person turned out to be under 18; `child_told` is whom somebody
            called about that.
        copies: which the person was given, the oldest first.
        lawyer_by: the day until when somebody chose to talk with a lawyer, until they did.
    """

    proposed: Proposed | None = None
    looks: tuple[Look, ...] = ()
    channel: str = ""
    dates: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    child_since: str = ""
    child_told: str = ""
    child_told_on: str = ""
    copies: tuple[Given, ...] = ()
    lawyer_by: str = ""

    @property
    def child_waits(self) -> bool:
        """Whether nobody was called yet about a person who turned out to be under 18."""
        return bool(self.child_since) and not self.child_told

    @property
    def next_date(self) -> date | None:
        """The first day on which aftercare is to be asked."""
        return day_of(min(self.dates, default=""))

    def to_json(self) -> dict[str, Any]:
        """Return what is sealed."""
        return {
            "proposed": self.proposed.to_json() if self.proposed else {},
            "looks": _many(self.looks),
            "channel": self.channel,
            "dates": list(self.dates),
            "asked": _many(self.asked),
            "child_since": self.child_since,
            "child_told": self.child_told,
            "child_told_on": self.child_told_on,
            "copies": _many(self.copies),
            "lawyer_by": self.lawyer_by,
        }

    @classmethod
    def from_json(cls, values: Any) -> Self:
        """Return it again; of a file of before there was any, it is empty."""
        given = values if isinstance(values, dict) else {}
        proposed = given.get("proposed")
        return cls(
            proposed=Proposed.from_json(proposed) if proposed else None,
            looks=tuple(Look.from_json(each) for each in given.get("looks", ())),
            channel=str(given.get("channel", "")),
            dates=tuple(str(each) for each in given.get("dates", ())),
            asked=tuple(Asked.from_json(each) for each in given.get("asked", ())),
            child_since=str(given.get("child_since", "")),
            child_told=str(given.get("child_told", "")),
            child_told_on=str(given.get("child_told_on", "")),
            copies=tuple(Given.from_json(each) for each in given.get("copies", ())),
            lawyer_by=str(given.get("lawyer_by", "")),
        )


@dataclass(frozen=True)
class Meeting(Sealed):
    """What an appointment is about. `before` are the moments at which it was to be, until it was moved."""

    kind: str = ""
    place_kind: str = ""
    place: str = ""
    interpreter: str = ""
    remind_by: str = ""
    remind_before: str = ""
    before: str = ""


def _many(rows: Iterable[Sealed]) -> list[dict[str, Any]]:
    return [each.to_json() for each in rows]
