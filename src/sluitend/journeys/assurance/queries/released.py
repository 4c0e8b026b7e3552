"""The figures of a half year, in words. What is hidden stays hidden: nothing is counted here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.journeys.assurance.figures import AFTER, Counted
from sluitend.journeys.assurance.journey import CARE_FIGURES
from sluitend.journeys.assurance.models import FigureRelease
from sluitend.journeys.assurance.queries.counting import (
    FILLED,
    IN_TIME,
    KINDS,
    LOOKING,
    MEDIAN,
    OPEN,
    PLACED,
    STOPPED,
    WAITS,
)
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.halves import Period
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.handbook.sheltering import Night

type Words = str | Promise

SHARES: Mapping[int, Words] = {
    1: gettext_lazy("95% of meer"),
    2: gettext_lazy("80 tot 95%"),
    3: gettext_lazy("minder dan 80%"),
}
WAIT: Mapping[str, Words] = {
    "same_day": gettext_lazy("dezelfde dag"),
    "two_days": gettext_lazy("een of twee dagen"),
    "week": gettext_lazy("drie tot zeven dagen"),
    "month": gettext_lazy("een tot vier weken"),
    "longer": gettext_lazy("langer"),
    "not_yet": gettext_lazy("nog niet"),
}
SEARCHED: Mapping[str, Words] = {
    PLACED: gettext_lazy("Er kwam een plek"),
    STOPPED: gettext_lazy("Gestopt zonder plek"),
    LOOKING: gettext_lazy("Nog geen plek"),
}


@dataclass(frozen=True)
class Line:
    """One count; None where it is not shown."""

    name: str
    number: int | None


@dataclass(frozen=True)
class Table:
    """Counts of one sort with their total."""

    title: str
    lines: tuple[Line, ...]
    total: int | None

    @property
    def most(self) -> int:
        """The largest of them, for a picture."""
        return max((each.number for each in self.lines if each.number), default=1)

    @property
    def drawn(self) -> list[Line]:
        """Those of which the number is shown."""
        return [each for each in self.lines if each.number]


@dataclass(frozen=True)
class Part:
    """What is told of one part of the region."""

    name: str
    nights: Table
    filled: str
    in_time: str
    kinds: tuple[Table, ...]
    searches: tuple[Table, ...]
    median: int | None
    """How many days it took until a place, in the middle; None where that is not shown."""


@dataclass(frozen=True)
class Picture:
    """What is told of a half year. Nothing while its figures are not settled."""

    period: Period
    settled: date | None
    comes: date | None = None
    """On which day they are settled, while that is still to come."""
    total: int | None = None
    parts: tuple[Part, ...] = ()
    year: tuple[Table, ...] = ()
    requests: tuple[Table, ...] = ()


def picture(actor: Actor, period: Period) -> Picture:
    """Return the figures of a half year as they were settled. One statement.

    Raises:
        Refused: the role may not see them.
    """
    require_role(actor, CARE_FIGURES)
    found = FigureRelease.objects.filter(period=period.key).first()
    if found is None:
        comes = period.last + AFTER
        return Picture(period, None, comes if comes >= timezone.localdate() else None)
    pack, figures = current_release().pack, found.figures
    slept, looked = _parts(figures["nights"]), _parts(figures["searches"])
    return Picture(
        period,
        found.day,
        total=figures["nights"]["total"],
        parts=tuple(
            # A part that is no more has nights of a search that began before, and no search that began since.
            _part(pack, name, slept.get(name, Counted()), looked.get(name, Counted()))
            for name in dict.fromkeys([*slept, *looked])
        ),
        year=tuple(_of_year(pack, figures["year"])) if figures["year"] else (),
        requests=_requests(pack, figures["requests"]),
    )


def _parts(kept: Mapping[str, Any]) -> dict[str, Counted]:
    return {name: Counted.from_json(each) for name, each in kept["parts"].items()}


def _part(pack: Pack, name: str, nights: Counted, looked: Counted) -> Part:
    kinds = (
        _below(pack, nights, Night.PLACED, _("Nachten op een plek, per soort")),
        _below(pack, nights, Night.BRIDGED, _("Overbrugde nachten, per soort")),
    )
    placed, below = looked.cells.get(PLACED), looked.below
    waits = _table(_("Hoe lang tot een plek"), below.get(WAITS, {}), _in(WAIT), placed, WAIT)
    searches = (
        _table(_("Zoeken dat in dit half jaar begon"), looked.cells, _in(SEARCHED), looked.total, SEARCHED),
        waits,
        _table(_("Soort plek"), below.get(KINDS, {}), _kind(pack), placed, pack.shelter_kinds.ids),
    )
    return Part(
        _place(pack, name),
        _nights(pack, _("Nachten"), nights),
        str(SHARES.get(nights.shares.get(FILLED) or 0, "")),
        str(SHARES.get(nights.shares.get(IN_TIME) or 0, "")),
        tuple(each for each in kinds if each.drawn),
        tuple(each for each in searches if each.total is not None or each.drawn),
        looked.shares.get(MEDIAN),
    )


def _of_year(pack: Pack, kept: Mapping[str, Any]) -> list[Table]:
    parts = _parts(kept).items()
    return [_nights(pack, _place(pack, name), one) for name, one in parts if one.says_something]


def _nights(pack: Pack, title: str, counted: Counted) -> Table:
    return _table(
        title, counted.cells, lambda name: shown(pack.night_states[name].label), counted.total, Night
    )


def _below(pack: Pack, nights: Counted, state: Night, title: str) -> Table:
    below, cell = nights.below.get(state, {}), nights.cells.get(state)
    return _table(title, below, _kind(pack), cell, pack.shelter_kinds.ids)


def _requests(pack: Pack, kept: Mapping[str, Any]) -> tuple[Table, ...]:
    ended, taken = Counted.from_json(kept["ended"]), Counted.from_json(kept["taken"])
    both = (
        _table(
            _("Hoe een hulpvraag afliep"),
            ended.cells,
            lambda name: _end(pack, name),
            ended.total,
            [each.id for each in pack.request.ends],
        ),
        _table(_("Hoe snel een hulpvraag werd aangenomen"), taken.cells, _in(WAIT), taken.total, WAIT),
    )
    return tuple(each for each in both if each.total is not None)


def _table(
    title: str,
    counts: Mapping[str, int | None],
    words: Callable[[str], str],
    total: int | None,
    order: Iterable[str],
) -> Table:
    # What was kept has no order of its own; what no handbook of now names comes last.
    names = [each for each in dict.fromkeys([*order, *counts]) if each in counts]
    return Table(title, tuple(Line(words(each), counts[each]) for each in names), total)


def _in(words: Mapping[str, Words]) -> Callable[[str], str]:
    return lambda name: str(words.get(name, _("anders")))


def _kind(pack: Pack) -> Callable[[str], str]:
    return lambda name: shown(found.label) if (found := pack.shelter_kinds.get(name)) else _("niet bekend")


def _place(pack: Pack, name: str) -> str:
    found = pack.subregions.get(name)
    return shown(found.label) if found else _("Ander gebied")


def _end(pack: Pack, name: str) -> str:
    if name == OPEN:
        return _("Nog open")
    found = pack.request.end(name)
    return shown(found.label) if found else _("anders")
