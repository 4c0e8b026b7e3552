"""Whom a coordinator calls first where somebody is under eighteen: the words of the handbook."""

from dataclasses import dataclass

from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack


@dataclass(frozen=True)
class ChildRoute:
    """What to do first for a child in a situation; the program decides nothing by it."""

    label: str
    text: str
    confirmed: bool


def child_routes(pack: Pack) -> tuple[ChildRoute, ...]:
    """Return what the handbook says of each situation of somebody under eighteen."""
    return tuple(
        ChildRoute(shown(each.label), shown(each.text), each.confirmed)
        for each in pack.care_situations
        if each.minor
    )
