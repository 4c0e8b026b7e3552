"""Requests for help at the organisation that coordinates care, and what it did with them."""

from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone
from pydantic import model_validator

from sluitend.demo.clock import moment
from sluitend.demo.stories import form_of, given_to
from sluitend.demo.telling import Moment, Strict
from sluitend.demo.world import World
from sluitend.journeys.care import actions as care
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.shelter import actions as shelter
from sluitend.kernel.access.acting import NOBODY, Actor, system_actor
from sluitend.kernel.handbook.queries import current_release

BY_CODE = frozenset({"actor", "code"})


class Deed(Strict):
    """What the coordinator did with a request, and when: `{when: ago 2, take_on: {}}`."""

    when: Moment
    verb: str
    given: Any

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: dict[str, Any]) -> dict[str, Any]:
        rest = {name: given for name, given in value.items() if name != "when"}
        ((verb, given),) = rest.items()
        form = form_of(getattr(care, verb), BY_CODE)
        return {"when": value["when"], "verb": verb, "given": form.model_validate(given)}


class Search(Strict):
    """A search for a place, and how each night since then became; tonight is still open."""

    begun: Moment
    code: str
    household: str
    subregion: str
    first_night: str
    other_nights: str

    def play(self, world: World, coordinator: Actor, request: str) -> None:
        """Look for a place, and say of each night where somebody slept."""
        system, pack = system_actor(coordinator.own_organisation), current_release().pack
        begun = world.calendar.at(self.begun)
        world.codes.lay_ready(self.code)
        wish = shelter.Wish(self.household, 1, self.subregion)
        world.do(begun, coordinator, shelter.start, request=request, actor=coordinator, wish=wish)
        night, state = timezone.localdate(begun), self.first_night
        while (next_day := night + timedelta(days=1)) <= world.calendar.today:
            told = {"actor": coordinator, "code": f"P-{self.code}", "night": night, "state": state}
            world.do(moment(night, "14:30"), coordinator, shelter.set_night, **told)
            if moment(next_day, "09:30") <= world.calendar.now:
                world.do(moment(next_day, "09:00"), system, shelter.by_clock, actor=system, pack=pack)
                world.do(moment(next_day, "09:30"), coordinator, shelter.set_night, **told)
            night, state = next_day, self.other_nights


class Request(Strict):
    """A request for help: when, what was filled in, and what came of it. `code` is without its letter."""

    when: Moment
    by: str
    code: str
    answers: dict[str, str | tuple[str, ...]]
    deeds: tuple[Deed, ...] = ()
    search: Search | None = None

    def play(self, world: World) -> None:
        """Ask, and let the coordinator work on it."""
        coordinator = world.people[self.by]
        given = {name: [each] if isinstance(each, str) else [*each] for name, each in self.answers.items()}
        hurries = self.when.how == "acute"
        when = world.calendar.acute_moment() if hurries else world.calendar.at(self.when)
        sending = uuid5(NAMESPACE_URL, self.code)
        pack, system = current_release().pack, system_actor(coordinator.own_organisation)
        world.codes.lay_ready(self.code)
        world.do(when, NOBODY, care.file_request, answers=given, sending=sending, pack=pack)
        world.do(when, system, reports.sweep, actor=system)
        for each in self.deeds:
            on = world.calendar.at(each.when)
            verb, more = getattr(care, each.verb), given_to(each.given)
            world.do(on, coordinator, verb, actor=coordinator, code=f"Z-{self.code}", **more)
        if self.search:
            self.search.play(world, coordinator, f"Z-{self.code}")
