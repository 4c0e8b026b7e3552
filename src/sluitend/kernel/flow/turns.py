"""Who changed a matter last, and who has it open now."""

from datetime import datetime

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.flow.finding import find, sends
from sluitend.kernel.flow.models import kinds
from sluitend.kernel.followup import turns


def presence(kind: str, code: str, actor: Actor, *, since: datetime, writes: bool) -> turns.Present:
    """Say that this person has a matter open, and return who else of their organisation has.

    Args:
        kind: of the matter, as its page says it.
        since: when their page was shown.
        writes: something stands in a form on their page.

    Raises:
        Absent: there is no such kind, or none of this code on either side.
        Refused: the role may not see it.
    """
    model = kinds().get(kind)
    if model is None:
        raise Absent
    action = model.FOLLOW if sends(model, code, actor) else model.LOOK
    return turns.presence(find(model, code, actor, action), actor, since=since, writes=writes)


def said(error: DomainError, actor: Actor) -> str:
    """Return what somebody hears when it could not be done: of a conflict who was first, and when."""
    if not isinstance(error, Conflict) or error.about is None:
        return error.message
    model, key = error.about
    row = model._default_manager.filter(pk=key).first()  # noqa: SLF001 - Django documents it
    return turns.words_of(error, turns.last_turn(row, actor) if row else None)
