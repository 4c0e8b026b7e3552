"""What somebody who is signed in keeps in their own organisation: receipts."""

import uuid

from django.utils import timezone

from sluitend.journeys.reports.journey import REPORT_REMEMBERED
from sluitend.journeys.reports.models import RememberedReceipt
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.sealing.envelopes import create_envelope


def remember_receipt(*, receipt: str, kind: str, actor: Actor, account_id: uuid.UUID | None = None) -> None:
    """Keep a receipt for an account, sealed for its own organisation: its reports are found after signing in.

    Args:
        receipt: the code.
        kind: what it is for.
        actor: whoever filed; the system when a mark became a report by itself.
        account_id: for whom, when the system acts.
    """
    owner = account_id or actor.own_account
    require_role(actor, REPORT_REMEMBERED)
    envelope = create_envelope(organisation_id=actor.own_organisation)
    row = RememberedReceipt(
        organisation_id=actor.own_organisation,
        account_id=owner,
        envelope_id=envelope.id,
        day=timezone.localdate(),
    )
    envelope.seal(row, "receipt", {"code": receipt, "kind": kind})
    row.save(force_insert=True)
