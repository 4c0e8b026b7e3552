"""Partners: where they work, what they do, how to reach them, and what they are asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from sluitend.journeys.exchanges.journey import DIRECTORY
from sluitend.kernel.access.acting import as_intake
from sluitend.kernel.access.decisions import may
from sluitend.kernel.handbook.entries import Entry
from sluitend.kernel.handbook.guidance import NATIONAL, Partner, Verb
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.plans import Action
from sluitend.kernel.handbook.recognition import Form, Indicator
from sluitend.surfaces.handbook.mapping import chart
from sluitend.surfaces.handbook.numbers import number_of
from sluitend.surfaces.handbook.reading import Reading, page, reading

VERBS: dict[Verb, tuple[Promise | str, Promise | str]] = {
    Verb.REFER: (gettext_lazy("Doorzetten"), gettext_lazy("U vraagt hulp. De gemeente blijft eigenaar.")),
    Verb.BRING_IN: (
        gettext_lazy("Inbrengen"),
        gettext_lazy("U brengt een zaak in. De partners zijn samen verantwoordelijk."),
    ),
    Verb.ASK: (gettext_lazy("Overleggen"), gettext_lazy("U vraagt raad, zonder gegevens van personen.")),
    Verb.TRANSFER: (gettext_lazy("Overdragen"), gettext_lazy("De ander wordt eigenaar zodra die aanneemt.")),
}
CHANNELS: dict[str, Promise | str] = {
    "account": gettext_lazy("een account in Sluitend"),
    "pickup": gettext_lazy("een ophaalpagina"),
    "secure_mail": gettext_lazy("beveiligde mail"),
    "phone": gettext_lazy("telefoon"),
}


@as_intake
@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """Show the partners by area, beside a map of the region."""
    held = reading(request)
    return page(
        request,
        "partners",
        held,
        parts=[(words, those) for words, those in _by_area(held) if those],
        chart=chart(held.pack),
    )


@as_intake
@require_safe
def partner(request: HttpRequest, partner: str) -> HttpResponse:
    """Show one partner: area on the map, task, how to reach it, what it is asked, forms and signals."""
    held = reading(request)
    found = held.one(held.pack.partners, partner)
    asked = [each for each in held.shown(held.pack.plan_actions) if _asks(held, found, each)]
    verb, meaning = VERBS[found.verb]
    return page(
        request,
        "partner",
        held,
        above=((_("Partners"), reverse("handbook_partners")),),
        partner=found,
        area=_area(held, found),
        verb=verb,
        meaning=meaning,
        channels=_channels(found) if found.channel_confirmed or held.professional else "",
        number=number_of(held, found),
        chart=chart(held.pack, _subregions(held, found)),
        asked=asked,
        aloud=next((each.aloud for each in asked if each.aloud), ()),
        forms=_forms(held, found, asked),
        signals=_signals(held, found),
        may_look_up=may(request.actor, DIRECTORY),  # type: ignore[attr-defined]
    )


def _by_area(held: Reading) -> Iterator[tuple[str, list[Partner]]]:
    every = held.shown(held.pack.partners)
    subregions = held.pack.subregions.ids
    yield (
        _("In de hele regio"),
        [each for each in every if set(each.areas) >= set(subregions) and NATIONAL not in each.areas],
    )
    for code in subregions:
        words = _("In %(area)s") % {"area": shown(held.pack.subregions[code].label)}
        yield words, [each for each in every if each.areas == (code,)]
    yield _("In heel Nederland"), [each for each in every if NATIONAL in each.areas]


def _area(held: Reading, partner: Partner) -> str:
    if NATIONAL in partner.areas:
        return _("Heel Nederland")
    return ", ".join(shown(held.pack.subregions[code].label) for code in partner.areas)


def _subregions(held: Reading, partner: Partner) -> frozenset[str]:
    return frozenset(code for code in held.pack.subregions.ids if partner.covers(code))


def _channels(partner: Partner) -> str:
    return ", ".join(str(CHANNELS.get(each, each)) for each in partner.channels)


def _asks(held: Reading, partner: Partner, action: Action) -> bool:
    """Tell whether the action asks the partner anywhere in the region, by name or as one of a group."""
    pack, named = held.pack, held.pack.plan_parties[action.party].partner
    return any(named and pack.partner_for(named, code) == partner for code in pack.subregions.ids)


def _forms(held: Reading, partner: Partner, asked: Iterable[Action]) -> tuple[Form, ...]:
    ids = {each.id for each in asked}
    rules = (rule for rule in held.pack.plan_rules if any(each.action in ids for each in rule.adds))
    conditions = (each for rule in rules for when in rule.when for each in when.all)
    named = {form for each in conditions if each.fact == "form" for form in each.values}
    named |= {each.form for each in held.shown(held.pack.barriers) if partner.id in each.partners}
    return held.shown(each for each in held.pack.forms if each.id in named)


def _signals(held: Reading, partner: Partner) -> tuple[Indicator, ...]:
    """Return the signals of the barriers and sectors at which the partner is named."""
    places: list[Entry] = [*held.shown(held.pack.barriers), *held.shown(held.pack.sectors)]
    named = dict.fromkeys(
        signal
        for each in places
        if partner.id in getattr(each, "partners", ())
        for signal in getattr(each, "indicators", ())
    )
    return held.named(held.pack.indicators, tuple(named))
