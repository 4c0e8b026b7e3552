"""Ordinary work as data: a report and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sluitend.demo.matter import Matter
from sluitend.demo.told import Told
from sluitend.demo.world import Town
from sluitend.journeys.reports.actions import Filed


@dataclass(frozen=True)
class Waits:
    """Nobody read it yet."""

    def play(self, matter: Matter, filed: Filed) -> None:
        """Leave it."""


@dataclass(frozen=True)
class Asked:
    """It was read, and the reporter was asked something; a colleague looked along."""

    questions: tuple[str, ...]

    def play(self, matter: Matter, filed: Filed) -> None:
        """Ask on the same day."""
        matter.soon().ask(filed, *self.questions)
        matter.soon().second_eyes(filed)


@dataclass(frozen=True)
class PassedOn:
    """Another team of the municipality can do more with it."""

    department: str
    reason: str

    def play(self, matter: Matter, filed: Filed) -> None:
        """Pass it on the next day."""
        matter.next(1).pass_on(filed, self.department, self.reason)


@dataclass(frozen=True)
class Refused:
    """Closed without a case."""

    outcome: str
    reason: str

    def play(self, matter: Matter, filed: Filed) -> None:
        """Close it the next day."""
        matter.next(1).close_report(filed, self.outcome, self.reason)


@dataclass(frozen=True)
class Advised:
    """A question for advice that was answered."""

    text: str

    def play(self, matter: Matter, filed: Filed) -> None:
        """Answer it the next day."""
        matter.next(1).answer_advice(filed, self.text)


@dataclass(frozen=True)
class Leg:
    """One referral on one track.

    `answer` is the code that closes it; without one it stays open: accepted after `accepted` working days, or
    not at all.
    """

    track: str
    route: str
    partner: str
    question: str
    answer: str = ""
    accepted: int = 2
    outcome: str = ""
    reason: str = "handed_over"
    choice: str = "follow"
    differs: str = ""
    tell: str = ""

    def play(self, matter: Matter) -> None:
        """Send it, and let the partner answer."""
        matter.soon().choose(self.track, self.route, choice=self.choice, reason=self.differs)
        sent = matter.soon().send(self.track, self.partner, self.question)
        if self.accepted:
            matter.next(self.accepted).accepts(self.partner, sent)
        if self.answer:
            matter.next(3).answers(self.partner, sent, self.answer)
            matter.next(1).handle(sent, self.tell)
            matter.soon().close_track(self.track, self.outcome, self.reason)


@dataclass(frozen=True)
class Handled:
    """A case of it: weighed, enriched, referred and closed; open where an outcome is missing."""

    name: str
    weighed: str = "concrete"
    forms: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    wish: str = ""
    wants: str = ""
    residents: str = ""
    first_step: str = ""
    look_up: tuple[str, str, str, str] | None = None
    legs: tuple[Leg, ...] = ()
    second_eyes: bool = False
    outcome: str = ""
    reason: str = "tracks_done"

    def play(self, matter: Matter, filed: Filed) -> None:
        """Take it in and follow it to where it is now."""
        matter.next(1).take_in(filed, self.name)
        if self.second_eyes:
            matter.soon().second_eyes(filed)
        if self.look_up:
            matter.soon().look_up(*self.look_up)
        matter.soon().weigh("continue", self.weighed)
        if self.wish:
            matter.soon().wish(self.wish, self.wants, asked_by="de melder")
        if self.forms or self.facts:
            matter.soon().facts(*self.forms, **self.facts)
        if self.residents:
            matter.soon().residents(self.residents, self.first_step)
        for leg in self.legs:
            leg.play(matter)
        if self.outcome:
            matter.next(1).close(self.outcome, self.reason)
        elif self.legs:
            calendar = matter.town.calendar
            matter.on(calendar.ago(1), "16:05").look_again(calendar.ahead(8))


@dataclass(frozen=True)
class Quiet:
    """A case that turned out to have an innocent explanation, or too little to go on."""

    name: str
    weighed: str
    outcome: str
    look_up: tuple[str, str, str, str] | None = None

    def play(self, matter: Matter, filed: Filed) -> None:
        """Take it in, look, and close."""
        matter.next(1).take_in(filed, self.name)
        if self.look_up:
            matter.next(1).look_up(*self.look_up)
        matter.next(1).weigh("close", self.weighed, answers=("no", "unknown", "no"))
        matter.soon().close(self.outcome, "not_enough")


type Ending = Waits | Asked | PassedOn | Refused | Advised | Handled | Quiet


@dataclass(frozen=True)
class Ordinary:
    """One matter: how many days ago it came in, what was told, and what became of it.

    `working` says that the days are working days: for what is open now, so that terms run as they would.
    """

    days: int
    told: Told
    ending: Ending
    working: bool = False

    def play(self, town: Town) -> None:
        """Let it happen."""
        calendar = town.calendar
        matter = Matter(town, calendar.ago(self.days) if self.working else calendar.back(self.days))
        self.ending.play(matter, matter.file(self.told))
