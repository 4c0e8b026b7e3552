"""Which own case a transfer is about that next steps name."""

from collections.abc import Collection
from uuid import UUID

from sluitend.journeys.exchanges.journey import EXCHANGE_LIST
from sluitend.journeys.exchanges.models import TransferCase
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may


def own_cases(actor: Actor, transfer_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the own case of each of these transfers that has one: one statement, or none."""
    if not transfer_ids or not may(actor, EXCHANGE_LIST):
        return {}
    own = TransferCase.objects.filter(organisation_id=actor.own_organisation, transfer_id__in=transfer_ids)
    return dict(own.values_list("transfer_id", "case_id"))
