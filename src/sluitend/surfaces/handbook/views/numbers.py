"""Every number of the handbook on one page: whose, for whom, in which languages, and who answers now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sluitend.kernel.access.acting import as_intake
from sluitend.surfaces.handbook.calling import every_number
from sluitend.surfaces.handbook.numbers import as_shown
from sluitend.surfaces.handbook.reading import page, reading


@as_intake
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """Show the numbers. Who is not signed in sees those that are confirmed, and 112."""
    held = reading(request)
    found = every_number(held.pack, professional=held.professional, moment=timezone.localtime())
    rows = [
        {
            "line": each.line,
            "number": as_shown(each),
            "languages": held.named(held.pack.languages, each.line.languages),
        }
        for each in found
    ]
    return page(request, "numbers", held, rows=rows)
