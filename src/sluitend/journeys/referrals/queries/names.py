"""To whom the referrals went that next steps are about, without opening one."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sluitend.journeys.referrals import words
from sluitend.journeys.referrals.models import Referral, ReferralOrigin
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Action, decide
from sluitend.kernel.handbook.queries import release


@dataclass(frozen=True)
class Sent:
    """A referral of the actor's organisation: its partner, its track and the case it comes from."""

    partner: str
    track: str
    case_id: UUID | None


def sent_names(actor: Actor, referral_ids: Collection[UUID]) -> dict[UUID, Sent]:
    """Return partner and case of the referrals among these subjects that the actor's organisation sent."""
    if not decide(actor, Action.REFERRAL_LIST) or not referral_ids:
        return {}
    own = actor.own_organisation
    cases = dict(
        ReferralOrigin.objects.filter(organisation_id=own, referral_id__in=referral_ids).values_list(
            "referral_id", "case_id"
        )
    )
    found = Referral.objects.filter(organisation_id=own, id__in=referral_ids)
    return {
        identity: Sent(words.partner(release(number).pack, partner), track, cases.get(identity))
        for identity, number, partner, track in found.values_list("id", "release_number", "partner", "track")
    }
