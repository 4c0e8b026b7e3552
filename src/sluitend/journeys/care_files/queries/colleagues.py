"""Who else gives care in an organisation and is there: somebody looks along at what another decides."""

from uuid import UUID

from sluitend.journeys.care_files.journey import CARERS
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.organisations.queries import colleagues


def others_there(actor: Actor) -> set[UUID]:
    """Return who else gives care in this organisation, and is not away today."""
    there = colleagues(actor.own_organisation, roles=CARERS)
    return {each.account_id for each in there if each.away_until is None} - {actor.own_account}
