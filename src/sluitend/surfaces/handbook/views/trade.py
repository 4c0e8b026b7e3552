"""Sectors and branches: kinds of work, and who may make it easier."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from sluitend.kernel.access.acting import as_intake
from sluitend.kernel.handbook.approach import Knowing
from sluitend.surfaces.handbook.linking import forms_of, headings_for, in_guide_first
from sluitend.surfaces.handbook.reading import page, reading

KNOWING: Mapping[Knowing, str | Promise] = {
    Knowing.UNKNOWING: gettext_lazy("Meestal weet deze branche het niet."),
    Knowing.KNOWING: gettext_lazy("Meestal weet deze branche het wel."),
    Knowing.EITHER: gettext_lazy("Soms weet deze branche het, soms niet."),
}


@as_intake
@require_safe
def sectors(request: HttpRequest) -> HttpResponse:
    """Show the sensitive sectors, those of the guide first."""
    held = reading(request)
    return page(
        request,
        "list",
        held,
        heading=_("Sectoren"),
        lead=_("Soorten werk waarin het vaker misgaat. De meeste bedrijven doen het goed."),
        parts=in_guide_first(held.shown(held.pack.sectors), "handbook_sector"),
    )


@as_intake
@require_safe
def sector(request: HttpRequest, sector: str) -> HttpResponse:
    """Show why a sector is sensitive, what can be seen, its codes, and whom to approach."""
    held = reading(request)
    found = held.one(held.pack.sectors, sector)
    return page(
        request,
        "sector",
        held,
        above=((_("Sectoren"), reverse("handbook_sectors")),),
        sector=found,
        forms=forms_of(held, found.forms),
        signals=held.named(held.pack.indicators, found.indicators),
        partners=held.named(held.pack.partners, found.partners),
        items=headings_for(held, found.forms),
    )


@as_intake
@require_safe
def branches(request: HttpRequest) -> HttpResponse:
    """Show the branches, those of the guide first."""
    held = reading(request)
    return page(
        request,
        "list",
        held,
        heading=_("Branches"),
        lead=_("Bedrijven waar iets zichtbaar kan worden. Wat u vraagt, en wat melden betekent."),
        parts=in_guide_first(held.shown(held.pack.branches), "handbook_branch"),
    )


@as_intake
@require_safe
def branch(request: HttpRequest, branch: str) -> HttpResponse:
    """Show what may be asked of a branch, and what reporting means for a licence, with the day of it."""
    held = reading(request)
    found = held.one(held.pack.branches, branch)
    return page(
        request,
        "branch",
        held,
        above=((_("Branches"), reverse("handbook_branches")),),
        branch=found,
        knowing=KNOWING[found.knowing],
        forms=forms_of(held, found.forms),
        signals=held.named(held.pack.indicators, found.indicators),
    )
