"""Appointments for somebody's own calendar, after RFC 5545: when, and the word "Afspraak". Nothing else.

There is no text of a person in it, so that no line needs escaping or folding; a test holds each line below
the 75 octets of the standard.
"""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SECRET_BYTES = 32
ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE"""


@dataclass(frozen=True)
class Slot:
    """When somebody has an appointment."""

    id: UUID
    at: datetime
    minutes: int
    revision: int
    cancelled: bool


def new_token() -> str:
    """Return a secret for an address."""
    return secrets.token_urlsafe(SECRET_BYTES)


def lookup_of(token: str) -> UUID:
    """Return by what a secret is found: it tells nothing of it."""
    return UUID(bytes=sha256(b"sluitend/agenda/1" + token.encode()).digest()[:16])


def as_calendar(slots: Iterable[Slot], *, now: datetime) -> str:
    """Return appointments as a calendar.

    Args:
        now: the moment at which it is made.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Sluitend//Agenda//NL",
        "CALSCALE:GREGORIAN",
        *ZONE.splitlines(),
        *(line for slot in slots for line in _event(slot, now)),
        "END:VCALENDAR",
    ]
    return "".join(f"{line}\r\n" for line in lines)


def _event(slot: Slot, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{slot.id}"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART{_moment(slot.at)}"
    yield f"DTEND{_moment(slot.at.astimezone(UTC) + timedelta(minutes=slot.minutes))}"
    yield f"SEQUENCE:{slot.revision - 1}"
    yield f"STATUS:{'CANCELLED' if slot.cancelled else 'CONFIRMED'}"
    yield "CLASS:PRIVATE"
    yield "SUMMARY:Afspraak"
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    """Return a moment on the clock of the Netherlands.

    In the hour that comes twice that clock says the first one; the second is written in UTC.
    """
    local = at.astimezone(AMSTERDAM)
    if local.fold:
        return f":{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f";TZID=Europe/Amsterdam:{local:%Y%m%dT%H%M%S}"
