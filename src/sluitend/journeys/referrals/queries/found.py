"""Rows that verbs and pages share: what is open with a partner, and from which case a referral comes."""

from django.db.models import QuerySet

from sluitend.journeys.referrals.answers import OPEN_STATES
from sluitend.journeys.referrals.models import Referral, ReferralOrigin
from sluitend.kernel.access.acting import Actor


def open_with(partner: str, actor: Actor) -> QuerySet[Referral]:
    """Return what the actor's organisation has open with a partner and is there already, the oldest first."""
    return Referral.objects.filter(
        organisation_id=actor.own_organisation,
        partner=partner,
        closed__isnull=True,
        state__in=OPEN_STATES,
        went_on__isnull=False,
    ).order_by("sent", "id")


def origin_of(row: Referral) -> ReferralOrigin:
    """Return from which case a referral comes; only the sender has a row to find."""
    return ReferralOrigin.objects.get(organisation_id=row.organisation_id, referral_id=row.id)
