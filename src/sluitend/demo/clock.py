"""Time and codes of the demonstration: a year that has passed, the same at each loading on the same day."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Self
from unittest.mock import patch

from django.utils import timezone

from sluitend.kernel.followup.deadlines import OFFICE_DAYS, add_working_days, is_working_day
from sluitend.kernel.sealing import receipts

TICK = timedelta(milliseconds=5)
WHEN = re.compile(
    r"(?P<bare>soon|acute)"
    r"|(?P<how>next|next_focal|ago|back|ahead|last_focal) (?P<number>\d+)(?: (?P<clock>\d\d:\d\d))?"
)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let everything inside happen at `moment`.

    No action takes a moment as an argument, and none should: in the real thing it is always now. The invented
    year must go through those same actions, so that its terms, ledger lines and seals are real; therefore the
    clock is moved and not the rows. Each look at the clock is a little later, which keeps things in order.
    """
    looks = count()
    with patch.object(timezone, "now", lambda: moment + next(looks) * TICK):
        yield


class _Draws:
    """Stands in for `secrets` where codes are made: draws from a seed, or gives what was laid ready."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._ready: list[str] = []

    def lay_ready(self, symbols: str) -> None:
        """Let the next code have these symbols."""
        self._ready = list(symbols)

    def choice(self, symbols: Sequence[str]) -> str:
        """Return one of the symbols."""
        return self._ready.pop(0) if self._ready else self._random.choice(symbols)


@contextmanager
def steady_codes(random: Random) -> Iterator[_Draws]:
    """Draw references such as `M-7K4Q` from `random`, so that pictures and manuals can name them.

    Keys stay truly random.
    """
    draws = _Draws(random)
    with patch.object(receipts, "secrets", draws):
        yield draws


@dataclass(frozen=True)
class When:
    """A moment, counted from today or from what happened before it. A time of day may follow.

    - `soon`: a little later, on the same day.
    - `next 2`: two working days later; `next_focal 1`: on the next day of the focal point.
    - `ago 3`: three working days before today.
    - `back 30`, `ahead 8`: the working day that lies at least so many days from today.
    - `last_focal 2`: two working days before the last day of the focal point.
    - `acute`: just now, or on the last working day outside office hours.
    """

    how: str
    number: int = 0
    clock: str = ""

    @classmethod
    def read(cls, text: object) -> Self:
        """Return what a file says.

        Raises:
            ValueError: it is none of these.
        """
        if isinstance(text, cls):
            return text
        found = WHEN.fullmatch(str(text))
        if found is None:
            raise ValueError(f"{text!r} is no moment")
        return cls(found["bare"] or found["how"], int(found["number"] or 0), found["clock"] or "")


@dataclass(frozen=True)
class Calendar:
    """Days counted back from today, on which somebody was at work."""

    now: datetime

    @property
    def today(self) -> date:
        """The day of loading."""
        return timezone.localtime(self.now).date()

    def ago(self, number: int, work_days: Iterable[int] = OFFICE_DAYS) -> date:
        """Return the working day that lies `number` working days before today; today is none of them."""
        return before(self.today, number, work_days)

    def back(self, days: int) -> date:
        """Return the last working day that lies at least so many days before today."""
        day = self.today - timedelta(days=days)
        while not is_working_day(day):
            day -= timedelta(days=1)
        return day

    def ahead(self, days: int) -> date:
        """Return the first working day at least so many days from today."""
        return add_working_days(self.today + timedelta(days=days), 0)

    def day(self, when: When) -> date:
        """Return a day that is counted from today."""
        if when.how == "ago":
            return self.ago(when.number)
        return self.ahead(when.number) if when.how == "ahead" else self.back(when.number)

    def at(self, when: When) -> datetime:
        """Return a moment that is counted from today."""
        return moment(self.day(when), when.clock)

    def acute_moment(self) -> datetime:
        """Return when something acute came in: just now in office hours, else on the last working day."""
        local = timezone.localtime(self.now)
        short = local - timedelta(minutes=35)
        if is_working_day(local.date()) and time(9) <= short.time() <= time(17):
            return short
        return moment(self.ago(1), "16:40")


def before(day: date, number: int, work_days: Iterable[int] = OFFICE_DAYS) -> date:
    """Return the working day that lies `number` working days before `day`, which need not be one itself."""
    days = tuple(work_days)
    for _each in range(number):
        day -= timedelta(days=1)
        while not is_working_day(day, days):
            day -= timedelta(days=1)
    return day


def moment(day: date, clock: str) -> datetime:
    """Return a day and a time of day as a moment."""
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))
