"""Finding a referral by its code, without opening it."""

from dataclasses import dataclass

from sluitend.journeys.cases.journey import REFERRAL_LIST
from sluitend.journeys.referrals.journey import REFERRAL_RECEIVED_LIST
from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may


@dataclass(frozen=True)
class CodeFound:
    """A referral that the actor's organisation sent or received, with the code that was sought."""

    code: str
    received: bool
    closed: bool


def by_code(actor: Actor, code: str) -> list[CodeFound]:
    """Return the referrals with this code on the sides on which the actor may look."""
    own, found = actor.own_organisation, []
    if may(actor, REFERRAL_LIST):
        sent = Referral.objects.filter(organisation_id=own, code=code)
        found += [CodeFound(row.code, False, row.closed is not None) for row in sent]
    if may(actor, REFERRAL_RECEIVED_LIST):
        got = Referral.objects.filter(recipient_id=own, code=code)
        found += [CodeFound(row.code, True, row.recipient_closed is not None) for row in got]
    return found
