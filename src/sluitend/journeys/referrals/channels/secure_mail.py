"""The municipality sends the sheet with its own secure mail and records that it went."""

from sluitend.journeys.referrals.channels.base import Channel
from sluitend.journeys.referrals.models import Referral


class SecureMail(Channel):
    """The municipality's own secure mail."""

    id = Referral.Channel.SECURE_MAIL
