"""Finding the rows of visits and wait requests: what actions and queries share.

Absent and forbidden look alike; what was destroyed after its term is there no more.
"""

from django.db.models import QuerySet

from sluitend.journeys.visits.journey import WAIT_REQUEST_ASKED
from sluitend.journeys.visits.models import Visit, WaitRequest
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require, require_role
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.manifest import FOCAL, Permission


def find_visit(code: str, actor: Actor, action: Permission) -> Visit:
    """Return a visit of the actor's organisation; who plans sees only their own, a focal point all.

    Raises:
        Absent: there is none.
        Refused: the role may not do this.
    """
    rows = Visit.objects.filter(organisation_id=actor.own_organisation, code=code)
    if not actor.roles & FOCAL:
        rows = rows.filter(planner_id=actor.own_account)
    return _found(rows, actor, action)


def find_wait_request(code: str, actor: Actor, action: Permission) -> WaitRequest:
    """Return a wait request that binds the actor's organisation.

    Raises:
        Absent: there is none.
        Refused: the role may not do this.
    """
    rows = WaitRequest.objects.filter(organisation_id=actor.own_organisation, code=code)
    return _found(rows, actor, action)


def find_asked(code: str, actor: Actor) -> WaitRequest:
    """Return a wait request that the actor's organisation asked for.

    Raises:
        Absent: there is none.
        Refused: the role may not do this.
    """
    rows = WaitRequest.objects.filter(asker_id=actor.organisation_id, code=code)
    return _found(rows, actor, WAIT_REQUEST_ASKED)


def _found[Row: (Visit, WaitRequest)](rows: QuerySet[Row], actor: Actor, action: Permission) -> Row:
    require_role(actor, action)
    row = rows.filter(content__isnull=False).first()
    if row is None:
        raise Absent
    require(actor, action, row.resource())
    return row
