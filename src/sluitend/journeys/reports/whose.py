"""For whom somebody acts, or not at all."""

from uuid import UUID

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Refused


def organisation_of(actor: Actor) -> UUID:
    """Return the organisation for which somebody acts.

    Raises:
        Refused: for none.
    """
    if actor.organisation_id is None:
        raise Refused
    return actor.organisation_id


def account_of(actor: Actor) -> UUID:
    """Return the account of whoever acts.

    Raises:
        Refused: there is none, as for a job.
    """
    if actor.account_id is None:
        raise Refused
    return actor.account_id
