"""Somebody of the municipality reads the sheet out by telephone and records that it was told."""

from sluitend.journeys.referrals.channels.base import Channel
from sluitend.journeys.referrals.models import Referral


class Phone(Channel):
    """By telephone."""

    id = Referral.Channel.PHONE
