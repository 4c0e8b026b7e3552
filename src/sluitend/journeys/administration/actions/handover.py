"""Somebody leaves: all open work passes in one act, and access ends the same day."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.administration.actions import closing, grants
from sluitend.journeys.administration.journey import ACTIVITY
from sluitend.journeys.administration.queries.handover import leaving
from sluitend.journeys.cases import actions as cases
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError, barred
from sluitend.kernel.followup import handover
from sluitend.kernel.followup.actions import settle
from sluitend.kernel.followup.journey import STEP_ASSIGN
from sluitend.kernel.ledger.actions import record, record_many


def hand_over(account_id: UUID, *, to: Mapping[UUID, UUID], rest: UUID | None, actor: Actor) -> None:
    """Give all that somebody has to others, end their roles here, and with the last one their sessions.

    Args:
        to: of every step that was seen, who gets it.
        rest: who gets everything else.

    Raises:
        DomainError: it is oneself, or nobody was chosen for the rest.
        Conflict: something came in meanwhile, or somebody is at work on it; nothing was done.
    """
    left = leaving(account_id, actor)
    if account_id == actor.account_id:
        raise barred(_("U kunt uw eigen rol niet beëindigen. Vraag een andere beheerder."))
    if rest is None and not left.empty:
        raise DomainError(_("Kies wie het werk krijgt."), "rest")
    with handover.waiting_for_nobody():
        matters = handover.hand_over(account_id, to=to, rest=rest, actor=actor)
        cases.hand_over(account_id, to=matters, rest=rest, actor=actor)
        handover.release_queues(actor, without=account_id, nowait=True)
    closing.stop_standing_in(account_id, actor.own_organisation, actor)
    grants.leave(account_id, organisation_id=actor.own_organisation)
    settle()
    record_many(
        actor=actor,
        action=STEP_ASSIGN,
        subjects=[("matter", each) for each in matters],
        activity="opvolging",
        purpose="handover",
    )
    record(
        actor=actor,
        action="account.handed_over",
        subject=("account", account_id),
        activity=ACTIVITY,
    )
