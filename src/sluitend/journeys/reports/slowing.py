"""How much one sender may send and guess."""

from sluitend.kernel.access.slowing import Limit

FILING = Limit("filing", number=120, seconds=600)
GUESSING = Limit("guessing", number=10, seconds=600)
