"""Giving a case to a person or a team of the municipality."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Q, QuerySet

from sluitend.journeys.cases.actions.working import on_case
from sluitend.journeys.cases.models import Case, SentReferral, Track
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.followup import assigning
from sluitend.kernel.followup.journey import HANDOVER, STEP_ASSIGN


def assign_case(
    *,
    actor: Actor,
    code: str,
    account_id: UUID | None = None,
    team_id: UUID | None = None,
    seen: str | None = None,
) -> None:
    """Give a case with its tracks and referrals to a person or a team; to neither: to all with the role.

    Raises:
        Absent: no such case of this organisation.
        DomainError: closed, or whoever it is given to may not have it.
        Conflict: somebody else than on the page of whoever gives it (`seen`) has it by now.
    """
    with on_case(code, actor, STEP_ASSIGN, purpose="person" if account_id else "team") as it:
        case = it.row
        assigning.check_may_have(actor, account_id=account_id, team_id=team_id)
        subjects = [
            case.id,
            *Track.objects.filter(case=case).values_list("id", flat=True),
            *SentReferral.objects.filter(case=case).values_list("referral_id", flat=True),
        ]
        assigning.assign(
            matter_id=case.id,
            subject_ids=subjects,
            actor=actor,
            account_id=account_id,
            team_id=team_id,
            seen=seen,
        )
        if account_id:
            now_with([case.id], account_id, actor=actor)


def now_with(case_ids: Iterable[UUID], account_id: UUID, *, actor: Actor) -> None:
    """Let these cases name somebody as the one who has them. What is no case is passed over."""
    Case.objects.filter(organisation_id=actor.own_organisation, pk__in=list(case_ids)).update(
        owner_id=account_id
    )


def owned(account_id: UUID, *, actor: Actor) -> int:
    """Return how many open cases name somebody as the one who has them."""
    require_role(actor, HANDOVER)
    return _owned(account_id, actor).count()


def hand_over(account_id: UUID, *, to: Mapping[UUID, UUID], rest: UUID | None, actor: Actor) -> None:
    """Let open cases name somebody else than the one who leaves.

    Args:
        to: of cases that were given by name, who has them now.
        rest: who has the others.

    Waits for nobody who works on one of them: see `followup.handover.waiting_for_nobody`.
    """
    require_role(actor, HANDOVER)
    list(
        Case.objects.filter(
            Q(pk__in=list(to)) | Q(owner_id=account_id, closed__isnull=True),
            organisation_id=actor.own_organisation,
        )
        .select_for_update(of=("self",), no_key=True, nowait=True)
        .values_list("pk")
    )
    for case_id, new in to.items():
        now_with([case_id], new, actor=actor)
    if rest is None and _owned(account_id, actor).exists():
        raise Conflict
    _owned(account_id, actor).update(owner_id=rest)


def let_go(account_id: UUID, *, actor: Actor) -> int:
    """Let open cases no longer name somebody who left without handing over. Returns how many."""
    return _owned(account_id, actor).update(owner_id=None)


def _owned(account_id: UUID, actor: Actor) -> QuerySet[Case]:
    return Case.objects.filter(
        organisation_id=actor.own_organisation, owner_id=account_id, closed__isnull=True
    )
