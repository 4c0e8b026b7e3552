"""Who of a partner takes care of a referral. It stays everybody's there: whoever is away holds nothing up."""

from sluitend.journeys.referrals.journey import REFERRAL_TAKE
from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.flow.verbs import verb


def take(*, code: str, seen: str, actor: Actor) -> None:
    """Take care of a referral from now on, also where a colleague did.

    Args:
        code: of the referral.
        seen: who took care of it on the page of whoever takes it over; empty for nobody.
        actor: who takes it.

    Raises:
        Absent: nothing of this code was sent to the actor's organisation.
        Conflict: somebody else was first, or nothing is open on this side any more.
    """
    with verb(Referral, code, actor, REFERRAL_TAKE, purpose="taken") as it:
        row = it.row
        if row.recipient_closed is not None or seen != str(row.taken_by or ""):
            raise Conflict
        row.taken_by = actor.own_account


def leave(*, code: str, actor: Actor) -> None:
    """Give a referral that one took back to all colleagues.

    Raises:
        Absent: nothing of this code was sent to the actor's organisation.
        Conflict: a colleague has it by now, or nothing is open on this side any more.
    """
    with verb(Referral, code, actor, REFERRAL_TAKE, purpose="left") as it:
        if it.row.recipient_closed is not None or it.row.taken_by != actor.own_account:
            raise Conflict
        it.row.taken_by = None
