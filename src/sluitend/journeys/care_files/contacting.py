"""Whether somebody may be reached in a way at a moment, by the rules that were told. Without a rule: no."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

EVERY_DAY, WEEKDAYS = frozenset(range(1, 8)), frozenset(range(1, 6))


class Effect(StrEnum):
    """What a rule says of its way; the one before beats the one after it."""

    NEVER = "never"
    ONLY = "only"
    ALLOWED = "allowed"


@dataclass(frozen=True)
class ContactRule:
    """A rule for one way of contact.

    Attributes:
        days, start, end: when it opens that way; the end is no longer in it. Without times, all day.
        check_on: after this day it still closes what it closes, but opens nothing.
    """

    channel: str
    effect: Effect
    days: frozenset[int] = EVERY_DAY
    start: time = time.min
    end: time | None = None
    check_on: date | None = None

    def holds(self, at: datetime) -> bool:
        """Tell whether this moment is within its days and times."""
        inside = self.start <= at.time() and (self.end is None or at.time() < self.end)
        return inside and at.isoweekday() in self.days

    def past(self, at: datetime) -> bool:
        """Tell whether it was to be looked at before this day."""
        return self.check_on is not None and self.check_on < at.date()


class Answer(StrEnum):
    """Whether it may, and if not why."""

    YES = "yes"
    NO_RULE = "no_rule"
    NOT_NOW = "not_now"
    STOPPED = "stopped"
    NEVER = "never"
    ONLY_OTHERWISE = "only_otherwise"
    PAST = "past"


def may_contact(
    rules: Sequence[ContactRule], channel: str, at: datetime, *, stop_until: date | None = None
) -> Answer:
    """Return whether somebody may be reached in this way at this moment.

    Args:
        rules: all that were told of this person.
        channel: the way.
        at: the moment, in the Netherlands.
        stop_until: before this day nobody makes contact, whatever the rules say.
    """
    if stop_until and at.date() < stop_until:
        return Answer.STOPPED
    if any(each.effect is Effect.NEVER and each.channel == channel for each in rules):
        return Answer.NEVER
    only = [each for each in rules if each.effect is Effect.ONLY]
    counts = only or [each for each in rules if each.effect is Effect.ALLOWED]
    own = [each for each in counts if each.channel == channel]
    if not own:
        return Answer.ONLY_OTHERWISE if only else Answer.NO_RULE
    return _opened(own, at)


def _opened(rules: Iterable[ContactRule], at: datetime) -> Answer:
    fresh = [each for each in rules if not each.past(at)]
    if not fresh:
        return Answer.PAST
    return Answer.YES if any(each.holds(at) for each in fresh) else Answer.NOT_NOW
