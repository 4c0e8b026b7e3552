"""What the handbook says to do in a situation. A person chooses, the program decides nothing by it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sluitend.kernel.handbook.care import CareSituation
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack


@dataclass(frozen=True)
class Guidance:
    """What may hold for a person in a situation, in words."""

    label: str
    text: str
    unconfirmed: bool


def all_unconfirmed(guidance: Iterable[Guidance]) -> bool:
    """Tell whether nobody confirmed any of it: then that is said once."""
    marks = [each.unconfirmed for each in guidance]
    return bool(marks) and all(marks)


def guidance_of(situations: Iterable[CareSituation]) -> tuple[Guidance, ...]:
    """Return what the handbook says of situations, in their order."""
    return tuple(Guidance(shown(each.label), shown(each.text), not each.confirmed) for each in situations)


def child_routes(pack: Pack) -> tuple[Guidance, ...]:
    """Return whom to go to first, by each situation of somebody under eighteen."""
    return guidance_of(each for each in pack.care_situations if each.minor)
