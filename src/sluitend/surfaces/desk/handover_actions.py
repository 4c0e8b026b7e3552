"""Somebody leaves: all open work passes in one act, and access ends the same day."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.cases import actions as cases
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent, DomainError, barred
from sluitend.kernel.followup import handover
from sluitend.kernel.followup.actions import settle
from sluitend.kernel.followup.handover import Held
from sluitend.kernel.followup.journey import HANDOVER, STEP_ASSIGN
from sluitend.kernel.ledger.actions import record, record_many
from sluitend.kernel.organisations import actions, queries, teams
from sluitend.kernel.organisations.queries import Person


@dataclass(frozen=True)
class Leaving:
    """Somebody who leaves, with all that stands on their name."""

    person: Person
    steps: list[Held]
    matters: int
    cases: int
    choices: list[tuple[str, str]]

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
    return Leaving(
        person=person,
        steps=handover.held_by(account_id, actor),
        matters=handover.number_given(account_id, actor),
        cases=cases.owned(account_id, actor=actor),
        choices=[(str(each.account_id), each.name) for each in people if each.account_id != account_id],
    )


def hand_over(account_id: UUID, *, to: Mapping[UUID, UUID], rest: UUID | None, actor: Actor) -> None:
    """Give all that somebody has to others, end their roles here, and with the last one their sessions.

    Args:
        to: of every step that was seen, who gets it.
        rest: who gets everything else.

    Raises:
        DomainError: it is oneself, or nobody was chosen for the rest.
        Conflict: something came in meanwhile, or somebody is at work on it; nothing was done.
    """
    left = leaving(account_id, actor)
    if account_id == actor.account_id:
        raise barred(_("U kunt uw eigen rol niet beëindigen. Vraag een andere beheerder."))
    if rest is None and not left.empty:
        raise DomainError(_("Kies wie het werk krijgt."), "rest")
    with handover.waiting_for_nobody():
        matters = handover.hand_over(account_id, to=to, rest=rest, actor=actor)
        cases.hand_over(account_id, to=matters, rest=rest, actor=actor)
    actions.leave(account_id, organisation_id=actor.own_organisation)
    settle()
    record_many(
        actor=actor,
        action=STEP_ASSIGN,
        subjects=[("matter", each) for each in matters],
        activity="opvolging",
        purpose="handover",
    )
    record(
        actor=actor,
        action="account.handed_over",
        subject=("account", account_id),
        activity="toegang",
    )
