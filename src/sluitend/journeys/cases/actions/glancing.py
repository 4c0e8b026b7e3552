"""What a row says of a case without reading the rest of it: where it is, and what its plan asks next."""

from collections.abc import Mapping

from sluitend.journeys.cases.actions.working import OnCase
from sluitend.journeys.cases.queries.glances import ROW


def note(it: OnCase, first: Mapping[str, str], **now: str) -> None:
    """Keep what rows say of a case, sealed with its facts; nothing where that stands there already.

    Args:
        first: what holds where nothing was known yet.
        now: what holds from now on.
    """
    facts = it.unsealed("facts") or {}
    row = {**first, **facts.get(ROW, {}), **now}
    if row != facts.get(ROW):
        it.seal("facts", {**facts, ROW: row})
