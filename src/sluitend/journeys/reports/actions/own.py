"""What somebody who is signed in keeps in their own organisation: receipts, and what they were typing."""

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from sluitend.journeys.reports.models import DRAFT_HOURS, Draft, RememberedReceipt
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Action, require
from sluitend.kernel.sealing.envelopes import create_envelope, destroy, open_envelope

PURPOSE = "report.own"


def remember_receipt(*, receipt: str, kind: str, actor: Actor, account_id: uuid.UUID | None = None) -> None:
    """Keep a receipt for an account, sealed for its own organisation: its reports are found after signing in.

    Args:
        receipt: the code.
        kind: what it is for.
        actor: whoever filed; the system when a mark became a report by itself.
        account_id: for whom, when the system acts.
    """
    owner = account_id or actor.own_account
    require(actor, Action.REPORT_REMEMBERED)
    envelope = create_envelope(organisation_id=actor.own_organisation)
    row = RememberedReceipt(
        organisation_id=actor.own_organisation,
        account_id=owner,
        envelope_id=envelope.id,
        day=timezone.localdate(),
    )
    envelope.seal(row, "receipt", {"code": receipt, "kind": kind})
    row.save(force_insert=True)


def save_draft(*, form: str, content: dict[str, Any], actor: Actor) -> None:
    """Keep what somebody is typing, for a day, for them alone."""
    require(actor, Action.OWN_ACCOUNT)
    row = _draft(form, actor)
    if row is None:
        envelope = create_envelope(organisation_id=actor.own_organisation)
        row = Draft(
            organisation_id=actor.own_organisation,
            account_id=actor.own_account,
            form=form,
            envelope_id=envelope.id,
            revision=0,
        )
    else:
        envelope = open_envelope(row.envelope_id, actor=actor, purpose=PURPOSE)
    row.revision += 1
    row.until = timezone.now() + timedelta(hours=DRAFT_HOURS)
    envelope.seal(row, "content", content)
    row.save()


def drop_draft(*, form: str, actor: Actor) -> None:
    """Forget a draft: it was sent, or its writer starts anew."""
    row = _draft(form, actor)
    if row is not None:
        forget_draft(row)


def forget_draft(row: Draft) -> None:
    """Delete a draft with its envelope."""
    envelope_id = row.envelope_id
    row.delete()
    destroy(envelope_id, why="draft")


def _draft(form: str, actor: Actor) -> Draft | None:
    # Locked: sending a form drops its draft while the page may still be saving it.
    return (
        Draft.objects.select_for_update()
        .filter(organisation_id=actor.own_organisation, account_id=actor.own_account, form=form)
        .first()
    )
