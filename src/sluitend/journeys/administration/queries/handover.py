"""What stands on the name of somebody who leaves."""

from dataclasses import dataclass
from uuid import UUID

from sluitend.journeys.cases import actions as cases
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.followup import handover
from sluitend.kernel.followup.handover import Held
from sluitend.kernel.followup.journey import HANDOVER
from sluitend.kernel.organisations import queries, teams
from sluitend.kernel.organisations.queries import Person


@dataclass(frozen=True)
class Leaving:
    """Somebody who leaves, with all that stands on their name."""

    person: Person
    steps: list[Held]
    matters: int
    cases: int
    choices: list[tuple[str, str]]
    queues: list[tuple[str, int]]
    """Teams in which nobody is there then, and how many steps wait in each: these go to the role."""

    @property
    def empty(self) -> bool:
        """Whether nothing has to go to anybody."""
        return not (self.steps or self.matters or self.cases)


def leaving(account_id: UUID, actor: Actor) -> Leaving:
    """Return somebody of the actor's organisation with all that stands on their name.

    Raises:
        Absent: nobody like that works here. Absent and forbidden look alike.
    """
    require_role(actor, HANDOVER)
    person = queries.person(account_id, organisation_id=actor.own_organisation)
    if person is None or all(each.ended for each in person.memberships):
        raise Absent
    people = teams.caseworkers(actor.own_organisation)
    left = handover.deserted(actor, without=account_id)
    deserted = teams.teams(actor.own_organisation, active=False, ids=left)
    return Leaving(
        person=person,
        steps=handover.held_by(account_id, actor),
        matters=handover.number_given(account_id, actor),
        cases=cases.owned(account_id, actor=actor),
        choices=[(str(each.account_id), each.name) for each in people if each.account_id != account_id],
        queues=[(each.name, left[each.id]) for each in deserted],
    )
