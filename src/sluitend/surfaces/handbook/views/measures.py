"""Measures under the headings of the guide, and the registers that make its statements workable."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from sluitend.kernel.access.acting import as_intake
from sluitend.kernel.handbook.approach import Carrier, ExampleKind, Measure
from sluitend.surfaces.handbook.linking import linked
from sluitend.surfaces.handbook.reading import page, reading

CARRIERS: Mapping[Carrier, str | Promise] = {
    Carrier.MUNICIPALITY: gettext_lazy("door de gemeente"),
    Carrier.REGION: gettext_lazy("door de regio"),
}
EXAMPLES: Mapping[ExampleKind, str | Promise] = {
    ExampleKind.GOOD_PRACTICE: gettext_lazy("Goede praktijk"),
    ExampleKind.POLICY: gettext_lazy("Voorbeeld van beleid"),
    ExampleKind.PROBLEM: gettext_lazy("Wat lastig is"),
    ExampleKind.PROPOSAL: gettext_lazy("Voorstel"),
}

type Shown = tuple[Measure, str | Promise, str | Promise]


@as_intake
@require_safe
def headings(request: HttpRequest) -> HttpResponse:
    """Show the starter set for a small municipality and the headings of the guide."""
    held = reading(request)
    measures = held.shown(held.pack.measures)
    return page(
        request,
        "measures",
        held,
        heading=_("Maatregelen"),
        starters=_described(tuple(each for each in measures if each.starter)),
        items=linked(held.shown(held.pack.headings), "handbook_heading"),
    )


@as_intake
@require_safe
def heading(request: HttpRequest, heading: str) -> HttpResponse:
    """Show the measures under one heading: who carries them, how to check them, with an example."""
    held = reading(request)
    found = held.one(held.pack.headings, heading)
    measures = tuple(each for each in held.shown(held.pack.measures) if each.heading == found.id)
    return page(
        request,
        "heading",
        held,
        above=((_("Maatregelen"), reverse("handbook_headings")),),
        heading=found,
        measures=_described(measures),
    )


@as_intake
@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    """Show which lists and counts go with the approach. None of them holds a victim."""
    held = reading(request)
    return page(
        request,
        "registers",
        held,
        above=((_("Maatregelen"), reverse("handbook_headings")),),
        registers=held.shown(held.pack.registers),
        recommendations=held.shown(held.pack.recommendations),
    )


def _described(measures: tuple[Measure, ...]) -> list[Shown]:
    return [(each, CARRIERS[each.carried_by], EXAMPLES[each.example_kind]) for each in measures]
