"""What the guide states about the world, with its origin, beside published figures of other years."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sluitend.kernel.access.acting import as_intake
from sluitend.surfaces.handbook.figures import claim_context, in_series, sourced
from sluitend.surfaces.handbook.reading import page, reading


@as_intake
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Show statements beside figures, and every published figure with year and source."""
    held = reading(request)
    series, others = in_series(sourced(held, held.shown(held.pack.figures)))
    return page(
        request,
        "figures",
        held,
        claims=[claim_context(held, each) for each in held.shown(held.pack.claims)],
        series=series,
        others=others,
    )
