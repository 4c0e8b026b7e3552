"""Who changed a planned contact or a hold last, and who has it open now: for focal points.

Whoever plans reads never by whom something waits.
"""

from datetime import datetime

from sluitend.journeys.contacts import rows
from sluitend.journeys.contacts.models import Contact, Hold
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Action
from sluitend.kernel.followup import turns


def last_turn(subject: str, code: str, actor: Actor) -> turns.Turn | None:
    """Return who changed it last.

    Raises:
        Http404: the actor's municipality has none of this code.
    """
    return turns.last_turn(_row(subject, code, actor), actor)


def together(subject: str, code: str, actor: Actor, *, since: datetime, writes: bool) -> turns.Together:
    """Say that this person has it open, and return who else of their organisation has.

    Raises:
        Http404: the actor's municipality has none of this code.
        Refused: the role may not see it.
    """
    return turns.together(_row(subject, code, actor), actor, since=since, writes=writes)


def _row(subject: str, code: str, actor: Actor) -> Contact | Hold:
    if subject == "planned":
        return rows.find_contact(code, actor, Action.CONTACT_RELEASE)
    return rows.find_hold(code, actor, Action.HOLD_LIST)
