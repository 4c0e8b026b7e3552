"""What the organisation keeps of how it handles a request, as it is sealed."""

from dataclasses import dataclass, replace
from typing import NamedTuple, Self

from sluitend.journeys.reports.actions import Sealed

LEAST, MOST = 3, 4


class Try(NamedTuple):
    """One attempt to make contact: on which day, by which way, and whether the person was reached.

    `against` is why, where the rules of the person did not allow it.
    """

    day: str
    channel: str
    reached: str
    against: str = ""


@dataclass(frozen=True)
class Handled(Sealed):
    """How far it is. `tries` are attempts as one text each; `offered` whether help was offered."""

    tries: tuple[str, ...] = ()
    offered: str = ""
    end: str = ""

    @property
    def attempts(self) -> tuple[Try, ...]:
        """Every attempt to make contact, the first one first."""
        parts = (each.split("|", MOST - 1) for each in self.tries)
        return tuple(Try(*each) for each in parts if len(each) >= LEAST)

    @property
    def reached(self) -> bool:
        """Whether the person was reached."""
        return any(each.reached == "yes" for each in self.attempts)

    def with_try(self, attempt: Try) -> Self:
        """Return it with one more attempt."""
        return replace(self, tries=(*self.tries, "|".join(attempt).rstrip("|")))
