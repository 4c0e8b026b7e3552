"""Finding and logging the rows of visits and wait requests: what actions and queries share."""

from uuid import UUID

from sluitend.journeys.visits.journey import PLANNED, WAIT_REQUEST, WAIT_REQUEST_ASKED
from sluitend.journeys.visits.models import Visit, WaitRequest
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Resource, require, require_role
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.manifest import FOCAL, Permission

ACTIVITY = "contacten"
"""Id of the processing activity in the register."""


def find_visit(code: str, actor: Actor, action: Permission) -> Visit:
    """Return a visit of the actor's organisation; who plans sees only their own, a focal point all.

    Raises:
        Absent: there is none. Absent and forbidden look alike.
        Refused: the role may not do this.
    """
    require_role(actor, action)
    rows = Visit.objects.filter(organisation_id=actor.own_organisation, code=code, content__isnull=False)
    if not actor.roles & FOCAL:
        rows = rows.filter(planner_id=actor.own_account)
    row = rows.first()
    if row is None:
        raise Absent
    require(actor, action, Resource("planned", row.organisation_id, id=row.id))
    return row


def find_wait_request(code: str, actor: Actor, action: Permission) -> WaitRequest:
    """Return a wait request that binds the actor's organisation.

    Raises:
        Absent: there is none. Absent and forbidden look alike.
        Refused: the role may not do this.
    """
    require_role(actor, action)
    row = WaitRequest.objects.filter(
        organisation_id=actor.own_organisation, code=code, content__isnull=False
    ).first()
    if row is None:
        raise Absent
    require(actor, action, Resource("wait_request", row.organisation_id, row.asker_id, row.id))
    return row


def find_asked(code: str, actor: Actor) -> WaitRequest:
    """Return a wait request that the actor's organisation asked for.

    Raises:
        Absent: there is none. Absent and forbidden look alike.
        Refused: the role may not do this.
    """
    row = WaitRequest.objects.filter(asker_id=actor.organisation_id, code=code, content__isnull=False).first()
    if row is None:
        raise Absent
    require(actor, WAIT_REQUEST_ASKED, Resource("wait_request", row.organisation_id, row.asker_id, row.id))
    return row


def note(
    row: Visit | WaitRequest,
    *,
    actor: Actor,
    action: str,
    purpose: str = "",
    organisation_id: UUID | None = None,
) -> None:
    """Write the ledger line of something that was done to, or read of, a visit or a wait request."""
    record(
        actor=actor,
        action=action,
        subject=(PLANNED if isinstance(row, Visit) else WAIT_REQUEST, row.id),
        activity=ACTIVITY,
        purpose=purpose,
        organisation_id=organisation_id,
        revision=row.turn,
    )
