"""Teams of an organisation: some people who share a queue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from sluitend.kernel.organisations.absence import away_on
from sluitend.kernel.organisations.models import DOES_CASES, Membership, Team, TeamMember
from sluitend.kernel.organisations.queries import Colleague, colleagues


@dataclass(frozen=True)
class TeamView:
    """A team, with how many people are in it."""

    id: UUID
    name: str
    active: bool
    number: int


def teams(organisation_id: UUID, *, active: bool = True, ids: Iterable[UUID] | None = None) -> list[TeamView]:
    """Return the teams of an organisation by name.

    Args:
        active: only those in use.
        ids: only these.
    """
    rows = Team.objects.filter(organisation_id=organisation_id).annotate(number=Count("members"))
    if active:
        rows = rows.filter(active=True)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    return [TeamView(row.id, row.name, row.active, row.number) for row in rows.order_by("name")]


def team(team_id: UUID, *, organisation_id: UUID) -> TeamView | None:
    """Return one team of an organisation."""
    return next(iter(teams(organisation_id, active=False, ids=[team_id])), None)


def member_ids(team_ids: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """Return the accounts in these teams."""
    found: dict[UUID, list[UUID]] = {}
    for team_id, account_id in TeamMember.objects.filter(team_id__in=list(team_ids)).values_list(
        "team_id", "account_id"
    ):
        found.setdefault(team_id, []).append(account_id)
    return found


def caseworkers(organisation_id: UUID) -> list[Colleague]:
    """Return who may have a matter, each once."""
    every = colleagues(organisation_id, roles=DOES_CASES)
    return list({each.account_id: each for each in every}.values())


def may_have(account_id: UUID, *, organisation_id: UUID) -> bool:
    """Return whether somebody may have a matter of this organisation."""
    rows = Membership.objects.at_work().filter(account_id=account_id)
    return rows.filter(organisation_id=organisation_id, role__in=DOES_CASES).exists()


def unreplaced(organisation_id: UUID, day: date) -> set[UUID]:
    """Return who does cases here, is away on a day, and has no deputy who works here."""
    working = {each.account_id for each in caseworkers(organisation_id)}
    away = away_on(organisation_id, day)
    return {each for each, deputy in away.items() if each in working and deputy not in working}
