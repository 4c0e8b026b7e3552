"""The people of the demonstration as they act, and what goes on behind them: the sweep and the queue."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Protocol
from uuid import UUID

from django.db import connection
from django.utils import timezone

from sluitend.demo.clock import Calendar, at
from sluitend.demo.region import EVERYBODY, PEOPLE, Person, stands_in_for
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.referrals.models import Referral
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.visits.actions import catch_up
from sluitend.kernel.access.acting import Actor, acting, actor_for, system_actor
from sluitend.kernel.flow.expiring import expire_passed
from sluitend.kernel.flow.jobs import finish_steps
from sluitend.kernel.followup.deadlines import is_working_day
from sluitend.kernel.organisations.models import Account, Organisation, Role


def _catch_up(ids: list[str]) -> None:
    """Let wait requests be made, and write nowhere that a job ran: `doctor` judges that by the real clock."""
    for each in ids:
        with acting(system_actor(UUID(each))) as system:
            catch_up(system)


FINISHING: dict[str, Callable[[list[str]], object]] = {
    "visits.catch_up": _catch_up,
    "flow.finish_steps": finish_steps,
}
"""The queued work that the stories need done at once."""
# The library has no way to take a job without working it, and its model cannot delete.
TAKE = "DELETE FROM procrastinate_jobs WHERE status = 'todo' RETURNING id, task_name, (args -> 'ids')::text"
WEEKS_OF_LEAVE = (8, 30, 31, 32)
LEAVE_IS_OVER = 30


class LaysReady(Protocol):
    """Where a code can be laid ready for whoever asks one next."""

    def lay_ready(self, symbols: str) -> None:
        """Let the next code have these symbols."""


@dataclass
class World:
    """All that the stories share."""

    calendar: Calendar
    random: Random
    codes: LaysReady
    people: dict[str, Actor] = field(default_factory=dict)
    partners: dict[str, Actor] = field(default_factory=dict)
    towns: dict[str, "Town"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for person in EVERYBODY:
            actor = actor_of(person.email)
            self.people[person.email] = actor
            if person.role is Role.PARTNER:
                self.partners.setdefault(person.organisation, actor)

    def town(self, code: str) -> "Town":
        """Return a municipality with its people."""
        if code not in self.towns:
            self.towns[code] = Town(self, code)
        return self.towns[code]

    def do[R](self, moment: datetime, actor: Actor, action: Callable[..., R], /, **arguments: object) -> R:
        """Let somebody do something at a moment, as a page does, and run what it queued.

        Raises:
            ValueError: the moment has not come yet; a story is then too long for its beginning.
        """
        if moment > self.calendar.now:
            raise ValueError(f"{action.__name__} would happen at {moment}, which is still to come")
        with at(moment):
            with acting(actor):
                result = action(**arguments)
            self._run_queue()
        return result

    @staticmethod
    def _run_queue() -> None:
        """Take all from the queue, so that a year of mail does not go out at the first start."""
        with connection.cursor() as cursor:
            cursor.execute(TAKE)
            jobs = sorted(cursor.fetchall())
        for _id, name, ids in jobs:
            if name in FINISHING:
                FINISHING[name](json.loads(ids))


class Town:
    """One municipality: who sits at its desk on which day."""

    def __init__(self, world: World, code: str) -> None:
        self.world = world
        self.code = code
        self.organisation = Organisation.objects.get(code=code)
        self.system = system_actor(self.organisation.id)
        self.refers = False
        home = stands_in_for(self.organisation) or code
        # Of a team, the first does what the stories tell.
        staff = {person.role: person for person in reversed(PEOPLE) if person.organisation == home}
        self.focal = self._acting_here(staff.get(Role.FOCAL_POINT))
        self.deputy = self._acting_here(staff.get(Role.DEPUTY))
        self.focal_days = staff[Role.FOCAL_POINT].work_days if self.focal else ()

    def _acting_here(self, person: Person | None) -> Actor | None:
        return actor_of(person.email, self.organisation.id) if person else None

    @property
    def calendar(self) -> Calendar:
        """The calendar of the demonstration."""
        return self.world.calendar

    def desk(self, day: date) -> Actor:
        """Return who handles what comes in on a day: the focal point, or the deputy when that one is away."""
        away = self._on_leave(day) or not is_working_day(day, self.focal_days)
        actor = self.deputy if away else self.focal
        if actor is None:
            raise ValueError(f"nobody works at {self.organisation.name}")
        return actor

    def _on_leave(self, day: date) -> bool:
        # Never lately: what is open now stands in the focal point's own days.
        return (self.calendar.today - day).days > LEAVE_IS_OVER and day.isocalendar().week in WEEKS_OF_LEAVE

    def last_focal_day(self) -> date:
        """Return the last day before today on which the focal point worked."""
        return self.calendar.ago(1, self.focal_days)

    def sweep(self, moment: datetime) -> None:
        """Let the system bring in what was filed or answered, as it does every few minutes."""
        self.world.do(min(moment, self.calendar.now), self.system, reports.sweep, actor=self.system)

    def expire(self, day: date) -> None:
        """Let the system end the access whose term has passed, as it does each morning."""
        moment = timezone.make_aware(datetime(day.year, day.month, day.day, 5, 15))  # noqa: DTZ001
        self.world.do(moment, self.system, self._expire, day=day)

    def _expire(self, day: date) -> None:
        expire_passed(Referral, actor=self.system, today=day)
        referrals.end_links(actor=self.system)


def actor_of(email: str, organisation: UUID | None = None) -> Actor:
    """Return somebody as they act after signing in: at home, or where they chose."""
    return actor_for(Account.objects.get(email=email), chosen=str(organisation or ""))


def organisation_id(code: str) -> UUID:
    """Return the id of the organisation with this code."""
    return Organisation.objects.only("id").get(code=code).id
