"""The figures of a half year are counted once, when nothing of it changes any more, and stay as told.

Two releases are of days that do not overlap, so nothing follows from one less the other.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from sluitend.journeys.assurance.figures import AFTER, Counted, of_year
from sluitend.journeys.assurance.models import FigureRelease
from sluitend.journeys.assurance.queries.counting import nights, requests, searches
from sluitend.kernel.halves import Period, periods
from sluitend.kernel.handbook.pack import Pack


def release_figures(pack: Pack, today: date | None = None) -> int:
    """Settle the figures of each half year that is over for long enough and has none.

    Args:
        pack: the handbook of now.
        today: the day; left out, it is that of the clock.

    Returns:
        Of how many.
    """
    day = today or timezone.localdate()
    due = [each for each in reversed(periods(day)) if each.last + AFTER <= day]
    there = set(
        FigureRelease.objects.filter(period__in=[each.key for each in due]).values_list("period", flat=True)
    )
    made = 0
    for period in due:
        if period.key not in there:
            FigureRelease.objects.create(period=period.key, day=day, figures=_figures(pack, period))
            made += 1
    return made


def _figures(pack: Pack, period: Period) -> dict[str, Any]:
    whole, parts = nights(pack, period.first, period.last)
    begun, looked = searches(pack, period.first, period.last)
    ended, taken = requests(pack, period.first, period.last)
    return {
        "nights": _kept(whole, parts),
        "year": _year(pack, period, parts) if period.half == 2 else None,
        "searches": _kept(begun, looked),
        "requests": {"ended": ended.to_json(), "taken": taken.to_json()},
    }


def _year(pack: Pack, period: Period, second: Mapping[str, Counted]) -> dict[str, Any] | None:
    """Return the nights of the whole year, of those parts of which both halves are too small."""
    before = FigureRelease.objects.filter(period=period.before().key).first()
    if before is None:
        return None
    kept = before.figures["nights"]["parts"]
    first = {part: Counted.from_json(each) for part, each in kept.items()}
    whole, year = nights(pack, period.before().first, period.last)
    found, every = of_year(year, [first, second])
    return _kept(whole if every else None, found)


def _kept(whole: int | None, parts: Mapping[str, Counted]) -> dict[str, Any]:
    return {"total": whole, "parts": {part: each.to_json() for part, each in parts.items()}}
