"""What a side must still read stands beside what it does, and opens it again where that was done."""

from datetime import datetime

from sluitend.kernel.flow.models import TwoSided
from sluitend.kernel.flow.verbs import Work
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.manifest import StepKind
from sluitend.kernel.organisations.models import Role


def still_reads[Row: TwoSided](it: Work[Row], what: StepKind, *, due: datetime) -> None:
    """Give the own side a step beside what it has: it goes on, and has not read this yet."""
    row, own = it.row, it.actor.own_organisation
    step = followup.add_for_other(
        row=row,
        subject_kind=row.KIND,
        what=what,
        due=due,
        actor=it.actor,
        organisation_id=own,
        owner_role=row.role_at(own) or Role.FOCAL_POINT,
        urgent=row.acute,
        minor=row.minor,
    )
    it.reopen(step)
