"""The moment at which something of a story happens, and what moves it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Self

from django.utils import timezone

from sluitend.demo.clock import When, before, moment
from sluitend.demo.world import Town
from sluitend.kernel.followup.deadlines import add_working_days


class Moving:
    """Something at a moment; `go`, `on`, `next` and `soon` move that, and `_do` does something at it."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.world = town.world
        self.moment = town.calendar.now

    def go(self, when: When) -> Self:
        """Go to a moment."""
        if when.how == "soon":
            return self.soon()
        if when.how == "acute":
            self.moment = self.town.calendar.acute_moment().replace(second=0, microsecond=0)
            return self
        return self.on(self.day_of(when), when.clock)

    def day_of(self, when: When) -> date:
        """Return the day that is meant."""
        match when.how:
            case "next":
                return add_working_days(self.day, when.number)
            case "next_focal":
                return add_working_days(self.day, when.number, self.town.focal_days)
            case "last_focal":
                return before(self.town.last_focal_day(), when.number)
        return self.town.calendar.day(when)

    def on(self, day: date, clock: str = "") -> Self:
        """Go to a day."""
        self.moment = self._at(day, clock)
        return self

    def next(self, days: int = 1, clock: str = "") -> Self:
        """Go on so many working days."""
        return self.on(add_working_days(self.day, days), clock)

    def soon(self) -> Self:
        """Go on a little, on the same day."""
        self.moment += timedelta(minutes=self.world.random.randint(6, 24))
        return self

    @property
    def day(self) -> date:
        """The day of the present moment."""
        return timezone.localtime(self.moment).date()

    def _at(self, day: date, clock: str) -> datetime:
        draw = self.world.random
        return moment(day, clock or f"{draw.randint(9, 15):02}:{draw.randint(0, 59):02}")

    def _do[R](self, action: Callable[..., R], /, **arguments: object) -> R:
        actor = self.town.desk(self.day)
        return self.world.do(self.moment, actor, action, actor=actor, **arguments)
