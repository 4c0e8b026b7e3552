"""How the keys stand, for the administrator: public facts of the register, never a key."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from sluitend.kernel.organisations.queries import organisations
from sluitend.kernel.sealing.errors import NoKey
from sluitend.kernel.sealing.register import register_alarm, register_store

RENEW_SOON = timedelta(days=30)


@dataclass(frozen=True)
class KeyRow:
    """The key of one organisation; without `since` it has none."""

    name: str
    kind_words: str
    key_id: str
    since: date | None


@dataclass(frozen=True)
class Standing:
    """The register, and whether something must be done."""

    version: int | None
    valid_until: date | None
    alarm: str
    soon: bool
    rows: list[KeyRow]
    missing: int


def standing() -> Standing:
    """Return the register as every process reads it, beside the directory."""
    try:
        register = register_store().current()
    except NoKey:
        register = None
    known = {entry.organisation: entry for entry in register.keys} if register else {}
    rows = [
        KeyRow(
            each.name,
            each.kind_words,
            known[each.id].key_id if each.id in known else "",
            known[each.id].since if each.id in known else None,
        )
        for each in organisations()
    ]
    return Standing(
        version=register.version if register else None,
        valid_until=register.valid_until if register else None,
        alarm=register_alarm() or "",
        soon=register is not None and register.valid_until - timezone.localdate() < RENEW_SOON,
        rows=rows,
        missing=sum(row.since is None for row in rows),
    )
