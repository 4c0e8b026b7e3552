"""People around planned visits, and the verbs as they press them: one transaction each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from tests import samples

from sluitend.journeys.visits import actions
from sluitend.journeys.visits.actions import Ask, AskerAnswer, Consulted, Plan
from sluitend.journeys.visits.models import Visit, WaitRequest, WaitRequestQuestion
from sluitend.journeys.visits.places import Place
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.organisations.models import Organisation

WESTLAND = "GM1783"
GREENHOUSE = Place(address="Kwakelweg 12, De Lier", company="Kas", kvk="90004127", plate="VB-123-X")


def days(number: int) -> date:
    """Return the day that lies so many days from today."""
    return timezone.localdate() + timedelta(days=number)


@dataclass(frozen=True)
class Town:
    """Westland: who plans, who releases, who decides for the mayor; and who asks to wait."""

    planner: Actor
    focal_point: Actor
    manager: Actor
    police: Actor
    organisation_id: UUID

    def do[R](self, who: Actor, action: Callable[..., R], /, **arguments: Any) -> R:
        """Let somebody press a button."""
        with acting(who):
            return action(actor=who, **arguments)

    def plan(self, place: Place = GREENHOUSE, *, kind: str = "check", ahead: int = 3, **more: Any) -> str:
        """Let the inspector plan a visit, and return its code."""
        return self.do(
            self.planner, actions.plan_visit, plan=Plan(kind=kind, day=days(ahead), place=place, **more)
        )

    def release(self, code: str, **more: Any) -> None:
        """Let the focal point release it."""
        self.do(self.focal_point, actions.release, code=code, **more)

    def note_wait_request(self, place: Place = GREENHOUSE, *, until: int = 14, partner: str = "avim") -> str:
        """Let the focal point write down what was asked by telephone."""
        wanted = wanted_at(place, until)
        return self.do(self.focal_point, actions.note_wait_request, partner=partner, wanted=wanted)

    def ask(self, place: Place = GREENHOUSE, *, until: int = 14) -> str:
        """Let the police ask by their own account; the municipality has not caught up yet."""
        wanted = wanted_at(place, until)
        return self.do(self.police, actions.ask, municipality_id=self.organisation_id, wanted=wanted)

    def catch_up(self) -> None:
        """Let the municipality make the tokens of new wait requests, as its worker does."""
        with acting(system_actor(self.organisation_id)) as system:
            actions.catch_up(system)

    def consult(self, wait_request: str, visit: str, outcome: str, **more: Any) -> None:
        """Let the focal point record a consultation about a visit."""
        self.do(
            self.focal_point,
            actions.consult,
            code=wait_request,
            visit_code=visit,
            what=consulted(outcome, **more),
        )

    def ask_asker(self, wait_request: str, visit: str) -> UUID:
        """Let the focal point ask the asker of a wait request about a visit; return the question."""
        self.do(
            self.focal_point, actions.ask_asker, code=wait_request, visit_code=visit, text="Kan dit doorgaan?"
        )
        with acting(self.focal_point):
            return WaitRequestQuestion.objects.filter(wait_request__code=wait_request).latest("asked_at").pk

    def ask_after(self, wait_request: str) -> UUID:
        """Let the focal point ask an asker about the day that passed; return the question."""
        self.do(self.focal_point, actions.ask_after, code=wait_request, text="Mag het weer?")
        with acting(self.focal_point):
            return (
                WaitRequestQuestion.objects.filter(wait_request__code=wait_request, visit=None)
                .latest("asked_at")
                .pk
            )

    def answer(self, wait_request: str, question: UUID, answer: str, *, until: int = 5) -> None:
        """Let the police answer in Sluitend; the municipality has not caught up yet."""
        said = AskerAnswer(answer, wait_until=days(until) if answer == "wait" else None, text="Zo is het.")
        self.do(self.police, actions.answer_as_asker, code=wait_request, question_id=question, said=said)

    def pass_wait_requests(self, today: date) -> None:
        """Let a morning come."""
        with acting(system_actor(self.organisation_id)) as system:
            actions.pass_wait_requests(actor=system, today=today)

    def visit(self, code: str) -> Visit:
        """Return the row of a visit."""
        with acting(self.focal_point):
            return Visit.objects.get(code=code)

    def wait_request(self, code: str) -> WaitRequest:
        """Return the row of a wait request."""
        with acting(self.focal_point):
            return WaitRequest.objects.get(code=code)


def wanted_at(place: Place, until: int) -> Ask:
    """Return a request to wait at a place, with a ground and a number to ring."""
    return Ask(
        place=place,
        until=days(until),
        ground="investigation",
        contact="Recherche",
        telephone="070 000 00 01",
    )


def consulted(outcome: str, **more: Any) -> Consulted:
    """Return what came out when the asker was rung today."""
    wait = {"wait_until": days(5)} if outcome == "wait" else {}
    values: dict[str, Any] = {"whom": "Rechercheur", "asked_on": timezone.localdate(), **wait, **more}
    return Consulted(outcome=outcome, **values)


def make_town() -> Town:
    """Return the people of Westland and of the police."""
    return Town(
        planner=samples.actor("toezicht@westland.example"),
        focal_point=samples.actor("af@westland.example"),
        manager=samples.actor("manager@westland.example"),
        police=samples.actor("avim@politie.example"),
        organisation_id=Organisation.objects.get(code=WESTLAND).id,
    )
