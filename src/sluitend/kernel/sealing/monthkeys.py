"""The key of the backups of one month. It stands in the key folder, and dies when their term is over.

A backup needs this key *and* the one that is kept outside the server. What is destroyed here therefore ends
every copy of that month's backups, also one of which nobody knows.
"""

import os
from datetime import date, timedelta

from sluitend.kernel.sealing import crypto
from sluitend.kernel.sealing.errors import NoKey
from sluitend.kernel.sealing.keyfolder import KeyFolder
from sluitend.kernel.sealing.offline import Month

FOLDER = "backups"


def public_key(keys: KeyFolder, month: Month) -> bytes:
    """Return the public half of a month, made at its first backup."""
    with keys.locked():
        seed = keys.ensure(os.urandom(crypto.SEED_BYTES), FOLDER, f"{month}.seed")
    return crypto.public_bytes_of_seed(seed)


def private_key(keys: KeyFolder, month: Month) -> crypto.PrivateKey:
    """Return the private half of a month.

    Raises:
        NoKey: its term was over and two people destroyed it.
    """
    return crypto.private_from_seed(keys.read(FOLDER, f"{month}.seed"))


def months(keys: KeyFolder) -> list[Month]:
    """Return the months of which the key is still there."""
    return sorted(Month.parse(file.stem) for file in (keys.path / FOLDER).glob("*.seed"))


def may_go_on(month: Month, term: timedelta) -> date:
    """Return the first day on which no backup of that month is within its term any more."""
    return month.first_day_after() - timedelta(days=1) + term


def destroy(keys: KeyFolder, month: Month) -> None:
    """Destroy the key of a month.

    Raises:
        NoKey: there is none.
    """
    with keys.locked():
        try:
            (keys.path / FOLDER / f"{month}.seed").unlink()
        except FileNotFoundError as error:
            raise NoKey(f"{FOLDER}/{month}") from error
