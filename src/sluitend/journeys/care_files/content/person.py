"""Who the person is, and how they may be reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Self

from sluitend.journeys.care_files.contacting import (
    EVERY_DAY,
    WEEKDAYS,
    Answer,
    ContactRule,
    Effect,
    may_contact,
)
from sluitend.journeys.care_files.content.sealed import Sealed, day_of, many
from sluitend.journeys.care_files.words import Days

WEEKEND = EVERY_DAY - WEEKDAYS
DAYS: Mapping[str, frozenset[int]] = {
    Days.ANY: EVERY_DAY,
    Days.OFFICE: WEEKDAYS,
    Days.WEEKEND: WEEKEND,
}


@dataclass(frozen=True)
class Person(Sealed):
    """Who it is, no more than thin mode keeps. `own_number` is that of the organisation's own system."""

    call_name: str = ""
    age_group: str = ""
    language: str = ""
    subregion: str = ""
    guardian: str = ""
    own_number: str = ""
    parents_know: str = ""
    """Of somebody under 18, whether the parents may know: decided together with who protects children."""


@dataclass(frozen=True)
class Rule(Sealed):
    """One rule for contact. `ended` is the day on which somebody ended it; it stays to be read."""

    id: str = ""
    channel: str = ""
    effect: str = ""
    value: str = ""
    days: str = ""
    start: str = ""
    end: str = ""
    voicemail: str = ""
    through_whom: str = ""
    say_what: str = ""
    check_on: str = ""
    set_on: str = ""
    ended: str = ""

    def as_rule(self) -> ContactRule:
        """Return it as it is reasoned with. A time that cannot be read opens nothing."""
        try:
            start, end = _time(self.start) or time.min, _time(self.end)
        except ValueError:
            start = end = time.min
        check_on = day_of(self.check_on)
        days = DAYS.get(self.days, EVERY_DAY)
        return ContactRule(self.channel, Effect(self.effect), days, start, end, check_on)


@dataclass(frozen=True)
class Attempt(Sealed):
    """Contact that was sought. `against` is the reason to go against the rules, where somebody did."""

    at: str = ""
    channel: str = ""
    reached: str = ""
    against: str = ""


@dataclass(frozen=True)
class Contact:
    """How somebody may be reached, and how that was tried."""

    rules: tuple[Rule, ...] = ()
    stop_until: str = ""
    attempts: tuple[Attempt, ...] = ()

    @property
    def running(self) -> tuple[Rule, ...]:
        """The rules that nobody ended."""
        return tuple(each for each in self.rules if not each.ended)

    def may(self, channel: str, at: datetime) -> Answer:
        """Return whether the person may be reached in this way at this moment."""
        rules = [each.as_rule() for each in self.running]
        return may_contact(rules, channel, at, stop_until=day_of(self.stop_until))

    def to_json(self) -> dict[str, Any]:
        """Return what is sealed."""
        return {
            "rules": many(self.rules),
            "stop_until": self.stop_until,
            "attempts": many(self.attempts),
        }

    @classmethod
    def from_json(cls, values: Any) -> Self:
        """Return it again."""
        given = values if isinstance(values, dict) else {}
        return cls(
            rules=tuple(Rule.from_json(each) for each in given.get("rules", ())),
            stop_until=str(given.get("stop_until", "")),
            attempts=tuple(Attempt.from_json(each) for each in given.get("attempts", ())),
        )


def _time(text: str) -> time | None:
    return time.fromisoformat(text).replace(tzinfo=None) if text else None
