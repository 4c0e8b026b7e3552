"""What waits in a whole organisation, for who sees to it that nothing does."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, Min, OuterRef, Q
from django.utils import timezone

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup.models import Assignment, NextStep
from sluitend.kernel.manifest import SubjectKind, step_named

MOST_SUBJECTS = 500


def open_of_team(team_id: UUID, actor: Actor) -> bool:
    """Return whether a team of the actor's organisation has anything open, in its queue or with one of it."""
    rows = Assignment.objects.filter(organisation_id=actor.own_organisation, team_id=team_id)
    steps = NextStep.objects.filter(
        organisation_id=actor.own_organisation, done__isnull=True, subject_id=OuterRef("subject_id")
    )
    return rows.filter(Exists(steps)).exists()


def waits_in_team(team_id: UUID, actor: Actor) -> bool:
    """Return whether anything waits in the queue of a team of the actor's organisation."""
    rows = NextStep.objects.filter(organisation_id=actor.own_organisation, team_id=team_id, done__isnull=True)
    return rows.exists()


def open_by_owner(account_ids: Iterable[UUID], actor: Actor) -> dict[UUID, int]:
    """Return how many steps each of these people has open by name."""
    rows = NextStep.objects.filter(
        organisation_id=actor.own_organisation, done__isnull=True, owner_id__in=list(account_ids)
    )
    return dict(rows.values_list("owner_id").annotate(Count("id")))


def nobody_has(kinds: Collection[str], actor: Actor) -> bool:
    """Return whether something of these kinds lies in the organisation and nobody has it by name.

    What is acute or late counts too, and what lies in the queue of a team, of whatever kind.
    """
    rows = NextStep.objects.filter(
        organisation_id=actor.own_organisation, done__isnull=True, owner=None, waits_on_other=False
    )
    pressing = Q(urgent=True) | Q(due__lt=timezone.now())
    return rows.filter(Q(what__in=kinds) | Q(team__isnull=False) | pressing).exists()


@dataclass(frozen=True)
class OpenSteps:
    """How many steps of one kind are open in an organisation, and since when the oldest waits."""

    what: str
    words: str
    number: int
    passed: int
    oldest: datetime


def open_by_kind(actor: Actor) -> list[OpenSteps]:
    """Return the open steps of the whole organisation per kind, for who sees to it that nothing waits."""
    rows = (
        NextStep.objects.filter(organisation_id=actor.own_organisation, done__isnull=True)
        .values("what")
        .annotate(number=Count("id"), passed=Count("id", filter=Q(due__lt=timezone.now())), oldest=Min("due"))
        .order_by("-passed", "-number")
    )
    return [
        OpenSteps(
            row["what"], str(step_named(row["what"]).label), row["number"], row["passed"], row["oldest"]
        )
        for row in rows
    ]


def open_subjects(actor: Actor, kinds: Sequence[SubjectKind]) -> dict[SubjectKind, int]:
    """Return how many subjects of each kind are open, no further than `MOST_SUBJECTS`. One statement.

    Each open subject has a step, so the steps count them.
    """
    rows = NextStep.objects.filter(organisation_id=actor.own_organisation, done__isnull=True)
    subjects = [
        rows.filter(subject_kind=kind)
        .order_by("subject_id")
        .values_list("subject_kind", "subject_id")
        .distinct()[:MOST_SUBJECTS]
        for kind in kinds
    ]
    first, *others = subjects
    found = Counter(kind for kind, _subject in first.union(*others, all=True))
    return {kind: found[kind] for kind in kinds}


@dataclass(frozen=True)
class WaitingThere:
    """How much waits in an organisation where somebody stands in: never what."""

    organisation_id: UUID
    name: str
    number: int
    urgent: bool
    due: datetime | None


def waiting_elsewhere(actor: Actor) -> list[WaitingThere]:
    """Return what waits where this person stands in, the most pressing first. At most one statement."""
    if not actor.stands_in_elsewhere:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT organisation, name, number, urgent, due FROM waiting_where_i_stand_in()")
        return [WaitingThere(*row) for row in cursor.fetchall()]
