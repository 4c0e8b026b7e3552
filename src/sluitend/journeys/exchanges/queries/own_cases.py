"""The case of one side of a transfer: what verbs, pages and next steps ask."""

from collections.abc import Collection
from functools import cache
from uuid import UUID

from sluitend.journeys.exchanges.journey import EXCHANGE_LIST
from sluitend.journeys.exchanges.models import Transfer, TransferCase
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.prepared import Given, Prepared, among


def case_of(row: Transfer, actor: Actor) -> TransferCase:
    """Return the case of the actor's side of a transfer.

    Raises:
        Absent: that side has none.
    """
    found = own_case(row, actor)
    if found is None:
        raise Absent
    return found


def own_case(row: Transfer, actor: Actor) -> TransferCase | None:
    """Return the case of the actor's side, where it has one."""
    return TransferCase.objects.filter(organisation_id=actor.own_organisation, transfer_id=row.id).first()


def own_cases(actor: Actor, transfer_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the own case of each of these transfers that has one: one statement, or none."""
    if not transfer_ids or not may(actor, EXCHANGE_LIST):
        return {}
    return dict(_own_cases().rows(organisation=actor.own_organisation, transfers=list(transfer_ids)))


@cache
def _own_cases() -> Prepared:
    own = TransferCase.objects.filter(organisation_id=Given("organisation"), transfer_id=among("transfers"))
    return Prepared(own.values_list("transfer_id", "case_id"))
