"""How much one sender may send and guess."""

from sluitend.kernel.access.slowing import Limit

FILING = Limit("filing", number=120, seconds=600)
GUESSING = Limit("guessing", number=10, seconds=600)
ALL_GUESSING = Limit("all guessing", number=2_000, seconds=600)
EVERYBODY = "everybody"


def guesses(who: str) -> bool:
    """Count a wrong code, and return whether this sender, or everybody together, had too many of those."""
    return GUESSING.count(who) | ALL_GUESSING.count(EVERYBODY)
