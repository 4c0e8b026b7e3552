"""What an edited spreadsheet changes in a list, beside what others changed there since it was made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sluitend.exports.sheets import fingerprint
from sluitend.kernel.handbook.entries import Entry
from sluitend.kernel.handbook.plain import plain

type Content = dict[str, Any]


@dataclass(frozen=True)
class Merged:
    """What a sheet changes: the content by id, None where the entry goes; and the ids that others changed."""

    changes: Mapping[str, Content | None]
    clashes: tuple[str, ...]


def merge(sheet: Iterable[Entry], now: Iterable[Entry], made_from: Mapping[str, str]) -> Merged:
    """Return what a sheet changes in the list of now.

    A row that is still as it was made changes nothing, whatever became of the entry since. A row that was
    changed, or left out, clashes when the entry is not what it was made from.

    Args:
        sheet: the entries that the sheet says.
        now: the entries of the list.
        made_from: the fingerprint of each entry when the sheet was made.
    """
    wanted, there = ({entry.id: entry for entry in each} for each in (sheet, now))
    changes: dict[str, Content | None] = {}
    clashes: list[str] = []
    for entry_id in {**there, **wanted}:
        entry = wanted.get(entry_id)
        was, says, is_now = made_from.get(entry_id), _print(entry), _print(there.get(entry_id))
        if says in (was, is_now):
            continue
        if is_now == was:
            changes[entry_id] = plain(entry) if entry else None
        else:
            clashes.append(entry_id)
    return Merged(changes, tuple(clashes))


def _print(entry: Entry | None) -> str | None:
    return fingerprint(entry) if entry else None
