"""What municipalities ask of care coordination: advice without a name, or help for a person."""

from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.handbook.guidance import Track, Verb
from sluitend.kernel.handbook.pack import Pack


def coordinates(pack: Pack, partner_id: str) -> bool:
    """Return whether a partner does care coordination."""
    found = pack.care_coordination
    return found is not None and found.id == partner_id


def hands_over(row: Referral) -> bool:
    """Return whether a referral hands a person over to care coordination: help is asked."""
    return _is_of(row, Verb.REFER)


def consults(row: Referral) -> bool:
    """Return whether a referral asks care coordination for advice, without a name."""
    return _is_of(row, Verb.ASK)


def _is_of(row: Referral, verb: Verb) -> bool:
    return row.verb == verb and row.track == Track.PERSON and coordinates(row.pack, row.partner)
