"""What is planned in a municipality, where a partner asks to wait, and what somebody marked."""

from datetime import timedelta

from django.utils import timezone

from sluitend.demo.clock import moment
from sluitend.demo.telling import Moment, Strict
from sluitend.demo.world import Town
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.content import MarkContent
from sluitend.journeys.visits import actions as visits
from sluitend.journeys.visits.actions import Ask, Plan
from sluitend.journeys.visits.places import Place


class Wait(Strict):
    """A request of a partner to wait at a place, for some days from when it was asked."""

    when: Moment
    by: str
    place: Place
    days: int
    ground: str
    contact: str
    telephone: str

    def play(self, town: Town) -> None:
        """Ask; it is read that day."""
        asker, when = town.world.people[self.by], town.calendar.at(self.when)
        day = timezone.localtime(when).date()
        until = day + timedelta(days=self.days)
        wanted = Ask(self.place, until, self.ground, contact=self.contact, telephone=self.telephone)
        where = town.organisation.id
        code = town.world.do(when, asker, visits.ask, actor=asker, municipality_id=where, wanted=wanted)
        desk, later = town.desk(day), when + timedelta(minutes=40)
        town.world.do(later, desk, visits.read_wait_request, actor=desk, code=code)


class Visit(Strict):
    """A planned visit; `released` is when a focal point let it go on."""

    when: Moment
    by: str
    kind: str
    day: Moment
    place: Place
    aim: str
    released: Moment | None = None

    def play(self, town: Town) -> None:
        """Plan it."""
        planner, world = town.world.people[self.by], town.world
        plan = Plan(self.kind, town.calendar.day(self.day), self.place, self.aim)
        code = world.do(town.calendar.at(self.when), planner, visits.plan_visit, actor=planner, plan=plan)
        if self.released:
            desk = town.desk(town.calendar.day(self.released))
            world.do(town.calendar.at(self.released), desk, visits.release, actor=desk, code=code)


class Mark(Strict):
    """Something that somebody on a round marked just now, to be finished today."""

    by: str
    minutes_ago: int
    marks: tuple[str, ...]
    where: str

    def play(self, town: Town) -> None:
        """Mark it."""
        when = timezone.localtime(town.calendar.now - timedelta(minutes=self.minutes_ago))
        reporter = town.world.people[self.by]
        content = MarkContent(
            marks=self.marks,
            where=self.where,
            day=when.date().isoformat(),
            time=f"{when:%H:%M}",
            municipality=town.code,
        )
        town.world.do(when, reporter, reports.mark, content=content, actor=reporter)


def pass_waits(town: Town) -> None:
    """Let the day of a request to wait pass, as the system does each morning."""
    day = town.calendar.ago(1)
    town.world.do(moment(day, "05:10"), town.system, visits.pass_wait_requests, actor=town.system, today=day)
