"""The one place that says who may do what.

The database policies say *whose* rows somebody sees; the rule of a permission says what a role may do with
them. The rules stand in the `journey` of each app. The shape is that of AuthZEN: subject, action and resource
in; yes or no out. There are two questions: may these roles ever do this (`may`, of a page or a list), and may
this person do this to that (`decide`, of a matter).
"""

from dataclasses import dataclass
from uuid import UUID

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Refused
from sluitend.kernel.manifest import Permission, Side


@dataclass(frozen=True)
class Resource:
    """What is acted upon: its kind and the organisations on its two sides (a case has one side)."""

    kind: str
    organisation_id: UUID | None = None
    other_organisation_id: UUID | None = None
    id: UUID | None = None


def may(actor: Actor, action: Permission) -> bool:
    """Return whether the roles of this actor may ever do this, to whatever matter."""
    rule = action.rule
    if actor.kind == "system" or rule.public:
        return True
    return actor.organisation_id is not None and not actor.roles.isdisjoint(rule.roles)


def require_role(actor: Actor, action: Permission) -> None:
    """Raise `Refused` unless `may` says yes."""
    if not may(actor, action):
        raise Refused(str(action))


def decide(actor: Actor, action: Permission, resource: Resource) -> bool:
    """Return whether this actor may do this to this resource.

    Args:
        actor: who, acting for which organisation, in which roles.
        action: what.
        resource: on what; its organisations must match the side that the rule names.

    Returns:
        True or False; nothing is written. `require` raises and is what actions call.
    """
    side = action.rule.side
    if not may(actor, action):
        return False
    if side is Side.NONE:
        return True
    own, other = resource.organisation_id, resource.other_organisation_id
    wanted = {own, other} if actor.kind == "system" else {own} if side is Side.OWN else {other}
    return actor.organisation_id in wanted - {None}


def require(actor: Actor, action: Permission, resource: Resource) -> None:
    """Raise `Refused` unless `decide` says yes."""
    if not decide(actor, action, resource):
        raise Refused(str(action))
