"""What teams and assigning change, as the pages of the desk ask it: decided on, done, and kept."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.reports import actions as reports
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent, DomainError
from sluitend.kernel.followup import assigning
from sluitend.kernel.followup.actions import settle
from sluitend.kernel.followup.assigning import PERSON, TEAM
from sluitend.kernel.followup.journey import STEP_ASSIGN, TEAM_QUEUE
from sluitend.kernel.followup.queries import open_of_team
from sluitend.kernel.ledger.actions import record, record_many
from sluitend.kernel.organisations import teams
from sluitend.kernel.organisations.actions import Taken
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.organisations.teams import TeamView
from sluitend.surfaces.desk.journey import ACCOUNT_MANAGE

ACTIVITY, ACCESS = "opvolging", "toegang"


def assign(code: str, *, to: str, actor: Actor, seen: str | None = None) -> None:
    """Give a case or a report to somebody.

    Args:
        code: of the case or the report.
        to: `person:` or `team:` and an id; empty for everybody with the role.
        seen: in the same way, who had it on the page of whoever gives it.

    Raises:
        Conflict: somebody else gave it away since.
    """
    kind, _colon, identity = to.partition(":")
    account_id = UUID(identity) if kind == PERSON else None
    team_id = UUID(identity) if kind == TEAM else None
    verb = cases.assign_case if code.startswith("C") else reports.assign_report
    verb(code=code, actor=actor, account_id=account_id, team_id=team_id, seen=seen)


def take(step_id: UUID, *, actor: Actor) -> None:
    """Take what waits in the queue of one's team."""
    require_role(actor, TEAM_QUEUE)
    _given([assigning.take(step_id, actor=actor)], actor.own_account, actor, purpose="take")


def spread(step_ids: Sequence[UUID], *, account_id: UUID, actor: Actor) -> None:
    """Give what waits in the queue of one's team to a colleague: all of it or nothing."""
    require_role(actor, TEAM_QUEUE)
    assigning.check_may_have(actor, account_id=account_id, team_id=None)
    matters = assigning.spread(step_ids, account_id=account_id, actor=actor)
    _given(matters, account_id, actor, purpose="spread")


def give_back(step_id: UUID, *, reason: str, actor: Actor) -> None:
    """Give back what one has, with a prepared reason."""
    require_role(actor, TEAM_QUEUE)
    matter_id = assigning.give_back(step_id, reason=reason, actor=actor)
    settle()
    record(
        actor=actor,
        action="step.given_back",
        subject=("matter", matter_id),
        activity=ACTIVITY,
        purpose=reason,
    )


def _given(matters: Iterable[UUID], account_id: UUID, actor: Actor, *, purpose: str) -> None:
    found = list(matters)
    cases.now_with(found, account_id, actor=actor)
    settle()
    record_many(
        actor=actor,
        action=STEP_ASSIGN,
        subjects=[("matter", each) for each in found],
        activity=ACTIVITY,
        purpose=purpose,
    )


def add_team(name: str, actor: Actor) -> UUID:
    """Make a team in the administrator's own municipality."""
    require_role(actor, ACCOUNT_MANAGE)
    if actor.organisation_kind != Organisation.Kind.MUNICIPALITY:
        raise Absent
    try:
        team_id = teams.add_team(actor.own_organisation, name)
    except Taken as error:
        raise DomainError(_("Er is al een team met deze naam."), "name") from error
    _note(actor, "team.added", team_id)
    return team_id


def change_team(team_id: UUID, *, name: str, account_ids: Iterable[UUID], actor: Actor) -> None:
    """Give a team another name and other people."""
    seen(team_id, actor)
    wanted = list(account_ids)
    for account_id in wanted:
        assigning.check_may_have(actor, account_id=account_id, team_id=None)
    try:
        teams.set_team(team_id, name=name, account_ids=wanted)
    except Taken as error:
        raise DomainError(_("Er is al een team met deze naam."), "name") from error
    _note(actor, "team.changed", team_id)


def set_active(team_id: UUID, *, active: bool, actor: Actor) -> None:
    """Use a team no longer, or again. One with something in its queue stays."""
    seen(team_id, actor)
    if not active and open_of_team(team_id, actor):
        raise DomainError(_("Dit team heeft nog open stappen. Verdeel die eerst."))
    teams.set_team_active(team_id, active=active)
    _note(actor, "team.opened" if active else "team.closed", team_id)


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


def _note(actor: Actor, action: str, team_id: UUID) -> None:
    record(actor=actor, action=action, subject=("team", team_id), activity=ACCESS)
