"""Searches in a list: no names, nothing sealed, and what each of the last nights was."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.journeys.shelter.journey import SHELTER_LIST
from sluitend.journeys.shelter.models import Search, SearchNight
from sluitend.journeys.shelter.nights import ASLEEP, DAY, clock_of, night_of, nights_between
from sluitend.journeys.shelter.stepping import needs_bed
from sluitend.journeys.shelter.words import household_words
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.handbook.sheltering import Night
from sluitend.kernel.manifest import step_named
from sluitend.kernel.prepared import Given, Prepared, among

SEVEN = 7
PAGE = 100
NOT_ASKED, NOT_SOUGHT = "-", "?"
"""Of a night before there was a search, and of one in which nobody looked: no state of a night."""
SHOWN = (
    *("code", "request_code", "household", "subregion", "opened", "state", "starts", "review"),
    *("current_step__what", "current_step__due"),
)
SHAPES = {Night.PLACED: "yes", Night.BRIDGED: "busy", Night.DECLINED: "not", Night.NOWHERE: "no"}


@dataclass(frozen=True)
class NightCell:
    """One night as a row shows it: the state is a word, with a shape beside it."""

    night: date
    head: str
    """The night above a column."""
    state: str
    """Empty where nothing is filled in, and where there was no search yet."""
    words: str
    shape: str = ""
    """How it is drawn; nothing where no place was looked for."""


@dataclass(frozen=True)
class SearchLine:
    """A search in a list."""

    code: str
    request: str
    household: str
    place: str
    since: date
    state: str
    step: str
    due: datetime | None
    late: bool
    no_bed: bool
    minor: bool
    cells: tuple[NightCell, ...]


def open_of_request(request_id: UUID, actor: Actor) -> list[str]:
    """Return which search is under way for a request, in words."""
    rows = Search.objects.filter(
        organisation_id=actor.own_organisation, request=request_id, closed__isnull=True
    )
    codes = rows.order_by("code").values_list("code", flat=True)
    return [_("het zoeken naar een plek (%(code)s)") % {"code": each} for each in codes]


def searches(actor: Actor, most: int = PAGE) -> list[SearchLine]:
    """Return the open searches of the actor's organisation: who has no bed tonight first, the oldest first.

    Args:
        actor: who looks.
        most: how many at most.

    Raises:
        Refused: the role may not see them.
    """
    require_role(actor, SHELTER_LIST)
    pack = current_release().pack
    if not pack.night_hours:
        return []
    tonight = night_of(timezone.now(), clock_of(pack))
    rows = _first_of(actor, tonight, most)
    nights = nights_of(rows, tonight)
    cells = _cells(pack, tonight)
    lines = [_line(row, nights[row.id], pack, tonight, cells(row, nights[row.id])) for row in rows]
    return sorted(lines, key=lambda each: not each.no_bed)


def _first_of(actor: Actor, tonight: date, most: int) -> list[Search]:
    """Return the open searches that are shown: who may have no bed never stands behind who has one."""
    given = {"organisation": actor.own_organisation, "tonight": tonight}
    looking = _looking(most).models(Search, **given)
    if len(looking) == most:
        return looking
    there = {each.pk for each in looking}
    others = _open(most).models(Search, organisation=actor.own_organisation)
    return [*looking, *(each for each in others if each.pk not in there)][:most]


@cache
def _open(most: int) -> Prepared:
    return Prepared(_own()[:most])


@cache
def _looking(most: int) -> Prepared:
    tonight = Given("tonight")
    asleep = SearchNight.objects.filter(search=OuterRef("pk"), night=tonight, plan__in=ASLEEP)
    stays = Q(state=Search.State.PLACED, starts__lte=tonight, review__gt=tonight)
    rows = _own().exclude(stays).exclude(state=Search.State.ON_HOLD).exclude(Exists(asleep))
    return Prepared(rows[:most])


def _own() -> QuerySet[Search]:
    own = Search.objects.filter(organisation_id=Given("organisation"), closed__isnull=True)
    # What a line shows and what says whether somebody has a bed: a row has three times as much.
    return own.select_related("current_step").only(*SHOWN).order_by("opened", "id")


def without_bed(lines: Sequence[SearchLine]) -> list[SearchLine]:
    """Return those for whom nobody knows yet where they sleep tonight."""
    return [each for each in lines if each.no_bed]


def begun_from(request_id: UUID, actor: Actor) -> tuple[tuple[str, str, bool], ...]:
    """Return the searches of a request: code, how it stands, and whether it is open."""
    require_role(actor, SHELTER_LIST)
    rows = Search.objects.filter(organisation_id=actor.own_organisation, request=request_id)
    return tuple(
        (row.code, str(Search.State(row.state).label), row.closed is None)
        for row in rows.order_by("-opened", "code")
    )


def nights_of(rows: Sequence[Search], tonight: date) -> Mapping[UUID, list[SearchNight]]:
    """Return the nights of these searches by search: those of the last week, and each that is open."""
    found: Mapping[UUID, list[SearchNight]] = defaultdict(list)
    since = tonight - timedelta(days=SEVEN)
    for each in _nights().models(SearchNight, searches=[row.pk for row in rows], since=since):
        found[each.search_id].append(each)
    return found


@cache
def _nights() -> Prepared:
    nights = SearchNight.objects.filter(search_id=among("searches"), night__gt=Given("since"))
    return Prepared(nights.order_by("night"))


def cells_of(row: Search, nights: Sequence[SearchNight], pack: Pack, tonight: date) -> tuple[NightCell, ...]:
    """Return each of the last seven nights of a search, in words."""
    return _cells(pack, tonight)(row, nights)


def _cells(pack: Pack, tonight: date) -> Callable[[Search, Sequence[SearchNight]], tuple[NightCell, ...]]:
    """Return what makes the cells of a row: rows of a list share those that say the same."""
    week = tuple(nights_between(tonight - DAY * (SEVEN - 1), tonight))

    @cache
    def cell(night: date, state: str) -> NightCell:
        head = date_format(night, "D j")
        if state == NOT_ASKED:
            return NightCell(night, head, "", _("geen aanvraag"))
        if state == NOT_SOUGHT:
            return NightCell(night, head, "", _("niet gezocht"))
        if state:
            words = shown(pack.night_states[state].label).lower()
            return NightCell(night, head, state, words, SHAPES[Night(state)])
        open_words = _("vannacht nog open") if night == tonight else _("nog niet ingevuld")
        return NightCell(night, head, "", open_words, "unknown")

    def of_row(row: Search, nights: Sequence[SearchNight]) -> tuple[NightCell, ...]:
        known = {each.night: each.outcome or (each.plan if each.night == tonight else "") for each in nights}
        asked = (NOT_ASKED if night < row.opened else known.get(night, NOT_SOUGHT) for night in week)
        return tuple(map(cell, week, asked))

    return of_row


def _line(
    row: Search, nights: Sequence[SearchNight], pack: Pack, tonight: date, cells: tuple[NightCell, ...]
) -> SearchLine:
    step = row.current_step
    return SearchLine(
        code=row.code,
        request=row.request_code,
        household=household_words(row.household),
        place=shown(pack.subregions[row.subregion].label) if row.subregion in pack.subregions else "",
        since=row.opened,
        state=str(Search.State(row.state).label),
        step=str(step_named(step.what).label) if step else "",
        due=step.due if step else None,
        late=bool(step and step.due < timezone.now()),
        no_bed=row.state != Search.State.ON_HOLD and needs_bed(row, nights, tonight),
        minor=row.household == "child",
        cells=cells,
    )
