"""Giving work to a person or a team, taking it and giving it back: decided on, done, and kept."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.reports import actions as reports
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.followup import assigning
from sluitend.kernel.followup.actions import settle
from sluitend.kernel.followup.assigning import PERSON, TEAM
from sluitend.kernel.followup.journey import STEP_ASSIGN, TEAM_QUEUE
from sluitend.kernel.ledger.actions import record, record_many

ACTIVITY = "opvolging"


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
