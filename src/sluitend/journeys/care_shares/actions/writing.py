"""What is sealed in a share goes on under a next revision, as soon as words that were there give way."""

from sluitend.journeys.care_shares.models import CareShare
from sluitend.kernel.flow.verbs import Work
from sluitend.kernel.sealing.fields import Json


def write(it: Work[CareShare], column: str, value: Json) -> None:
    """Seal words in a column. An empty one may be filled; others change under a next revision only."""
    if getattr(it.row, column) is not None:
        it.envelope.advance(it.row)
    it.envelope.seal(it.row, column, value)
