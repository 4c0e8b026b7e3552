"""Slowing down whoever guesses passwords and second factors: per account, per address and overall, over all
processes together.

Nobody's first try is ever held back because of what others do, unless one address floods us; and a browser
in which somebody signed in before has tries of its own, which nobody else uses up. So colleagues behind one
address get in while one among them guesses, and whoever is guessed at still gets in.

Counts stand in a table that only functions of the database touch, under keys that are an HMAC. The rows of a
try are locked while it is counted, so tries of the same instant count one by one. Whoever looks at a password
does so after that was committed: what takes long must not hold up the next.
"""

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db import connection

from sluitend.kernel.access.throttle import cache_key

SECONDS, HOUR = 300, 3600
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
_NEVER = 2**31 - 1
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
    """Count a try before it is looked at, and return whether it may be made at all; if not, it counts not."""
    keys = [_key(name) for name in attempt.counters]
    strain, flood = [_NEVER, ADDRESS_STRAIN, ALL_STRAIN], [_NEVER, ADDRESS_FLOOD, _NEVER]
    limits = [strain[: len(keys)], flood[: len(keys)], TRIES, TRIES_UNDER_STRAIN, SECONDS]
    return bool(_ask("SELECT guess_begin(%s::bytea[], %s::int[], %s::int[], %s, %s, %s)", keys, *limits))


def was_right(attempt: Try) -> None:
    """Take a try that was right out of the counts. It does not wipe out what was wrong before."""
    _ask("SELECT guess_right(%s::bytea[])", [_key(name) for name in attempt.counters])


def first_use(what: str) -> bool:
    """Return whether something that works once is used for the first time in an hour, in any process."""
    return bool(_ask("SELECT guess_begin(%s::bytea[], '{0}', '{0}', 1, 1, %s)", [_key(f"used:{what}")], HOUR))


def forget_past() -> int:
    """Delete counts that are over, and return how many; the worker does, the web may not."""
    return int(_ask("SELECT guess_forget()"))


def _ask(statement: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]


def _key(name: str) -> bytes:
    return bytes.fromhex(cache_key(name, "guess", 1))


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
