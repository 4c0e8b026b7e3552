"""The end of a report: its words, reporter, mailbox and tokens go; the row stays to be counted."""

from uuid import UUID

from sluitend.journeys.reports.actions.handling import load, note
from sluitend.journeys.reports.journey import REPORT_INTAKE
from sluitend.journeys.reports.models import Mailbox, MailboxMessage, Report, ReporterIdentity, ReportToken
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.sealing.envelopes import destroy


def destroy_report(report_id: UUID, *, actor: Actor) -> None:
    """Destroy what a closed report holds. What stays is a count: kind, day, state and outcome.

    Raises:
        DomainError: it is still open.
    """
    row = load(report_id, actor, REPORT_INTAKE).row
    if row.closed is None:
        raise DomainError("an open report is not destroyed")
    envelopes = [
        row.envelope_id,
        *ReporterIdentity.objects.filter(report_id=row.id).values_list("envelope_id", flat=True),
    ]
    # First: as long as the database does not know them as destroyed, it lets nobody empty a row.
    for envelope_id in filter(None, envelopes):
        destroy(envelope_id)
    for table in (ReportToken, ReporterIdentity, MailboxMessage, Mailbox):
        table.objects.filter(report_id=row.id, organisation_id=row.organisation_id).delete()
    Report.objects.filter(pk=row.pk).update(content=None, decision=None, envelope_id=None)
    note(actor, "report.destroy", row)
