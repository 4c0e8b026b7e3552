"""How much one sender may send and guess."""

from sluitend.kernel.access.slowing import Limit

FILING = Limit("filing", number=120, seconds=600)
GUESSING = Limit("guessing", number=60, seconds=600)
"""Wrong codes of one sender: the mistakes of an office behind one address. A hundred bits protect a code."""
ALL_GUESSING = Limit("all guessing", number=2_000, seconds=600)
EVERYBODY = "everybody"


def filing_too_fast(who: str) -> bool:
    """Count something that is sent, and return whether this sender sent too much."""
    return FILING.count(who)


def guesses(who: str) -> bool:
    """Count a wrong code, and return whether this sender, or everybody together, had too many of those."""
    return GUESSING.count(who) | ALL_GUESSING.count(EVERYBODY)
