"""Searches and nights of a half year that is over, as the worker counts them."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from tests import samples

from sluitend.journeys.assurance import actions
from sluitend.journeys.assurance.models import FigureRelease
from sluitend.journeys.care import actions as care
from sluitend.journeys.shelter import actions as shelter
from sluitend.journeys.shelter.models import Search, SearchNight
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.halves import periods
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Organisation

HALF = periods()[0]
"""The last half year that is over, whatever day the tests run."""
SETTLED = HALF.last + timedelta(days=15)
COORDINATOR = "zorg@shop.example"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class World:
    """What a coordinator did in that half year, and what the worker settles of it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch

    def begin(self, part: str, day: date = HALF.first) -> str:
        """Begin to look for a place on a day, and return the code of the search."""
        moment = datetime.combine(day, time(11), AMSTERDAM)
        with self.monkeypatch.context() as patch:
            patch.setattr(timezone, "now", lambda: moment)
            who = samples.actor(COORDINATOR)
            request, _receipt = samples.ask_for_help()
            with acting(who):
                care.take_on(code=request, actor=who)
                return str(shelter.start(request=request, wish=shelter.Wish("adult", 1, part), actor=who))

    def nights(self, part: str, first: date = HALF.first, kind: str = "womens", **states: int) -> None:
        """Give a search so many nights of each state, one after the other."""
        code = self.begin(part, first)
        with acting(samples.actor(COORDINATOR)):
            search = Search.objects.get(code=code)
            SearchNight.objects.filter(search=search).delete()
            every = [state for state, number in states.items() for _each in range(number)]
            SearchNight.objects.bulk_create(
                SearchNight(
                    organisation_id=search.organisation_id,
                    search=search,
                    night=first + timedelta(days=at),
                    outcome="" if state == "unfilled" else state,
                    kind={"placed": kind, "bridged": "bridge"}.get(state, ""),
                )
                for at, state in enumerate(every)
            )

    def settle(self, day: date = SETTLED) -> int:
        """Let the worker settle what is due on a day."""
        with acting(system_actor(Organisation.objects.get(code="rsiv").id)):
            return actions.release_figures(current_release().pack, day)

    def told(self, what: str = "nights", part: str = "haaglanden") -> dict[str, Any]:
        """Return what was settled of a part of the region."""
        with acting(system_actor(Organisation.objects.get(code="rsiv").id)):
            figures = FigureRelease.objects.get(period=HALF.key).figures[what]
        found: dict[str, Any] = figures["parts"][part]
        return found


@pytest.fixture
def world(as_worker: str, monkeypatch: pytest.MonkeyPatch) -> World:
    """A region in which nothing happened in that half year yet."""
    return World(monkeypatch)
