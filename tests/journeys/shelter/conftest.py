"""A coordinator, a request that was taken on, and an hour that is set."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from tests import samples

from sluitend.journeys.care import actions as care
from sluitend.journeys.shelter import actions
from sluitend.journeys.shelter.models import Search, SearchNight
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Organisation

COORDINATOR = "zorg@shop.example"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Desk:
    """What a coordinator does with searches, at an hour that is set."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch
        self.actor: Actor = samples.actor(COORDINATOR)

    def at(self, day: str, hour: str) -> None:
        """Let it be this hour in the Netherlands."""
        moment = datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), AMSTERDAM)
        self.monkeypatch.setattr(timezone, "now", lambda: moment)

    def do(self, action: Callable[..., Any], **arguments: Any) -> Any:
        """Do something as the coordinator."""
        with acting(self.actor):
            return action(actor=self.actor, **arguments)

    def asked(self, **changes: Any) -> str:
        """Return the code of a request that was taken on."""
        code, _receipt = samples.ask_for_help(**changes)
        self.do(care.take_on, code=code)
        return code

    def begun(self, household: str = "adult", **changes: Any) -> str:
        """Return the code of a search."""
        wish = actions.Wish(household, 1, "haaglanden")
        return str(self.do(actions.start, request=self.asked(**changes), wish=wish))

    def tick(self) -> int:
        """Let the clock do its work, and return how many searches changed."""
        with acting(system_actor(Organisation.objects.get(code="shop").id)) as actor:
            return actions.by_clock(actor, current_release().pack)

    def row(self, code: str) -> Search:
        """Return a search."""
        with acting(self.actor):
            return Search.objects.select_related("current_step").get(code=code)

    def step(self, code: str) -> NextStep:
        """Return the one open step of a search."""
        with acting(self.actor):
            return NextStep.objects.get(code=code, done__isnull=True)

    def nights(self, code: str) -> list[tuple[str, str, str]]:
        """Return its nights: date, plan and outcome."""
        with acting(self.actor):
            rows = SearchNight.objects.filter(search__code=code).order_by("night")
            return [(each.night.isoformat(), each.plan, each.outcome) for each in rows]


@pytest.fixture
def desk(region: Any, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk on a Tuesday morning."""
    made = Desk(monkeypatch)
    made.at("2026-12-01", "11:00")
    return made
