"""What a care file holds, as it is sealed: the person, how to reach them, and what they agreed to."""

from sluitend.journeys.care_files.content.consents import (
    HELP,
    INTERPRETED,
    INTERVENTION,
    QUIET_DAYS,
    REGISTRATION,
    SHARE_ONE,
    SIGNED_WITHIN_DAYS,
    STATISTICS,
    THREE,
    Agreed,
    Asking,
    Consents,
    Share,
)
from sluitend.journeys.care_files.content.person import DAYS, WEEKEND, Attempt, Contact, Person, Rule
from sluitend.journeys.care_files.content.sealed import Sealed, day_of

__all__ = [
    "DAYS",
    "HELP",
    "INTERPRETED",
    "INTERVENTION",
    "QUIET_DAYS",
    "REGISTRATION",
    "SHARE_ONE",
    "SIGNED_WITHIN_DAYS",
    "STATISTICS",
    "THREE",
    "WEEKEND",
    "Agreed",
    "Asking",
    "Attempt",
    "Consents",
    "Contact",
    "Person",
    "Rule",
    "Sealed",
    "Share",
    "day_of",
]
