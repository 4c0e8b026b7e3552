"""How long a confirmed line of the directory holds, and when somebody is asked about it again."""

from datetime import date, timedelta

HALF_A_YEAR = timedelta(days=183)
"""After so long what nobody confirmed is shown as unconfirmed."""
AHEAD = timedelta(days=28)
"""So long before that it is asked: ten working days fit in it, who answers in time stays confirmed."""


def holds_until(confirmed_on: date | None) -> date:
    """Return the last day on which what was confirmed counts as confirmed."""
    return confirmed_on + HALF_A_YEAR if confirmed_on else date.min


def asked_from(confirmed_on: date | None) -> date:
    """Return the day from which it is asked."""
    return confirmed_on + HALF_A_YEAR - AHEAD if confirmed_on else date.min
