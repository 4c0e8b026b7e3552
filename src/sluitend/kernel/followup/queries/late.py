"""What waits longer than agreed, and what a municipality chose for that."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup.deadlines import is_working_day
from sluitend.kernel.followup.journey import SECOND_EYES
from sluitend.kernel.followup.models import EscalationChoice, NextStep
from sluitend.kernel.followup.queries.own import PAGE, StepView, views_of


def without_answered(steps: QuerySet[NextStep]) -> QuerySet[NextStep]:
    """Leave out steps that only wait for another who has answered already.

    The other writes a step of its own (an answer to read, a question) and cannot end the step that waits for
    it. A second pair of eyes says nothing of an answer.
    """
    own_turn = NextStep.objects.filter(
        organisation_id=OuterRef("organisation_id"),
        subject_id=OuterRef("subject_id"),
        done__isnull=True,
        waits_on_other=False,
    ).exclude(what=SECOND_EYES)
    return steps.exclude(Q(waits_on_other=True) & Exists(own_turn))


def waiting_longest(actor: Actor, *, limit: int = PAGE) -> list[StepView]:
    """Return what waits longer than agreed in the whole organisation: kind and date only, for a manager."""
    rows = NextStep.objects.filter(
        organisation_id=actor.own_organisation, done__isnull=True, due__lt=timezone.now()
    )
    return views_of(without_answered(rows).order_by("due")[:limit], actor)


def escalation_choice(organisation_id: UUID) -> EscalationChoice:
    """Return what a municipality chose for late steps; what holds when it chose nothing."""
    found = EscalationChoice.objects.filter(organisation_id=organisation_id).first()
    return found or EscalationChoice(organisation_id=organisation_id)


def stood_for(due: datetime, work_days: Iterable[int], *, today: date | None = None) -> date | None:
    """Return the day a passed step stood for, or None while the owner has had no working day since.

    Args:
        due: until when it was.
        work_days: of the owner.
        today: for who asks it of many steps.
    """
    return _stood_for(timezone.localtime(due).date(), today or timezone.localdate(), tuple(work_days))


@lru_cache(maxsize=1024)  # a page has fifty steps of a few days
def _stood_for(day: date, today: date, work_days: tuple[int, ...]) -> date | None:
    worked = any(
        is_working_day(date.fromordinal(each), work_days)
        for each in range(day.toordinal() + 1, today.toordinal() + 1)
    )
    return day if worked else None
