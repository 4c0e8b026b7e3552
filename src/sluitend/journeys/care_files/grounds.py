"""On which grounds of the handbook something may be shared without a yes of the person."""

from sluitend.kernel.handbook.handling import OTHER_REASON, Reason
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack

GROUNDS = "against_wish"


def grounds(pack: Pack) -> tuple[tuple[str, str], ...]:
    """Return them with their words. "Another reason" is no ground."""
    return tuple((each.id, shown(each.label)) for each in _of(pack))


def ground_of(pack: Pack, ground: str) -> Reason | None:
    """Return one of them, or None."""
    return next((each for each in _of(pack) if each.id == ground), None)


def _of(pack: Pack) -> list[Reason]:
    return [each for each in pack.reason_list(GROUNDS) if each.id != OTHER_REASON]
