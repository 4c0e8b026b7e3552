"""What a municipality chose for late steps, and who is reached when nobody else can be."""

from sluitend.journeys.administration.journey import ACCOUNT_MANAGE, ESCALATION_CHOOSE
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.followup.escalation import WITH_PICKET
from sluitend.kernel.followup.models import EscalationChoice
from sluitend.kernel.ledger.actions import record


def choose_escalation(escalates_to: str, actor: Actor) -> None:
    """Choose where a late step goes after the manager."""
    require_role(actor, ESCALATION_CHOOSE)
    _change(actor, escalates_to=escalates_to)


def set_picket(*, name: str, mail: str, telephone: str, actor: Actor) -> None:
    """Say who can be reached day and night when nobody else can; empty for nobody."""
    require_role(actor, ACCOUNT_MANAGE)
    if actor.organisation_kind not in WITH_PICKET:
        raise Absent
    _change(actor, picket_name=name, picket_mail=mail, picket_telephone=telephone)


def _change(actor: Actor, **values: str) -> None:
    row, _new = EscalationChoice.objects.update_or_create(
        organisation_id=actor.own_organisation, defaults=values
    )
    record(actor=actor, action="escalation.changed", subject=("escalation", row.id), activity="opvolging")
