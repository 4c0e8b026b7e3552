"""The first walk of each role: a few short steps in an invented case, which touches no matter."""

from __future__ import annotations

from collections.abc import Mapping

from sluitend.kernel.organisations.models import Role
from sluitend.surfaces.desk.walks.casework import FOCAL_POINT
from sluitend.surfaces.desk.walks.chain import CARE, INSPECTOR, PARTNER
from sluitend.surfaces.desk.walks.keeping import ADMINISTRATOR, MANAGER, PRIVACY_OFFICER, REGION
from sluitend.surfaces.desk.walks.reporting import REPORTER
from sluitend.surfaces.desk.walks.shapes import Picture, Walk, WalkStep

__all__ = ["EVERY_WALK", "OF_ROLE", "Picture", "Walk", "WalkStep", "walks_for"]

OF_ROLE: Mapping[Role, Walk] = {
    Role.FOCAL_POINT: FOCAL_POINT,
    Role.DEPUTY: FOCAL_POINT,
    Role.INSPECTOR: INSPECTOR,
    Role.PARTNER: PARTNER,
    Role.MANAGER: MANAGER,
    Role.PRIVACY_OFFICER: PRIVACY_OFFICER,
    Role.ADMINISTRATOR: ADMINISTRATOR,
    Role.REGIONAL_COORDINATOR: REGION,
    Role.REPORTER: REPORTER,
}
"""The walk of each role; who coordinates care at a partner has one of their own."""

EVERY_WALK = (*dict.fromkeys(OF_ROLE.values()), CARE)


def walks_for(roles: frozenset[Role], *, care: bool) -> tuple[Walk, ...]:
    """Return the walks of somebody with these roles, each once.

    Args:
        care: whether they work where care is coordinated.
    """
    own = (OF_ROLE[role] for role in OF_ROLE if role in roles)
    return tuple(dict.fromkeys(CARE if care and walk is PARTNER else walk for walk in own))
