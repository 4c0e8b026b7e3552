"""A search for a place in the stories: what became of each night, and how long somebody stayed."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import repeat

from sluitend.demo.clock import moment
from sluitend.demo.telling import Strict
from sluitend.demo.world import World
from sluitend.journeys.shelter import actions as shelter
from sluitend.kernel.access.acting import Actor, system_actor
from sluitend.kernel.handbook.queries import current_release

DAY = timedelta(days=1)


class Stay(Strict):
    """A place, and for how many nights."""

    kind: str
    nights: int


class Search(Strict):
    """A search: how the first nights became, and then a stay, or the same night after night until today."""

    household: str
    subregion: str
    nights: tuple[str, ...] = ()
    rest: str = ""
    stay: Stay | None = None

    def play(self, world: World, coordinator: Actor, request: str, begun: date) -> date:
        """Look for a place, and say of each night where somebody slept; tonight stays open.

        Returns:
            The last day of it.
        """
        wish = shelter.Wish(self.household, 1, self.subregion)
        told = {"request": request, "actor": coordinator, "wish": wish}
        code = world.do(moment(begun, "11:00"), coordinator, shelter.start, **told)
        states = list(self._states(world.calendar.today - begun))
        nights = [begun + timedelta(days=number) for number in range(len(states))]
        over = [each for each in nights if moment(each + DAY, "09:30") <= world.calendar.now]
        if over:
            by_clock(world, coordinator, moment(over[-1] + DAY, "09:00"))
        for night, state in zip(over, states, strict=False):
            told = {"actor": coordinator, "code": code, "night": night, "state": state}
            world.do(moment(night + DAY, "09:30"), coordinator, shelter.set_night, **told)
        first = begun + timedelta(days=len(states))
        if self.stay:
            self._stay(world, coordinator, code, first, self.stay)
        return first + timedelta(days=self.stay.nights if self.stay else 0)

    def _states(self, days: timedelta) -> Iterator[str]:
        yield from self.nights[: days.days]
        yield from repeat(self.rest, days.days - len(self.nights) if self.rest else 0)

    def _stay(self, world: World, coordinator: Actor, code: str, first: date, stay: Stay) -> None:
        last = first + timedelta(days=stay.nights)
        given = {"kind": stay.kind, "starts": first, "review": last + DAY}
        world.do(moment(first, "15:00"), coordinator, shelter.place, actor=coordinator, code=code, **given)
        if last < world.calendar.today:
            by_clock(world, coordinator, moment(last, "09:00"))
            world.do(moment(last, "10:00"), coordinator, shelter.end, actor=coordinator, code=code)


def by_clock(world: World, coordinator: Actor, when: datetime) -> None:
    """Let the clock go on with each search: nights of a stay are placed by themselves."""
    system, pack = system_actor(coordinator.own_organisation), current_release().pack
    world.do(when, system, shelter.by_clock, actor=system, pack=pack)
