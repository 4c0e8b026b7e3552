"""The counts behind the figures, from the doors of the database that only what runs by the clock may ask."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from django.db import connection

from sluitend.journeys.assurance.figures import Counted, told
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.sheltering import Hour, Night

PLACED, STOPPED, LOOKING = "placed", "stopped", "looking"
OUTCOMES = (PLACED, STOPPED, LOOKING)
KINDS, WAITS = "kinds", "waits"
OPEN = "open"
WAITING = ("same_day", "two_days", "week", "month", "longer")
WITHIN = (0, 2, 7, 28)
"""How many days each of these waits has at most; the last has no end."""
TAKING = ("same_day", "two_days", "week", "longer", "not_yet")
MEDIAN = "median"
FILLED, IN_TIME = "filled", "in_time"
UNKNOWN = ""
"""A kind of place that nobody filled in."""


def nights(pack: Pack, first: date, last: date) -> tuple[int | None, dict[str, Counted]]:
    """Return what may be told of the nights of a period: of the region, and of each part of it."""
    rows: dict[tuple[str, ...], int | None] = {}
    shares: dict[str, Mapping[str, int | None]] = {}
    asked = "SELECT part, state, kind, number, filled, in_time FROM assurance_nights(%s, %s, %s)"
    for part, state, kind, number, filled, in_time in _ask(asked, first, last, _before(pack)):
        rows[_path(part, state, kind)] = number
        if part and not state:
            shares[part] = {FILLED: filled, IN_TIME: in_time}
    below = {each.value: (each.value, _kinds(pack)) for each in (Night.PLACED, Night.BRIDGED)}
    whole, parts = told(rows, pack.subregions.ids, [each.value for each in Night], below)
    return whole, {
        part: replace(each, shares=_shares(each, shares.get(part, {}))) for part, each in parts.items()
    }


def searches(pack: Pack, first: date, last: date) -> tuple[int | None, dict[str, Counted]]:
    """Return what may be told of the searches that began in a period: how they ended, and how soon."""
    rows: dict[tuple[str, ...], int | None] = {}
    asked = "SELECT part, outcome, kind, wait, number FROM assurance_searches(%s, %s)"
    for part, outcome, kind, wait, number in _ask(asked, first, last):
        if kind is not None:
            rows[(part, KINDS, kind)] = number
        elif wait is not None:
            rows[(part, WAITS, wait)] = number
        else:
            rows[_path(part, outcome)] = number
    below = {KINDS: (PLACED, _kinds(pack)), WAITS: (PLACED, WAITING)}
    whole, parts = told(rows, pack.subregions.ids, OUTCOMES, below)
    days = dict(_ask("SELECT part, days FROM assurance_medians(%s, %s)", first, last))
    return whole, {part: replace(each, shares=_median(each, days.get(part))) for part, each in parts.items()}


def requests(pack: Pack, first: date, last: date) -> tuple[Counted, Counted]:
    """Return what may be told of the requests of a period: how they ended, how soon they were taken on."""
    ended: dict[tuple[str, ...], int | None] = {}
    taken: dict[tuple[str, ...], int | None] = {}
    asked = "SELECT outcome, wait, number FROM assurance_requests(%s, %s)"
    for outcome, wait, number in _ask(asked, first, last):
        if wait is not None:
            taken[("", wait)] = number
        elif outcome is not None:
            ended[("", outcome)] = number
        else:
            ended[("",)] = taken[("",)] = number
    outcomes = [*(each.id for each in pack.request.ends), OPEN]
    return told(ended, [""], outcomes, {})[1][""], told(taken, [""], TAKING, {})[1][""]


def _shares(counted: Counted, found: Mapping[str, int | None]) -> dict[str, int | None]:
    """Return the shares of which the count itself is shown: a band tells too that there were ten."""
    base = {FILLED: counted.total, IN_TIME: counted.cells[Night.NOWHERE]}
    return {name: found.get(name) for name, number in base.items() if number is not None}


def _median(counted: Counted, days: int | None) -> dict[str, int | None]:
    """Return the days in the middle, where the count of the wait that they lie in is shown itself.

    Of a wait that is hidden they would tell that it holds half of all.
    """
    shown = days is not None and counted.below[WAITS].get(wait_of(days)) is not None
    return {MEDIAN: days} if shown else {}


def wait_of(days: int) -> str:
    """Return in which wait so many days lie."""
    return next((name for name, most in zip(WAITING, WITHIN, strict=False) if days <= most), WAITING[-1])


def _kinds(pack: Pack) -> list[str]:
    return [*pack.shelter_kinds.ids, UNKNOWN]


def _before(pack: Pack) -> time:
    hour = pack.night_hours.get(Hour.BEFORE)
    return hour.time if hour else time.max


def _path(*names: str | None) -> tuple[str, ...]:
    """Return the names that a row has: of how much it is the count."""
    return tuple(each for each in names if each is not None)


def _ask(sql: str, *given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
