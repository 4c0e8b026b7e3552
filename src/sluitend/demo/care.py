"""Requests for help at the organisation that coordinates care, and what it did with them."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from pydantic import model_validator

from sluitend.demo.clock import When
from sluitend.demo.kept import Kept
from sluitend.demo.sheltered import Search, by_clock
from sluitend.demo.stories import form_of, given_to
from sluitend.demo.telling import Moment, Strict
from sluitend.demo.world import World
from sluitend.journeys.administration.actions.duty import put_on_call
from sluitend.journeys.care import actions as care
from sluitend.journeys.care_files import actions as files
from sluitend.journeys.reports import actions as reports
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


class Begun(Search):
    """A search of which a story says when it began, under which code, without its letter."""

    begun: Moment
    code: str


class Step(Strict):
    """What happened in a care file, and when: `{when: ago 2 10:15, reached: {channel: call}}`."""

    when: Moment
    verb: str
    given: Any

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: dict[str, Any]) -> dict[str, Any]:
        rest = {name: given for name, given in value.items() if name != "when"}
        ((verb, given),) = rest.items()
        return {
            "when": value["when"],
            "verb": verb,
            "given": form_of(getattr(Kept, verb)).model_validate(given),
        }


class File(Strict):
    """The care file of a request: when it began, and what happened in it. `code` is without its letter."""

    begun: Moment
    code: str
    steps: tuple[Step, ...]

    def play(self, world: World, coordinator: Actor, request: str) -> None:
        """Begin it and let it go on."""
        world.codes.lay_ready(self.code)
        begun = world.calendar.at(self.begun)
        code = world.do(begun, coordinator, care.open_file, actor=coordinator, code=request)
        kept = Kept(world, coordinator, code)
        for step in self.steps:
            getattr(kept.go(step.when), step.verb)(**given_to(step.given))


class Request(Strict):
    """A request for help: when, what was filled in, and what came of it. `code` is without its letter."""

    when: Moment
    by: str
    code: str
    answers: dict[str, str | tuple[str, ...]]
    deeds: tuple[Deed, ...] = ()
    search: Begun | None = None
    file: File | None = None
    then: tuple[Deed, ...] = ()
    """What was done with the request once there was a file."""

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
        self._do(world, coordinator, self.deeds)
        if self.search:
            world.codes.lay_ready(self.search.code)
            begun = world.calendar.day(self.search.begun)
            self.search.play(world, coordinator, f"Z-{self.code}", begun)
        if self.file:
            self.file.play(world, coordinator, f"Z-{self.code}")
        self._do(world, coordinator, self.then)

    def _do(self, world: World, coordinator: Actor, deeds: Iterable[Deed]) -> None:
        for each in deeds:
            on = world.calendar.at(each.when)
            verb, more = getattr(care, each.verb), given_to(each.given)
            world.do(on, coordinator, verb, actor=coordinator, code=f"Z-{self.code}", **more)


class Duty(Strict):
    """Who is on call, from a day until another, with the number of the duty."""

    by: str
    first: int
    days: int


class Care(Strict):
    """What goes on at who coordinates care: the whole file is on, somebody has duty, people ask for help."""

    administrator: str
    telephone: str
    duties: tuple[Duty, ...]
    requests: tuple[Request, ...]

    def play(self, world: World) -> None:
        """Let it happen: first what the administrator chose, then each request."""
        administrator, calendar = world.people[self.administrator], world.calendar
        switched = calendar.at(When("back", 100, "09:00"))
        world.do(switched, administrator, files.switch_on, actor=administrator)
        for duty in self.duties:
            who, first = world.people[duty.by], calendar.today + timedelta(days=duty.first)
            last = first + timedelta(days=duty.days - 1)
            days = {"first": first, "last": last, "telephone": self.telephone}
            world.do(calendar.now, who, put_on_call, account_id=who.own_account, actor=who, **days)
        for request in self.requests:
            request.play(world)
        coordinator = world.people[self.requests[0].by]
        system = system_actor(coordinator.own_organisation)
        by_clock(world, coordinator, calendar.now)
        world.do(calendar.now, system, files.appointments_by_clock, actor=system)
