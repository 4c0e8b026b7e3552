"""What went by the agreements of a file, whether it was shared or the client went: nothing is opened."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sluitend.journeys.care_files.content import HELP, Consents, Share
from sluitend.journeys.care_files.saying import no_help, taken_over
from sluitend.journeys.care_files.words import Purpose, Standing
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


def why_shut(consents: Consents, actor: Actor) -> str:
    """Return why nobody here makes contact, whatever the rules allow; nothing where they may.

    The person wants no help any more, or is the client of another organisation by now.
    """
    if consents.standing(HELP) is Standing.WITHDRAWN:
        return no_help()
    moves = [each for each in consents.shares if each.what == Purpose.MOVE]
    lines = went_by(moves, actor) if moves else {}
    took = (each.recipient for each in moves if each.id in lines and lines[each.id].accepted)
    return next((taken_over(who) for who in took), "")
