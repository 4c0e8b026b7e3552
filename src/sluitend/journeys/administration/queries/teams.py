"""What the pages about the teams of a municipality show."""

from collections.abc import Iterable
from uuid import UUID

from sluitend.journeys.administration.journey import ACCOUNT_MANAGE
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.organisations import teams
from sluitend.kernel.organisations.teams import TeamView


def seen(team_id: UUID, actor: Actor) -> TeamView:
    """Return a team of the administrator's own organisation.

    Raises:
        Absent: there is none. Absent and forbidden look alike.
    """
    require_role(actor, ACCOUNT_MANAGE)
    team = teams.team(team_id, organisation_id=actor.own_organisation)
    if team is None:
        raise Absent
    return team


def candidates(
    organisation_id: UUID, team_ids: Iterable[UUID] = ()
) -> tuple[list[tuple[str, str]], list[str]]:
    """Return who can be in a team, and who is in these."""
    inside = {str(each) for ids in teams.member_ids(team_ids).values() for each in ids}
    people = [(str(each.account_id), each.name) for each in teams.caseworkers(organisation_id)]
    return people, [identity for identity, _name in people if identity in inside]
