"""The teams of a municipality: some people who share a queue."""

from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sluitend.journeys.administration.journey import ACCOUNT_MANAGE, ACTIVITY
from sluitend.journeys.administration.queries.teams import seen
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent, DomainError
from sluitend.kernel.followup import assigning
from sluitend.kernel.followup.queries import open_of_team, waits_in_team
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.models import Organisation, Team, TeamMember


def add_team(name: str, actor: Actor) -> UUID:
    """Make a team in the administrator's own municipality, still empty."""
    require_role(actor, ACCOUNT_MANAGE)
    if actor.organisation_kind != Organisation.Kind.MUNICIPALITY:
        raise Absent
    try:
        with transaction.atomic():
            team_id = Team.objects.create(organisation_id=actor.own_organisation, name=name).pk
    except IntegrityError as error:
        raise _taken() from error
    _note(actor, "team.added", team_id)
    return team_id


def change_team(team_id: UUID, *, name: str, account_ids: Iterable[UUID], actor: Actor) -> None:
    """Give a team another name and other people. One with something in its queue keeps somebody."""
    seen(team_id, actor)
    wanted = set(account_ids)
    if not wanted and waits_in_team(team_id, actor):
        raise DomainError(
            _("Dit team heeft nog open stappen. Verdeel die eerst, of laat er iemand in."), "members"
        )
    for account_id in wanted:
        assigning.check_may_have(actor, account_id=account_id, team_id=None)
    try:
        with transaction.atomic():
            Team.objects.filter(pk=team_id).update(name=name)
    except IntegrityError as error:
        raise _taken() from error
    present = set(TeamMember.objects.filter(team_id=team_id).values_list("account_id", flat=True))
    TeamMember.objects.filter(team_id=team_id, account_id__in=present - wanted).delete()
    TeamMember.objects.bulk_create(
        TeamMember(team_id=team_id, account_id=each) for each in sorted(wanted - present)
    )
    _note(actor, "team.changed", team_id)


def set_team_active(team_id: UUID, *, active: bool, actor: Actor) -> None:
    """Use a team no longer, or again. One with something in its queue stays."""
    seen(team_id, actor)
    if not active and open_of_team(team_id, actor):
        raise DomainError(_("Dit team heeft nog open stappen. Verdeel die eerst."))
    Team.objects.filter(pk=team_id).update(active=active)
    _note(actor, "team.opened" if active else "team.closed", team_id)


def _taken() -> DomainError:
    return DomainError(_("Er is al een team met deze naam."), "name")


def _note(actor: Actor, action: str, team_id: UUID) -> None:
    record(actor=actor, action=action, subject=("team", team_id), activity=ACTIVITY)
