"""Waiting for release: at first, and again because of a hold or because a focal point takes it back."""

from sluitend.journeys.contacts import rows, terms
from sluitend.journeys.contacts.models import Contact
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.escalation import tell
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.followup.models import StepKind


def plan_release(row: Contact, actor: Actor) -> None:
    """Let the focal points look at a contact; the caller writes the row."""
    followup.plan(
        row=row,
        subject_kind=rows.PLANNED,
        what=StepKind.RELEASE_CONTACT,
        due=terms.release_due(row.day),
        actor=actor,
    )


def fall_back(row: Contact, actor: Actor) -> None:
    """Let a contact wait for release again and tell its planner: a step and a neutral mail, the same always.

    Raises:
        Conflict: it is not released.
    """
    rows.step_state(row, Contact.State.PLANNED)
    plan_release(row, actor)
    rows.save_turn(row, "state", "current_step")
    followup.add_for_other(
        row=row,
        subject_kind=rows.PLANNED,
        what=StepKind.NOT_RELEASED,
        due=terms.due(StepKind.NOT_RELEASED),
        actor=actor,
        organisation_id=row.organisation_id,
        owner_id=row.planner_id,
    )
    after_commit(tell, row.planner_id)
