"""Who was helped in the past year: requests that came in, nights, and how it ended; and the figures of it."""

from datetime import date, timedelta
from itertools import cycle, islice
from uuid import NAMESPACE_URL, uuid5

from sluitend.demo.clock import moment
from sluitend.demo.sheltered import Search
from sluitend.demo.telling import Strict
from sluitend.demo.world import World, organisation_id
from sluitend.journeys.assurance import actions as assurance
from sluitend.journeys.assurance.figures import AFTER
from sluitend.journeys.care import actions as care
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import NOBODY, Actor, acting, system_actor
from sluitend.kernel.halves import periods
from sluitend.kernel.handbook.queries import current_release

FIRST, LAST = 350, 62
"""Days before today on which they asked: all of it is over."""


class Person(Strict):
    """Somebody for whom help was asked: what was filled in otherwise, the search, and how it ended."""

    answers: dict[str, str] = {}
    search: Search
    taken_after: int = 0
    end: str


class Helped(Strict):
    """Who waited long for a place in the past year: how many, evenly."""

    by: str
    number: int
    answers: dict[str, str | tuple[str, ...]]
    people: tuple[Person, ...]

    def play(self, world: World) -> None:
        """Let each be asked, helped and closed."""
        coordinator = world.people[self.by]
        for count, person in enumerate(islice(cycle(self.people), self.number)):
            day = world.calendar.back(FIRST - (FIRST - LAST) * count // self.number)
            self._help(world, coordinator, person, day)

    def _help(self, world: World, coordinator: Actor, person: Person, day: date) -> None:
        pack, system = current_release().pack, system_actor(coordinator.own_organisation)
        given = {
            name: [each] if isinstance(each, str) else [*each]
            for name, each in {**self.answers, **person.answers}.items()
        }
        sending = uuid5(NAMESPACE_URL, f"help {day}")
        asked = moment(day, "09:20")
        world.do(asked, NOBODY, care.file_request, answers=given, sending=sending, pack=pack)
        world.do(asked + timedelta(minutes=2), system, reports.sweep, actor=system)
        with acting(coordinator):
            code = Report.objects.get(received=day, closed__isnull=True).code
        begun = day + timedelta(days=person.taken_after)
        world.do(moment(begun, "10:10"), coordinator, care.take_on, actor=coordinator, code=code)
        over = person.search.play(world, coordinator, code, begun)
        told = {"actor": coordinator, "code": code, "end": person.end}
        world.do(moment(over, "10:30"), coordinator, care.close, **told)


def settle(world: World, region: str) -> None:
    """Settle the figures of the half years that are over, on the morning on which the clock did."""
    today = world.calendar.today
    day = next(each.last + AFTER for each in periods(today) if each.last + AFTER <= today)
    system = system_actor(organisation_id(region))
    given = {"pack": current_release().pack, "today": day}
    world.do(
        moment(day, "05:25") if day < today else world.calendar.now,
        system,
        assurance.release_figures,
        **given,
    )
