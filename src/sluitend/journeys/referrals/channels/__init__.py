"""The ways to reach a partner, each a module. What differs between two ways stands there and nowhere else."""

from collections.abc import Mapping
from uuid import UUID

from sluitend.journeys.referrals import words
from sluitend.journeys.referrals.channels.account import Account
from sluitend.journeys.referrals.channels.base import Channel
from sluitend.journeys.referrals.channels.phone import Phone
from sluitend.journeys.referrals.channels.pickup import PickupPage, end_passed, end_pickups
from sluitend.journeys.referrals.channels.secure_mail import SecureMail
from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.flow.models import State
from sluitend.kernel.handbook.guidance import Partner

CHANNELS: Mapping[str, Channel] = {each.id: each for each in (Account(), SecureMail(), Phone(), PickupPage())}
USUAL = SecureMail.id
"""How a partner is reached of whom the handbook names no way."""


def channel_of(row: Referral) -> Channel:
    """Return the way in which a referral goes."""
    return CHANNELS[row.channel]


def state_of(row: Referral, partner: str) -> str:
    """Return the state of a sent referral as a sentence: what is, and whether the partner has it yet."""
    if row.went_on is None and row.state == State.SENT:
        return channel_of(row).not_gone()
    return words.state(row, partner)


def ways_to(partner: Partner, organisation_id: UUID | None) -> tuple[str, ...]:
    """Return the ids of the ways to a partner, the first one proposed: signing in, then as the handbook says.

    Args:
        partner: as the handbook knows it.
        organisation_id: its organisation, when somebody there can sign in today.
    """
    order = [Account.id, *partner.channels, *CHANNELS]
    known = dict.fromkeys(each for each in order if each in CHANNELS)
    ways = tuple(str(each) for each in known if CHANNELS[each].reaches(partner, organisation_id))
    return ways or (str(USUAL),)


__all__ = ["CHANNELS", "Channel", "channel_of", "end_passed", "end_pickups", "state_of", "ways_to"]
