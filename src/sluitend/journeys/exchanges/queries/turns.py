"""Who changed a transfer or a question last, and who has it open now."""

from datetime import datetime

from sluitend.journeys.cases.journey import TRANSFER_FOLLOW
from sluitend.journeys.exchanges import rows
from sluitend.journeys.exchanges.journey import REQUEST_FOLLOW, REQUEST_LOOK, TRANSFER_LOOK
from sluitend.journeys.exchanges.models import Exchange, Request, Transfer
from sluitend.journeys.exchanges.queries.requests import asks_request
from sluitend.journeys.exchanges.queries.transfers import sends_transfer
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup import turns


def last_turn(subject: str, code: str, actor: Actor) -> turns.Turn | None:
    """Return who changed it last.

    Raises:
        Http404: there is none of this code on either side.
    """
    return turns.last_turn(_row(subject, code, actor), actor)


def together(subject: str, code: str, actor: Actor, *, since: datetime, writes: bool) -> turns.Together:
    """Say that this person has it open, and return who else of their organisation has.

    Raises:
        Http404: there is none of this code on either side.
        Refused: the role may not see it.
    """
    return turns.together(_row(subject, code, actor), actor, since=since, writes=writes)


def _row(subject: str, code: str, actor: Actor) -> Exchange:
    if subject == "transfer":
        if sends_transfer(code, actor):
            return rows.find_sent(Transfer, code, actor, TRANSFER_FOLLOW, to_change=False)
        return rows.find_received(Transfer, code, actor, TRANSFER_LOOK, to_change=False)
    if asks_request(code, actor):
        return rows.find_sent(Request, code, actor, REQUEST_FOLLOW, to_change=False)
    return rows.find_received(Request, code, actor, REQUEST_LOOK, to_change=False)
