"""What the municipality writes to a reporter, and what it does with what comes back."""

from uuid import UUID, uuid4

from django.db.models import Max
from django.utils import timezone

from sluitend.journeys.reports.models import Mailbox, MailboxMessage, Report
from sluitend.kernel.sealing.envelopes import OpenEnvelope


def add_message(row: Report, envelope: OpenEnvelope, text: str, kind: str) -> UUID | None:
    """Put a message in a report's mailbox, sealed to both sides. Returns its id, or None without a box."""
    box = Mailbox.objects.filter(report_id=row.id).first()
    if box is None:
        return None
    number = MailboxMessage.objects.filter(report_id=row.id).aggregate(most=Max("number"))["most"] or 0
    message = MailboxMessage(
        id=uuid4(),
        organisation_id=row.organisation_id,
        mailbox_id=box.id,
        report_id=row.id,
        number=number + 1,
        direction=MailboxMessage.Direction.OUT,
        kind=kind,
        day=timezone.localdate(),
    )
    envelope.seal(message, "text", text)
    message.save(force_insert=True)
    return message.id
