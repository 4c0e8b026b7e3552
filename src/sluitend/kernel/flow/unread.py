"""What a side must still read or tell stands beside what it does, and opens it again where that was done."""

from datetime import datetime

from sluitend.kernel.flow.finding import open_steps
from sluitend.kernel.flow.models import TwoSided
from sluitend.kernel.flow.verbs import Work
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.manifest import StepKind
from sluitend.kernel.organisations.models import Role


def still_reads[Row: TwoSided](it: Work[Row], what: StepKind, *, due: datetime) -> None:
    """Give the own side a step beside what it has: it goes on, and has not done this yet."""
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


def have_read[Row: TwoSided](it: Work[Row], what: StepKind) -> int:
    """End that step of the own side. A side that was opened again for it alone is done; any other goes on.

    Returns:
        How many such steps were open.
    """
    row, field = it.row, "current_step" if it.sends else "recipient_step"
    number = followup.finish_open(subject_id=row.id, actor=it.actor, what=what)
    step: NextStep | None = getattr(row, field)
    if step is not None and step.what == what:
        if other := open_steps(row, it.actor).first():
            setattr(row, field, other)
        else:
            it.close()
    return number
