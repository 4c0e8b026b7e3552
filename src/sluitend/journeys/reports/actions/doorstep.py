"""Whether something may be decided here about what was passed on from one door to the other."""

from django.utils.translation import gettext as _

from sluitend.journeys.reports.models import Report, State
from sluitend.journeys.reports.queries.passing import passage_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError


def require_here(row: Report, actor: Actor) -> None:
    """See that nobody decides about what was passed on and not taken over yet, on either side.

    Raises:
        DomainError: it waits for the other side, or for a press of this one.
    """
    door = passage_of(row.id, actor) if row.state == State.NEW else None
    if door and door.is_here:
        raise DomainError(_("Neem dit eerst over, of geef het terug."))
    if door and door.waits:
        raise DomainError(_("U stuurde dit door. Haal het eerst terug."))


def waits_elsewhere(row: Report, actor: Actor) -> bool:
    """Return whether it was passed on from here, and is not taken over there yet."""
    door = passage_of(row.id, actor) if row.state == State.NEW else None
    return door is not None and door.sent and door.waits
