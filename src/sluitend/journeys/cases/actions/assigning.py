"""Giving a case to a person or a team of the municipality."""

from collections.abc import Iterable
from uuid import UUID

from sluitend.journeys.cases.models import Case, SentReferral, Track
from sluitend.journeys.cases.rows import find_open_case, note
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Action
from sluitend.kernel.followup import assigning
from sluitend.kernel.followup.actions import settle


def assign_case(
    *, actor: Actor, code: str, account_id: UUID | None = None, team_id: UUID | None = None
) -> None:
    """Give a case with its tracks and referrals to a person or a team; to neither: to all with the role.

    Raises:
        Http404: no such case of this organisation.
        DomainError: closed, or whoever it is given to may not have it.
    """
    case = find_open_case(code, actor, Action.STEP_ASSIGN)
    assigning.check_may_have(actor, account_id=account_id, team_id=team_id)
    subjects = [
        case.id,
        *Track.objects.filter(case=case).values_list("id", flat=True),
        *SentReferral.objects.filter(case=case).values_list("referral_id", flat=True),
    ]
    assigning.assign(
        matter_id=case.id, subject_ids=subjects, actor=actor, account_id=account_id, team_id=team_id
    )
    if account_id:
        now_with([case.id], account_id, actor=actor)
    note(case, actor=actor, action=Action.STEP_ASSIGN, purpose="person" if account_id else "team")
    settle()


def now_with(case_ids: Iterable[UUID], account_id: UUID, *, actor: Actor) -> None:
    """Let these cases name somebody as the one who has them. What is no case is passed over."""
    Case.objects.filter(organisation_id=actor.own_organisation, pk__in=list(case_ids)).update(
        owner_id=account_id
    )
