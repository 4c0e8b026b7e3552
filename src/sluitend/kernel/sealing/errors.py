"""What can be wrong with something sealed."""

from sluitend.kernel.access.errors import Refused


class SealError(Exception):
    """Base of everything that keeps an envelope or a field closed."""


class SealBroken(SealError):
    """Sealed bytes do not open: changed, moved to another place, cut short, or sealed under another key."""


class NotGenuine(SealBroken):
    """Words that open and that nobody of us wrote so: without a proof, or not what was written last."""


class NotHeld(Refused, SealError):
    """The acting organisation holds no seal of this envelope. Absent and forbidden look alike."""


class Destroyed(SealError):
    """The envelope stands in the register of destructions."""


class NoKey(SealError):
    """A key that is needed is not in this process, or no longer exists."""


class CustodianAway(SealError):
    """The process with the private keys does not answer. It passes by itself when that is started again."""


class TooManyOpened(SealError):
    """One account opens more in a minute than a person reads."""


class RegisterBad(SealError):
    """A register of public keys cannot be trusted: signature, age, version or form."""
