"""Help and shelter: whom first, what differs per situation, what there is, and what nobody does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sluitend.journeys.editing.journey import HANDBOOK_EDIT
from sluitend.kernel.access.acting import as_intake
from sluitend.kernel.access.decisions import may
from sluitend.kernel.access.views import READING, actor_of, guarded
from sluitend.kernel.handbook.care import (
    CareConsent,
    CareMoment,
    CareOffer,
    CareSituation,
    CareTask,
    Helper,
    OfferKind,
)
from sluitend.kernel.handbook.guidance import NATIONAL, Partner
from sluitend.kernel.handbook.helping import Block
from sluitend.kernel.handbook.territory import Municipality
from sluitend.surfaces.handbook.calling import every_number
from sluitend.surfaces.handbook.consents import OURS, printed, prints
from sluitend.surfaces.handbook.journey import CONSENT_FORM
from sluitend.surfaces.handbook.numbers import Shown, as_shown, number_of
from sluitend.surfaces.handbook.reading import Reading, page, reading
from sluitend.surfaces.sender import ASKED

WHO: dict[Helper, Promise | str] = {
    Helper.PROFESSIONAL: _("Professional"),
    Helper.FOCAL_POINT: _("Aandachtsfunctionaris"),
    Helper.COORDINATOR: _("Zorgcoördinator"),
    Helper.SUPPORT: _("Ondersteuning"),
}


@dataclass(frozen=True)
class Giver:
    """Who coordinates or supports, with the number that this reader may see."""

    offer: CareOffer
    partners: tuple[Partner, ...]
    number: Shown | None
    until_then: tuple[Shown, ...]
    """Whom to call as long as nobody confirmed the number and the hours of who gives it."""


@dataclass(frozen=True)
class Situation:
    """A situation with whom to go to first."""

    of: CareSituation
    first: tuple[Partner, ...]


@dataclass(frozen=True)
class Offered:
    """An offer with who gives it, or who looks for a place."""

    of: CareOffer
    partners: tuple[Partner, ...]
    through: Partner | None
    to_decide: bool


@dataclass(frozen=True)
class Form:
    """A consent to print, or the block for which nobody may use it."""

    of: CareConsent
    held_back: Block | None


@dataclass(frozen=True)
class Stretch:
    """A stretch of time with what is done in it."""

    moment: CareMoment
    tasks: tuple[tuple[Promise | str, CareTask], ...]


@as_intake
@require_safe
def care(request: HttpRequest) -> HttpResponse:
    """Show help and shelter. What is not confirmed shows with its mark, to who is signed in."""
    held = reading(request)
    place = _place(request, held)
    nevers = [each for each in held.pack.care_nevers if each.valid_on(held.today)]
    actor = actor_of(request)
    return page(
        request,
        "care",
        held,
        place=place,
        area=held.pack.subregions[place.subregion] if place else None,
        givers=[*_givers(held, [place.subregion] if place else held.pack.subregions.ids)],
        municipalities=sorted(held.municipalities, key=lambda each: each.known_as.casefold()),
        parameter=ASKED,
        nevers=nevers,
        nevers_confirmed=all(each.confirmed for each in nevers),
        situations=[_situation(held, each) for each in held.shown(held.pack.care_situations)],
        shelter=_offered(held, OfferKind.SHELTER),
        beside=_offered(held, OfferKind.BESIDE),
        contracts=_contracts(held) if may(actor, HANDBOOK_EDIT) else (),
        forms=_forms(held) if prints(actor, held) else (),
        languages=[each for each in held.shown(held.pack.languages) if each.id not in OURS],
        stretches=[each for one in held.pack.care_moments if (each := _stretch(held, one)).tasks],
    )


@guarded(CONSENT_FORM, *READING)
def consent_form(request: HttpRequest, consent: str, language: str) -> HttpResponse:
    """Return the form of a consent on A4, for a care organisation; what is held back is not there."""
    held = reading(request)
    known = held.pack.languages.get(language)
    if not prints(actor_of(request), held) or not (known or language in OURS):
        raise Http404
    found = held.one(held.pack.care_consents, consent)
    if held.pack.held_back(found):
        raise Http404
    pdf = printed(found, language, name=known.label.nl if known else "", number=held.number)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="formulier.pdf"'
    return response


def _forms(held: Reading) -> list[Form]:
    return [Form(each, held.pack.held_back(each)) for each in held.shown(held.pack.care_consents)]


def _place(request: HttpRequest, held: Reading) -> Municipality | None:
    named = request.GET.get(ASKED, "")
    return next((each for each in held.municipalities if each.id == named), None)


def _givers(held: Reading, areas: Sequence[str]) -> Iterator[Giver]:
    """Yield who coordinates and who supports in these parts of the region, in the order of the handbook."""
    told = set[str]()
    for offer in held.shown(held.pack.care_offers):
        there = [area for area in areas if {area, NATIONAL} & {*offer.areas}]
        if offer.kind in (OfferKind.COORDINATION, OfferKind.SUPPORT) and there:
            partners = _partners(held, offer.provider, there)
            called = [each for each in partners if each.id not in told]
            told.update(each.id for each in called)
            number = number_of(held, called[0]) if called else None
            yield Giver(offer, partners, number, () if _sure(held, partners) else _numbers(held, offer))


def _sure(held: Reading, partners: Iterable[Partner]) -> bool:
    """Tell whether somebody confirmed the numbers of these partners, and when they are answered."""
    lines = [held.pack.help_lines.get(each.help_line or "") for each in partners]
    return all(line and line.confirmed and line.open and line.open_confirmed for line in lines)


def _numbers(held: Reading, offer: CareOffer) -> tuple[Shown, ...]:
    every = every_number(held.pack, professional=False, moment=timezone.localtime())
    known = {each.line.id: each for each in every}
    return tuple(as_shown(known[line]) for line in offer.until_then if line in known)


def _situation(held: Reading, situation: CareSituation) -> Situation:
    found = {each.id: each for named in situation.first for each in _partners(held, named)}
    return Situation(situation, tuple(found.values()))


def _partners(held: Reading, named: str | None, areas: Sequence[str] = ()) -> tuple[Partner, ...]:
    """Return who an id or the name of a group stands for, in these parts of the region or in all."""
    within = areas or held.pack.subregions.ids
    able = (held.pack.partner_for(named, area) for area in within) if named else ()
    return held.shown({each.id: each for each in able if each}.values())


def _offered(held: Reading, kind: OfferKind) -> list[Offered]:
    return [_offer(held, each) for each in held.shown(held.pack.care_offers) if each.kind is kind]


def _contracts(held: Reading) -> list[Offered]:
    every = [_offer(held, each) for each in held.shown(held.pack.care_offers)]
    return sorted(every, key=lambda each: not each.to_decide)


def _offer(held: Reading, offer: CareOffer) -> Offered:
    through = held.pack.partners[offer.through] if offer.through else None
    return Offered(offer, _partners(held, offer.provider), through, offer.to_decide(held.today))


def _stretch(held: Reading, moment: CareMoment) -> Stretch:
    tasks = (each for each in held.shown(held.pack.care_tasks) if each.moment == moment.id)
    return Stretch(moment, tuple((WHO[each.who], each) for each in tasks))
