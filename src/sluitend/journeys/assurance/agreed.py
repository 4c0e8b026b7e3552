"""What was agreed about help, and what must be done next by the day on which that ends."""

from dataclasses import dataclass
from datetime import date, timedelta

from sluitend.journeys.assurance.journey import (
    ASK_END,
    AWAIT_CONTRACT,
    CONTRACT_RUNS,
    DECIDE_ON,
    DECIDE_SOON,
    DECIDE_THERE,
    LAPSED,
    STOPS_HERE,
)
from sluitend.kernel.handbook.care import CONTRACT_AHEAD
from sluitend.kernel.manifest import StepKind

HALF_YEAR = timedelta(days=183)
OLD = timedelta(days=14)
"""A number of places that was given longer ago is shown as old."""


@dataclass(frozen=True)
class Agreed:
    """What was agreed, with whom. A partner of the handbook, or the name of another organisation."""

    partner: str = ""
    provider: str = ""
    payer: str = ""
    contract: str = ""
    begins: date | None = None
    ends: date | None = None
    decision: str = ""
    note: str = ""


@dataclass(frozen=True)
class Wanted:
    """The next step, and the day on which it is due."""

    what: StepKind
    day: date


def next_step(ends: date | None, decided: bool, noted: date, today: date) -> Wanted:
    """Return what must be done next.

    Args:
        ends: the last day of what was agreed; None when nobody said so.
        decided: whether it was decided how it goes on.
        noted: when this was noted.
        today: the day.
    """
    if ends is None:
        return Wanted(ASK_END, noted + HALF_YEAR)
    if today > ends:
        return Wanted(LAPSED, ends + timedelta(days=1))
    if decided:
        return Wanted(AWAIT_CONTRACT, ends)
    if today >= ends - HALF_YEAR:
        return Wanted(DECIDE_SOON, ends - HALF_YEAR)
    if today >= ends - CONTRACT_AHEAD:
        return Wanted(DECIDE_ON, ends - CONTRACT_AHEAD)
    return Wanted(CONTRACT_RUNS, ends - CONTRACT_AHEAD)


def elsewhere(ends: date | None, decided: bool, today: date, *, party: bool, here: bool) -> Wanted | None:
    """Return what is asked of another organisation while nobody decided, or None.

    Args:
        ends: the last day of what was agreed.
        decided: whether it was decided how it goes on.
        today: the day.
        party: whether that organisation pays for the help, or gives it.
        here: whether it is a municipality for which the help is there.
    """
    if ends is None or decided or today > ends:
        return None
    if party and today >= ends - CONTRACT_AHEAD:
        return Wanted(DECIDE_THERE, ends - CONTRACT_AHEAD)
    if here and today >= ends - HALF_YEAR:
        return Wanted(STOPS_HERE, ends - HALF_YEAR)
    return None


def ends_soon(ends: date | None, today: date) -> bool:
    """Tell whether it ends within a year, or ended."""
    return ends is not None and ends - CONTRACT_AHEAD <= today
