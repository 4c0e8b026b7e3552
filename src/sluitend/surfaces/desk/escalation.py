"""What climbs: what a municipality chose for late steps, and what the region sees of it."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.followup.journey import ESCALATION_CHOOSE
from sluitend.kernel.followup.models import EscalationChoice
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.models import Organisation, Role
from sluitend.kernel.organisations.queries import organisation_names
from sluitend.surfaces.desk.journey import ACCOUNT_MANAGE

LONGEST: dict[int, str | Promise] = {
    1: _("tot een week"),
    2: _("een tot twee weken"),
    3: _("langer dan twee weken"),
}


def choose(escalates_to: str, actor: Actor) -> None:
    """Choose where a late step goes after the manager."""
    require_role(actor, ESCALATION_CHOOSE)
    _change(actor, escalates_to=escalates_to)


def set_picket(*, name: str, mail: str, telephone: str, actor: Actor) -> None:
    """Say who can be reached day and night when nobody else can; empty for nobody."""
    require_role(actor, ACCOUNT_MANAGE)
    if actor.organisation_kind != Organisation.Kind.MUNICIPALITY:
        raise Absent
    _change(actor, picket_name=name, picket_mail=mail, picket_telephone=telephone)


def _change(actor: Actor, **values: str) -> None:
    row, _new = EscalationChoice.objects.update_or_create(
        organisation_id=actor.own_organisation, defaults=values
    )
    record(actor=actor, action="escalation.changed", subject=("escalation", row.id), activity="opvolging")


@dataclass(frozen=True)
class WaitsSomewhere:
    """A municipality that lets the region see that something waits: how much and how long, never what."""

    name: str
    number: int | None
    longest: str


def waits_in_the_region(actor: Actor) -> list[WaitsSomewhere]:
    """Return where something waits longer than agreed, of the municipalities that chose to show it."""
    if Role.REGIONAL_COORDINATOR not in actor.roles:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT place, number, longest FROM region_waiting()")
        rows: list[tuple[UUID, int | None, int]] = cursor.fetchall()
    names = organisation_names(place for place, _number, _longest in rows)
    found = [WaitsSomewhere(names[place], number, str(LONGEST[longest])) for place, number, longest in rows]
    return sorted(found, key=lambda each: each.name)
