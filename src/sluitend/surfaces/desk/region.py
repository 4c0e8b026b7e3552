"""The picture of the region: how much, how quick, never what. Only periods that are over."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.halves import Period
from sluitend.kernel.organisations.models import Organisation, Role
from sluitend.kernel.organisations.queries import OrganisationView, organisation_names, organisations
from sluitend.kernel.small_cells import Figures, release
from sluitend.surfaces.desk.journey import REGION

FIRST_ANSWER = {
    1: gettext_lazy("binnen een dag"),
    2: gettext_lazy("twee of drie dagen"),
    3: gettext_lazy("binnen een week"),
    4: gettext_lazy("langer dan een week"),
}
ON_TIME = {
    1: gettext_lazy("bijna altijd"),
    2: gettext_lazy("meestal"),
    3: gettext_lazy("vaak later"),
}
LONGEST: dict[int, str | Promise] = {
    1: gettext_lazy("tot een week"),
    2: gettext_lazy("een tot twee weken"),
    3: gettext_lazy("langer dan twee weken"),
}


@dataclass(frozen=True)
class RegionRow:
    """One municipality, or the total of a part."""

    name: str
    reports: int | None
    referrals: int | None
    first_answer: str
    on_time: str

    @property
    def says_something(self) -> bool:
        """Whether anything of it is shown."""
        return any((self.reports, self.referrals, self.first_answer, self.on_time))


@dataclass(frozen=True)
class RegionPart:
    """A part of the region with its municipalities."""

    name: str
    rows: list[RegionRow]
    total: RegionRow

    @property
    def shown(self) -> list[RegionRow]:
        """The municipalities of which something is shown."""
        return [row for row in self.rows if row.says_something]

    @property
    def hidden(self) -> list[RegionRow]:
        """The municipalities of which nothing is shown: one sentence names them."""
        return [row for row in self.rows if not row.says_something]

    @property
    def counted(self) -> list[RegionRow]:
        """The municipalities of which the number of reports is shown."""
        return [row for row in self.rows if row.reports is not None]


@dataclass(frozen=True)
class Picture:
    """What the page shows."""

    period: Period
    parts: list[RegionPart]
    total: RegionRow
    most: int
    number: int


@dataclass(frozen=True)
class _Raw:
    reports: int | None = None
    referrals: int | None = None
    first_answer: int | None = None
    on_time: int | None = None


type _Key = tuple[UUID | None, UUID | None]
NONE = _Raw()


def picture(actor: Actor, period: Period) -> Picture:
    """Return the figures of a period over all municipalities. Three statements."""
    require_role(actor, REGION)
    raw = _figures(period)
    places = [each for each in organisations(kinds=[Organisation.Kind.MUNICIPALITY]) if each.subregion_ids]
    reports = _released(places, raw, lambda row: row.reports)
    referrals = _released(places, raw, lambda row: row.referrals)
    parts = [_part(name, part, places, raw, (reports, referrals)) for part, name in _parts(places)]
    shown = [row.reports for part in parts for row in part.rows if row.reports]
    total = _row(_("De regio"), raw.get((None, None), NONE), reports.total, referrals.total)
    return Picture(period, parts, total, max(shown, default=1), len(places))


def _figures(period: Period) -> dict[_Key, _Raw]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT part, place, reports, referrals, first_answer, on_time FROM region_figures(%s, %s)",
            [period.first, period.last],
        )
        return {(part, place): _Raw(*numbers) for part, place, *numbers in cursor.fetchall()}


def _parts(places: Iterable[OrganisationView]) -> list[tuple[UUID, str]]:
    found = {place.subregion_ids[0]: place.subregions[0] for place in places}
    return sorted(found.items(), key=lambda pair: pair[1])


def _released(
    places: list[OrganisationView], raw: dict[_Key, _Raw], figure: Callable[[_Raw], int | None]
) -> Figures[UUID, UUID]:
    cells = {
        part: {
            each.id: figure(raw.get((part, each.id), NONE))
            for each in places
            if each.subregion_ids[0] == part
        }
        for part, _name in _parts(places)
    }
    totals = {part: figure(raw.get((part, None), NONE)) for part in cells}
    return release({part: (cells[part], totals[part]) for part in cells}, figure(raw.get((None, None), NONE)))


def _part(
    name: str,
    part: UUID,
    places: list[OrganisationView],
    raw: dict[_Key, _Raw],
    released: tuple[Figures[UUID, UUID], Figures[UUID, UUID]],
) -> RegionPart:
    reports, referrals = (each.parts[part] for each in released)
    rows = [
        _row(each.name, raw.get((part, each.id), NONE), reports.cells[each.id], referrals.cells[each.id])
        for each in places
        if each.subregion_ids[0] == part
    ]
    return RegionPart(name, rows, _row(name, raw.get((part, None), NONE), reports.total, referrals.total))


def _row(name: str, raw: _Raw, reports: int | None, referrals: int | None) -> RegionRow:
    return RegionRow(
        name=name,
        reports=reports,
        referrals=referrals,
        # How quick the first decisions were tells that there were ten: not where the count itself is hidden.
        first_answer=str(FIRST_ANSWER.get(raw.first_answer or 0, "")) if reports is not None else "",
        on_time=str(ON_TIME.get(raw.on_time or 0, "")),
    )


@dataclass(frozen=True)
class WaitsSomewhere:
    """A municipality that lets the region see that something waits: how much and how long, never what."""

    name: str
    number: int | None
    longest: str


def waits_in_the_region(actor: Actor) -> list[WaitsSomewhere]:
    """Return where something waits longer than agreed, of the municipalities that chose to show it."""
    if Role.REGIONAL_COORDINATOR not in actor.roles:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT place, number, longest FROM region_waiting()")
        rows: list[tuple[UUID, int | None, int]] = cursor.fetchall()
    names = organisation_names(place for place, _number, _longest in rows)
    found = [WaitsSomewhere(names[place], number, str(LONGEST[longest])) for place, number, longest in rows]
    return sorted(found, key=lambda each: each.name)
