"""Copying a file of a report for whoever gets it: a partner with a referral, a municipality with a case."""

from uuid import UUID

from sluitend.journeys.reports.journey import ATTACHMENT_READ
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.sealing.attachments import clean_copy
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope
from sluitend.kernel.sealing.models import Attachment


def copy_attachment(
    attachment_id: UUID,
    *,
    actor: Actor,
    target: OpenEnvelope,
    recipient_id: UUID | None,
    owner_kind: str,
    owner_id: UUID,
) -> UUID:
    """Put a clean copy of an attachment in the envelope of what goes; the original stays.

    Args:
        attachment_id: of the actor's own organisation.
        target: the open envelope of what goes.
        recipient_id: who receives it; None when it goes by a way outside Sluitend.
        owner_kind, owner_id: what the copy belongs to.

    Returns:
        The id of the copy.

    Raises:
        FileRefused: this file cannot be cleaned.
    """
    require_role(actor, ATTACHMENT_READ)
    original = Attachment.objects.get(pk=attachment_id, organisation_id=actor.own_organisation)
    envelope = open_envelope(original.envelope_id, actor=actor, purpose=ATTACHMENT_READ)
    copy = clean_copy(
        original, envelope, target=target, recipient_id=recipient_id, owner_kind=owner_kind, owner_id=owner_id
    )
    return copy.id
