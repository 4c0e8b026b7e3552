"""Slowing down whoever guesses passwords and second factors: per account, per address and overall, over all
processes together.

Nobody's first try is ever held back because of what others do, unless one address floods us; and a browser
in which somebody signed in before has tries of its own, which nobody else uses up. So colleagues behind one
address get in while one among them guesses, and whoever is guessed at still gets in.

Counts stand in the cache of the database, under keys that are an HMAC, in the transaction of the request. A
lock for the account makes tries of the same instant count one by one.
"""

import time
from dataclasses import dataclass

from django.core import signing
from django.core.cache import cache
from django.db import connection

from sluitend.kernel.access.throttle import cache_key

SECONDS = 300
TRIES = 5
"""Wrong tries for one account, or of one browser, in five minutes."""
TRIES_UNDER_STRAIN = 1
ADDRESS_STRAIN = 50
ADDRESS_FLOOD = 500
ALL_STRAIN = 1000
"""Wrong tries of everybody in five minutes, from where on each account has one instead of five."""
MOST_ACCOUNTS = 8
"""Accounts that one browser is known for: a desk that people share."""
_SALT = "sluitend/known-browser/1"
_ALL = "all"
PASSWORD, CODE, PASSKEY = "account", "code", "passkey"
"""What is tried. Each has tries of its own for an account; for address and overall they count together."""


@dataclass(frozen=True)
class Try:
    """One try to get in, by a password or a second factor.

    Attributes:
        account: what was typed as the account, whether it exists or not.
        address: where it comes from.
        browser: the mark of a browser in which this account worked before; empty for any other.
        what: a password, a code as second factor, or a passkey.
    """

    account: str
    address: str
    browser: str = ""
    what: str = PASSWORD

    @property
    def counters(self) -> tuple[str, ...]:
        """What this try counts for."""
        own = f"{self.what}:{self.account}"
        if self.browser:
            return (f"browser:{self.browser}:{own}",)
        return (own, f"address:{self.address}", _ALL)


def begin(attempt: Try) -> bool:
    """Count a try before it is looked at, and return whether it may be made at all."""
    _wait_for_turn(attempt.counters[0])
    if not _may(attempt):
        return False
    for name in attempt.counters:
        _add(name, 1)
    return True


def was_right(attempt: Try) -> None:
    """Take a try that was right out of the counts. It does not wipe out what was wrong before."""
    for name in attempt.counters:
        _add(name, -1)


def _may(attempt: Try) -> bool:
    own = _number(attempt.counters[0])
    if attempt.browser:
        return own < TRIES
    from_here = _number(f"address:{attempt.address}")
    strained = from_here >= ADDRESS_STRAIN or _number(_ALL) >= ALL_STRAIN
    return from_here < ADDRESS_FLOOD and own < (TRIES_UNDER_STRAIN if strained else TRIES)


def _number(name: str) -> int:
    return _read(name)[1]


def _add(name: str, number: int) -> None:
    until, before = _read(name)
    cache.set(f"guess:{name}", (until, max(before + number, 0)), SECONDS)


def _read(name: str) -> tuple[float, int]:
    now = time.time()
    until, number = cache.get(f"guess:{name}", (0.0, 0))
    # A clock that was set back must not keep anybody out for longer than it takes.
    return (until, number) if now < until <= now + SECONDS else (now + SECONDS, 0)


def _wait_for_turn(name: str) -> None:
    number = int(cache_key(name, "turn", 1)[:15], 16)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def known_browser(mark: str, account: str) -> str:
    """Return what a browser is called in which this account worked before, told from its mark, or nothing."""
    browser, accounts = _marked(mark)
    return browser if _named(account) in accounts else ""


def mark_browser(mark: str, account: str, *, fresh: str) -> str:
    """Return the mark for a browser in which an account worked: signed, and without any name in it.

    Args:
        mark: what the browser has already.
        account: who worked in it.
        fresh: a random name for one that has no mark yet.
    """
    browser, accounts = _marked(mark)
    kept = [each for each in accounts if each != _named(account)][-(MOST_ACCOUNTS - 1) :]
    return signing.dumps([browser or fresh, [*kept, _named(account)]], salt=_SALT)


def _marked(mark: str) -> tuple[str, list[str]]:
    try:
        browser, accounts = signing.loads(mark, salt=_SALT)
    except signing.BadSignature:
        return "", []
    return str(browser), [str(each) for each in accounts]


def _named(account: str) -> str:
    return cache_key(account, "known", 1)[:24]
