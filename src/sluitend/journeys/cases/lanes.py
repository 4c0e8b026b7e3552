"""The timeline over the cases that belong together, as lanes: a point a day and kind, on a line of months."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from sluitend.journeys.cases.drawing import WIDTH, clipped
from sluitend.journeys.cases.queries.linked import Sort
from sluitend.journeys.cases.queries.picture import CasePicture

LANE_TOP, LANE_PITCH, LANE_LEFT, LANE_LETTERS = 36, 48, 160, 17
BESIDE = 20
"""Between what happened on one day."""
MOST_TICKS, STEPS = 12, (1, 2, 3, 6, 12, 24, 60, 120)
"""So many months between two that are named."""


SHAPES: Mapping[Sort, tuple[str, str, str | Promise]] = {
    Sort.SEEN: ("place", "M-9 0A9 9 0 1 0 9 0A9 9 0 1 0-9 0Z", gettext_lazy("gezien of gehoord")),
    Sort.CAME_IN: ("other", "M-9 0A9 9 0 1 0 9 0A9 9 0 1 0-9 0Z", gettext_lazy("melding")),
    Sort.ASKED: ("case", "M0-11L11 0L0 11L-11 0Z", gettext_lazy("nagevraagd")),
    Sort.DONE: ("thing", "M-8-8H8V8H-8Z", gettext_lazy("gedaan")),
}
"""How a point of the timeline looks: its colours, its outline, and what it is in words."""


@dataclass(frozen=True)
class Spot:
    """A point of a lane: where, and what it is."""

    x: int
    y: int
    sort: Sort

    @property
    def look(self) -> str:
        """Its colours."""
        return SHAPES[self.sort][0]

    @property
    def outline(self) -> str:
        """Its shape."""
        return SHAPES[self.sort][1]


@dataclass(frozen=True)
class Strip:
    """A lane: its name, and from where to where its case ran."""

    name: str
    y: int
    begin: int
    end: int


@dataclass(frozen=True)
class Lanes:
    """The timeline as a drawing."""

    height: int
    strips: Sequence[Strip]
    spots: Sequence[Spot]
    ticks: Sequence[tuple[int, str]]

    @property
    def legend(self) -> Sequence[tuple[str, str, str | Promise]]:
        """What the shapes say."""
        return list(SHAPES.values())


def lanes(page: CasePicture) -> Lanes | None:
    """Return the timeline over more than one case as lanes; of one case the list says it."""
    if not page.several or not page.moments:
        return None
    today = timezone.localdate()
    days = [*(each.day for each in page.moments), *(each.begun for each in page.lanes if each.begun)]
    first, last = min(days).replace(day=1), max(*days, today)
    span = max((last - first).days, 1)

    def across(day: date) -> int:
        return LANE_LEFT + round((WIDTH - LANE_LEFT - 16) * (day - first).days / span)

    strips = []
    for place, lane in enumerate(page.lanes):
        own = [each.day for each in page.moments if each.lane == place]
        ended = (lane.ended or today) if lane.begun else max(own)
        begin, end = min([*own, lane.begun or ended]), max([*own, ended])
        strips.append(Strip(clipped(lane.name, LANE_LETTERS), _height(place), across(begin), across(end)))
    of_day: dict[tuple[int, date], list[Sort]] = defaultdict(list)
    for each in page.moments:
        if each.sort not in of_day[each.lane, each.day]:
            of_day[each.lane, each.day].append(each.sort)
    spots = [
        Spot(max(across(day) - BESIDE * place, LANE_LEFT), _height(lane), sort)
        for (lane, day), sorts in of_day.items()
        for place, sort in enumerate(sorts)
    ]
    ticks = [(across(day), words) for day, words in _ticks(first, last)]
    return Lanes(_height(len(page.lanes)) - LANE_PITCH // 2, strips, spots, ticks)


def _height(lane: int) -> int:
    return LANE_TOP + LANE_PITCH // 2 + lane * LANE_PITCH


def _ticks(first: date, last: date) -> list[tuple[date, str]]:
    """Return the first days of months to write above the lanes, as many as fit; a year where one begins."""
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    step = next((each for each in STEPS if len(months) / each <= MOST_TICKS), STEPS[-1])
    days = [date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0]
    return [(day, date_format(day, "Y" if day.month == 1 else "b")) for day in days]
