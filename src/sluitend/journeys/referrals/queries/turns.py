"""Who changed a referral last."""

from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.flow.finding import find, sends
from sluitend.kernel.followup import turns


def last_turn(code: str, actor: Actor) -> turns.Turn | None:
    """Return who changed it last.

    Raises:
        Absent: there is none of this code on either side.
    """
    action = Referral.FOLLOW if sends(Referral, code, actor) else Referral.LOOK
    return turns.last_turn(find(Referral, code, actor, action), actor)
