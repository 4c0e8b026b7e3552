"""A case of Westland that another municipality is asked to take over, with the people around it."""

from dataclasses import dataclass
from typing import Any

from tests import samples

from sluitend.journeys.cases.models import Case
from sluitend.journeys.exchanges import actions
from sluitend.journeys.exchanges.models import Transfer, TransferCase
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.organisations.models import Organisation

THE_HAGUE, NIEUWKOOP = "GM0518", "GM0569"


@dataclass(frozen=True)
class Between:
    """Two municipalities and the case between them. In Nieuwkoop nobody reads."""

    case: str
    sender: Actor
    receiver: Actor

    def send(self, *, to: str = THE_HAGUE) -> str:
        """Send the transfer and return its code."""
        return samples.hand_over(self.case, self.sender, municipality=to)

    def accepted(self) -> str:
        """Send the transfer, let The Hague accept it and return its code."""
        code = self.send()
        self.do(self.receiver, actions.accept_transfer, code)
        return code

    def do(self, who: Actor, verb: Any, code: str, **named: Any) -> Any:
        """Do something with a transfer, in a transaction of its own."""
        with acting(who):
            return verb(code=code, actor=who, **named)

    def row(self, code: str) -> Transfer:
        """Return the transfer as its sender sees it."""
        with acting(self.sender):
            return Transfer.objects.get(code=code)

    def old_case(self) -> Case:
        """Return the case of the sender."""
        with acting(self.sender):
            return Case.objects.get(code=self.case)

    def new_case(self, code: str) -> Case | None:
        """Return the case that the receiver made of the transfer, if there is one."""
        with acting(self.receiver):
            found = TransferCase.objects.filter(
                transfer__code=code, organisation_id=self.receiver.own_organisation
            ).first()
            return Case.objects.get(pk=found.case_id) if found else None

    def steps(self, who: Actor) -> list[str]:
        """Return the kinds of steps that are open for somebody's organisation."""
        with acting(who):
            rows = NextStep.objects.filter(organisation_id=who.own_organisation, done__isnull=True)
            return sorted(rows.values_list("what", flat=True))


def organisation_of(who: Actor) -> Organisation:
    """Return the organisation for which somebody acts."""
    return Organisation.objects.get(pk=who.own_organisation)


def make_between() -> Between:
    """Return a case that was decided to go to another municipality."""
    return Between(
        samples.ready_to_hand_over(),
        samples.actor("af@westland.example"),
        samples.actor("af@denhaag.example"),
    )
