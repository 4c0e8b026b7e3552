"""How many different envelopes one account may have opened in a minute."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from uuid import UUID

SECONDS = 60
MOST_ACCOUNTS = 10_000


class Limit:
    """Counts what each account opened in the last minute. Opening the same again counts once."""

    def __init__(self, most: int, timer: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._timer = timer
        self._lock = threading.Lock()
        self._opened: OrderedDict[UUID | None, dict[UUID, float]] = OrderedDict()

    def allows(self, account: UUID | None, envelopes: Iterable[UUID]) -> bool:
        """Return whether an account may open these as well, and count them when it may."""
        now = self._timer()
        with self._lock:
            known = self._opened.pop(account, {})
            recent = {each: at for each, at in known.items() if now - at < SECONDS}
            wanted = recent | dict.fromkeys(envelopes, now)
            allowed = len(wanted) <= self._most
            self._opened[account] = wanted if allowed else recent
            if len(self._opened) > MOST_ACCOUNTS:
                self._opened.popitem(last=False)
        return allowed
