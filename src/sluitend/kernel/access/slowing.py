"""Slowing down whoever sends or guesses a great deal. In memory only: a row with an end time is a clock.

Processes do not know of each other's counts. Each takes its share of what the web server allows, so that all
of them together allow no more than that.
"""

import hashlib
import secrets
import time
from collections import OrderedDict
from threading import Lock

from django.conf import settings

from sluitend.kernel.measures import HELD_BACK

_SALT = secrets.token_bytes(32)
_MOST = 10_000


class Limit:
    """At most so many of something, by one sender, in so many seconds, over the processes of a web server."""

    def __init__(self, what: str, *, number: int, seconds: int) -> None:
        self.what = what
        self.number = number
        self.seconds = seconds
        self._seen: OrderedDict[bytes, tuple[float, int]] = OrderedDict()
        self._lock = Lock()

    @property
    def share(self) -> int:
        """How many this process allows: its part, rounded up so that each allows something."""
        return -(-self.number // settings.SLUITEND_WORKERS)

    def count(self, who: str) -> bool:
        """Count one, and return whether that was too many."""
        key, now = self._key(who), time.monotonic()
        with self._lock:
            start, number = self._count(key, now)
            self._seen[key] = (start, number + 1)
            self._seen.move_to_end(key)
            self._let_go(now)
            return self._held_back(number)

    def _held_back(self, number: int) -> bool:
        too_many = number >= self.share
        if too_many:
            HELD_BACK.labels(self.what).inc()
        return too_many

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._seen.clear()

    def _let_go(self, now: float) -> None:
        # Whoever came last the longest ago stands first. Of a time that is over nothing stays.
        while self._seen:
            start, _number = next(iter(self._seen.values()))
            if len(self._seen) <= _MOST and now - start < self.seconds:
                return
            self._seen.popitem(last=False)

    def _count(self, key: bytes, now: float) -> tuple[float, int]:
        start, number = self._seen.get(key, (now, 0))
        return (start, number) if now - start < self.seconds else (now, 0)

    @staticmethod
    def _key(who: str) -> bytes:
        return hashlib.blake2b(who.encode(), key=_SALT, digest_size=16).digest()
