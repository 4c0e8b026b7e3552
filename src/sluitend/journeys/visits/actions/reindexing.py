"""Index planned visits and wait requests anew, when a municipality gets a new key of search.

Both find each other by their tokens, and so does what the database refuses to release. While the key is
renewed each has tokens of the former key as well, until all have those of the present one.
"""

from uuid import UUID

from django.db.models import QuerySet

from sluitend.journeys.visits import places
from sluitend.journeys.visits.actions import writing
from sluitend.journeys.visits.models import Visit, VisitToken, WaitRequest, WaitRequestToken
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Refused
from sluitend.kernel.sealing.envelopes import open_envelopes
from sluitend.kernel.sealing.errors import SealBroken

BATCH = 100
type Pairs = list[tuple[str, UUID]]


def reindex_visits(actor: Actor, *, after: UUID | None = None) -> tuple[UUID | None, int]:
    """Give a batch of visits the tokens of the keys that there are now, in the present transaction.

    Args:
        actor: the system, acting for one organisation. Running it twice changes nothing.
        after: the last visit of the batch before.

    Returns:
        The last visit of this batch, None when that was the end, and how many had other tokens.

    Raises:
        Refused: somebody else than the system asks.
    """
    writing.lock(_own(actor))
    wanted, _shut, last = _tokens(Visit.objects.all(), actor, "planned.index", after)
    present = VisitToken.objects.filter(visit_id__in=wanted)
    changed = _changed(wanted, present.values_list("visit_id", "kind", "token"))
    present.filter(visit_id__in=changed).delete()
    VisitToken.objects.bulk_create(
        VisitToken(organisation_id=actor.own_organisation, visit_id=each, kind=kind, token=token)
        for each in changed
        for kind, token in wanted[each]
    )
    return last, len(changed)


def reindex_wait_requests(actor: Actor, *, after: UUID | None = None) -> tuple[UUID | None, int]:
    """Give a batch of wait requests that bind this municipality the tokens of the keys that there are now.

    One without tokens as yet is left to `index_wait_requests`, which also lets what is released wait again.
    One that does not open would be found under no key that there is: it counts as one without tokens from
    now on, so that nothing is released before somebody looked.

    Args:
        actor: the system, acting for one organisation. Running it twice changes nothing.
        after: the last wait request of the batch before.

    Returns:
        The last wait request of this batch, None when that was the end, and how many had other tokens.

    Raises:
        Refused: somebody else than the system asks.
    """
    writing.lock(_own(actor))
    wanted, shut, last = _tokens(
        WaitRequest.objects.filter(indexed__isnull=False), actor, "wait_request.index", after
    )
    unknown = WaitRequest.objects.filter(pk__in=shut, state__in=WaitRequest.BINDING).update(indexed=None)
    present = WaitRequestToken.objects.filter(wait_request_id__in=wanted)
    changed = _changed(wanted, present.values_list("wait_request_id", "kind", "token"))
    present.filter(wait_request_id__in=changed).delete()
    WaitRequestToken.objects.bulk_create(
        WaitRequestToken(organisation_id=actor.own_organisation, wait_request_id=each, kind=kind, token=token)
        for each in changed
        for kind, token in wanted[each]
    )
    return last, len(changed) + unknown


def _own(actor: Actor) -> UUID:
    if actor.kind != "system":
        raise Refused
    return actor.own_organisation


def _tokens[R: (Visit, WaitRequest)](
    found: QuerySet[R], actor: Actor, purpose: str, after: UUID | None
) -> tuple[dict[UUID, Pairs], list[UUID], UUID | None]:
    """Return which tokens each row of a batch must have, which do not open, and the last of the batch."""
    found = found.filter(organisation_id=actor.own_organisation, content__isnull=False)
    if after:
        found = found.filter(pk__gt=after)
    batch = list(found.order_by("pk")[:BATCH])
    envelopes = open_envelopes([row.envelope_id for row in batch], actor=actor, purpose=purpose)
    wanted, shut = dict[UUID, Pairs](), list[UUID]()
    for row in (each for each in batch if each.envelope_id in envelopes):
        try:
            place = places.Place.from_json(envelopes[row.envelope_id].read(row, "content"))
        except SealBroken:
            shut.append(row.id)
        else:
            wanted[row.id] = places.tokens(row.organisation_id, place)
    return wanted, shut, batch[-1].id if batch else None


def _changed(
    wanted: dict[UUID, Pairs], present: QuerySet[VisitToken | WaitRequestToken, tuple[UUID, str, UUID]]
) -> list[UUID]:
    has: dict[UUID, set[tuple[str, UUID]]] = {}
    for row_id, kind, token in present:
        has.setdefault(row_id, set()).add((kind, token))
    return [row_id for row_id, pairs in wanted.items() if set(pairs) != has.get(row_id, set())]
