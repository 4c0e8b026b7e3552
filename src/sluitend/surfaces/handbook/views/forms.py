"""Forms of exploitation: what the guide and the law say, side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sluitend.kernel.access.acting import as_intake
from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.recognition import Definition, Elements, Form
from sluitend.surfaces.handbook.figures import claim_context
from sluitend.surfaces.handbook.linking import linked
from sluitend.surfaces.handbook.reading import Reading, page, reading


@dataclass(frozen=True)
class Row:
    """One element, in the words of the guide and in those of the law."""

    name: str
    guide: str
    law: str


@as_intake
@require_safe
def forms(request: HttpRequest) -> HttpResponse:
    """Show the forms of exploitation."""
    held = reading(request)
    return page(
        request,
        "list",
        held,
        heading=_("Vormen van uitbuiting"),
        lead=_("Wat het is volgens de handreiking en volgens de wet."),
        parts=[(_("Alle vormen"), linked(held.shown(held.pack.forms), "handbook_form"))],
    )


@as_intake
@require_safe
def form(request: HttpRequest, exploitation: str) -> HttpResponse:
    """Show a form of exploitation, and everything in the handbook that belongs to it."""
    held = reading(request)
    found = held.one(held.pack.forms, exploitation)
    definition = found.definition
    law_shown = definition is not None and (definition.law.confirmed or held.professional)
    return page(
        request,
        "form",
        held,
        above=((_("Vormen"), reverse("handbook_forms")),),
        form=found,
        law_shown=law_shown,
        rows=_rows(definition) if definition else (),
        ways=_ways(held, found),
        parts=_parts(held, found),
        **(_partners(held, found) if definition else {}),
        **_claim(held, definition),
    )


def _rows(definition: Definition) -> list[Row]:
    guide, law = definition.guide, definition.law
    pairs = (
        (_("Kern"), _one(guide.core), _one(law.core)),
        (_("Handelingen"), _all(guide.acts), _all(law.acts)),
        (_("Middelen"), _all(guide.means), _all(law.means)),
        (_("Ook"), _all(guide.also), _all(law.also)),
        (_("Doel"), _one(guide.aim), _one(law.aim)),
        (_("Gelezen op"), _checked(guide), _checked(law)),
    )
    return [Row(name, left or "-", right or "-") for name, left, right in pairs if left or right]


def _one(text: Text | None) -> str:
    return shown(text) if text else ""


def _all(texts: Iterable[Text]) -> str:
    return "; ".join(shown(text) for text in texts)


def _checked(elements: Elements) -> str:
    return date_format(elements.checked_on, "j F Y") if elements.checked_on else ""


def _claim(held: Reading, definition: Definition | None) -> dict[str, Any]:
    claim = held.pack.claims.get(definition.guide.claim) if definition and definition.guide.claim else None
    return claim_context(held, claim) if claim and held.shown((claim,)) else {}


def _partners(held: Reading, form: Form) -> dict[str, Any]:
    """Return the partners that the guide names; where it names none, those of its sectors and barriers."""
    every = held.shown(held.pack.partners)
    if named := [each for each in every if form.id in each.sheets]:
        return {"partners": named, "on_sheet": True}
    sectors = held.for_form(held.pack.sectors, form.id)
    barriers = (each for each in held.shown(held.pack.barriers) if each.form == form.id)
    used = {partner for each in sectors for partner in each.partners}
    used |= {partner for each in barriers for partner in each.partners}
    return {"partners": [each for each in every if each.id in used], "on_sheet": False}


def _ways(held: Reading, form: Form) -> list[tuple[str, str, str, str]]:
    card = reverse("handbook_card_form", args=[form.id])
    ways = [(card, "eye", _("Kaart"), _("Wat u kunt zien, en wat u dan doet."))]
    if any(each.form == form.id for each in held.shown(held.pack.barriers)):
        model = reverse("handbook_barrier_model", args=[form.id])
        ways.append((model, "lock", _("Barrières"), _("Wie wat mag, en wat u daarvoor nodig hebt.")))
    return ways


def _parts(held: Reading, form: Form) -> list[tuple[str, Any]]:
    pack, own = held.pack, form.id
    return [
        (_("Sectoren"), linked(held.for_form(pack.sectors, own), "handbook_sector")),
        (_("Branches"), linked(held.for_form(pack.branches, own), "handbook_branch")),
        (
            _("Groepen die informatie nodig hebben"),
            linked(held.for_form(pack.risk_groups, own), "handbook_group"),
        ),
    ]
