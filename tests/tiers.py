"""How long the tests try: `make test` at each change, `make prove` before a release and each night.

What holds is the same in both; `make prove` only tries it longer, with more draws and longer plays.
"""

import os

TIER = os.environ.get("SLUITEND_TIER", "quick")
DEEP = TIER == "prove"
SEED = int(os.environ.get("SLUITEND_SEED", "0"))
"""Where the draws of `make prove` begin. A night takes its date."""


def either[T](quick: T, deep: T) -> T:
    """Return how often something is tried in this tier, or as whom."""
    return deep if DEEP else quick
