"""What is assured per kind of help, what ends, and for which kinds nothing is recorded."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.assurance.agreed import OLD, Agreed, ends_soon
from sluitend.journeys.assurance.journey import (
    ASSURED,
    ASSURED_HEARD,
    ASSURED_KEEP,
    ASSURED_SEE,
    DECIDE_THERE,
    STOPS_HERE,
)
from sluitend.journeys.assurance.models import Assured, AssuredPlaces, AssuredTerms
from sluitend.journeys.assurance.parties import is_party
from sluitend.journeys.care.queries import does_care
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may, require_role
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.guidance import NATIONAL
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.manifest import step_named
from sluitend.kernel.organisations.models import Organisation


@dataclass(frozen=True)
class Places:
    """How many places there were on a day, and whether that is too long ago to rely on."""

    number: int
    day: date
    old: bool


@dataclass(frozen=True)
class Noted:
    """What was agreed, in words, as it was noted on a day."""

    day: date
    provider: str
    payer: str
    contract: str
    begins: date | None
    ends: date | None
    decision: str
    note: str


@dataclass(frozen=True)
class Line:
    """Help of one kind in one part of the region: what holds now."""

    code: str
    part: str
    area: str
    now: Noted
    places: Places | None
    over: bool
    soon: bool
    decided: bool


@dataclass(frozen=True)
class Gap:
    """A part of the region for which the guide names help of a kind, and nothing that holds is recorded."""

    kind: str
    area: str
    name: str


@dataclass(frozen=True)
class Group:
    """One kind of help of the handbook."""

    kind: str
    title: str
    lines: tuple[Line, ...]
    gaps: tuple[Gap, ...]
    through: str = ""


@dataclass(frozen=True)
class Board:
    """All kinds of help, and whether who reads it keeps it."""

    groups: tuple[Group, ...]
    keeps: bool
    whole: bool
    """Whether all of it is shown; a provider sees its own."""

    @property
    def gaps(self) -> int:
        """For how many kinds and parts nothing is recorded."""
        return sum(len(each.gaps) for each in self.groups)

    @property
    def soon(self) -> list[tuple[Group, Line]]:
        """What ends within a year or ended, the first to end first."""
        found = [(group, line) for group in self.groups for line in group.lines if line.soon]
        return sorted(found, key=lambda each: each[1].now.ends or date.max)


@dataclass(frozen=True)
class One:
    """One agreement with its history, the newest first."""

    title: str
    line: Line
    history: tuple[Noted, ...]
    counted: tuple[Places, ...]
    number: int
    agreed: Agreed
    closed: date | None
    keeps: bool
    asks: str
    """What is asked of the own organisation, beside the region: to talk about how it goes on."""


def board(actor: Actor) -> Board:
    """Return what is assured, by kind of help. A fixed number of statements.

    Raises:
        Refused: the role may not see it.
        Absent: none of it is the business of the actor's organisation.
    """
    require_role(actor, ASSURED_SEE)
    pack, today = current_release().pack, timezone.localdate()
    whole, told = _sees_all(actor), _told(actor)
    own = Organisation.objects.get(pk=actor.own_organisation)
    rows = list(Assured.objects.filter(closed__isnull=True).order_by("area", "code"))
    terms, places = _latest(rows)
    lines: dict[str, list[Line]] = defaultdict(list)
    for row in rows:
        if whole or row.pk in told or is_party(terms[row.pk], own, pack):
            lines[row.kind].append(_line(row, terms[row.pk], places.get(row.pk), pack, today))
    if not whole and not lines:
        raise Absent
    offers = [_group(pack, each, lines.pop(each, []), whole=whole) for each in pack.care_offers.ids]
    before = [Group(kind, _title(pack, kind), tuple(found), ()) for kind, found in lines.items()]
    shown_groups = [each for each in (*offers, *before) if whole or each.lines]
    return Board(tuple(shown_groups), may(actor, ASSURED_KEEP), whole)


def one(code: str, actor: Actor) -> One:
    """Return one agreement with all that was noted of it.

    Raises:
        Refused: the role may not see it.
        Absent: there is none of this code for the actor's organisation.
    """
    require_role(actor, ASSURED_SEE)
    row = Assured.objects.filter(code=code).first()
    terms = list(row.terms.order_by("-number")) if row else []
    own = Organisation.objects.get(pk=actor.own_organisation)
    pack, today = current_release().pack, timezone.localdate()
    if row is None or not (_sees_all(actor) or row.pk in _told(actor) or is_party(terms[0], own, pack)):
        raise Absent
    counted = list(row.places.order_by("-day", "-noted"))
    return One(
        _title(pack, row.kind),
        _line(row, terms[0], counted[0] if counted else None, pack, today),
        tuple(_noted(each, pack) for each in terms),
        tuple(_places(each, today) for each in counted),
        terms[0].number,
        Agreed(**{name: getattr(terms[0], name) for name in Agreed.__dataclass_fields__}),
        timezone.localdate(row.closed) if row.closed else None,
        may(actor, ASSURED_KEEP) and row.organisation_id == actor.organisation_id and row.closed is None,
        _asked_here(row, actor),
    )


def sees_assured(actor: Actor) -> bool:
    """Tell whether a link to the board leads somewhere for whoever looks at the region."""
    return may(actor, ASSURED_SEE) and _sees_all(actor)


def choices() -> tuple[list[tuple[str, str]], list[tuple[str, str]], list[tuple[str, str]]]:
    """Return kinds of help, parts of the region and partners, as a form offers them."""
    pack = current_release().pack
    areas = [*pack.subregions.ids, NATIONAL]
    partners = sorted(((each.id, shown(each.label)) for each in pack.partners), key=lambda each: each[1])
    return (
        [(each.id, shown(each.label)) for each in pack.care_offers],
        [(each, _area(pack, each)) for each in areas],
        partners,
    )


def _steps(actor: Actor) -> QuerySet[NextStep]:
    own = NextStep.objects.filter(organisation_id=actor.own_organisation, subject_kind=ASSURED)
    return own.filter(what__in=(DECIDE_THERE, STOPS_HERE))


def _told(actor: Actor) -> set[UUID]:
    """Return what the actor's organisation was told of that it ends: it reads that from then on."""
    return set(_steps(actor).values_list("subject_id", flat=True))


def _asked_here(row: Assured, actor: Actor) -> str:
    steps = _steps(actor).filter(subject_id=row.id, done__isnull=True)
    what = steps.values_list("what", flat=True).first()
    return str(step_named(what).label) if what and may(actor, ASSURED_HEARD) else ""


def _sees_all(actor: Actor) -> bool:
    return may(actor, ASSURED_KEEP) or does_care(actor)


def _latest(
    rows: Iterable[Assured],
) -> tuple[Mapping[UUID, AssuredTerms], Mapping[UUID, AssuredPlaces]]:
    ids = [each.pk for each in rows]
    terms = AssuredTerms.objects.filter(assured__in=ids).order_by("assured", "-number").distinct("assured")
    places = AssuredPlaces.objects.filter(assured__in=ids)
    counted = places.order_by("assured", "-day", "-noted").distinct("assured")
    return {each.assured_id: each for each in terms}, {each.assured_id: each for each in counted}


def _group(pack: Pack, kind: str, lines: list[Line], *, whole: bool) -> Group:
    offer = pack.care_offers[kind]
    there = {each.part for each in lines if not each.over}
    missing = [each for each in offer.areas if each not in there]
    # What another finds for the whole country is agreed elsewhere.
    gaps = [Gap(kind, each, _area(pack, each)) for each in missing if whole and offer.local]
    through = shown(pack.partners[offer.through].label) if offer.through else ""
    return Group(kind, _title(pack, kind), tuple(lines), tuple(gaps), through)


def _line(row: Assured, terms: AssuredTerms, places: AssuredPlaces | None, pack: Pack, today: date) -> Line:
    return Line(
        row.code,
        row.area,
        _area(pack, row.area),
        _noted(terms, pack),
        _places(places, today) if places else None,
        terms.ends is not None and terms.ends < today,
        ends_soon(terms.ends, today),
        bool(terms.decision),
    )


def _noted(terms: AssuredTerms, pack: Pack) -> Noted:
    partner = pack.partners.get(terms.partner)
    return Noted(
        terms.noted,
        shown(partner.label) if partner else terms.provider or terms.partner,
        terms.payer,
        terms.contract,
        terms.begins,
        terms.ends,
        str(AssuredTerms.Decision(terms.decision).label),
        terms.note,
    )


def _places(places: AssuredPlaces, today: date) -> Places:
    return Places(places.number, places.day, places.day + OLD < today)


def _title(pack: Pack, kind: str) -> str:
    offer = pack.care_offers.get(kind)
    return shown(offer.label) if offer else _("Hulp uit een eerder handboek")


def _area(pack: Pack, area: str) -> str:
    if area == NATIONAL:
        return _("Heel Nederland")
    found = pack.subregions.get(area)
    return shown(found.label) if found else _("Ander gebied")
