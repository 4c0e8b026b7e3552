"""A case as a whole: who and what hangs together, and one timeline over the cases that belong with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sluitend.journeys.cases import drawing, queries
from sluitend.journeys.cases.journey import CASE_READ
from sluitend.journeys.cases.lanes import lanes
from sluitend.kernel.access.views import actor_of, guarded

FIRST = 12
"""So many lines of the timeline stand open; the rest folds."""


@require_safe
@guarded(CASE_READ)
def picture(request: HttpRequest, code: str) -> HttpResponse:
    """Show what hangs together in a case, as a drawing and as a table."""
    page = queries.picture(code, actor_of(request))
    context = {
        "page": page,
        "sheets": drawing.sheets(page),
        "many": len(page.nodes) > drawing.MOST,
        "lanes": lanes(page),
        "recent": page.moments[:FIRST],
        "earlier": page.moments[FIRST:],
        "printed": timezone.localdate(),
    }
    return render(request, "cases/picture.html", context)
