"""Index planned visits and holds anew, when a municipality gets a new key of search.

Both find each other by their tokens, and so does what the database refuses to release. While the key is
renewed each has tokens of the former key as well, until all have those of the present one.
"""

from uuid import UUID

from django.db.models import QuerySet

from sluitend.journeys.visits import places, rows
from sluitend.journeys.visits.models import Hold, HoldToken, Visit, VisitToken
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Refused
from sluitend.kernel.sealing.envelopes import open_envelopes

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
    rows.lock(_own(actor))
    wanted, last = _tokens(Visit.objects.all(), actor, "planned.index", after)
    present = VisitToken.objects.filter(visit_id__in=wanted)
    changed = _changed(wanted, present.values_list("visit_id", "kind", "token"))
    present.filter(visit_id__in=changed).delete()
    VisitToken.objects.bulk_create(
        VisitToken(organisation_id=actor.own_organisation, visit_id=each, kind=kind, token=token)
        for each in changed
        for kind, token in wanted[each]
    )
    return last, len(changed)


def reindex_holds(actor: Actor, *, after: UUID | None = None) -> tuple[UUID | None, int]:
    """Give a batch of holds that bind this municipality the tokens of the keys that there are now.

    One without tokens as yet is left to `index_holds`, which also lets what is released wait again.

    Args:
        actor: the system, acting for one organisation. Running it twice changes nothing.
        after: the last hold of the batch before.

    Returns:
        The last hold of this batch, None when that was the end, and how many had other tokens.

    Raises:
        Refused: somebody else than the system asks.
    """
    rows.lock(_own(actor))
    wanted, last = _tokens(Hold.objects.filter(indexed__isnull=False), actor, "hold.index", after)
    present = HoldToken.objects.filter(hold_id__in=wanted)
    changed = _changed(wanted, present.values_list("hold_id", "kind", "token"))
    present.filter(hold_id__in=changed).delete()
    HoldToken.objects.bulk_create(
        HoldToken(organisation_id=actor.own_organisation, hold_id=each, kind=kind, token=token)
        for each in changed
        for kind, token in wanted[each]
    )
    return last, len(changed)


def _own(actor: Actor) -> UUID:
    if actor.kind != "system":
        raise Refused
    return actor.own_organisation


def _tokens[R: (Visit, Hold)](
    found: QuerySet[R], actor: Actor, purpose: str, after: UUID | None
) -> tuple[dict[UUID, Pairs], UUID | None]:
    """Return which tokens each readable row of a batch must have, and the last row of the batch."""
    found = found.filter(organisation_id=actor.own_organisation, content__isnull=False)
    if after:
        found = found.filter(pk__gt=after)
    batch = list(found.order_by("pk")[:BATCH])
    envelopes = open_envelopes([row.envelope_id for row in batch], actor=actor, purpose=purpose)
    wanted = {
        row.id: places.tokens(
            row.organisation_id, places.Place.from_json(envelopes[row.envelope_id].read(row, "content"))
        )
        for row in batch
        if row.envelope_id in envelopes
    }
    return wanted, batch[-1].id if batch else None


def _changed(
    wanted: dict[UUID, Pairs], present: QuerySet[VisitToken | HoldToken, tuple[UUID, str, UUID]]
) -> list[UUID]:
    has: dict[UUID, set[tuple[str, UUID]]] = {}
    for row_id, kind, token in present:
        has.setdefault(row_id, set()).add((kind, token))
    return [row_id for row_id, pairs in wanted.items() if set(pairs) != has.get(row_id, set())]
