"""What was seen at a place by whoever went there, for others who work on that place."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from sluitend.journeys.visits.journey import VISIT_RELEASE
from sluitend.journeys.visits.models import Visit, VisitToken
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.ledger.actions import record_many
from sluitend.kernel.manifest import FoundThere
from sluitend.kernel.sealing.envelopes import open_envelopes

MOST = 20


def found_at(case_id: UUID, tokens: Collection[UUID], actor: Actor) -> list[FoundThere]:
    """Return what was written down of visits that are done, the last day first; opened and logged.

    Args:
        case_id: of the case for which they were planned.
        tokens: of addresses, companies and plates, of this organisation: whoever planned a visit there.
        actor: a focal point or deputy.
    """
    require_role(actor, VISIT_RELEASE)
    there = VisitToken.objects.filter(organisation_id=actor.own_organisation, token__in=list(tokens))
    done = Visit.objects.filter(
        Q(case_id=case_id) | Q(pk__in=there.values("visit_id")),
        organisation_id=actor.own_organisation,
        found__isnull=False,
    )
    rows = list(done.order_by("-day", "id")[:MOST])
    envelopes = open_envelopes(
        [row.envelope_id for row in rows], actor=actor, purpose=VISIT_RELEASE, of=[Visit]
    )
    readable = [row for row in rows if row.envelope_id in envelopes]
    record_many(
        actor=actor,
        action=VISIT_RELEASE,
        subjects=[(row.KIND, row.id) for row in readable],
        activity=Visit.ACTIVITY,
        purpose="read",
    )
    return [
        FoundThere(
            row.id,
            row.code,
            row.get_kind_display(),
            row.day,
            envelopes[row.envelope_id].read(row, "found"),
        )
        for row in readable
    ]
