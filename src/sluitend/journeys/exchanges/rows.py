"""The case of one side of a transfer: what actions and queries share."""

from sluitend.journeys.exchanges.models import Transfer, TransferCase
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent


def case_of(row: Transfer, actor: Actor) -> TransferCase:
    """Return the case of the actor's side of a transfer.

    Raises:
        Absent: that side has none.
    """
    found = TransferCase.objects.filter(organisation_id=actor.own_organisation, transfer_id=row.id).first()
    if found is None:
        raise Absent
    return found
