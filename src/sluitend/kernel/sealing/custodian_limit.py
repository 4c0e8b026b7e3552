"""How many envelopes may be opened in a minute: by an account, for an organisation, by a kind of process.

Who acts and for whom is what the process that asks says it is. So an account is counted within its
organisation and its kind of process, and those are counted too: whoever names a thousand accounts gets little
further than one.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

SECONDS = 60
MOST_COUNTED = 10_000
WORKER = 20_000
"""For the worker and for commands, which open for everybody: as much as they get through, not more."""


@dataclass(frozen=True)
class Most:
    """How many of each. An organisation is some people who read at once, a process a few organisations."""

    account: int = 600

    @property
    def organisation(self) -> int:
        """Of everybody of an organisation together."""
        return self.account * 5 // 2

    @property
    def process(self) -> int:
        """Of everybody who asks by one kind of process."""
        return self.account * 10


class Asked(NamedTuple):
    """For whom something is to be opened, as the process that asks says."""

    process: str
    organisation: UUID
    account: UUID | None


class Limit:
    """Counts what was opened in the last minute. Opening the same again counts once."""

    def __init__(self, most: int, timer: Callable[[], float] = time.monotonic) -> None:
        self._most = Most(most)
        self._timer = timer
        self._lock = threading.Lock()
        self._opened: OrderedDict[tuple[object, ...], dict[UUID, float]] = OrderedDict()
        self._told: dict[tuple[object, ...], float] = {}

    def allows(self, asked: Asked, envelopes: Iterable[UUID], *, of_person: bool = True) -> bool:
        """Return whether these may be opened as well, and count them when they may.

        Args:
            asked: for whom.
            envelopes: which.
            of_person: by a process that people use; else only the process is counted.
        """
        now, new = self._timer(), dict.fromkeys(envelopes)
        counters = self._of_person(asked) if of_person else {(asked.process,): WORKER}
        with self._lock:
            if not all(self._fits(key, new, most, now) for key, most in counters.items()):
                return False
            for key in counters:
                self._opened.setdefault(key, {}).update(dict.fromkeys(new, now))
                self._opened.move_to_end(key)
            while len(self._opened) > MOST_COUNTED:
                self._opened.popitem(last=False)
        return True

    def is_half(self, asked: Asked) -> bool:
        """Return whether an organisation just passed half of its share: once a minute, for an alarm.

        Who fills a share slows colleagues down: somebody may look before that.
        """
        now, key = self._timer(), (asked.process, asked.organisation)
        with self._lock:
            self._told = {each: at for each, at in self._told.items() if now - at < SECONDS}
            known = self._opened.get(key, {})
            if key in self._told or len(known) * 2 < self._most.organisation:
                return False
            recent = self._opened[key] = {each: at for each, at in known.items() if now - at < SECONDS}
            if len(recent) * 2 < self._most.organisation:
                return False
            self._told[key] = now
        return True

    def _of_person(self, asked: Asked) -> dict[tuple[object, ...], int]:
        return {
            (asked.process,): self._most.process,
            (asked.process, asked.organisation): self._most.organisation,
            tuple(asked): self._most.account,
        }

    def _fits(self, key: tuple[object, ...], new: dict[UUID, None], most: int, now: float) -> bool:
        known = self._opened.get(key, {})
        if len(known) + sum(each not in known for each in new) <= most:
            return True
        # Only now: to look through everything each time would take longer than to open it.
        recent = {each: at for each, at in known.items() if now - at < SECONDS}
        if known:
            self._opened[key] = recent
        return len(recent) + sum(each not in recent for each in new) <= most
