"""A coordinator with a care file, whoever supports in the other part of the region, and a municipality."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests import samples

from sluitend.journeys.care import actions as care
from sluitend.journeys.care_files import actions as files
from sluitend.journeys.care_files.actions import Share
from sluitend.journeys.care_files.queries import opened
from sluitend.journeys.care_shares import actions
from sluitend.journeys.care_shares.models import CareShare
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.flow.finding import open_steps
from sluitend.kernel.followup.models import NextStep

COORDINATOR, SUPPORT, TOWN = "zorg@shop.example", "zorg@legerdesheils.example", "af@westland.example"
WESTLAND = "GM1783"
NAME = "Naamvangst"


@dataclass
class Desk:
    """Who works at the three sides, and the care file."""

    coordinator: Actor
    support: Actor
    town: Actor
    code: str

    @staticmethod
    def do(who: Actor, action: Callable[..., Any], **arguments: Any) -> Any:
        """Do something as somebody."""
        with acting(who):
            return action(actor=who, **arguments)

    def agreed(self, what: str = "support", *, days: int = 60, **changes: str) -> str:
        """Return the id of an agreement to share."""
        today = timezone.localdate()
        own = {
            "support": {"to": "leger_des_heils", "chosen": "call_name contact language"},
            "mediation": {"to": "comensha", "chosen": "household"},
            "task": {
                "to": WESTLAND,
                "task": "income",
                "name": NAME,
                "before": (today + timedelta(days=7)).isoformat(),
            },
        }[what]
        given = {
            "what": what,
            "recipient": own["to"],
            "parts": "wat er gaat",
            "purpose": "waarvoor",
            "until": (today + timedelta(days=days)).isoformat(),
            "answer": "yes",
            "form": "paper",
            "language": "nl",
            **own,
            **changes,
        }
        self.do(self.coordinator, files.share, code=self.code, wanted=Share(**given), revision=None)
        return self.shares()[-1].id

    def shares(self) -> tuple[Share, ...]:
        """Return the agreements in the file."""
        with acting(self.coordinator):
            return opened(self.code, self.coordinator).consents.shares

    def sent(self, what: str = "support", **changes: Any) -> tuple[str, str]:
        """Return the agreement and the code of what went by it."""
        share = self.agreed(what, **changes)
        return share, self.do(self.coordinator, files.send, code=self.code, share=share)

    def row(self, code: str, who: Actor | None = None) -> CareShare:
        """Return what was shared."""
        with acting(who or self.coordinator):
            return CareShare.objects.get(code=code)

    def done(self, code: str, what: str = "") -> None:
        """Say at care that a step of what was shared is done: this one, or the one that stands first."""
        with acting(self.coordinator):
            found = open_steps(CareShare.objects.get(code=code), self.coordinator)
            step = found.filter(what=what).first() if what else found.exclude(what="await_share").first()
        given = {"code": code, "step": str(step.pk) if step else ""}
        self.do(self.coordinator, actions.note_reply, **given)

    def steps(self, code: str, who: Actor) -> set[str]:
        """Return the open steps of one side."""
        with acting(who):
            own = NextStep.objects.filter(code=code, organisation_id=who.own_organisation, done__isnull=True)
            return set(own.values_list("what", flat=True))


def made() -> Desk:
    """Return the three sides, with a file of somebody."""
    coordinator = samples.actor(COORDINATOR)
    request, _ = samples.ask_for_help()
    Desk.do(coordinator, care.take_on, code=request)
    code = Desk.do(coordinator, care.open_file, code=request)
    return Desk(coordinator, samples.actor(SUPPORT), samples.actor(TOWN), code)


@pytest.fixture
def desk(region: Any) -> Desk:
    """The three sides, rolled back afterwards."""
    return made()
