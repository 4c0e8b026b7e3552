"""The end of a visit or a wait request: what was typed and its tokens go; the row stays to be counted."""

from datetime import date

from django.db import connection

from sluitend.journeys.visits.actions import writing
from sluitend.journeys.visits.models import Visit, WaitRequest
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Refused
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.flow.verbs import note
from sluitend.kernel.sealing.envelopes import destroy

AT_ONCE = 500


def destroy_passed(*, actor: Actor, today: date) -> int:
    """Destroy the visits and wait requests of a municipality that ended and were kept long enough.

    What stays is a count: kind, day, state and who asked. One function of the database takes the words and
    the tokens, of what is closed and past its day only, so that no path through the code frees a place by it.

    Args:
        actor: the system, acting for the municipality.
        today: what was kept until before this day goes.

    Returns:
        How many there were.

    Raises:
        Refused: somebody else than the system asks.
    """
    if actor.kind != "system":
        raise Refused
    writing.lock(actor.own_organisation)  # nobody indexes anew what is destroyed
    due = {"organisation_id": actor.own_organisation, "retention_until__lt": today, "content__isnull": False}
    visits = Visit.objects.filter(**due).order_by("retention_until", "id")[:AT_ONCE]
    wait_requests = WaitRequest.objects.filter(**due).order_by("retention_until", "id")[:AT_ONCE]
    passed: list[Visit | WaitRequest] = [*visits, *wait_requests]
    gone = 0
    for row in passed:
        with fenced():
            gone += _destroyed(row, actor, today)
    return gone


def _destroyed(row: Visit | WaitRequest, actor: Actor, today: date) -> bool:
    is_wait_request = isinstance(row, WaitRequest)
    with connection.cursor() as cursor:
        cursor.execute("SELECT visits_forget(%s, %s, %s)", [row.id, is_wait_request, today])
        forgotten = bool(cursor.fetchone()[0])
    if forgotten:
        destroy(row.envelope_id)
        note(row, actor, f"{row.KIND}.destroy")
    return forgotten
