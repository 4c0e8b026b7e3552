"""What went by the agreements of a file, whether it was shared or the client went: nothing is opened."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sluitend.journeys.care_files.content import Share
from sluitend.journeys.care_files.words import Purpose
from sluitend.journeys.care_moves import queries as moves
from sluitend.journeys.care_shares import queries as shared
from sluitend.kernel.access.acting import Actor

type Line = shared.Line | moves.Line


def went_by(shares: Iterable[Share], actor: Actor) -> Mapping[str, Line]:
    """Return by the id of each agreement what went by it, where anything did."""
    sent = [each for each in shares if each.sends]
    gone = [UUID(each.id) for each in sent if each.what == Purpose.MOVE]
    told = [UUID(each.id) for each in sent if each.what != Purpose.MOVE]
    found: dict[UUID, Line] = {}
    if told:
        found |= shared.of_agreements(told, actor)
    if gone:
        found |= moves.of_agreements(gone, actor)
    return {reference.hex: line for reference, line in found.items()}
