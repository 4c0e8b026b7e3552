"""By what name somebody knows the transfers that next steps are about."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sluitend.journeys.exchanges.journey import EXCHANGE_LIST
from sluitend.journeys.exchanges.models import Transfer, TransferCase
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may
from sluitend.kernel.organisations.models import Organisation


@dataclass(frozen=True)
class Name:
    """The organisation on the other side, and the own case where there is one."""

    other: str
    case_id: UUID | None = None


def step_names(actor: Actor, subject_ids: Collection[UUID]) -> dict[UUID, Name]:
    """Return the other side of each of these transfers, and the own case. A fixed number of statements."""
    if not subject_ids or not may(actor, EXCHANGE_LIST):
        return {}
    own = actor.own_organisation
    cases = dict(
        TransferCase.objects.filter(organisation_id=own, transfer_id__in=subject_ids).values_list(
            "transfer_id", "case_id"
        )
    )
    wanted = ("id", "organisation_id", "organisation__name", "municipality")
    rows = list(Transfer.objects.filter(id__in=subject_ids).values_list(*wanted))
    codes = {code for _id, sender, _name, code in rows if sender == own}
    names = dict(Organisation.objects.filter(code__in=codes).values_list("code", "name"))
    return {
        key: Name(names.get(code, code) if sender == own else name, cases.get(key))
        for key, sender, name, code in rows
    }
