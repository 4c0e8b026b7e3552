"""Who works where: regions, organisations, accounts and their roles.

These tables say nothing about any matter.
"""

from sluitend.kernel.organisations.models.house_style import HouseStyle
from sluitend.kernel.organisations.models.people import Account, AccountManager, Invitation, weekdays
from sluitend.kernel.organisations.models.places import PLATFORM_ID, Organisation, Region, Subregion
from sluitend.kernel.organisations.models.roles import (
    CONFIRMERS,
    CONTENT_ROLES,
    DOES_CASES,
    FOUNDED,
    NEEDS_SECOND,
    STANDS_IN,
    Membership,
    MembershipQuerySet,
    Role,
)
from sluitend.kernel.organisations.models.standing_in import (
    Absence,
    PoolAgreement,
    PoolMember,
    Team,
    TeamMember,
)

__all__ = [
    "CONFIRMERS",
    "CONTENT_ROLES",
    "DOES_CASES",
    "FOUNDED",
    "NEEDS_SECOND",
    "PLATFORM_ID",
    "STANDS_IN",
    "Absence",
    "Account",
    "AccountManager",
    "HouseStyle",
    "Invitation",
    "Membership",
    "MembershipQuerySet",
    "Organisation",
    "PoolAgreement",
    "PoolMember",
    "Region",
    "Role",
    "Subregion",
    "Team",
    "TeamMember",
    "weekdays",
]
