"""Ordinary work: a report, and one of the ways in which most of them end."""

from collections.abc import Mapping
from typing import Self

from pydantic import model_validator

from sluitend.demo.clock import When
from sluitend.demo.matter import NO_FACTS, Matter
from sluitend.demo.telling import Strict, Told
from sluitend.demo.world import Town
from sluitend.journeys.referrals.answers import SAYS_NOTHING


class Waits(Strict):
    """Nobody read it yet."""

    def play(self, matter: Matter) -> None:
        """Leave it."""


class Asked(Strict):
    """It was read, and the reporter was asked something; a colleague looked along."""

    questions: tuple[str, ...]

    def play(self, matter: Matter) -> None:
        """Ask on the same day."""
        matter.soon().ask(self.questions)
        matter.soon().second_eyes()


class PassedOn(Strict):
    """Another team of the municipality can do more with it."""

    department: str
    reason: str

    def play(self, matter: Matter) -> None:
        """Pass it on the next day."""
        matter.next(1).pass_on(self.department, self.reason)


class Refused(Strict):
    """Closed without a case."""

    outcome: str
    reason: str

    def play(self, matter: Matter) -> None:
        """Close it the next day."""
        matter.next(1).close_report(self.outcome, self.reason)


class Advised(Strict):
    """A question for advice that was answered."""

    text: str

    def play(self, matter: Matter) -> None:
        """Answer it the next day."""
        matter.next(1).answer_advice(self.text)


class Leg(Strict):
    """One referral on one track.

    `answer` is the code that closes it, or of who may say nothing, on which nobody waits further; without one
    it stays open: accepted after `accepted` working days, or not at all.
    """

    track: str
    action: str
    partner: str
    question: str
    answer: str = ""
    accepted: int = 2
    outcome: str = ""
    reason: str = "handed_over"
    tell: str = ""

    def play(self, matter: Matter) -> None:
        """Send it, and let the partner answer."""
        matter.soon().compose((self.action,))
        matter.soon().send(self.track, self.partner, self.question)
        if self.accepted:
            matter.next(self.accepted).accepts(self.partner)
        if self.answer:
            matter.next(3).answers(self.partner, self.answer)
            matter.next(1).handle(self.partner, self.tell)
            if self.answer == SAYS_NOTHING:
                matter.soon().stop_waiting(self.partner)
            matter.soon().close_track(self.track, self.outcome, self.reason)


class Handled(Strict):
    """A case of it: weighed, enriched, referred and closed; open where an outcome is missing."""

    name: str
    weighed: str = "concrete"
    facts: Mapping[str, str] = NO_FACTS
    wish: str = ""
    wants: str = ""
    residents: str = ""
    first_step: str = "care_coordination"
    look_up: tuple[str, str, str, str] | None = None
    legs: tuple[Leg, ...] = ()
    second_eyes: bool = False
    outcome: str = ""
    reason: str = "tracks_done"

    def play(self, matter: Matter) -> None:
        """Take it in and follow it to where it is now."""
        matter.next(1).take_in(self.name)
        if self.second_eyes:
            matter.soon().second_eyes()
        if self.look_up:
            matter.soon().look_up(*self.look_up)
        matter.soon().weigh("continue", self.weighed)
        if self.wish:
            matter.soon().wish(self.wish, self.wants, asked_by="de melder")
        if self.facts:
            matter.soon().facts(self.facts)
        if self.residents:
            matter.soon().residents(self.residents, self.first_step)
        for leg in self.legs:
            leg.play(matter)
        if self.outcome:
            matter.next(1).close(self.outcome, self.reason)
        elif self.legs:
            matter.go(When("ago", 1, "16:05")).look_again(When("ahead", 8))


class Quiet(Strict):
    """A case that turned out to have an innocent explanation, or too little to go on."""

    name: str
    weighed: str
    outcome: str
    look_up: tuple[str, str, str, str] | None = None

    def play(self, matter: Matter) -> None:
        """Take it in, look, and close."""
        matter.next(1).take_in(self.name)
        if self.look_up:
            matter.next(1).look_up(*self.look_up)
        matter.next(1).weigh("close", self.weighed, answers=("no", "unknown", "no"))
        matter.soon().close(self.outcome, "not_enough")


type Ending = Waits | Asked | PassedOn | Refused | Advised | Handled | Quiet


class Ends(Strict):
    """How something ended: one of these."""

    waits: Waits | None = None
    asked: Asked | None = None
    passed_on: PassedOn | None = None
    refused: Refused | None = None
    advised: Advised | None = None
    handled: Handled | None = None
    quiet: Quiet | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self._endings()) != 1:
            raise ValueError("something ends in one way")
        return self

    def _endings(self) -> list[Ending]:
        found = (getattr(self, name) for name in Ends.model_fields)
        return [each for each in found if each is not None]

    @property
    def ending(self) -> Ending:
        """How it ended."""
        return self._endings()[0]


class Ordinary(Ends):
    """One matter: how many days ago it came in, what was told, and what became of it.

    `working` says that the days are working days: for what is open now, so that terms run as they would.
    """

    days: int
    told: Told
    working: bool = False

    def play(self, town: Town) -> None:
        """Let it happen."""
        matter = Matter(town, When("ago" if self.working else "back", self.days))
        matter.file(self.told)
        self.ending.play(matter)
