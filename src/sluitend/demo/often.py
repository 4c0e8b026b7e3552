"""What comes in often: the greater part of a year, spread over all municipalities where somebody reads."""

from dataclasses import replace
from itertools import cycle, islice

from sluitend.demo.clock import When
from sluitend.demo.matter import SWEPT_AFTER, Matter
from sluitend.demo.ordinary import Ends
from sluitend.demo.telling import Strict, Told
from sluitend.demo.world import Town, World

FIRST, LAST = 363, 23
"""Days before today: a year of it, of which each is finished."""
ON_A_DAY = 2


class Usual(Ends):
    """Something that is reported again and again, and how it ends."""

    told: Told

    def begin(self, town: Town, days: int) -> Matter:
        """Let it be reported so many days ago."""
        matter = Matter(town, When("back", days))
        where = self.told.content.where.format(town=town.organisation.name.removeprefix("Gemeente "))
        matter.send_in(self.told.model_copy(update={"content": replace(self.told.content, where=where)}))
        return matter


class Share(Strict):
    """How many come in in a year at some municipalities together, and how many of those go to a partner."""

    towns: tuple[str, ...]
    number: int
    referred: int = 0


class Often(Strict):
    """What is told, and how often that is: evenly, so that each half year has its part."""

    reports: tuple[Usual, ...]
    referred: tuple[Usual, ...]
    shares: tuple[Share, ...]

    def play(self, world: World) -> None:
        """Let it come in, two on a day, which are swept together."""
        usual, referred = cycle(self.reports), cycle(self.referred)
        for share in self.shares:
            days = share.number // ON_A_DAY
            with_partner = _spread(share.referred, days)
            for count, code in enumerate(islice(cycle(share.towns), days)):
                town = world.town(code)
                ago = FIRST - (FIRST - LAST) * count // days
                told = [next(referred if n < with_partner[count] else usual) for n in range(ON_A_DAY)]
                matters = [each.begin(town, ago) for each in told]
                town.sweep(max(matter.moment for matter in matters) + SWEPT_AFTER)
                for each, matter in zip(told, matters, strict=True):
                    each.ending.play(matter)


def _spread(number: int, days: int) -> list[int]:
    """Return how many fall on each of so many days, evenly."""
    return [number * (day + 1) // days - number * day // days for day in range(days)]
