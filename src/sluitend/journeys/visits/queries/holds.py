"""What others must know of wait requests before anything happens at a place: that there is one."""

from collections.abc import Collection
from uuid import UUID

from sluitend.journeys.visits.models import WaitRequest, WaitRequestToken


def wait_requests_about(organisation_id: UUID, tokens: Collection[UUID]) -> list[str]:
    """Return the codes of the wait requests that bind and are about one of these values, the first one first.

    Args:
        organisation_id: of the municipality that they bind.
        tokens: of addresses, companies and plates, of that municipality.
    """
    about = WaitRequestToken.objects.filter(organisation_id=organisation_id, token__in=list(tokens))
    rows = WaitRequest.objects.filter(
        organisation_id=organisation_id,
        state__in=WaitRequest.BINDING,
        pk__in=about.values("wait_request_id"),
    )
    return list(rows.order_by("asked_at", "id").values_list("code", flat=True))
