"""Who told something, for the one question whether words name them. Nothing of it is shown."""

from collections.abc import Iterable
from uuid import UUID

from sluitend.journeys.reports.content import ReportContent
from sluitend.journeys.reports.journey import REPORT_READ
from sluitend.journeys.reports.models import Anonymity, Report
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.sealing.envelopes import open_envelopes
from sluitend.kernel.telltale import Hidden


def reporters(report_ids: Iterable[UUID], actor: Actor) -> tuple[Hidden, ...]:
    """Return who told these reports, as what can be compared and not be read."""
    own = Report.objects.filter(
        pk__in=list(report_ids), organisation_id=actor.own_organisation, envelope__isnull=False
    ).exclude(anonymity=Anonymity.ANONYMOUS)
    found = {row.envelope_id: row for row in own if row.envelope_id}
    envelopes = open_envelopes(found, actor=actor, purpose=REPORT_READ) if found else {}
    read = (envelope.read(found[key], "content") for key, envelope in envelopes.items())
    kept = [ReportContent.from_json(each).reporter for each in read]
    return tuple(Hidden.from_kept(each) for each in kept if each)
