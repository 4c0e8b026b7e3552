"""Index reports anew from what is in their envelopes, when an organisation gets a new key of search."""

from uuid import UUID

from sluitend.journeys.reports.actions.sweeping import report_tokens
from sluitend.journeys.reports.models import Report, ReportToken
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Refused
from sluitend.kernel.sealing.envelopes import open_envelopes
from sluitend.kernel.sealing.errors import SealBroken

BATCH = 200


def reindex_reports(actor: Actor, *, after: UUID | None = None) -> tuple[UUID | None, int]:
    """Give a batch of reports the tokens of the present key, in the present transaction.

    Args:
        actor: the system, acting for one organisation. Running it twice changes nothing.
        after: the last report of the batch before.

    Returns:
        The last report of this batch, None when that was the end, and how many had other tokens.
    """
    if actor.kind != "system":
        raise Refused
    found = Report.objects.filter(organisation_id=actor.own_organisation, swept=True, envelope__isnull=False)
    if after:
        found = found.filter(pk__gt=after)
    # Held until the commit: a report that is destroyed meanwhile must not get its tokens back.
    rows = list(found.select_for_update(of=("self",)).order_by("pk")[:BATCH])
    envelopes = open_envelopes(
        [row.envelope_id for row in rows if row.envelope_id], actor=actor, purpose="report.index"
    )
    present: dict[UUID, set[tuple[str, UUID]]] = {}
    for token in ReportToken.objects.filter(report__in=rows):
        present.setdefault(token.report_id, set()).add((token.kind, token.token))
    changed, wanted = list[UUID](), list[ReportToken]()
    for row in rows:
        if row.envelope_id not in envelopes:
            continue
        try:
            tokens = report_tokens(row, envelopes[row.envelope_id])
        except SealBroken:  # its page says so; the others are indexed all the same
            continue
        if {(each.kind, each.token) for each in tokens} != present.get(row.id, set()):
            changed.append(row.id)
            wanted += tokens
    ReportToken.objects.filter(report_id__in=changed).delete()
    ReportToken.objects.bulk_create(wanted)
    return (rows[-1].id if rows else None), len(changed)
