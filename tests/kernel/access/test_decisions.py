"""May these roles ever do this, and may this person do this to that, are two questions."""

from uuid import UUID, uuid4

import pytest

from sluitend.kernel.access.acting import NOBODY, Actor, system_actor
from sluitend.kernel.access.decisions import Resource, decide, may
from sluitend.kernel.manifest import FOCAL, Permission, Side
from sluitend.kernel.organisations.models import Role

HERE, THERE = uuid4(), uuid4()
OWN = Permission("own", FOCAL)
OTHER = Permission("other", FOCAL, Side.OTHER)
NONE = Permission("none", FOCAL, Side.NONE)
PUBLIC = Permission("public", FOCAL, Side.NONE, public=True)


def somebody(organisation: UUID | None, role: Role = Role.FOCAL_POINT) -> Actor:
    """Return somebody who works there in that role."""
    return Actor(account_id=uuid4(), organisation_id=organisation, roles=frozenset({role}))


@pytest.mark.parametrize("action", [OWN, OTHER, NONE])
def test_who_acts_for_no_organisation_may_nothing(action: Permission) -> None:
    nowhere = somebody(None)
    assert not may(nowhere, action)
    assert not decide(nowhere, action, Resource("case"))
    assert not decide(nowhere, action, Resource("case", HERE, HERE))


@pytest.mark.parametrize("action", [OWN, OTHER])
def test_a_matter_of_no_organisation_is_nobodys(action: Permission) -> None:
    for who in (somebody(HERE), system_actor(HERE)):
        assert may(who, action)
        assert not decide(who, action, Resource("case"))


def test_the_side_decides_and_so_does_the_role() -> None:
    between = Resource("referral", HERE, THERE)
    assert [decide(somebody(each), OWN, between) for each in (HERE, THERE)] == [True, False]
    assert [decide(somebody(each), OTHER, between) for each in (HERE, THERE)] == [False, True]
    assert not decide(somebody(HERE, Role.MANAGER), OWN, between)
    assert not may(somebody(HERE, Role.MANAGER), NONE)


def test_the_system_stands_on_either_side_of_what_is_of_its_organisation() -> None:
    for action in (OWN, OTHER):
        assert decide(system_actor(HERE), action, Resource("referral", HERE, THERE))
        assert decide(system_actor(THERE), action, Resource("referral", HERE, THERE))
        assert not decide(system_actor(uuid4()), action, Resource("referral", HERE, THERE))


def test_what_is_for_everybody_asks_no_role() -> None:
    assert may(NOBODY, PUBLIC)
    assert not may(NOBODY, NONE)
