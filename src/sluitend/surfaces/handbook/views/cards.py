"""Signal cards for a role and about a form, on a screen, on paper and at a counter."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sluitend.kernel.access.acting import as_intake
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.recognition import ReporterRole
from sluitend.kernel.handbook.territory import Municipality
from sluitend.surfaces.handbook.cards import (
    Card,
    Office,
    card_of_form,
    card_of_role,
    chosen_office,
    weights_of,
)
from sluitend.surfaces.handbook.linking import linked
from sluitend.surfaces.handbook.neutral import is_neutral
from sluitend.surfaces.handbook.printing import printed
from sluitend.surfaces.handbook.reading import Reading, page, reading
from sluitend.surfaces.sender import ASKED


@as_intake
@require_safe
def cards(request: HttpRequest) -> HttpResponse:
    """Show all cards: per role, per form, and those for a screen that a visitor sees."""
    held = reading(request)
    forms = linked(held.shown(held.pack.forms), "handbook_card_form")
    return page(request, "cards", held, groups=[*_grouped(held)], forms=forms)


def _grouped(held: Reading) -> Iterator[tuple[str, list[ReporterRole]]]:
    """Yield the roles under the groups that a reporter chooses from, and those of no group last."""
    left = list(held.shown(held.pack.roles))
    for group in held.shown(held.pack.role_groups):
        if those := [each for each in left if each.id in group.roles]:
            yield shown(group.label), those
            left = [each for each in left if each not in those]
    if left:
        yield _("Andere rollen"), left


@as_intake
@require_safe
def for_role(request: HttpRequest, role: str) -> HttpResponse:
    """Show the card of a role."""
    held = reading(request)
    card = card_of_role(held, held.one(held.pack.roles, role), chosen_office(request, held))
    moments = linked((each for each in held.shown(held.pack.moments) if each.role == role), "handbook_moment")
    counter = reverse("handbook_counter", args=[role])
    return _shown(request, held, card, "handbook_card_role_pdf", items=moments, counter=counter)


@as_intake
@require_safe
def about_form(request: HttpRequest, exploitation: str) -> HttpResponse:
    """Show the card about a form."""
    held = reading(request)
    card = card_of_form(held, held.one(held.pack.forms, exploitation), chosen_office(request, held))
    weights = weights_of(held, card) if held.professional else ()
    return _shown(request, held, card, "handbook_card_form_pdf", weights=weights)


@as_intake
@require_safe
def role_pdf(request: HttpRequest, role: str) -> HttpResponse:
    """Return the card of a role on A5. Paper goes from hand to hand: only what is confirmed is on it."""
    held = replace(reading(request), professional=False)
    card = card_of_role(held, held.one(held.pack.roles, role), chosen_office(request, held))
    return _pdf(card, held)


@as_intake
@require_safe
def form_pdf(request: HttpRequest, exploitation: str) -> HttpResponse:
    """Return the card about a form on A5, when the form itself is confirmed."""
    held = replace(reading(request), professional=False)
    card = card_of_form(held, held.one(held.pack.forms, exploitation), chosen_office(request, held))
    return _pdf(card, held)


@as_intake
@require_safe
def counter(request: HttpRequest, role: str) -> HttpResponse:
    """Show a card that says nothing to a visitor who reads along."""
    held = reading(request)
    found = held.one(held.pack.roles, role)
    card = card_of_role(held, found)
    own = [each for each in held.shown(held.pack.moments) if each.role == found.id]
    return page(
        request,
        "counter",
        held,
        above=((_("Kaarten"), reverse("handbook_cards")),),
        role=found,
        hide_112=True,
        signals=[each for each in (*card.signals, *card.others) if is_neutral(shown(each.label))][:8],
        questions=[each.ask for each in own if is_neutral(shown(each.ask))],
        do=[each for each in card.do if is_neutral(each)],
    )


def _shown(request: HttpRequest, held: Reading, card: Card, pdf: str, **context: Any) -> HttpResponse:
    return page(
        request,
        "card",
        held,
        above=((_("Kaarten"), reverse("handbook_cards")),),
        card=card,
        pdf_url=reverse(pdf, args=[card.of.id]) + _kept(card.office),
        municipalities=[(each, f"?{ASKED}={each.id}") for each in _by_name(held.municipalities)],
        **context,
    )


def _kept(office: Office | None) -> str:
    return f"?{urlencode({ASKED: office.code})}" if office else ""


def _pdf(card: Card, held: Reading) -> HttpResponse:
    response = HttpResponse(printed(card, number=held.number), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="kaart.pdf"'
    return response


def _by_name(found: Iterable[Municipality]) -> list[Municipality]:
    return sorted(found, key=lambda each: each.known_as.casefold())
