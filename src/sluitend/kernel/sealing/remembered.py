"""The keys of envelopes that were opened a moment ago, so that a list looked at twice is not unsealed twice.

It stands behind the custodian's checks, never before them: who may not open a seal does not get here. What
it holds opens nothing that the private keys in the same process do not.
"""

import threading
import time
from collections.abc import Callable, Hashable

from cachetools import TTLCache

from sluitend.kernel.sealing.proofs import Opened

MOST = 2_000
SECONDS = 600


class RememberedKeys:
    """Data keys and keys of proofs of the last ten minutes, counted from when each envelope was opened."""

    def __init__(self, timer: Callable[[], float] = time.monotonic) -> None:
        self._keys: TTLCache[tuple[bytes, Hashable], Opened] = TTLCache(MOST, SECONDS, timer)
        # The cache is not safe for threads by itself; the work of opening stays outside the lock.
        self._lock = threading.Lock()

    def get(self, sealed: bytes, belongs: Hashable, open_it: Callable[[], Opened]) -> Opened:
        """Return the keys of a seal, opened by `open_it` unless they are remembered.

        Args:
            sealed: the seal as stored; another byte anywhere is another seal.
            belongs: what the seal is bound to, so that a moved seal is never taken for the one it came from.
            open_it: opens the seal; what it raises is not remembered.
        """
        with self._lock:
            found = self._keys.get((sealed, belongs))
        if found is None:
            found = open_it()
            with self._lock:
                self._keys[sealed, belongs] = found
        return found

    def forget(self) -> None:
        """Forget all of them."""
        with self._lock:
            self._keys.clear()
