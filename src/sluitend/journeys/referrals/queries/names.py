"""To whom the referrals went that next steps are about, without opening one."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from sluitend.journeys.cases.journey import REFERRAL_LIST
from sluitend.journeys.referrals import words
from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may
from sluitend.kernel.handbook.queries import release
from sluitend.kernel.prepared import Given, Prepared, among


@dataclass(frozen=True)
class Sent:
    """A referral of the actor's organisation: its partner, its track and the case it comes from."""

    partner: str
    track: str
    case_id: UUID | None


def sent_names(actor: Actor, referral_ids: Collection[UUID]) -> dict[UUID, Sent]:
    """Return partner and case of the referrals among these subjects that the actor's organisation sent."""
    if not may(actor, REFERRAL_LIST) or not referral_ids:
        return {}
    rows = _sent().rows(organisation=actor.own_organisation, ids=list(referral_ids))
    return {
        identity: Sent(words.partner(release(number).pack, partner), track, case_id)
        for identity, number, partner, track, case_id in rows
    }


@cache
def _sent() -> Prepared:
    found = Referral.objects.filter(organisation_id=Given("organisation"), id=among("ids"))
    return Prepared(found.values_list("id", "release_number", "partner", "track", "origin__case_id"))
