"""Who receives requests for help: the partner that does care coordination, once somebody reads there."""

from uuid import UUID

from django.db import connection
from django.utils import timezone

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup.duty import duty_day
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Role


def receiver(pack: Pack) -> UUID | None:
    """Return the organisation that receives them, or None. The public pages may ask too."""
    partner = pack.care_coordination
    if partner is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT care_receives(%s)", [partner.id])
        found: UUID | None = cursor.fetchone()[0]
    return found


def on_call_number(pack: Pack) -> str:
    """Return the number of who is on call now where requests are received; empty while nobody is.

    The public pages may ask too: it is what the asker is told.
    """
    partner = pack.care_coordination
    if partner is None:
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT care_on_call(%s, %s)", [partner.id, duty_day(timezone.now())])
        found: str | None = cursor.fetchone()[0]
    return found or ""


def does_care(actor: Actor) -> bool:
    """Return whether this person works at the organisation that does care coordination now."""
    if Role.PARTNER not in actor.roles:
        return False
    partner = current_release().pack.care_coordination
    return partner is not None and partner.id == actor.organisation_code
