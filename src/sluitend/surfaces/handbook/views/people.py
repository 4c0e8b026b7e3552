"""Risk groups, where information goes, and contact moments, where the municipality meets people."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sluitend.kernel.access.acting import as_intake
from sluitend.kernel.handbook.language import shown
from sluitend.surfaces.handbook.linking import forms_of, headings_for, in_guide_first, linked
from sluitend.surfaces.handbook.reading import page, reading


@as_intake
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """Show the groups to bring information to. Nothing leads from here to a person."""
    held = reading(request)
    return page(
        request,
        "list",
        held,
        heading=_("Groepen die informatie nodig hebben"),
        lead=_("Waar u informatie brengt, en in welke taal of vorm."),
        groups_of_people=True,
        parts=in_guide_first(held.shown(held.pack.risk_groups), "handbook_group"),
    )


@as_intake
@require_safe
def group(request: HttpRequest, group: str) -> HttpResponse:
    """Show where and how to bring information to a group."""
    held = reading(request)
    found = held.one(held.pack.risk_groups, group)
    moments = (each for each in held.shown(held.pack.moments) if found.id in each.risk_groups)
    return page(
        request,
        "group",
        held,
        above=((_("Groepen"), reverse("handbook_groups")),),
        group=found,
        forms=forms_of(held, found.forms),
        items=linked(moments, "handbook_moment"),
        measures=headings_for(held, found.forms),
    )


@as_intake
@require_safe
def moments(request: HttpRequest) -> HttpResponse:
    """Show the contact moments by the role that has them."""
    held = reading(request)
    every = held.shown(held.pack.moments)
    return page(
        request,
        "list",
        held,
        heading=_("Contactmomenten"),
        lead=_("Waar de gemeente mensen ontmoet. Waar u naar kijkt, wat u vraagt en waar u op let."),
        parts=[
            (
                shown(role.label),
                linked((one for one in every if one.role == role.id), "handbook_moment"),
            )
            for role in held.shown(held.pack.roles)
        ],
    )


@as_intake
@require_safe
def moment(request: HttpRequest, moment: str) -> HttpResponse:
    """Show what to look at, to ask and to mind at a contact moment."""
    held = reading(request)
    found = held.one(held.pack.moments, moment)
    return page(
        request,
        "moment",
        held,
        above=((_("Contactmomenten"), reverse("handbook_moments")),),
        moment=found,
        role=held.pack.roles[found.role],
        signals=held.named(held.pack.indicators, found.indicators),
        cards=held.named(held.pack.cards, found.cards),
        groups=held.named(held.pack.risk_groups, found.risk_groups),
    )
