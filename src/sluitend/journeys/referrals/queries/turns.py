"""Who changed a referral last, and who has it open now."""

from datetime import datetime

from sluitend.journeys.cases.journey import REFERRAL_LIST
from sluitend.journeys.referrals.journey import REFERRAL_LOOK
from sluitend.journeys.referrals.models import Referral
from sluitend.journeys.referrals.rows import find_received, find_sent
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup import turns


def last_turn(code: str, actor: Actor) -> turns.Turn | None:
    """Return who changed it last.

    Raises:
        Absent: there is none of this code on either side.
    """
    return turns.last_turn(_row(code, actor), actor)


def together(code: str, actor: Actor, *, since: datetime, writes: bool) -> turns.Together:
    """Say that this person has it open, and return who else of their organisation has.

    Raises:
        Absent: there is none of this code on either side.
        Refused: the role may not see it.
    """
    return turns.together(_row(code, actor), actor, since=since, writes=writes)


def _row(code: str, actor: Actor) -> Referral:
    if Referral.objects.filter(code=code, organisation_id=actor.own_organisation).exists():
        return find_sent(code, actor, REFERRAL_LIST)
    return find_received(code, actor, REFERRAL_LOOK)
