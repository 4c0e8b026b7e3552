"""What somebody changes beside what others changed since: a spreadsheet in a list, a draft in an entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sluitend.exports.sheets import fingerprint
from sluitend.exports.walking import still_read
from sluitend.kernel.handbook.entries import Entry
from sluitend.kernel.handbook.loading import read_entry
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


def on_top(part: str, mine: Content, was: Entry, now: Entry) -> Content:
    """Return what a draft makes of an entry, on top of what another release made of it since.

    What the draft left as it was becomes what it is now; what it changed stays as the draft has it. Without
    this a draft that changes the hours of a number would put back the number of before.

    Args:
        part: the list that the entry is in.
        mine: the entry as the draft has it.
        was: as it was when the draft began.
        now: as it is in the newest release.
    """
    own, _wrong = read_entry(part, mine)
    if own is None:
        return mine
    both, _wrong = read_entry(part, _over(plain(own), plain(was), plain(now)))
    return plain(still_read(both, now)) if both is not None else mine


def _over(mine: Content, was: Content, now: Content) -> Content:
    found: Content = {}
    for name in dict.fromkeys([*now, *mine]):
        own, old, new = (each.get(name) for each in (mine, was, now))
        value = new if own == old else own
        if own != old and isinstance(own, dict) and isinstance(old, dict) and isinstance(new, dict):
            value = _over(own, old, new)
        if value is not None:
            found[name] = value
    return found
