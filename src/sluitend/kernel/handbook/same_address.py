"""By what one address is found again: its number in the register, and else how it is written.

Two with one number are one door. Two that are only written alike may be: nobody picked, or a street of that
name lies in another town too. Both are written and both are sought, so that what was written before there
was a register, or under another one, meets what is written now.
"""

from collections.abc import Iterable

from sluitend.kernel.handbook.address_book import meant, numbers
from sluitend.kernel.sealing.tokens import ADDRESS, DOOR, Kind


def number_of(told: Iterable[tuple[str, str]]) -> list[tuple[Kind, str]]:
    """Return the numbers of the addresses among values that can be only one, to be kept beside them.

    Args:
        told: (kind, value) as typed; where a number was picked for an address, it says which.
    """
    values = list(told)
    if any(kind == DOOR for kind, _value in values):
        return []
    return [(DOOR, each.id) for each in meant(value for kind, value in values if kind == ADDRESS)]


def other_ways(told: Iterable[tuple[str, str]]) -> list[tuple[Kind, str]]:
    """Return by what else addresses among values are found: as the register writes them, and by number."""
    values = list(told)
    known = meant(value for kind, value in values if kind == ADDRESS)
    picked = [value for kind, value in values if kind == DOOR]
    ids = dict.fromkeys([*picked, *(each.id for each in known)])
    return [*((ADDRESS, each.text) for each in known), *((DOOR, each) for each in numbers(ids))]


def surest(kinds: Iterable[str]) -> tuple[str, ...]:
    """Return what two have in common, each kind once; one number goes before one way of writing."""
    found = tuple(dict.fromkeys(kinds))
    return tuple(kind for kind in found if kind != ADDRESS) if DOOR in found else found


def only_perhaps(kinds: Iterable[str]) -> bool:
    """Return whether two have nothing in common but how an address is written."""
    return set(kinds) == {ADDRESS}
