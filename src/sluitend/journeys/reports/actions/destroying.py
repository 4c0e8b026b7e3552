"""The end of a report: its words, reporter, mailbox and tokens go; the row stays to be counted."""

from collections.abc import Collection
from uuid import UUID

from sluitend.journeys.reports.actions.handling import load, note
from sluitend.journeys.reports.journey import REPORT_INTAKE
from sluitend.journeys.reports.models import (
    Mailbox,
    MailboxMessage,
    Report,
    ReporterIdentity,
    ReportToken,
)
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.followup.actions import finish_open
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
    # Who was asked to look along has nothing to look at any more.
    finish_open(subject_id=row.id, actor=actor)
    note(actor, "report.destroy", row)


def destroy_again(envelope_ids: Collection[UUID]) -> tuple[int, tuple[str, ...]]:
    """Destroy again, after a restore, what hangs on a report: reporter, mailbox and the tokens that find it.

    The envelope alone is not enough. A report that was still open in the backup cannot be empty: it loses its
    keys like everything else, and a person closes it.

    Returns:
        How many reports, and the codes of those that were open.
    """
    rows = list(Report.objects.filter(envelope_id__in=envelope_ids))
    closed = [row for row in rows if row.closed is not None]
    for row in closed:
        with acting(system_actor(row.organisation_id)) as actor:
            destroy_report(row.id, actor=actor)
    return len(closed), tuple(row.code for row in rows if row.closed is None)
