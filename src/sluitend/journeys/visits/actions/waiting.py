"""Waiting for release: at first, and again for a wait request or because a focal point takes it back."""

from datetime import date
from typing import TypedDict
from uuid import UUID

from django.utils import timezone

from sluitend.journeys.visits import terms
from sluitend.journeys.visits.journey import NOT_RELEASED, PLANNED, RELEASE_VISIT
from sluitend.journeys.visits.models import Visit
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.escalation import tell
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.manifest import PLANNERS
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.organisations.queries import colleagues


class Carrier(TypedDict, total=False):
    """Whose a step is, as `plan` and `add_for_other` take it."""

    owner_id: UUID
    owner_role: Role


def plan_release(row: Visit, actor: Actor) -> None:
    """Let the focal points look at a visit; the caller writes the row."""
    followup.plan(
        row=row,
        subject_kind=PLANNED,
        what=RELEASE_VISIT,
        due=terms.release_due(row.day),
        actor=actor,
    )


def wait_for(row: Visit, until: date, actor: Actor) -> None:
    """Look again on the day that was agreed, or when the visit was planned, whichever is first.

    The caller writes the row.
    """
    followup.plan(
        row=row,
        subject_kind=PLANNED,
        what=RELEASE_VISIT,
        due=end_of(min(until, max(row.day, timezone.localdate()))),
        actor=actor,
        waits_on_other=True,
    )


def fall_back(row: Visit, actor: Actor) -> None:
    """Let a visit wait for release again and tell its planner: a step and a neutral mail, the same always.

    The caller writes the row.

    Raises:
        Conflict: it is not released.
    """
    row.move(Visit.State.PLANNED)
    plan_release(row, actor)
    followup.add_for_other(
        row=row,
        subject_kind=PLANNED,
        what=NOT_RELEASED,
        due=terms.due(NOT_RELEASED),
        actor=actor,
        organisation_id=row.organisation_id,
        **carrier(row),
    )
    after_commit(tell, row.planner_id)


def carrier(row: Visit) -> Carrier:
    """Return who carries a visit out: its planner, or the focal points when that one has left."""
    here = {each.account_id for each in colleagues(row.organisation_id, roles=PLANNERS)}
    return {"owner_id": row.planner_id} if row.planner_id in here else {"owner_role": Role.FOCAL_POINT}
