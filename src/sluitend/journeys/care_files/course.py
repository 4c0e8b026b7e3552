"""How a care file goes on: an end that waits for a colleague, aftercare, and the route of a child."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
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


ADULT_YEARS = 18
AHEAD_DAYS = 30
"""So long before somebody is 18 it is talked about what they are asked anew."""
HALF_YEAR = timedelta(days=182)
"""After which a guess of an age is made again."""


@dataclass(frozen=True)
class Age(Sealed):
    """When somebody under 18 was born; or, where nobody knows, between which ages they are, as a guess.

    It is kept for what must be asked on the day on which they are 18, and no longer.

    Attributes:
        on: the day on which it was noted.
        talked: the day on which somebody talked about what changes at 18.
    """

    born: str = ""
    low: str = ""
    high: str = ""
    on: str = ""
    talked: str = ""

    @property
    def adult_on(self) -> date | None:
        """The day on which they are 18, where the day of birth is known."""
        born = day_of(self.born)
        return adult_on(born) if born else None

    @property
    def talk_on(self) -> date | None:
        """The day on which somebody talks about what changes at 18."""
        day, noted = self.adult_on, day_of(self.on)
        ahead = day - timedelta(days=AHEAD_DAYS) if day else None
        return max(ahead, noted) if ahead and noted else ahead

    @property
    def guess_on(self) -> date | None:
        """The day on which a guess is made again."""
        noted = day_of(self.on)
        return noted + HALF_YEAR if noted and self.low else None


def adult_on(born: date) -> date:
    """Return on which day somebody is 18. Who was born on 29 February is so on 1 March."""
    year = born.year + ADULT_YEARS
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


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
        age: when somebody under 18 was born, or a guess, where that was noted.
        adult_since: the day on which they were 18; `was_guardian` is who was their guardian until then.
        put_back: the day on which a database was put back in which something stood that the person had taken
            back, until somebody looked what of it went on.
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
    age: Age | None = None
    adult_since: str = ""
    was_guardian: str = ""
    put_back: str = ""

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
            "age": self.age.to_json() if self.age else {},
            "adult_since": self.adult_since,
            "was_guardian": self.was_guardian,
            "put_back": self.put_back,
        }

    @classmethod
    def from_json(cls, values: Any) -> Self:
        """Return it again; of a file of before there was any, it is empty."""
        given = values if isinstance(values, dict) else {}
        proposed, age = given.get("proposed"), given.get("age")
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
            age=Age.from_json(age) if age else None,
            adult_since=str(given.get("adult_since", "")),
            was_guardian=str(given.get("was_guardian", "")),
            put_back=str(given.get("put_back", "")),
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
