"""Referrals that a partner has in hand, by the case they come from: nothing of them is opened."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sluitend.journeys.cases.journey import REFERRAL_LIST
from sluitend.journeys.referrals import words
from sluitend.journeys.referrals.channels import state_of
from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.flow.models import State

RUNNING = (State.SENT, State.ACCEPTED)


@dataclass(frozen=True)
class Running:
    """A referral that went out and has not ended: to whom, on which track, and how it stands."""

    code: str
    partner: str
    track: str
    name: str
    state_words: str
    case_id: UUID


def running_of(actor: Actor, case_ids: Collection[UUID]) -> list[Running]:
    """Return what partners have in hand of these cases, the oldest first: one statement, or none.

    Args:
        actor: a focal point or deputy.
        case_ids: of cases of the actor's organisation.
    """
    require_role(actor, REFERRAL_LIST)
    if not case_ids:
        return []
    rows = Referral.objects.filter(
        organisation_id=actor.own_organisation, origin__case_id__in=case_ids, state__in=RUNNING
    ).order_by("sent", "id")
    return [_running(row) for row in rows.select_related("origin")]


def _running(row: Referral) -> Running:
    name = words.partner(row.pack, row.partner)
    return Running(
        code=row.code,
        partner=row.partner,
        track=row.track,
        name=name,
        state_words=words.feedback(row.pack, row.answer) if row.answer else state_of(row, name),
        case_id=row.origin.case_id,
    )
