"""Danger heard here of a case that goes, or went, to another municipality: that one must hear it too.

The case remembers it until the journey of exchanges, which stands above this one, has passed it on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from sluitend.journeys.cases.actions.working import OnCase
from sluitend.journeys.cases.journey import CASE_WORK
from sluitend.journeys.cases.models import Case, TimelineEvent
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup.jobs import after_commit

AT_ONCE = 500
PASSES_ON: list[Callable[..., Any]] = []
"""What passes it on as soon as it was heard; each minute what was left is tried again."""


@dataclass(frozen=True)
class Onward:
    """What was heard, and by which transfer it goes on."""

    case_id: UUID
    revision: int
    transfer_id: UUID
    acute: bool
    minor: bool


def send_onward(case: Case, *, acute: bool, minor: bool) -> None:
    """Remember that the other municipality must hear this. The caller saves the case."""
    case.onward_acute, case.onward_minor = case.onward_acute or acute, case.onward_minor or minor
    for job in PASSES_ON:
        after_commit(job, case.organisation_id)


def heard_for_others(actor: Actor) -> list[Onward]:
    """Return what was heard here and another municipality must hear still.

    Args:
        actor: the system, acting for the municipality that handed over.
    """
    waiting = Case.objects.filter(
        Q(onward_acute=True) | Q(onward_minor=True),
        organisation_id=actor.own_organisation,
    )
    return [
        Onward(row.id, row.revision, row.transfer, row.onward_acute, row.onward_minor)
        for row in waiting.order_by("id")[:AT_ONCE]
        if row.transfer is not None
    ]


def note_onward(told: Onward, *, text: str, actor: Actor) -> None:
    """Write on the timeline where it went. What was heard meanwhile goes in the next round.

    Args:
        told: as `heard_for_others` gave it.
        text: the line for the timeline; none where there was nobody to tell.
    """
    mine = Case.objects.filter(pk=told.case_id, organisation_id=actor.own_organisation)
    if not mine.filter(revision=told.revision).update(onward_acute=False, onward_minor=False):
        return
    if not text:
        return
    it = OnCase(mine.get(), actor, CASE_WORK, purpose="onward")
    it.event(TimelineEvent.What.TRANSFER, text)
    it.end()
